package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"bongsu/generator/output"
)

// TestSiteMapParts checks that a long site map is cut, and nothing lost.
func TestSiteMapParts(t *testing.T) {
	s := loadSite(t, fixture(nil), "2026-01-01T00:00:00Z")
	b := newBuilder(loadSet(t, s), s)
	page := func(lang, path string, langs func() []string) File {
		return File{File: output.Fixed(path, s.Now, nil), lang: lang, path: path, langs: langs}
	}
	korean := func() []string { return []string{"ko"} }
	var files []File
	for i := range maxURLs + 1 {
		files = append(files, page("ko", fmt.Sprintf("advisories/a%d", i), korean))
	}
	files = append(files, page("en", "advisories/a0", nil), page("", "", nil))
	var total int
	out := b.machineFiles(files)
	for _, f := range out {
		var text bytes.Buffer
		if err := f.Render(&text); err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(f.Path, "sitemap-"):
			var m struct {
				URLs []struct{} `xml:"url"`
			}
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
