// Package stage measures each stage of a build by itself, on the same site of
// 100 advisories; generator/bench/stages.sh sets the figures beside those kept.
package stage

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"bongsu/generator/bench/corpus"
	"bongsu/generator/build"
	"bongsu/generator/check"
	"bongsu/generator/data"
	"bongsu/generator/feed"
	"bongsu/generator/lang"
	"bongsu/generator/markup"
	"bongsu/generator/publish"
	"bongsu/generator/render"
	"bongsu/generator/search"
	"bongsu/generator/site"
	"bongsu/generator/source"
	"bongsu/templates"
)

const advisories = 100

// fixture is the site and what the stages after the join take.
type fixture struct {
	options build.Options
	builder *build.Builder
	site    *site.Site
	set     *render.Set
	words   map[string]*lang.Catalog
	formats map[string]lang.Formatter
	record  source.Raw // one advisory
	files   []publish.File
}

func load(b *testing.B) *fixture {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.Write(dir, "../../../content", advisories); err != nil {
		b.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { root.Close() })
	f := &fixture{options: build.Options{Root: root.FS(), Templates: templates.FS}, builder: build.NewBuilder(), words: map[string]*lang.Catalog{}, formats: map[string]lang.Formatter{}}
	r := f.build(b)
	f.site = r.Site
	set, diags := render.Load(templates.FS, f.site.Langs(), f.site.Config.Zone)
	if diags.HasErrors() {
		b.Fatal(diags)
	}
	f.set = set
	for _, l := range f.site.Langs() {
		f.words[l], f.formats[l] = set.Catalog(l), set.Format(l)
	}
	name := "advisories/2026/notice-00099.ko.md"
	text, err := os.ReadFile(filepath.Join(dir, "content", name))
	if err != nil {
		b.Fatal(err)
	}
	f.record = source.Raw{Path: name, Data: text}
	if f.files, err = r.Render(context.Background()); err != nil {
		b.Fatal(err)
	}
	return f
}

func (f *fixture) build(b *testing.B) *build.Result {
	r, err := f.builder.Build(context.Background(), f.options)
	if err != nil || r.Diags.HasErrors() {
		b.Fatal(err, r.Diags)
	}
	return r
}

// BenchmarkStage measures one run of each stage: over one file for source and
// markup, over the whole site for the others.
func BenchmarkStage(b *testing.B) {
	f := load(b)
	ctx := context.Background()
	var buf bytes.Buffer
	write := func(b *testing.B, one func(*bytes.Buffer) error) {
		buf.Reset()
		if err := one(&buf); err != nil {
			b.Fatal(err)
		}
	}
	renderer := markup.New()
	parsed, _ := source.ParseMarkdown(f.record)
	run(b, "source", func(*testing.B) { source.ParseMarkdown(f.record) })
	run(b, "markup", func(*testing.B) { renderer.Render([]byte(parsed.Body), markup.Options{Lang: "ko", File: "x.md"}) })
	run(b, "join", func(b *testing.B) { f.build(b) })
	run(b, "render", func(b *testing.B) {
		for _, file := range f.set.Files(f.site) {
			write(b, file.Render)
		}
	})
	run(b, "feed", func(b *testing.B) {
		for _, file := range feed.Files(f.site, f.words, f.formats) {
			write(b, file.Write)
		}
	})
	run(b, "data", func(b *testing.B) {
		for _, file := range data.Files(f.site, f.words, f.formats, "bongsu") {
			write(b, file.Write)
		}
	})
	run(b, "search", func(b *testing.B) {
		for _, file := range search.Files(f.site, f.words, f.formats, search.NewMemory()) {
			write(b, file.Render)
		}
	})
	pages := make([]check.File, len(f.files))
	for i, file := range f.files {
		pages[i] = check.File{Path: file.Path, Data: file.Data}
	}
	run(b, "check", func(*testing.B) { check.Budgets(check.Site{Host: "https://example.org", Prefix: "/"}, pages) })
	out := filepath.Join(b.TempDir(), "public")
	run(b, "publish", func(b *testing.B) { // after the first: nothing changed
		if _, err := publish.Replace(ctx, out, f.files, publish.Options{}); err != nil {
			b.Fatal(err)
		}
	})
	run(b, "all", func(b *testing.B) {
		f.builder = build.NewBuilder()
		if _, err := f.build(b).Render(ctx); err != nil {
			b.Fatal(err)
		}
	})
}

func run(b *testing.B, name string, one func(*testing.B)) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			one(b)
		}
	})
}
