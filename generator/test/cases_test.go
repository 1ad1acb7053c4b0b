package test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bongsu/templates"
)

// Cases of the list of event sequences and failures that a rebuilding
// generator must survive, as a whole run sees them. Those of the watching alone
// (1 to 11, 16, 19 to 26, 28, 29) are in package watch; of the output folder
// (27, 31, 32, 33) also in package publish; a random walk over all of them is
// TestWarmEqualsCold in package build.

// smallSite copies the small site of the command line's scripts.
func smallSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "generator/cli/testdata/site"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// shows waits until a served page has, or has not, a text.
func shows(t *testing.T, s *server, page, text string, want bool) {
	t.Helper()
	what := page + " with "
	if !want {
		what = page + " without "
	}
	until(t, what+text, func() bool {
		status, body, err := s.get(page)
		return err == nil && status == 200 && strings.Contains(body, text) == want
	})
}

const raised = "---\ntitle: 남주 출국권고\nsummary: 남주에 출국을 권고합니다.\nissued: 2025-10-14T09:00\ncategories: [crime]\nlevels:\n  - {level: 3, places: [UT-2]}\n---\n본문\n"

func TestCase12And13(t *testing.T) { // what a page gains shows in lists elsewhere
	dir := smallSite(t)
	s := serve(t, dir, "--now", "2025-10-15")
	shows(t, s, "/ko/provinces/utopia/south.html", "출국권고", false)
	write(t, dir, "content/advisories/2025/south.ko.md", raised)
	for _, page := range []string{"/ko/provinces/utopia/south.html", "/ko/provinces/utopia/", "/ko/", "/ko/advisories/", "/ko/changes/", "/ko/feeds/alerts.rss", "/ko/feeds/levels/3.rss", "/en/provinces/utopia/south.html"} {
		text := "남주"
		if strings.HasPrefix(page, "/en") {
			text = "Departure recommended"
		}
		shows(t, s, page, text, true)
	}
	write(t, dir, "content/advisories/2025/south.ko.md", strings.Replace(raised, "level: 3", "level: special", 1)) // a fault: no end
	until(t, "the fault", func() bool { return strings.Contains(s.out.String(), "[temporary-without-end]") })
	shows(t, s, "/ko/provinces/utopia/south.html", "출국권고", true)
	write(t, dir, "content/advisories/2025/south.ko.md", strings.Replace(raised, "level: 3", "level: 1", 1))
	shows(t, s, "/ko/feeds/levels/3.rss", "남주", false)
	if err := os.Remove(filepath.Join(dir, "content/advisories/2025/south.ko.md")); err != nil {
		t.Fatal(err)
	}
	until(t, "the removed page to go", func() bool { status, _, err := s.get("/ko/advisories/south.html"); return err == nil && status == 404 })
	shows(t, s, "/ko/advisories/", "남주 출국권고", false)
}

func TestCase14(t *testing.T) { // a scheduled page that is edited after its time
	dir := smallSite(t)
	write(t, dir, "content/advisories/2025/south.ko.md", strings.Replace(raised, "2025-10-14T09:00", "2025-10-15T00:00:02", 1))
	s := serve(t, dir, "--now", "2025-10-15")
	shows(t, s, "/ko/advisories/", "남주 출국권고", false)
	shows(t, s, "/ko/advisories/", "남주 출국권고", true) // by itself
	edit(t, filepath.Join(dir, "content/advisories/2025/south.ko.md"), titled("남주의 새 제목"))
	shows(t, s, "/ko/", "남주의 새 제목", true)
	shows(t, s, "/ko/advisories/south.html", "남주의 새 제목", true)
}

