package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// TestSiteMapParts checks that a long site map is cut, and nothing lost.
func TestSiteMapParts(t *testing.T) {
	s := loadSite(t, fixture(nil), "2026-01-01T00:00:00Z")
	b := newBuilder(loadSet(t, s), s)
	var files []File
	for i := range maxURLs + 1 {
		files = append(files, File{lang: "ko", path: fmt.Sprintf("advisories/a%d", i), langs: []string{"ko"}})
	}
	files = append(files, File{Path: "x", lang: "en", path: "advisories/a0", langs: []string{"ko"}}, File{Path: "redirect"})
	var total int
	out := b.machineFiles(files)
	for _, f := range out {
		var text bytes.Buffer
		if err := f.Render(&text); err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(f.Path, "sitemap-"):
			var m siteMap
			if err := xml.Unmarshal(text.Bytes(), &m); err != nil {
				t.Fatal(err)
			}
			if len(m.URLs) > maxURLs {
				t.Errorf("%s holds %d addresses", f.Path, len(m.URLs))
			}
			total += len(m.URLs)
		case f.Path == "sitemap.xml":
			if n := strings.Count(text.String(), "/sub/sitemap-"); n != 2 {
				t.Errorf("the index names %d parts", n)
			}
		case f.Path == "robots.txt":
			if !strings.Contains(text.String(), "Sitemap: https://example.org/sub/sitemap.xml\n") {
				t.Errorf("robots.txt: %s", text.String())
			}
		}
	}
	if total != maxURLs+1 {
		t.Errorf("%d addresses of %d pages", total, maxURLs+1)
	}
}
