package reach

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// web is a site that notes what it is asked.
type web struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
	agent string
}

func newWeb(t *testing.T) *web {
	w := &web{}
	w.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.Method+" "+r.URL.Path)
		w.agent = r.UserAgent()
		w.mu.Unlock()
		switch r.URL.Path {
		case "/good":
		case "/only-get":
			if r.Method == http.MethodHead {
				out.WriteHeader(http.StatusMethodNotAllowed)
			}
		case "/moved":
			http.Redirect(out, r, "/moved-2", http.StatusMovedPermanently)
		case "/moved-2":
			http.Redirect(out, r, "/good", http.StatusPermanentRedirect)
		case "/for-now":
			http.Redirect(out, r, "/good", http.StatusFound)
		case "/round":
			http.Redirect(out, r, "/round", http.StatusFound)
		case "/mail":
			http.Redirect(out, r, "mailto:x@example.org", http.StatusFound)
		case "/busy":
			out.WriteHeader(http.StatusTooManyRequests)
		case "/refused":
			out.WriteHeader(http.StatusForbidden)
		case "/slow":
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		case "/gone":
			out.WriteHeader(http.StatusGone)
		default:
			out.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(w.Close)
	return w
}

func options() Options {
	return Options{Agent: "bongsu/test", Timeout: time.Second, Hosts: 4, Loopback: true, Now: time.Now}
}

func TestAsk(t *testing.T) {
	w := newWeb(t)
	want := map[string]Answer{
		"/good":     {Status: 200},
		"/only-get": {Status: 200},
		"/moved":    {Status: 200, Moved: w.URL + "/good"},
		"/for-now":  {Status: 200},
		"/round":    {Fault: Redirects},
		"/mail":     {Fault: Redirects},
		"/busy":     {Status: 429},
		"/refused":  {Status: 403},
		"/slow":     {Fault: NoAnswer},
		"/gone":     {Status: 410},
		"/nothing":  {Status: 404},
	}
	var list []string
	for path := range want {
		list = append(list, w.URL+path, w.URL+path)
	}
	list = append(list, "ftp://example.org/", "http://127.0.0.1:1/")
	got := Ask(context.Background(), list, options())
	for path, answer := range want {
		g := got[w.URL+path]
		g.At = time.Time{}
		if g != answer {
			t.Errorf("%s: %+v, want %+v", path, g, answer)
		}
	}
	if a := got["ftp://example.org/"]; a.Fault != BadAddress {
		t.Errorf("ftp: %+v", a)
	}
	if a := got["http://127.0.0.1:1/"]; a.Fault != Unreachable {
		t.Errorf("closed port: %+v", a)
	}
	if w.agent != "bongsu/test" {
		t.Errorf("agent %q", w.agent)
	}
	n := func(what string) int { return strings.Count(strings.Join(w.asked, "\n")+"\n", what+"\n") }
	if n("HEAD /only-get") != 1 || n("GET /only-get") != 1 || n("GET /busy") != 0 || n("HEAD /gone") != 1 {
		t.Errorf("asked %q", w.asked)
	}
}

// TestPolite holds that one host is asked in turn, with a pause, and what is
// known to be good not at all.
func TestPolite(t *testing.T) {
	w := newWeb(t)
	o := options()
	o.Pause = 40 * time.Millisecond
	o.Fresh = time.Hour
	now := time.Now()
	o.Known = map[string]Answer{
		w.URL + "/known": {Status: 200, At: now.Add(-time.Minute)},
		w.URL + "/old":   {Status: 200, At: now.Add(-2 * time.Hour)},
		w.URL + "/bad":   {Status: 404, At: now.Add(-time.Minute)},
	}
	start := time.Now()
	got := Ask(context.Background(), []string{w.URL + "/known", w.URL + "/good", w.URL + "/old", w.URL + "/bad"}, o)
	if took := time.Since(start); took < 4*o.Pause { // HEAD and GET of two, HEAD of one
		t.Errorf("five requests in %v", took)
	}
	if slices.Contains(w.asked, "HEAD /known") || !got[w.URL+"/known"].Good() || got[w.URL+"/old"].Good() || len(w.asked) != 5 {
		t.Errorf("asked %q, got %v", w.asked, got)
	}
}

// TestPrivate holds that nothing of a private network is asked.
func TestPrivate(t *testing.T) {
	w := newWeb(t)
	o := options()
	o.Loopback = false
	if a := Ask(context.Background(), []string{w.URL + "/good"}, o)[w.URL+"/good"]; a.Fault != Private || len(w.asked) > 0 {
		t.Errorf("%+v, asked %q", a, w.asked)
	}
	for address, want := range map[string]bool{
		"127.0.0.1": false, "::1": false, "10.1.2.3": false, "192.168.0.1": false, "172.16.0.1": false, "169.254.169.254": false,
		"fe80::1": false, "fd00::1": false, "::ffff:127.0.0.1": false, "0.0.0.0": false, "100.64.0.1": false, "224.0.0.1": false,
		"255.255.255.255": false, "64:ff9b::7f00:1": false, "203.248.252.2": true, "2001:4860:4860::8888": true,
	} {
		if public(netip.MustParseAddr(address)) != want {
			t.Errorf("%s: public is not %v", address, want)
		}
	}
}

// TestStopped holds that a run that is stopped answers for all at once.
func TestStopped(t *testing.T) {
	w := newWeb(t)
	ctx, stop := context.WithCancel(context.Background())
	o := options()
	o.Pause = time.Hour
	o.Asking = func(string) { stop() }
	got := Ask(ctx, []string{w.URL + "/good", w.URL + "/gone"}, o)
	for address, a := range got {
		if a.Fault != NotAsked {
			t.Errorf("%s: %+v", address, a)
		}
	}
	if len(got) != 2 {
		t.Error(got)
	}
}
