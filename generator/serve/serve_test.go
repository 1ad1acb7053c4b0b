package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/diag"
	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// result makes a build of the given files without any content behind it.
func result(files map[string]string, faults ...diag.Diagnostic) *build.Result {
	s := &site.Site{Now: time.Unix(1760000000, 0).UTC(), Links: site.Links{Host: "https://x.example", Prefix: "/sub/"}, Config: model.Site{}}
	r := &build.Result{Site: s, Diags: faults}
	for name, text := range files {
		r.Files = append(r.Files, output.Fixed(name, time.Unix(1760000000, 0), []byte(text)))
	}
	slices.SortFunc(r.Files, func(a, b build.File) int { return strings.Compare(a.Path, b.Path) })
	return r
}

func markup(body string) string {
	return `<!DOCTYPE html><html lang="ko"><head><link rel="stylesheet" href="/sub/assets/a.css"></head><body>` + body + `</body></html>`
}

func serverWith(t *testing.T, r *build.Result) (*Server, *httptest.Server) {
	t.Helper()
	s := New("127.0.0.1:0", time.Now)
	s.Show(r)
	h := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		s.Close()
		h.Close()
	})
	return s, h
}

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

var files = map[string]string{
	"index.html": markup("root"), "ko/index.html": markup("home"), "ko/advisories/a.html": markup("a"),
	"ko/feeds/all.rss": "<rss/>", "ko/feeds/all.json": "{}", "assets/a.css": "p{}", "404.html": markup("not here"),
}

func TestPages(t *testing.T) {
	_, h := serverWith(t, result(files))
	tests := []struct {
		path, kind, text string
		status           int
	}{
		{"/sub/", "text/html; charset=utf-8", "root", 200},
		{"/sub/ko/", "text/html; charset=utf-8", "home", 200},
		{"/sub/ko/advisories/a.html", "text/html; charset=utf-8", "a</body>", 200},
		{"/sub/ko/advisories/a", "text/html; charset=utf-8", "<body>a", 200},
		{"/sub/ko/feeds/all.rss", "application/rss+xml", "<rss/>", 200},
		{"/sub/ko/feeds/all.json", "application/feed+json", "{}", 200},
		{"/sub/assets/a.css", "text/css; charset=utf-8", "p{}", 200},
		{"/sub/nothing.html", "text/html; charset=utf-8", "not here", 404},
		{"/sub/../../etc/passwd", "text/html; charset=utf-8", "not here", 404},
	}
	for _, tt := range tests {
		resp, body := get(t, h.URL+tt.path)
		if resp.StatusCode != tt.status || resp.Header.Get("Content-Type") != tt.kind || !strings.Contains(strings.Split(body, "<script")[0]+"</body>", tt.text) {
			t.Errorf("%s: %d %s %q", tt.path, resp.StatusCode, resp.Header.Get("Content-Type"), body)
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: no nosniff", tt.path)
		}
	}
	for from, to := range map[string]string{"/": "/sub/", "/sub/ko": "/sub/ko/"} {
		if resp, _ := get(t, h.URL+from); resp.StatusCode != 302 || resp.Header.Get("Location") != to {
			t.Errorf("%s leads to %d %q, want %q", from, resp.StatusCode, resp.Header.Get("Location"), to)
		}
	}
}

func TestConditional(t *testing.T) {
	s, h := serverWith(t, result(files))
	resp, _ := get(t, h.URL+"/sub/ko/feeds/all.rss")
	etag, modified := resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	for _, header := range [][]string{{"If-None-Match", etag}, {"If-Modified-Since", modified}} {
		if resp, _ := get(t, h.URL+"/sub/ko/feeds/all.rss", header...); resp.StatusCode != 304 {
			t.Errorf("%s: %d, want 304", header[0], resp.StatusCode)
		}
	}
	changed := map[string]string{"ko/feeds/all.rss": "<rss>new</rss>"}
	s.Show(result(changed))
	if resp, _ := get(t, h.URL+"/sub/ko/feeds/all.rss", "If-None-Match", etag); resp.StatusCode != 200 {
		t.Errorf("changed file: %d, want 200", resp.StatusCode)
	}
}

