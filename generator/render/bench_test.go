package render

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"bongsu/templates"
)

// BenchmarkFiles measures a site of 1,000 advisories: the time per operation is
// that of every file.
func BenchmarkFiles(b *testing.B) {
	more := map[string]string{}
	for i := range 1000 {
		more[fmt.Sprintf("advisories/a%d.ko.md", i)] = advisory("levels: [{level: 1, places: [KH-1]}]\ncontacts: [call]\n", "## 할 일\n\n본문입니다.\n")
	}
	s := loadSite(b, fixture(more), "2026-01-01T00:00:00Z")
	set := loadSet(b, s)
	var buf bytes.Buffer
	b.ResetTimer()
	for b.Loop() {
		for _, f := range set.Files(s) {
			buf.Reset()
			if err := f.Render(&buf); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkLoad measures the reading of the templates, which each run begins
// with.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := Load(templates.FS, []string{"ko", "en"}, time.UTC); diags.HasErrors() {
			b.Fatal(diags)
		}
	}
}
