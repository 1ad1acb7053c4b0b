package reach

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

var errPrivate = errors.New("the address is of a private network")

// client makes the client: without cookies, proxy or memory, and with a dialer
// that looks at the address that a name stands for before it connects, so that
// no link, redirect or name can lead into a private network.
func client(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: o.Timeout, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !public(at.Addr()) && !(o.Loopback && at.Addr().Unmap().IsLoopback()) {
			return errPrivate
		}
		return nil
	}}
	return &http.Client{
		CheckRedirect: follow,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: o.Timeout,
			ResponseHeaderTimeout: o.Timeout, MaxResponseHeaderBytes: 64 << 10, IdleConnTimeout: 10 * time.Second,
		},
	}
}

// special are networks that are not private by name and still not public.
var special = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), // shared by carriers
	netip.MustParsePrefix("192.0.0.0/24"),  // protocols
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks
	netip.MustParsePrefix("240.0.0.0/4"),   // reserved
	netip.MustParsePrefix("64:ff9b::/96"),  // IPv4 behind a translator
	netip.MustParsePrefix("2002::/16"),     // IPv4 in a tunnel
}

// public reports whether an address is one of the open network.
func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// faultOf names the reason of an error.
func faultOf(err error) Fault {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.Is(err, errPrivate):
		return Private
	case errors.Is(err, errRedirects):
		return Redirects
	case errors.As(err, &dns) && dns.IsNotFound:
		return NoHost
	case errors.As(err, &cert):
		return BadCert
	case errors.Is(err, context.Canceled):
		return NotAsked
	case errors.As(err, &timeout) && timeout.Timeout():
		return NoAnswer
	}
	return Unreachable
}