// TestHost: a page of another site cannot read this one through a name that it
// lets point to this machine.
func TestHost(t *testing.T) {
	_, h := serverWith(t, result(files))
	for host, want := range map[string]int{"localhost:1": 200, "127.0.0.1": 200, "[::1]:80": 200, "LOCALHOST": 200, "evil.example": 403, "127.0.0.1.evil.example": 403, "": 200} {
		if resp, _ := get(t, h.URL+"/sub/", "Host", host); resp.StatusCode != want {
			t.Errorf("Host %q: %d, want %d", host, resp.StatusCode, want)
		}
	}
	resp, err := http.Post(h.URL+"/sub/", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", resp.StatusCode)
	}
}

// stream opens the events of a page and returns a function that waits for the
// next message.
func stream(t *testing.T, h *httptest.Server, query string) func() message {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL+"/_bongsu/events?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	lines := bufio.NewScanner(resp.Body)
	return func() message {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var m message
				if err := json.Unmarshal([]byte(data), &m); err != nil {
					t.Fatal(err)
				}
				return m
			}
		}
		t.Fatal("the stream ended")
		return message{}
	}
}

func with(changes map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range files {
		out[k] = v
	}
	for k, v := range changes {
		out[k] = v
	}
	return out
}

func TestEvents(t *testing.T) {
	s, h := serverWith(t, result(files))
	home := etagOf([]byte(files["ko/index.html"]))
	next := stream(t, h, "page=/sub/ko/&etag="+home+"&style=/sub/assets/a.css")
	if m := next(); m.Reload || m.Style != "" || len(m.Faults) != 0 {
		t.Errorf("at first: %+v", m)
	}
	s.Show(result(with(map[string]string{"ko/advisories/a.html": markup("b")})))
	if m := next(); m.Reload {
		t.Error("another page changed, and this one reloads")
	}
	fault := diag.UnknownLevel.At(diag.Position{File: "content/a.md", Line: 2, Col: 3}, `level "5" is not one of 1, 2`).WithHint("did you mean %q?", "2")
	s.Show(result(nil, fault))
	if m := next(); m.Reload || len(m.Faults) != 1 || m.Faults[0].Where != "content/a.md:2:3" || m.Faults[0].Hint == "" {
		t.Errorf("with a fault: %+v", m)
	}
	if _, body := get(t, h.URL+"/sub/ko/advisories/a.html"); !strings.Contains(body, "<body>b") {
		t.Errorf("the last good site is not shown: %s", body)
	}
	s.Show(result(with(map[string]string{"ko/index.html": strings.ReplaceAll(files["ko/index.html"], "a.css", "b.css"), "assets/b.css": "p{}"})))
	if m := next(); m.Reload || m.Style != "/sub/assets/b.css" || len(m.Faults) != 0 {
		t.Errorf("another style sheet: %+v", m)
	}
	s.Show(result(with(map[string]string{"ko/index.html": markup("new")})))
	if m := next(); !m.Reload {
		t.Errorf("the page changed: %+v", m)
	}
}

// TestGone: a page that is removed reloads and shows that it is gone.
func TestGone(t *testing.T) {
	s, h := serverWith(t, result(files))
	next := stream(t, h, "page=/sub/ko/advisories/a.html&etag="+etagOf([]byte(files["ko/advisories/a.html"])))
	next()
	rest := with(nil)
	delete(rest, "ko/advisories/a.html")
	s.Show(result(rest))
	if m := next(); !m.Reload {
		t.Error("the page is gone and stays")
	}
}

// TestNoSite: before the first good build there is a page with the faults.
func TestNoSite(t *testing.T) {
	s, h := serverWith(t, result(nil, diag.BadYAML.At(diag.Position{File: "content/site.yaml", Line: 1, Col: 1}, "x")))
	resp, body := get(t, h.URL+"/")
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "live.js") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	next := stream(t, h, "page=&etag=")
	if m := next(); m.Reload || len(m.Faults) != 1 {
		t.Errorf("%+v", m)
	}
	s.Show(result(files))
	if m := next(); !m.Reload {
		t.Error("the first good build does not show")
	}
}
