package data

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"testing"

	"bongsu/generator/bench/corpus"
)

// BenchmarkFiles measures the open data of a site of n advisories, every file
// written once on one processor, and its size.
func BenchmarkFiles(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		dir := b.TempDir()
		if err := corpus.Write(dir, "../../content", n); err != nil {
			b.Fatal(err)
		}
		c := content{}
		root := os.DirFS(dir + "/content")
		err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(root, name)
			c[name] = string(text)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		s := c.join(b, "")
		cats, formats := words(b, s)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			size, count := 0, 0
			for b.Loop() {
				var buf bytes.Buffer
				size, count = 0, 0
				for _, f := range Files(s, cats, formats, "bongsu") {
					buf.Reset()
					if err := f.Render(&buf); err != nil {
						b.Fatal(err)
					}
					size += buf.Len()
					count++
				}
			}
			b.ReportMetric(float64(size), "bytes")
			b.ReportMetric(float64(count), "files")
		})
		b.Run(fmt.Sprintf("list/%d", n), func(b *testing.B) {
			for b.Loop() {
				Files(s, cats, formats, "bongsu")
			}
		})
	}
}
