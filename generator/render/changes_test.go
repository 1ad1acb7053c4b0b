package render

import (
	"fmt"
	"strings"
	"testing"
)

// TestChangesBounded: a page of very many changes holds the newest, and leads
// to the others.
func TestChangesBounded(t *testing.T) {
	more := map[string]string{}
	for i := range maxEvents + 5 {
		level, until := "1", ""
		if i%2 == 0 {
			level, until = "special", "until: 2020-03-01\n"
		}
		more[fmt.Sprintf("advisories/2020/a%d.ko.md", i)] = fmt.Sprintf("---\ntitle: 공지 %d\nsummary: 요약입니다.\nissued: 2020-01-01T%02d:%02d\n%scategories: [crime]\nlevels:\n  - {level: %s, places: [KH-1]}\n---\n본문\n", i, i/60, i%60, until, level)
	}
	s := loadSite(t, fixture(more), "2026-01-01T00:00:00Z")
	set := loadSet(t, s)
	b := newBuilder(set, s)
	_, dot := b.editions[0].changes()
	v := dot.(*Changes)
	n := 0
	for _, y := range v.Years {
		n += len(y.Events)
	}
	if n != maxEvents || len(v.Earlier) != 1 || !strings.Contains(v.Earlier[0].URL, "/levels/") {
		t.Errorf("%d changes, earlier ones at %v", n, v.Earlier)
	}
}