func TestCase17(t *testing.T) { // the configuration broken, then fixed; a language added
	dir := smallSite(t)
	s := serve(t, dir, "--now", "2025-10-15")
	shows(t, s, "/ko/", "알림", true)
	config := filepath.Join(dir, "content/site.yaml")
	edit(t, config, func(c string) string { return c + "\nx: [\n" })
	until(t, "the fault", func() bool { return strings.Contains(s.out.String(), "content/site.yaml:") })
	shows(t, s, "/ko/", "알림", true)
	edit(t, config, func(c string) string {
		return strings.Replace(strings.Replace(c, "\nx: [\n", "", 1), "{ko: 알림", "{ko: 새로운 이름", 1)
	})
	shows(t, s, "/ko/", "새로운 이름", true)
	edit(t, config, func(c string) string { return strings.Replace(c, "languages: [ko, en]", "languages: [ko, en, km]", 1) })
	until(t, "what the new language lacks", func() bool { return strings.Contains(s.out.String(), "templates/strings/km.yaml: error:") })
	write(t, dir, "templates/strings/km.yaml", "format:\n  date: \"{year}-{month2}-{day2}\"\n")
	until(t, "the pages of the new language", func() bool { status, _, err := s.get("/km/"); return err == nil && status == 200 })
}

func TestCase18(t *testing.T) { // a template broken, fixed, overlaid and removed
	dir := smallSite(t)
	s := serve(t, dir, "--now", "2025-10-15")
	footer, err := fs.ReadFile(templates.FS, "parts/footer/footer.html")
	if err != nil {
		t.Fatal(err)
	}
	name := "templates/parts/footer/footer.html"
	shows(t, s, "/ko/", "data-mark", false)
	write(t, dir, name, strings.Replace(string(footer), "<footer", `<footer data-mark="x"`, 1))
	shows(t, s, "/ko/", "data-mark", true)
	write(t, dir, name, string(footer)+"\n{{end}}\n")
	until(t, "the fault", func() bool {
		return strings.Contains(s.out.String(), "footer.html:") && strings.Contains(s.out.String(), "[bad-template]")
	})
	shows(t, s, "/ko/", "data-mark", true)
	if err := os.RemoveAll(filepath.Join(dir, "templates")); err != nil {
		t.Fatal(err)
	}
	shows(t, s, "/ko/", "data-mark", false)
}

func TestCase27(t *testing.T) { // the output folder is deleted while watch runs
	dir, out := smallSite(t), filepath.Join(t.TempDir(), "public")
	printed, _ := watching(t, dir, out)
	until(t, "the first site", func() bool { return strings.Contains(printed.String(), "start,") })
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "content/advisories/2025/south.ko.md", strings.Replace(raised, "남주 출국권고", "남주 다시", 1))
	until(t, "the whole site again", func() bool {
		return contains(filepath.Join(out, "ko/advisories/south.html"), "남주 다시") && contains(filepath.Join(out, "en/index.html"), "<h1")
	})
}

func TestCase30(t *testing.T) { // two programs write one folder: the second waits or says so
	dir, out := smallSite(t), filepath.Join(t.TempDir(), "public")
	printed, _ := watching(t, dir, out)
	until(t, "the first site", func() bool { return strings.Contains(printed.String(), "start,") })
	for range 5 {
		if msg, err := exec.Command(program(t), "-C", dir, "build", "-o", out).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
	}
	write(t, dir, "content/advisories/2025/south.ko.md", raised)
	until(t, "the new page", func() bool { return contains(filepath.Join(out, "ko/advisories/south.html"), "남주") })
}

func TestCase36(t *testing.T) { // the reader of the output goes away
	dir := smallSite(t)
	cmd := exec.Command(program(t), "-C", dir, "watch", "-o", filepath.Join(t.TempDir(), "public"))
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := stdout.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	stdout.Close()
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	for i := range 100 {
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Millisecond):
			edit(t, filepath.Join(dir, "content/pages/help.ko.md"), titled(strings.Repeat("x", i+1)))
		}
	}
	_ = cmd.Process.Kill()
	t.Error("watch goes on although nobody reads what it prints")
}
