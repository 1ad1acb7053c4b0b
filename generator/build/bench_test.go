package build

import (
	"context"
	"os"
	"testing"

	"bongsu/templates"
)

// sample opens the repository's own content.
func sample(tb testing.TB) Options {
	tb.Helper()
	root, err := os.OpenRoot("../..")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { root.Close() })
	return Options{Root: root.FS(), Templates: templates.FS}
}

func BenchmarkCold(b *testing.B) {
	o := sample(b)
	for b.Loop() {
		r, err := NewBuilder().Build(context.Background(), o)
		if err != nil || r.Diags.HasErrors() {
			b.Fatal(err, r.Diags)
		}
		if _, err := r.Render(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWarm(b *testing.B) {
	o := sample(b)
	builder := NewBuilder()
	for b.Loop() {
		if _, err := builder.Build(context.Background(), o); err != nil {
			b.Fatal(err)
		}
	}
}
