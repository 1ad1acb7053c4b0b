package render

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestSubscribeManyPlaces: a site of many provinces lists the feeds of its
// countries only, and leads to the provinces, so that the page stays small.
func TestSubscribeManyPlaces(t *testing.T) {
	more := map[string]string{}
	for _, code := range []string{"AA", "AB", "AC"} {
		text := fmt.Sprintf("code: %s\nslug: land-%s\nname: {ko: 나라, en: Land}\nlevel: 1\nprovinces:\n", code, strings.ToLower(code))
		for i := range mostPlaces / 3 {
			text += fmt.Sprintf("  - {code: %s-%d, slug: p-%d, name: {ko: 주, en: P}}\n", code, i, i)
		}
		more["provinces/land-"+strings.ToLower(code)+"/country.yaml"] = text
	}
	s := loadSite(t, fixture(more), "2026-01-01T00:00:00Z")
	var page bytes.Buffer
	for _, f := range loadSet(t, s).Files(s) {
		if f.Path == "en/subscribe/index.html" {
			if err := f.Render(&page); err != nil {
				t.Fatal(err)
			}
		}
	}
	text := page.String()
	if !strings.Contains(text, "feeds/provinces/land-aa.rss") || strings.Contains(text, "feeds/provinces/land-aa/p-1.rss") {
		t.Error("the page does not list the countries alone")
	}
	if main := text[strings.Index(text, "<main"):]; !strings.Contains(main, `<p><a href="/sub/en/provinces/">`) {
		t.Error("the page does not lead to the provinces")
	}
}
