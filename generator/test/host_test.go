package test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

func regexpOf(t *testing.T, s string) *regexp.Regexp {
	t.Helper()
	r, err := regexp.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// freePort gives an address of this machine that nothing listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// snippet prints the configuration of a web server for the site in dir.
func snippet(t *testing.T, dir, server, listen string, more ...string) string {
	t.Helper()
	args := append([]string{"-C", dir, "hosts", server, "--root", filepath.Join(dir, "public"), "--listen", listen}, more...)
	out, err := exec.Command(program(t), args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// startServer runs a web server until the test ends, and waits for it.
func startServer(t *testing.T, addr, name string, args ...string) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "XDG_DATA_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		stop()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return
		}
	}
	stop()
	_ = cmd.Wait()
	t.Fatalf("%s does not answer: %s", name, log.String())
}

// get asks for a path and gives the answer, its body read.
func get(t *testing.T, addr, path string, headers ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequest("GET", "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 10 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp
}

// served is what every web server must say of a file.
var served = []struct {
	path, media string
	shared      bool
	cache       string
}{
	{"/ko/index.html", "text/html; charset=utf-8", false, "max-age=60"},
	{"/ko/", "text/html; charset=utf-8", false, "max-age=60"},
	{"/ko/feeds/alerts.rss", "application/rss+xml", true, "max-age=300"},
	{"/ko/feeds/alerts.atom", "application/atom+xml", true, "max-age=300"},
	{"/en/feeds/provinces/cambodia/kampot.json", "application/feed+json", true, "max-age=300"},
	{"/ko/feeds/subscriptions.opml", "text/x-opml; charset=utf-8", true, "max-age=300"},
	{"/cap/index.atom", "application/atom+xml", true, "max-age=300"},
	{"/cap/example.org-travel-ban-bokor-bavet-poipet-r1-4.xml", "application/cap+xml", true, "max-age=300"},
	{"/ko/calendar/cambodia.ics", "text/calendar; charset=utf-8", true, "max-age=300"},
	{"/sitemap.xml", "application/xml", false, "max-age=60"},
	{"/robots.txt", "text/plain; charset=utf-8", false, "max-age=60"},
	{"/api/v1/levels.json", "application/json", true, "max-age=300"},
	{"/api/v1/levels.geojson", "application/geo+json", true, "max-age=300"},
	{"/api/v1/levels.csv", "text/csv; charset=utf-8", true, "max-age=300"},
	{"/api/v1/openapi.json", "application/vnd.oai.openapi+json", true, "max-age=300"},
	{"/badges/ko/KH-12.svg", "image/svg+xml", true, "max-age=300"},
}

// checkServer asks a web server for files of each kind.
func checkServer(t *testing.T, dir, addr string) {
	t.Helper()
	for _, f := range served {
		r := get(t, addr, f.path)
		if r.StatusCode != 200 {
			t.Errorf("%s: %s", f.path, r.Status)
			continue
		}
		if got := strings.ToLower(r.Header.Get("Content-Type")); got != f.media {
			t.Errorf("%s: type %q, want %q", f.path, got, f.media)
		}
		if got := r.Header.Values("Access-Control-Allow-Origin"); f.shared != (len(got) == 1 && got[0] == "*") {
			t.Errorf("%s: CORS %q", f.path, got)
		}
		if got := r.Header.Values("Cache-Control"); len(got) != 1 || !strings.Contains(got[0], f.cache) {
			t.Errorf("%s: cache %q", f.path, got)
		}
		secure(t, f.path, r)
	}
	css, _ := filepath.Glob(filepath.Join(dir, "public/assets/style.*.css"))
	if r := get(t, addr, "/assets/"+filepath.Base(css[0])); !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("assets: %v", r.Header)
	}
	for _, path := range []string{"/nothing-here", "/_headers", "/_redirects", "/.bongsu-manifest"} {
		if r := get(t, addr, path); r.StatusCode != 404 {
			t.Errorf("%s: %s", path, r.Status)
		} else {
			secure(t, path, r)
		}
	}
	// What did not change is not sent again, after another build too.
	for _, path := range []string{"/ko/feeds/alerts.atom", "/api/v1/levels.json"} {
		first := get(t, addr, path)
		build(t, dir)
		for _, h := range [][2]string{{"If-Modified-Since", first.Header.Get("Last-Modified")}, {"If-None-Match", first.Header.Get("ETag")}} {
			if r := get(t, addr, path, h[0], h[1]); r.StatusCode != http.StatusNotModified {
				t.Errorf("%s with %s %q: %s", path, h[0], h[1], r.Status)
			}
		}
	}
}

// secure checks the headers that each answer must have, once.
func secure(t *testing.T, path string, r *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self';", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer", "Permissions-Policy": "camera=()", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := r.Header.Values(name); len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %s is %q", path, name, got)
		}
	}
	if !strings.HasSuffix(r.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Errorf("%s: the policy lets others frame the page", path)
	}
}

