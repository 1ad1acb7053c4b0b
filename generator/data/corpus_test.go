package data_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"bongsu/generator/bench/corpus"
	"bongsu/generator/build"
	"bongsu/templates"
)

// BenchmarkCorpus measures everything that this package writes for a site of a
// thousand advisories, made once on one processor.
func BenchmarkCorpus(b *testing.B) {
	dir := b.TempDir()
	if err := corpus.Write(dir, "../../content", 1000); err != nil {
		b.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	builder := build.NewBuilder()
	var buf bytes.Buffer
	size := 0
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		r, err := builder.Build(context.Background(), build.Options{Root: root.FS(), Templates: templates.FS})
		if err != nil || r.Diags.HasErrors() {
			b.Fatal(err, r.Diags)
		}
		size = 0
		b.StartTimer()
		for _, f := range r.Files {
			if !strings.HasPrefix(f.Path, "api/") && !strings.HasPrefix(f.Path, "badges/") {
				continue
			}
			buf.Reset()
			if err := f.Render(&buf); err != nil {
				b.Fatal(err)
			}
			size += buf.Len()
		}
	}
	b.ReportMetric(float64(size), "bytes")
}
