package test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// server is a running "bongsu serve".
type server struct {
	url string
	cmd *exec.Cmd
	out lines
}

// lines collects what a process prints.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// serve starts "bongsu serve" on a free port of the loopback address; it ends
// with the test.
func serve(t testing.TB, dir string, args ...string) *server {
	t.Helper()
	s := &server{cmd: exec.Command(program(t), append([]string{"-C", dir, "serve", "--addr", "127.0.0.1:0"}, args...)...)}
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = &s.out
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		done := make(chan error, 1)
		go func() { done <- s.cmd.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("serve ended with %v: %s", err, s.out.String())
			}
		case <-time.After(10 * time.Second):
			_ = s.cmd.Process.Kill()
			t.Error("serve does not stop")
		}
	})
	r := bufio.NewReader(stdout)
	first, err := r.ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, s.out.String())
	}
	s.url, _, _ = strings.Cut(first, " ")
	go func() { _, _ = io.Copy(&s.out, r) }()
	return s
}

// get fetches an address of the server.
func (s *server) get(path string) (int, string, error) {
	resp, err := http.Get(strings.TrimSuffix(s.url, "/") + path)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// until waits for something to become true, for 20 seconds at the most.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		if ok() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("timed out waiting for %s", what)
		}
	}
}

// edit replaces a file in one step, as careful editors do.
func edit(t testing.TB, name string, change func(string) string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	temp := filepath.Join(filepath.Dir(name), ".edit.tmp")
	if err := os.WriteFile(temp, []byte(change(string(data))), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(temp, name); err != nil {
		t.Fatal(err)
	}
}

var titleLine = regexp.MustCompile(`(?m)^title: .*$`)

func titled(title string) func(string) string {
	return func(s string) string { return titleLine.ReplaceAllString(s, "title: "+title) }
}

const notice = "advisories/2025/korea-desk-opened.ko.md"

// TestServe: an edit shows, a fault keeps the last good site, a mend shows; a
// new and a removed record follow.
func TestServe(t *testing.T) {
	dir := copySite(t)
	s := serve(t, dir)
	file := filepath.Join(dir, "content", notice)
	page := func(want string) func() bool {
		return func() bool {
			_, body, err := s.get("/ko/advisories/korea-desk-opened.html")
			return err == nil && strings.Contains(body, want)
		}
	}
	until(t, "the first page", page("<h1"))
	edit(t, file, titled("첫째 제목"))
	until(t, "the new title", page("첫째 제목"))
	until(t, "the new title in the list", func() bool {
		_, body, err := s.get("/ko/advisories/")
		return err == nil && strings.Contains(body, "첫째 제목")
	})
	edit(t, file, func(s string) string { return strings.Replace(s, "\nissued:", "\nisued:", 1) })
	until(t, "the fault", func() bool { return strings.Contains(s.out.String(), "korea-desk-opened.ko.md:") })
	if !strings.Contains(s.out.String(), `did you mean "issued"?`) {
		t.Errorf("no hint in %s", s.out.String())
	}
	if !page("첫째 제목")() {
		t.Error("the last good site is gone")
	}
	edit(t, file, func(s string) string { return strings.Replace(titled("둘째 제목")(s), "\nisued:", "\nissued:", 1) })
	until(t, "the mended page", page("둘째 제목"))

	for _, l := range []string{"ko", "en"} {
		old := filepath.Join(dir, "content/advisories/2025/korea-desk-opened."+l+".md")
		if err := os.Rename(old, strings.Replace(old, "korea-desk-opened", "korea-desk-renamed", 1)); err != nil {
			t.Fatal(err)
		}
	}
	// Other texts link to it by its old name: nothing is lost, the fault is told.
	until(t, "dead links", func() bool { return strings.Contains(s.out.String(), "[dead-link]") })
	if !page("둘째 제목")() {
		t.Error("the last good site is gone")
	}
	for _, l := range []string{"ko", "en"} {
		old := filepath.Join(dir, "content/advisories/2025/korea-desk-renamed."+l+".md")
		if l == "ko" {
			edit(t, old, func(s string) string {
				return strings.Replace(s, "\nissued:", "\naliases: [korea-desk-opened]\nissued:", 1)
			})
		}
	}
	until(t, "the renamed page", func() bool {
		status, body, err := s.get("/ko/advisories/korea-desk-renamed.html")
		return err == nil && status == 200 && strings.Contains(body, "둘째 제목")
	})
}

// TestServeTime: what is scheduled begins and ends on the served pages by
// itself.
func TestServeTime(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "generator/cli/testdata/site"))); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "content/advisories/2025/north-raised.ko.md")
	edit(t, file, func(s string) string {
		s = strings.Replace(s, "until: 2025-11-01", "until: 2025-10-02T00:00:03\nat_end: lift", 1)
		return strings.Replace(s, "effective: 2025-10-02", "effective: 2025-10-02T00:00", 1)
	})
	s := serve(t, dir, "--now", "2025-10-01T23:59:58")
	level := func(class string) func() bool {
		return func() bool {
			_, body, err := s.get("/ko/provinces/utopia/north.html")
			main := body[max(strings.Index(body, "<main"), 0):]
			i := strings.Index(main, "level-")
			return err == nil && i >= 0 && strings.HasPrefix(main[i:], "level-"+class)
		}
	}
	until(t, "the level before", level("1"))
	until(t, "the start", level("special"))
	until(t, "the end", level("1"))
	until(t, "two builds by time", func() bool { return strings.Count(s.out.String(), "time has come") >= 2 })
}

