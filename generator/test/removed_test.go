package test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRemoved: nothing of a removed record is left in any file, its address
// keeps a notice, and the site is without fault.
func TestRemoved(t *testing.T) {
	dir := copySite(t)
	const name = "open-chat-computer-work"
	files, err := filepath.Glob(filepath.Join(dir, "content/scams", name+".*"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	before := hashes(t, build(t, dir))
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	// What other records said of it goes too.
	err = filepath.WalkDir(filepath.Join(dir, "content"), func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && bytes.Contains(data, []byte("/scams/"+name)) {
			err = os.WriteFile(path, bytes.ReplaceAll(data, []byte("/scams/"+name), []byte("/scams/")), 0o644)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	line := "- {id: scams/" + name + ", at: 2026-01-20T10:00, reason: law, note: {ko: 법원의 결정입니다., en: A court decided so.}}\n"
	if err := os.WriteFile(filepath.Join(dir, "content/removed.yaml"), []byte(line), 0o644); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.Command(program(t), "-C", dir, "check").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	out := build(t, dir)
	if page := string(read(t, filepath.Join(out, "en/scams", name+".html"))); !strings.Contains(page, "A court decided so.") ||
		!strings.Contains(page, "required by law or by a court") || !strings.Contains(page, `content="noindex"`) {
		t.Errorf("notice: %s", page)
	}
	if page := string(read(t, filepath.Join(out, "ko/changes/index.html"))); !strings.Contains(page, "글 하나를 삭제했습니다. 까닭: 법이나 법원의 결정에 따름") {
		t.Error("the page of changes does not say that a text was removed")
	}
	after := hashes(t, out)
	for path := range before {
		if strings.Contains(path, name) && after[path] != "" && !strings.HasSuffix(path, ".html") {
			t.Errorf("%s is still there", path)
		}
	}
	for path := range after {
		if data := read(t, filepath.Join(out, path)); bytes.Contains(data, []byte("단순 컴퓨터 작업·번역")) {
			t.Errorf("%s still shows the title", path)
		}
	}
	if feed := string(read(t, filepath.Join(out, "ko/feeds/scams.atom"))); !strings.Contains(feed, `<at:deleted-entry ref="tag:example.org,2025:scams/`+name+`:ko"`) {
		t.Error("the feed does not say that the entry is gone")
	}
	if index := string(read(t, filepath.Join(out, "sitemap.xml"))); strings.Contains(index, name) {
		t.Error("the site map lists the notice")
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
