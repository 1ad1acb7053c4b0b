// Package reach asks other sites whether the addresses that texts link to still
// lead somewhere. It is polite: one request after another to each host, with a
// pause between them, by HEAD where that is answered, and no address that it has
// lately seen to be good.
//
// In: addresses, and what is known of them. Out: an Answer for each. It is the
// only package that asks the network for anything, and does so only for the
// command check --links. It must not follow an address into a private network.
package reach

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Answer is what came of an address.
type Answer struct {
	Status int       `json:"status,omitempty"` // of HTTP, after redirects; 0 without an answer
	Moved  string    `json:"moved,omitempty"`  // where it has moved for good
	Fault  Fault     `json:"fault,omitempty"`  // why there was no answer
	At     time.Time `json:"at"`
}

// Fault says why there was no answer.
type Fault string

// The faults. Those after which the address is surely dead come first.
const (
	NoHost      Fault = "no-host"     // nobody has that name
	BadCert     Fault = "certificate" // the site cannot prove that it is itself
	NoAnswer    Fault = "no-answer"   // in time
	Private     Fault = "private"     // the address leads into a private network
	Redirects   Fault = "redirects"   // too many, or to what is no web address
	Unreachable Fault = "unreachable" // anything else
	NotAsked    Fault = "not-asked"   // the run was stopped
	BadAddress  Fault = "not-a-web-address"
)

// Good reports whether the address leads somewhere.
func (a Answer) Good() bool { return a.Fault == "" && a.Status >= 200 && a.Status < 300 }

// Dead reports whether it surely leads nowhere. What is neither good nor dead
// may be: a site that refuses programs, or is down for the moment.
func (a Answer) Dead() bool {
	return a.Status == http.StatusNotFound || a.Status == http.StatusGone || a.Fault == NoHost || a.Fault == BadCert
}

// Options say how to ask.
type Options struct {
	Agent    string            // name and version of the program, with an address for questions
	Pause    time.Duration     // between two requests to one host
	Timeout  time.Duration     // of one request
	Hosts    int               // asked at the same time
	Loopback bool              // allow this machine, for tests
	Known    map[string]Answer // earlier answers
	Fresh    time.Duration     // how long a good one is taken for granted
	Now      func() time.Time
	Asking   func(address string) // called before each request; may be nil
}

// Ask asks for every address once. When ctx ends, the rest is NotAsked.
func Ask(ctx context.Context, addresses []string, o Options) map[string]Answer {
	a := asker{Options: o, client: client(o), answers: map[string]Answer{}}
	hosts := map[string][]string{}
	addresses = slices.Clone(addresses)
	slices.Sort(addresses)
	for _, address := range slices.Compact(addresses) {
		u, err := url.Parse(address)
		switch known, ok := o.Known[address]; {
		case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Host == "":
			a.answers[address] = Answer{Fault: BadAddress, At: o.Now()}
		case ok && known.Good() && o.Now().Sub(known.At) < o.Fresh:
			a.answers[address] = known
		default:
			hosts[u.Hostname()] = append(hosts[u.Hostname()], address)
		}
	}
	var all sync.WaitGroup
	gate := make(chan struct{}, max(o.Hosts, 1))
	for _, list := range hosts {
		all.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			a.host(ctx, list)
		})
	}
	all.Wait()
	return a.answers
}

type asker struct {
	Options
	client  *http.Client
	mu      sync.Mutex
	answers map[string]Answer
}

// host asks for the addresses of one host, one after the other.
func (a *asker) host(ctx context.Context, addresses []string) {
	for i, address := range addresses {
		answer := Answer{Fault: NotAsked}
		if i == 0 || wait(ctx, a.Pause) {
			answer = a.one(ctx, address)
		}
		answer.At = a.Now()
		a.mu.Lock()
		a.answers[address] = answer
		a.mu.Unlock()
	}
}

// wait waits, and reports false where ctx ended before.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// one asks by HEAD; where a site will not answer that properly, by GET.
func (a *asker) one(ctx context.Context, address string) Answer {
	if ctx.Err() != nil {
		return Answer{Fault: NotAsked}
	}
	if a.Asking != nil {
		a.Asking(address)
	}
	answer := a.request(ctx, http.MethodHead, address)
	if answer.Good() || answer.Fault != "" || answer.Status == http.StatusTooManyRequests {
		return answer
	}
	if !wait(ctx, a.Pause) {
		return answer
	}
	return a.request(ctx, http.MethodGet, address)
}

// request makes one request and follows its redirects.
func (a *asker) request(ctx context.Context, method, address string) Answer {
	ctx, cancel := context.WithTimeout(ctx, a.Timeout)
	defer cancel()
	trail := &trail{permanent: true}
	req, err := http.NewRequestWithContext(context.WithValue(ctx, trailKey{}, trail), method, address, nil)
	if err != nil {
		return Answer{Fault: BadAddress}
	}
	req.Header.Set("User-Agent", a.Agent)
	req.Header.Set("Accept", "text/html, */*;q=0.5")
	resp, err := a.client.Do(req)
	if err != nil {
		return Answer{Fault: faultOf(err)}
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // so that the connection can be used again; the rest is not wanted
	_ = resp.Body.Close()
	answer := Answer{Status: resp.StatusCode}
	if last := resp.Request.URL; trail.followed && trail.permanent && answer.Good() {
		last.Fragment = ""
		answer.Moved = last.String()
	}
	return answer
}

// trail notes the redirects of one request.
type trail struct{ followed, permanent bool }

type trailKey struct{}

// maxRedirects is how many are followed.
const maxRedirects = 6

var errRedirects = errors.New("too many redirects, or not to a web address")

func follow(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects || req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return errRedirects
	}
	t := req.Context().Value(trailKey{}).(*trail) // set by request
	t.followed = true
	if s := req.Response.StatusCode; s != http.StatusMovedPermanently && s != http.StatusPermanentRedirect {
		t.permanent = false
	}
	return nil
}
