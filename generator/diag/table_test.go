package diag

import (
	"strings"
	"testing"
)

// TestTable holds that each code tells people what is wrong and what to do, in
// both languages, in the form that the guide prints.
func TestTable(t *testing.T) {
	hangul := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return r >= '가' && r <= '힣' })
	}
	for code, info := range Codes {
		if info.Summary == "" || strings.HasSuffix(info.Summary, ".") || hangul(info.Summary) {
			t.Errorf("%s: summary %q is no clause in English", code, info.Summary)
		}
		if !strings.HasSuffix(info.Remedy, ".") || hangul(info.Remedy) {
			t.Errorf("%s: remedy %q is no sentence in English", code, info.Remedy)
		}
		if !hangul(info.SummaryKo) || strings.HasSuffix(info.SummaryKo, ".") {
			t.Errorf("%s: summary %q is no clause in Korean", code, info.SummaryKo)
		}
		if !hangul(info.RemedyKo) || !strings.HasSuffix(info.RemedyKo, ".") {
			t.Errorf("%s: remedy %q is no sentence in Korean", code, info.RemedyKo)
		}
	}
}
