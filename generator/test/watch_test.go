package test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// watching starts "bongsu watch" into out; the returned function kills it.
func watching(t *testing.T, dir, out string) (printed *lines, kill func()) {
	t.Helper()
	printed = &lines{}
	cmd := exec.Command(program(t), "-C", dir, "watch", "-o", out)
	cmd.Stdout, cmd.Stderr = printed, printed
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	kill = func() {
		_ = cmd.Process.Kill()
		<-ended
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Error("watch does not stop")
			kill()
		}
	})
	return printed, kill
}

func contains(path, text string) bool {
	data, err := os.ReadFile(path)
	return err == nil && bytes.Contains(data, []byte(text))
}

// TestWatch: the folder follows the files; a fault leaves it alone; what a
// killed watch left is repaired by the next.
func TestWatch(t *testing.T) {
	dir, out := copySite(t), filepath.Join(t.TempDir(), "public")
	printed, kill := watching(t, dir, out)
	page, list := filepath.Join(out, "ko/advisories/korea-desk-opened.html"), filepath.Join(out, "ko/advisories/index.html")
	until(t, "the first site", func() bool { return strings.Contains(printed.String(), "start,") })
	if !contains(page, "<h1") {
		t.Fatal("no page")
	}
	before, err := os.Stat(filepath.Join(out, "ko/about/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "content", notice)
	edit(t, file, titled("첫째 제목"))
	until(t, "the new title", func() bool { return contains(page, "첫째 제목") && contains(list, "첫째 제목") })
	if after, err := os.Stat(filepath.Join(out, "ko/about/index.html")); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Error("a page that does not show the title was touched")
	}
	edit(t, file, func(s string) string { return s + "\n<b>x</b>\n" })
	until(t, "the fault", func() bool { return strings.Contains(printed.String(), "[raw-html]") })
	if !contains(page, "첫째 제목") {
		t.Error("the fault changed the site")
	}
	edit(t, file, func(s string) string { return strings.Replace(s, "\n<b>x</b>\n", "", 1) })
	edit(t, file, titled("둘째 제목"))
	until(t, "the second title", func() bool { return contains(page, "둘째 제목") })

	// Every page changes, and the process dies while it writes them.
	edit(t, filepath.Join(dir, "content/site.yaml"), func(s string) string { return strings.Replace(s, "title: {ko: ", "title: {ko: 새 ", 1) })
	until(t, "the first changed page", func() bool {
		return contains(filepath.Join(out, "ko/about/index.html"), "새 해외안전") || contains(list, "새 해외안전")
	})
	kill()
	watching(t, dir, out)
	want := hashes(t, build(t, dir))
	until(t, "the repaired folder", func() bool { return same(hashes(t, out), want) })
}
