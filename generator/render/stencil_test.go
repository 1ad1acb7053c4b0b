package render

import (
	"bytes"
	"maps"
	"path"
	"testing"
)

// TestPagesAsHTMLTemplateWritesThem renders every page of the sample both ways:
// by the functions made of the templates, and by html/template. No template may
// be left to html/template in the first: that costs ten times as much.
func TestPagesAsHTMLTemplateWritesThem(t *testing.T) {
	s := sampleSite(t, "")
	set := loadSet(t, s)
	slow := &Set{langs: set.langs, words: maps.Clone(set.words), sheets: set.sheets, assets: set.assets, scripts: set.scripts, icon: set.icon, worker: set.worker}
	for lang, w := range slow.words {
		w.tmpl = w.tmpl.Interpreted()
		slow.words[lang] = w
	}
	wanted := slow.Files(s)
	for i, f := range set.Files(s) {
		if path.Ext(f.Path) != ".html" {
			continue
		}
		var got, want bytes.Buffer
		if err := f.Render(&got); err != nil {
			t.Fatal(err)
		}
		if err := wanted[i].Render(&want); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%s differs", f.Path)
		}
	}
	for lang, w := range set.words {
		for _, gap := range w.tmpl.Gaps() {
			t.Errorf("%s: %s", lang, gap)
		}
	}
}
