package build

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bongsu/generator/bench/corpus"
	"bongsu/templates"
)

// edits are the kinds of edit that are measured: each changes the file a
// little differently every time.
var edits = []struct {
	name, file string
	change     func(text string, n int) string
}{
	{"body", "content/advisories/2026/notice-%05d.ko.md", func(s string, n int) string { return s + fmt.Sprintf("\n문장 %d.\n", n) }},
	{"title", "content/advisories/2026/notice-%05d.ko.md", func(s string, n int) string { return line(s, "title", fmt.Sprintf("제목 %d", n)) }},
	{"level", "content/advisories/2026/notice-%05d.ko.md", func(s string, n int) string {
		return strings.Replace(s, "\nplaces: [", fmt.Sprintf("\nlevels:\n  - {level: %d, places: [KH-3]}\nplaces: [", 1+n%2), 1)
	}},
	{"template", "templates/parts/footer/footer.html", func(s string, n int) string { return s + fmt.Sprintf("<!-- %d -->", n) }},
	{"site", "content/site.yaml", func(s string, n int) string {
		return line(s, "title", fmt.Sprintf("{ko: 알림 %d, en: Warnings %d}", n, n))
	}},
}

// BenchmarkEdit measures one edit on a warm Builder: from the changed file to
// the bytes of its page (or of the home page).
func BenchmarkEdit(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		dir := b.TempDir()
		if err := corpus.Write(dir, "../../content", n); err != nil {
			b.Fatal(err)
		}
		footer, err := templates.FS.ReadFile("parts/footer/footer.html")
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range edits {
			b.Run(fmt.Sprintf("%s/%d", e.name, n), func(b *testing.B) { benchEdit(b, dir, n, e.name, e.file, string(footer), e.change) })
		}
	}
}

func benchEdit(b *testing.B, dir string, n int, kind, file, footer string, change func(string, int) string) {
	if strings.Contains(file, "%") {
		file = fmt.Sprintf(file, n-1)
	}
	path := filepath.Join(dir, file)
	first, err := os.ReadFile(path)
	if err != nil {
		first = []byte(footer)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		defer os.RemoveAll(filepath.Join(dir, "templates"))
	} else {
		defer func() { _ = os.WriteFile(path, first, 0o644) }()
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	o := Options{Root: root.FS(), Templates: templates.FS}
	builder := NewBuilder()
	one := func() {
		r, err := builder.Build(context.Background(), o)
		if err != nil || r.Diags.HasErrors() {
			b.Fatal(err, r.Diags)
		}
		page := fmt.Sprintf("ko/advisories/notice-%05d.html", n-1)
		if kind == "site" || kind == "template" {
			page = "ko/index.html"
		}
		for _, f := range r.Files {
			if f.Path == page {
				var buf bytes.Buffer
				if err := f.Render(&buf); err != nil {
					b.Fatal(err)
				}
				return
			}
		}
		b.Fatal("no page ", page)
	}
	one()
	o.Changed = map[string]bool{file: true}
	i := 0
	for b.Loop() {
		i++
		if err := os.WriteFile(path, []byte(change(string(first), i)), 0o644); err != nil {
			b.Fatal(err)
		}
		one()
	}
}
