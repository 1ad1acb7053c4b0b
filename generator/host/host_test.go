package host

import (
	"strings"
	"testing"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

func TestMediaType(t *testing.T) {
	for name, want := range map[string]string{
		"ko/index.html":             "text/html; charset=utf-8",
		"ko/feeds/alerts.json":      "application/feed+json",
		"ko/feeds/a/b/c.json":       "application/feed+json",
		"ko/search/a.json":          "application/json",
		"api/v1/levels.json":        "application/json",
		"api/v1/openapi.json":       "application/vnd.oai.openapi+json",
		"api/v1/schema/levels.json": "application/schema+json",
		"api/v1/SHA256SUMS":         "text/plain; charset=utf-8",
		"cap/example.org-a-r1.xml":  "application/cap+xml",
		"cap/index.atom":            "application/atom+xml",
		"sitemap.xml":               "application/xml",
		"_headers":                  "application/octet-stream",
	} {
		if got := MediaType(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A site below a path, with clean addresses and many languages, keeps within
// what static hosts read.
func TestLimits(t *testing.T) {
	s := &site.Site{Config: model.Site{BaseURL: "https://example.org/sub/"}}
	s.Links = site.Links{Host: "https://example.org", Prefix: "/sub/", Clean: true}
	for i := range 10 {
		s.Config.Languages = append(s.Config.Languages, string(rune('a'+i))+"a")
	}
	text := headers(s)
	rules := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "/") {
			rules++
			if !strings.HasPrefix(line, "/sub/") {
				t.Errorf("rule %q is not of the site", line)
			}
		}
		if len(line) > maxLine {
			t.Errorf("line of %d characters", len(line))
		}
	}
	if rules > maxRules {
		t.Errorf("%d rules", rules)
	}
	if n := strings.Count(text, "Content-Security-Policy"); n != 1 {
		t.Errorf("%d policies", n)
	}
	for name, text := range map[string]string{"nginx": Nginx(s, Options{}), "caddy": Caddy(s, Options{})} {
		if strings.Count(text, "Content-Security-Policy") != 1 || !strings.Contains(text, "/sub/404.html") || !strings.Contains(text, ".html") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}
