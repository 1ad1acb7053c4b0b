package kit

import (
	"strings"
	"testing"

	"bongsu/generator/model"
)

// TestWords holds that every kind of file and every field is described in both
// languages.
func TestWords(t *testing.T) {
	said := func(what string, w model.Words) {
		if !strings.HasSuffix(w.En, ".") || !strings.ContainsFunc(w.Ko, func(r rune) bool { return r >= '가' && r <= '힣' }) || !strings.HasSuffix(w.Ko, ".") {
			t.Errorf("%s is described as %q, %q", what, w.Ko, w.En)
		}
	}
	var fields func(model.Form)
	fields = func(f model.Form) {
		if f.Item != nil {
			fields(*f.Item)
		}
		for _, x := range f.Fields {
			said(f.Name+"."+x.Key, x.Words)
			fields(x.Form)
		}
	}
	for _, f := range model.FileForms() {
		said(f.ID, f.Words)
		fields(f.Form)
	}
}

// TestLists holds that the guide's lists name what there is, once.
func TestLists(t *testing.T) {
	fields, findings := Fields(), Diagnostics()
	for _, want := range []string{"\n## advisories\n", "\n### measure\n", "| `claimed_place` |", "\n### crossing\n", "`telegram` `kakaotalk`"} {
		if strings.Count(fields, want) != 1 {
			t.Errorf("%q stands %d times in the list of fields", want, strings.Count(fields, want))
		}
	}
	if strings.Count(fields, "| `title` | ● | 글") < 2 || strings.Contains(fields, "|  |  |") {
		t.Error("a field of the list says nothing")
	}
	for _, want := range []string{"| `silent-lowering` | ", "| `held-measure` | "} {
		if strings.Count(findings, want) != 1 {
			t.Errorf("%q stands %d times in the list of findings", want, strings.Count(findings, want))
		}
	}
}