// renamed copies the site and renames an advisory.
func renamed(t *testing.T) string {
	t.Helper()
	dir := copySite(t)
	for _, l := range []string{"ko", "en"} {
		old := filepath.Join(dir, "content/advisories/2025/bavet-transit."+l+".md")
		data, err := os.ReadFile(old)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if l == "ko" {
			text = strings.Replace(text, "\ncategories:", "\naliases: [bavet-transit]\ncategories:", 1)
		}
		if err := os.WriteFile(filepath.Join(dir, "content/advisories/2025/bavet-border."+l+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(old); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestNginx serves the sample site with Debian's nginx and the configuration
// that "bongsu hosts" prints.
func TestNginx(t *testing.T) {
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		if nginx = "/usr/sbin/nginx"; !exists(nginx) {
			t.Skip("nginx is not installed: run generator/test/setup.sh")
		}
	}
	dir := renamed(t)
	build(t, dir)
	readable(t, dir)
	addr := freePort(t)
	conf := filepath.Join(dir, "nginx.conf")
	text := fmt.Sprintf("daemon off;\nmaster_process off;\nerror_log stderr;\npid %s/nginx.pid;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path %[1]s/a;\nproxy_temp_path %[1]s/b;\nfastcgi_temp_path %[1]s/c;\nuwsgi_temp_path %[1]s/d;\nscgi_temp_path %[1]s/e;\n%s}\n",
		dir, snippet(t, dir, "nginx", addr))
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(nginx, "-t", "-q", "-c", conf).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	startServer(t, addr, nginx, "-c", conf)
	checkServer(t, dir, addr)
	r := get(t, addr, "/ko/advisories/bavet-transit.html")
	if r.StatusCode != 301 || !strings.HasSuffix(r.Header.Get("Location"), "/ko/advisories/bavet-border.html") {
		t.Errorf("old address: %s %s", r.Status, r.Header.Get("Location"))
	}
}

// TestCaddy does the same with Caddy.
func TestCaddy(t *testing.T) {
	caddy, err := exec.LookPath("caddy")
	if err != nil {
		t.Skip("caddy is not installed: run generator/test/setup.sh")
	}
	dir := renamed(t)
	build(t, dir)
	addr := freePort(t)
	conf := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(conf, []byte("{\n\tadmin off\n}\n"+snippet(t, dir, "caddy", "http://"+addr)), 0o644); err != nil {
		t.Fatal(err)
	}
	startServer(t, addr, caddy, "run", "--config", conf, "--adapter", "caddyfile")
	checkServer(t, dir, addr)
	r := get(t, addr, "/ko/advisories/bavet-transit.html")
	if r.StatusCode != 301 || !strings.HasSuffix(r.Header.Get("Location"), "/ko/advisories/bavet-border.html") {
		t.Errorf("old address: %s %s", r.Status, r.Header.Get("Location"))
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readable lets a server of another user read the folders above the site.
func readable(t *testing.T, dir string) {
	t.Helper()
	for d := dir; d != filepath.Dir(d) && strings.Contains(d, t.Name()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHeaderFile reads _headers by the rules of static hosts: few rules, short
// lines, and no header that two rules would give to one file.
func TestHeaderFile(t *testing.T) {
	out := build(t, renamed(t))
	data, err := os.ReadFile(filepath.Join(out, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	type rule struct {
		path    *regexp.Regexp
		headers map[string]string
	}
	var rules []rule
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) > 2000 {
			t.Errorf("line of %d characters", len(line))
		}
		if strings.HasPrefix(line, "/") {
			if strings.Count(line, "*") > 1 {
				t.Errorf("%s has two stars", line)
			}
			pattern := strings.ReplaceAll(regexp.QuoteMeta(line), `\*`, ".*")
			rules = append(rules, rule{regexpOf(t, "^"+pattern+"$"), map[string]string{}})
			continue
		}
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || !strings.HasPrefix(line, "  ") || len(rules) == 0 {
			t.Fatalf("line %q", line)
		}
		rules[len(rules)-1].headers[name] = value
	}
	if len(rules) > 100 || len(rules) < 10 {
		t.Errorf("%d rules", len(rules))
	}
	for path := range hashes(t, out) {
		got := map[string]string{}
		for _, r := range rules {
			if !r.path.MatchString("/" + path) {
				continue
			}
			for name, value := range r.headers {
				if got[name] != "" {
					t.Errorf("%s gets %s twice", path, name)
				}
				got[name] = value
			}
		}
		if !strings.HasPrefix(got["Content-Security-Policy"], "default-src 'none'") {
			t.Errorf("%s has no policy", path)
		}
	}
	moved, err := os.ReadFile(filepath.Join(out, "_redirects"))
	if want := "/ko/advisories/bavet-transit.html /ko/advisories/bavet-border.html 301\n"; err != nil || !strings.Contains(string(moved), want) {
		t.Errorf("redirects %q, %v", moved, err)
	}
}