// TestServeLatency measures save to served page on the sample site.
func TestServeLatency(t *testing.T) {
	dir := copySite(t)
	s := serve(t, dir)
	file := filepath.Join(dir, "content", notice)
	until(t, "the first page", func() bool {
		status, _, err := s.get("/ko/advisories/korea-desk-opened.html")
		return err == nil && status == 200
	})
	var took []time.Duration
	for i := range 15 {
		want := fmt.Sprintf("제목 %d번", i)
		start := time.Now()
		edit(t, file, titled(want))
		until(t, want, func() bool {
			_, body, err := s.get("/ko/advisories/korea-desk-opened.html")
			return err == nil && strings.Contains(body, want)
		})
		took = append(took, time.Since(start))
		time.Sleep(50 * time.Millisecond)
	}
	slices.Sort(took)
	t.Logf("save to served page: median %v, slowest %v", took[len(took)/2], took[len(took)-1])
	if took[len(took)/2] > time.Second {
		t.Errorf("median %v", took[len(took)/2])
	}
}

// startBrowser starts Debian's Chromium.
func startBrowser(t *testing.T) (ctx context.Context, stop func()) {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: run generator/test/setup.sh")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	all, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(all)
	return ctx, func() {
		cancel()
		end()
	}
}

// TestLiveReload: the open page follows the files without a reload by hand, and
// keeps its place; a fault shows with its file and line, and goes when mended.
func TestLiveReload(t *testing.T) {
	dir := copySite(t)
	s := serve(t, dir)
	ctx := open(t, newBrowser(t)).ctx
	file := filepath.Join(dir, "content", notice)
	if err := chromedp.Do(ctx, chromedp.Navigate(strings.TrimSuffix(s.url, "/")+"/ko/advisories/korea-desk-opened.html")); err != nil {
		t.Fatal(err)
	}
	eval := func(js string) string {
		v, err := chromedp.Run(ctx, chromedp.Evaluate[string](js))
		if err != nil {
			return "" // the page is just being replaced
		}
		return v
	}
	// Until the first build there is a page that waits for it.
	until(t, "the place to keep", func() bool {
		return eval(`document.querySelector("article.record") && document.readyState === "complete" ? (scrollTo(0, 300), String(scrollY)) : ""`) == "300"
	})
	edit(t, file, titled("브라우저가 본 제목"))
	until(t, "the new title in the browser", func() bool { return strings.HasPrefix(eval(`document.title`), "브라우저가 본 제목") })
	until(t, "the place on the page", func() bool { return eval(`String(Math.round(scrollY))`) == "300" })
	edit(t, file, func(s string) string { return strings.Replace(s, "\nissued: ", "\nissued: x", 1) })
	overlay := `(() => { const o = document.querySelector(".bongsu-overlay"); return o && !o.hidden ? o.innerText : "" })()`
	until(t, "the overlay", func() bool {
		text := eval(overlay)
		return strings.Contains(text, "content/"+notice+":") && strings.Contains(text, "bad-time") && strings.Contains(text, "^")
	})
	edit(t, file, func(s string) string { return strings.Replace(s, "\nissued: x", "\nissued: ", 1) })
	until(t, "the overlay to go", func() bool {
		return eval(overlay) == "" && strings.HasPrefix(eval(`document.title`), "브라우저가 본 제목")
	})
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`window.notReloaded = true`)); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(dir, "content/pages/about.ko.md"), func(s string) string { return s + "\n한 문장을 더합니다.\n" })
	until(t, "the other page", func() bool {
		_, body, err := s.get("/ko/about/")
		return err == nil && strings.Contains(body, "한 문장을 더합니다")
	})
	time.Sleep(200 * time.Millisecond)
	if got := eval(`String(window.notReloaded)`); got != "true" {
		t.Error("the page reloaded although another one changed")
	}
}
