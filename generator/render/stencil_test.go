package render

import (
	"bytes"
	"testing"
)

// TestNoTemplateIsInterpreted renders every page and checks that none was left
// to html/template: that costs ten times as much.
func TestNoTemplateIsInterpreted(t *testing.T) {
	s := loadSite(t, fixture(nil), "2026-01-01T00:00:00Z")
	set := loadSet(t, s)
	for _, f := range set.Files(s) {
		if err := f.Render(new(bytes.Buffer)); err != nil {
			t.Fatal(err)
		}
	}
	for lang, w := range set.words {
		for _, gap := range w.tmpl.Gaps() {
			t.Errorf("%s: %s", lang, gap)
		}
	}
}
