package test

import (
	"compress/gzip"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// kinds names one page of every kind of page, without its language.
var kinds = []struct{ name, path string }{
	{"home", ""},
	{"provinces", "provinces/"},
	{"country", "provinces/cambodia/"},
	{"province", "provinces/cambodia/kampot.html"},
	{"advisories", "advisories/"},
	{"advisory", "advisories/travel-ban-bokor-bavet-poipet.html"},
	{"advisory-ended", "advisories/special-advisory-phnom-penh.html"},
	{"notice", "advisories/korea-desk-opened.html"},
	{"history", "advisories/travel-ban-bokor-bavet-poipet--history.html"},
	{"revision", "advisories/travel-ban-bokor-bavet-poipet--r1.html"},
	{"scams", "scams/"},
	{"scam", "scams/border-office-pickup.html"},
	{"check", "scams/check/"},
	{"help", "help/"},
	{"search", "search/"},
	{"levels", "levels/"},
	{"changes", "changes/"},
	{"days", "levels/cambodia/"},
	{"day", "levels/cambodia/2025-10-16.html"},
	{"archive", "archive/"},
	{"year", "archive/2025/"},
	{"subscribe", "subscribe/"},
	{"data", "data/"},
	{"figures", "figures/"},
	{"about", "about/"},
	{"embed", "embed/"},
}

// langs are the languages of the sample.
var langs = []string{"ko", "en"}

// sampleOutput builds the sample once for the tests that only read it.
var sampleOutput struct {
	sync.Once
	dir string
}

func sampleDir(t testing.TB) string {
	t.Helper()
	sampleOutput.Do(func() {
		dir, err := os.MkdirTemp("", "bongsu-sample-")
		if err != nil {
			t.Fatal(err)
		}
		temporary = append(temporary, dir)
		if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(filepath.Join(root, "content"))); err != nil {
			t.Fatal(err)
		}
		sampleOutput.dir = build(t, dir)
	})
	if sampleOutput.dir == "" {
		t.Skip("the sample cannot be built; another test says why")
	}
	return sampleOutput.dir
}

// temporary are folders to delete after the tests.
var temporary []string

// web is a plain static server, as hosts are, whose connection can fail.
type web struct {
	*httptest.Server
	dir     atomic.Pointer[string]
	offline atomic.Bool   // connections end without an answer
	delay   atomic.Int64  // before each answer, ns
	stop    chan struct{} // ends delays

	mu   sync.Mutex
	gone map[string]bool // answered with 404
}

// fileTypes are media types as a host should send them.
var fileTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".webmanifest": "application/manifest+json", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
}

func serveFiles(t testing.TB, dir string) *web {
	t.Helper()
	w := &web{stop: make(chan struct{}), gone: map[string]bool{}}
	w.dir.Store(&dir)
	w.Server = httptest.NewServer(http.HandlerFunc(w.answer))
	t.Cleanup(func() {
		close(w.stop)
		w.CloseClientConnections()
		w.Close()
	})
	return w
}

func (w *web) answer(rw http.ResponseWriter, r *http.Request) {
	if w.offline.Load() {
		panic(http.ErrAbortHandler)
	}
	if d := w.delay.Load(); d > 0 {
		select {
		case <-time.After(time.Duration(d)):
		case <-w.stop:
		case <-r.Context().Done():
		}
	}
	w.mu.Lock()
	gone := w.gone[r.URL.Path]
	w.mu.Unlock()
	name := r.URL.Path
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, err := os.ReadFile(filepath.Join(*w.dir.Load(), filepath.FromSlash(path.Clean(name))))
	if t := fileTypes[path.Ext(name)]; t != "" {
		rw.Header().Set("Content-Type", t)
	}
	rw.Header().Set("Cache-Control", "no-cache")
	status := http.StatusOK
	if err != nil || gone {
		status = http.StatusNotFound
		rw.Header().Set("Content-Type", fileTypes[".html"])
		data, _ = os.ReadFile(filepath.Join(*w.dir.Load(), "404.html"))
	}
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || !strings.HasPrefix(rw.Header().Get("Content-Type"), "text/") {
		rw.WriteHeader(status)
		_, _ = rw.Write(data)
		return
	}
	rw.Header().Set("Content-Encoding", "gzip")
	rw.WriteHeader(status)
	z := gzip.NewWriter(rw)
	_, _ = z.Write(data)
	_ = z.Close()
}

// tab is an open tab that notes what goes wrong in it.
type tab struct {
	ctx context.Context
	t   testing.TB

	mu       sync.Mutex
	requests []string // addresses asked for, with their kind before them
	messages []string // of the console and the policies
}

// shared is the one browser of all tests; each test opens its own tab, which
// shares nothing with those of others.
var shared struct {
	sync.Once
	ctx  context.Context
	stop func()
}

// newBrowser gives the browser, which is started when it is first asked for.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	shared.Do(func() {
		ctx, stop := startBrowser(t)
		shared.stop = stop
		if err := chromedp.Do(ctx); err != nil {
			t.Fatal(err)
		}
		shared.ctx = ctx
	})
	if shared.ctx == nil {
		t.Skip("there is no browser; another test says why")
	}
	return shared.ctx
}

// open opens a tab with its own cookies and caches.
func open(t testing.TB, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{ctx: ctx, t: t}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	b.do(focused())
	return b
}

// focused lets a tab take keys although another one has the focus.
func focused() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})
}

func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, string(e.Type)+" "+e.Request.URL)
	case *log.EventEntryAdded:
		b.messages = append(b.messages, "log: "+e.Entry.Text+" "+e.Entry.URL)
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.messages = append(b.messages, "console: "+string(e.Type))
	}
}

// taken gives and forgets what was noted.
func (b *tab) taken() (requests, messages []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	requests, messages = slices.Clone(b.requests), slices.Clone(b.messages)
	b.requests, b.messages = nil, nil
	return requests, messages
}

// do runs steps; each has 30 seconds.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, step := range steps {
		ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
		err := chromedp.Do(ctx, step)
		cancel()
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// eval gives the value of an expression of text; promises are awaited.
func (b *tab) eval(js string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.200s: %v", js, err)
	}
	return v
}

// until waits until an expression is true.
func (b *tab) until(what, js string) {
	b.t.Helper()
	until(b.t, what, func() bool {
		v, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](js, chromedp.EvalAwaitPromise))
		return err == nil && v
	})
}

func (b *tab) visit(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
}

// view sets the width of the window and the colours that the reader prefers.
func (b *tab) view(width, height int64, scheme string) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height), b.media("", scheme))
}

// media emulates a medium and a preferred scheme of colours.
func (b *tab) media(medium, scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media:    medium,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	})
}

// scripts turns the scripts of pages on or off.
func (b *tab) scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}
