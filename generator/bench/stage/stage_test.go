// Package stage measures each stage of a build by itself, on the same site of
// 100 advisories; generator/bench/stages.sh sets the figures beside those kept.
package stage

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bongsu/generator/bench/corpus"
	"bongsu/generator/build"
	"bongsu/generator/check"
	"bongsu/generator/markup"
	"bongsu/generator/publish"
	"bongsu/generator/source"
	"bongsu/templates"
)

const advisories = 100

// outputs are the kinds of output files, by what stands in their paths; what
// matches none is a page.
var outputs = []struct {
	name  string
	parts []string
}{
	{"card", []string{"cards/"}},
	{"feed", []string{"/feeds/", "cap/", "/calendar/"}},
	{"search", []string{"/search/"}},
	{"data", []string{"api/", "badges/"}},
	{"page", nil},
}

// kind is the stage that makes a file.
func kind(path string) string {
	for _, o := range outputs {
		for _, part := range o.parts {
			if strings.Contains("/"+path, "/"+strings.TrimPrefix(part, "/")) {
				return o.name
			}
		}
	}
	return "page"
}

func load(b *testing.B) (dir string, o build.Options) {
	b.Helper()
	dir = b.TempDir()
	if err := corpus.Write(dir, "../../../content", advisories); err != nil {
		b.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { root.Close() })
	return dir, build.Options{Root: root.FS(), Templates: templates.FS}
}

func built(b *testing.B, builder *build.Builder, o build.Options) *build.Result {
	r, err := builder.Build(context.Background(), o)
	if err != nil || r.Diags.HasErrors() {
		b.Fatal(err, r.Diags)
	}
	return r
}

// BenchmarkStage measures one run of each stage: over one file for source and
// markup, over the whole site for the others. The outputs are made on one
// processor and without what was made before.
func BenchmarkStage(b *testing.B) {
	dir, o := load(b)
	ctx := context.Background()
	name := "advisories/2026/notice-00099.ko.md"
	text, err := os.ReadFile(filepath.Join(dir, "content", name))
	if err != nil {
		b.Fatal(err)
	}
	raw := source.Raw{Path: name, Data: text}
	parsed, _ := source.ParseMarkdown(raw)
	renderer := markup.New()
	run(b, "source", func() {
		f, _, ok := source.ParseQuick(raw)
		if !ok {
			b.Fatal("a plain file is not read quickly")
		}
		f.Release()
	})
	run(b, "markup", func() { renderer.Render([]byte(parsed.Body), markup.Options{Lang: "ko", File: name}) })
	run(b, "read and join", func() { built(b, build.NewBuilder(), o) })
	warm := build.NewBuilder()
	built(b, warm, o)
	run(b, "join", func() { built(b, warm, o) })
	keepAndRecall(b, warm, o)
	for _, out := range outputs {
		b.Run(out.name, func(b *testing.B) { makeAll(b, o, out.name) })
	}
	files, err := built(b, warm, o).Render(ctx)
	if err != nil {
		b.Fatal(err)
	}
	pages := make([]check.File, len(files))
	for i, file := range files {
		pages[i] = check.File{Path: file.Path, Data: file.Data}
	}
	run(b, "check", func() { check.Budgets(check.Site{Host: "https://example.org", Prefix: "/"}, pages) })
	public := filepath.Join(b.TempDir(), "public")
	replace := func() {
		if _, err := publish.Replace(ctx, public, files, publish.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	replace()
	run(b, "publish nothing", replace)
}

// keepAndRecall measures writing what files became, and a new program's reading
// and joining the site from that.
func keepAndRecall(b *testing.B, warm *build.Builder, o build.Options) {
	path := filepath.Join(b.TempDir(), "words")
	words, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { words.Close() })
	var list []byte
	run(b, "keep", func() {
		if list, err = warm.Keep("bench", true).Write(words, 0); err != nil {
			b.Fatal(err)
		}
	})
	o.Clock = time.Now().Add(time.Hour) // the files are old enough to be trusted
	first := build.NewBuilder()
	built(b, first, o)
	if list, err = first.Keep("bench", true).Write(words, 0); err != nil {
		b.Fatal(err)
	}
	run(b, "recall and join", func() {
		again := build.NewBuilder()
		again.Restore(string(list), "bench", words)
		built(b, again, o)
	})
}

// makeAll measures making every file of one kind.
func makeAll(b *testing.B, o build.Options, name string) {
	b.ReportAllocs()
	var buf bytes.Buffer
	for b.Loop() {
		b.StopTimer()
		files := built(b, build.NewBuilder(), o).Files
		b.StartTimer()
		n := 0
		for _, f := range files {
			if kind(f.Path) != name {
				continue
			}
			n++
			buf.Reset()
			if err := f.Render(&buf); err != nil {
				b.Fatal(err)
			}
		}
		if n == 0 {
			b.Fatal("no files")
		}
	}
}

func run(b *testing.B, name string, one func()) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			one()
		}
	})
}
