package publish

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
)

const benchFiles = 20_000

// bigSite gives 20,000 files of 10 kB in 40 folders.
func bigSite(edition string) []File {
	set := make([]File, benchFiles)
	for i := range set {
		text := fmt.Sprintf("%s %d ", edition, i)
		set[i] = File{
			Path:     fmt.Sprintf("ko/section-%d/page-%d.html", i%40, i),
			Data:     bytes.Repeat([]byte(text), 10_000/len(text)),
			Modified: day,
		}
	}
	return set
}

func perFile(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/benchFiles, "µs/file")
}

// benchmark times runs that each find the output as the one before left it.
func benchmark(b *testing.B, run publisher, o Options, change func(set []File, n int)) {
	dir := filepath.Join(b.TempDir(), "public")
	set := bigSite("first")
	for range 2 { // so that both trees exist
		set[0].Data = append([]byte("x"), set[0].Data...)
		run.must(b, dir, set, o)
	}
	n := 0
	for b.Loop() {
		n++
		change(set, n)
		run.must(b, dir, set, o)
	}
	perFile(b)
}

func one(set []File, n int) { set[n].Data = fmt.Appendf(nil, "changed %d", n) }

func all(set []File, n int) { copy(set, bigSite(fmt.Sprint("edition ", n))) }

func BenchmarkReplaceFirst(b *testing.B) {
	set := bigSite("first")
	for b.Loop() {
		publisher(Replace).must(b, filepath.Join(b.TempDir(), "public"), set, Options{})
	}
	perFile(b)
}

func BenchmarkReplaceFirstNoSync(b *testing.B) {
	set := bigSite("first")
	for b.Loop() {
		publisher(Replace).must(b, filepath.Join(b.TempDir(), "public"), set, quick)
	}
	perFile(b)
}

func BenchmarkReplaceNothing(b *testing.B) {
	benchmark(b, Replace, Options{}, func([]File, int) {})
}
func BenchmarkReplaceOne(b *testing.B) { benchmark(b, Replace, Options{}, one) }
func BenchmarkReplaceAll(b *testing.B) { benchmark(b, Replace, Options{}, all) }
func BenchmarkUpdateNothing(b *testing.B) {
	benchmark(b, Update, Options{}, func([]File, int) {})
}
func BenchmarkUpdateOne(b *testing.B) { benchmark(b, Update, Options{}, one) }
func BenchmarkUpdateAll(b *testing.B) { benchmark(b, Update, Options{}, all) }
