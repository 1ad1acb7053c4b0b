package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReport: medians are compared, limits are told as held or missed, and what
// is measured again replaces what was.
func TestReport(t *testing.T) {
	r := &results{}
	r.entry("cold", "Bongsu", inMemory, 1000).Samples = []sample{{Wall: 99}}
	r.entry("cold", "Bongsu", inMemory, 1000).Samples = []sample{{Wall: 1, User: 2, Peak: 10}, {Wall: 9, User: 2, Peak: 10}, {Wall: 2, User: 2, Peak: 10}}
	r.entry("cold", "Hugo", inMemory, 1000).Samples = []sample{{Wall: 10, User: 20, Peak: 20}, {Wall: 30, User: 20, Peak: 20}}
	text := r.markdown()
	for _, want := range []string{
		"| cold | 1,000 in memory (tmpfs) | wall | 0.100 | 0.15 | held |  |",
		"| cold | 1,000 in memory (tmpfs) | user CPU | 0.100 | 0.20 | held |  |",
		"| cold | 1,000 in memory (tmpfs) | memory | 0.500 | 0.40 | **missed** |  |",
		"| Bongsu | 2.00 s (1.00 s–9.00 s) |",
		"| Hugo | 20.00 s (10.00 s–30.00 s) |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestFloor: the floor writes files of the same names and sizes.
func TestFloor(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"content/a.md": "a", "public/index.html": "12345", "public/ko/x y.html": "", "public/ko/feeds/all.rss": "123"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list, out := filepath.Join(dir, "list"), filepath.Join(dir, "out")
	if err := writeList(list, filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	if err := floor(list, out); err != nil {
		t.Fatal(err)
	}
	files, bytes, err := made(out)
	if err != nil || files != 3 || bytes != 8 {
		t.Errorf("%d files, %d bytes, %v", files, bytes, err)
	}
	if _, err := os.Stat(filepath.Join(out, "ko/x y.html")); err != nil {
		t.Error(err)
	}
}
