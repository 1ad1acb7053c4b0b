package render

import (
	"bytes"
	"encoding/json"
	"image/png"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bongsu/generator/model"
	"bongsu/templates"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// property gives the content of a meta element by its property or name.
func property(doc *html.Node, name string) string {
	for _, m := range byTag(doc, atom.Meta) {
		if attr(m, "property") == name || attr(m, "name") == name {
			return attr(m, "content")
		}
	}
	return ""
}

// TestPreviews: each page announces a picture that exists, whose name tells the
// level; pages that say the same share one.
func TestPreviews(t *testing.T) {
	s, files := sample(t)
	used := map[string]bool{}
	for name, data := range files {
		if !isPage(name, data) || !strings.Contains(name, "/") {
			continue
		}
		doc := files.page(t, name)
		image := strings.TrimPrefix(property(doc, "og:image"), s.Links.Host+s.Links.Prefix)
		if image == "" { // pages of a table of old levels and the like may go without
			if property(doc, "twitter:card") != "summary" {
				t.Errorf("%s has neither a picture nor a plain preview", name)
			}
			continue
		}
		if files[image] == nil || property(doc, "og:image:alt") == "" || property(doc, "twitter:card") != "summary_large_image" {
			t.Errorf("%s: picture %q: exists %v, alt %q", name, image, files[image] != nil, property(doc, "og:image:alt"))
		}
		used[image] = true
	}
	pictures := 0
	for name, data := range files {
		if !strings.HasPrefix(name, "cards/") {
			continue
		}
		pictures++
		if !used[name] {
			t.Errorf("no page uses %s", name)
		}
		if c, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width != 1200 || c.Height != 630 {
			t.Errorf("%s: %v %v", name, c, err)
		}
		if !regexp.MustCompile(`^cards/(ko|en)-[a-z0-9-]+-[0-9a-f]{10}\.png$`).MatchString(name) {
			t.Errorf("%s has a strange name", name)
		}
	}
	if pictures < 40 || pictures > len(files)/4 {
		t.Errorf("%d pictures for %d files", pictures, len(files))
	}
}

// TestPreviewLevels: a picture shows the level that holds, and a level that
// changed gives another address.
func TestPreviewLevels(t *testing.T) {
	raise := func(id string) string {
		return advisory("levels: [{level: "+id+", places: [KH-1]}]\nlegal: {basis: 법, penalty: 벌, exemption: 허가}\nuntil: 2025-12-01\n", "본문\n")
	}
	image := func(now, id string) string {
		text := raise(id)
		if id != "4" {
			text = strings.Replace(text, "legal: {basis: 법, penalty: 벌, exemption: 허가}\n", "", 1)
		}
		files := build(t, now, map[string]string{"advisories/a.ko.md": text})
		return path.Base(property(files.page(t, "ko/advisories/a.html"), "og:image"))
	}
	ban, special, over := image("2025-11-01T00:00:00Z", "4"), image("2025-11-01T00:00:00Z", "special"), image("2026-01-01T00:00:00Z", "1")
	if !strings.HasPrefix(ban, "ko-4-kh-1-") || !strings.HasPrefix(special, "ko-special-kh-1-") {
		t.Errorf("pictures %q and %q do not name their levels", ban, special)
	}
	if !strings.HasPrefix(over, "ko-advisories-") {
		t.Errorf("an advisory that has ended shows %q", over)
	}
}

// TestPlainText: the first kilobyte of each text has the level, whom to call and
// the address; texts are UTF-8 and say the same as their pages.
func TestPlainText(t *testing.T) {
	s, files := sample(t)
	texts := 0
	for name, data := range files {
		if !strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, "robots.txt") {
			continue
		}
		texts++
		if !utf8.Valid(data) {
			t.Errorf("%s is not UTF-8", name)
		}
		first := string(data[:min(firstPart, len(data))])
		callable := slices.ContainsFunc(s.Contacts, func(c model.Contact) bool {
			return strings.Contains(first, c.Name["ko"]+" "+c.Number) || strings.Contains(first, c.Name["en"]+" "+c.Number)
		})
		if !callable || !strings.Contains(first, s.Links.Host) {
			t.Errorf("%s: the first kilobyte lacks number or address: %s", name, first)
		}
	}
	if want := 2 * (len(s.Advisories) + len(s.Atlas.Countries)); texts != want {
		t.Errorf("%d texts, want %d", texts, want)
	}
	ban := string(files["ko/advisories/travel-ban-bokor-bavet-poipet.txt"])
	if !strings.Contains(ban, "4단계(여행금지): 보코산 지역") || strings.Contains(ban, "<") {
		t.Errorf("text %.400s", ban)
	}
	page := files.page(t, "ko/advisories/travel-ban-bokor-bavet-poipet.html")
	if links := find(page, func(n *html.Node) bool { return attr(n, "type") == "text/plain" }); len(links) != 2 {
		t.Errorf("%d links to the text, want one in the head and one to see", len(links))
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcdef", 5, "ab…"}, {"가나다라", 12, "가나다라"}, {"가나다라", 11, "가나…"}, {"가나", 2, "…"}} {
		if got := clip(c.in, c.n); got != c.want || (c.n >= 3 && len(got) > c.n) {
			t.Errorf("clip(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

// TestManifests: each language has its manifest, in its words, with icons that
// exist.
func TestManifests(t *testing.T) {
	s, files := sample(t)
	set := loadSet(t, s)
	assets := map[string]bool{}
	for _, a := range set.Assets(s) {
		assets[s.Links.Root(a.Path)] = true
	}
	for _, l := range s.Langs() {
		var m webManifest
		if err := json.Unmarshal(files[l+"/site.webmanifest"], &m); err != nil {
			t.Fatal(err)
		}
		maskable := false
		for _, i := range m.Icons {
			maskable = maskable || i.Purpose == "maskable"
			if !assets[i.Src] {
				t.Errorf("%s: icon %s does not exist", l, i.Src)
			}
		}
		if m.Lang != l || m.StartURL != s.Links.Page(l, "") || len(m.Icons) < 3 || !maskable {
			t.Errorf("manifest %+v", m)
		}
	}
	if len(files["favicon.ico"]) == 0 {
		t.Error("no favicon.ico")
	}
}

var siteConstant = regexp.MustCompile(`(?m)^const SITE = (\{.*\});$`)

// TestWorker: the service worker keeps pages and assets that exist, and has
// another version exactly when one of them changed.
func TestWorker(t *testing.T) {
	version := func(more map[string]string) string {
		s := loadSite(t, fixture(more), "2026-01-01T00:00:00Z")
		set := loadSet(t, s)
		files := renderAll(t, set, s)
		m := siteConstant.FindSubmatch(files["sw.js"])
		if m == nil {
			t.Fatalf("no SITE in %.200s", files["sw.js"])
		}
		var w workerSite
		if err := json.Unmarshal(m[1], &w); err != nil {
			t.Fatal(err)
		}
		assets := map[string]bool{}
		for _, a := range set.Assets(s) {
			assets[s.Links.Root(a.Path)] = true
		}
		for _, a := range w.Assets {
			if !assets[a] {
				t.Errorf("asset %s does not exist", a)
			}
		}
		for _, p := range w.Pages {
			if files[strings.TrimPrefix(p, w.Prefix)+"index.html"] == nil {
				t.Errorf("page %s does not exist", p)
			}
		}
		if len(w.Pages) != 4 || len(w.Help) != 2 || len(w.Words) != 2 {
			t.Errorf("worker %+v", w)
		}
		return w.Version
	}
	one := map[string]string{"advisories/a.ko.md": advisory("places: [KH-1]\n", "본문\n")}
	plain := version(one)
	if again := version(one); again != plain {
		t.Error("the same site has two versions")
	}
	if other := version(map[string]string{"advisories/a.ko.md": advisory("places: [KH-1]\n", "다른 본문\n")}); other != plain {
		t.Error("an advisory that kept pages do not show changed the version")
	}
	if other := version(map[string]string{"advisories/a.ko.md": one["advisories/a.ko.md"], "pages/help.ko.md": "---\ntitle: 도움\nsummary: 요약\nissued: 2025-10-01T09:00+09:00\n---\n본문\n"}); other == plain {
		t.Error("another help page has the same version")
	}
}

// TestScripts: the script of a kind of page is joined to that of every page, in
// blocks of their own; what a script must not do is found.
func TestScripts(t *testing.T) {
	set, diags := Load(patched(t, "pages/levels/levels.js", "// why\nconst words = 1;\n"), []string{"ko", "en"}, time.UTC)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	alone, joined := string(set.scripts["site"].Data), string(set.scripts["levels"].Data)
	if !strings.HasPrefix(joined, strings.TrimSuffix(alone, "\n")) || !strings.HasSuffix(joined, "{\nconst words = 1;\n}\n") || strings.Contains(joined, "// why") {
		t.Errorf("joined script:\n%s", joined)
	}
	for _, bad := range []string{"eval(x)", "e.innerHTML = x", "fetch('//tracker.example/x')", "import x from 'y'"} {
		if _, diags := Load(patched(t, "pages/levels/levels.js", bad+"\n"), []string{"ko", "en"}, time.UTC); !diags.HasErrors() {
			t.Errorf("script %q is taken", bad)
		}
	}
	if data, err := templates.FS.ReadFile("assets/js/site.js"); err != nil || len(alone) > 2048 || len(data) == 0 {
		t.Errorf("the script of every page has %d bytes: %v", len(alone), err)
	}
}

// TestQR: the code has its finders, and a quiet frame around it.
func TestQR(t *testing.T) {
	svg, err := qrCode("https://example.org/ko/help/", "코드")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(svg), "M4 4h7v1h-7z") || !strings.Contains(string(svg), `aria-label="코드"`) {
		t.Errorf("code %.300s", svg)
	}
	if _, err := qrCode("https://example.org/"+strings.Repeat("x", 4000), ""); err == nil {
		t.Error("an address that is too long is taken")
	}
}

// TestFigures: each number of the content stands in the table, with a source
// and in the chart; the longest bar is that of the greatest number.
func TestFigures(t *testing.T) {
	s, files := sample(t)
	if len(s.Figures) < 3 {
		t.Fatalf("%d figures", len(s.Figures))
	}
	for _, l := range s.Langs() {
		doc := files.page(t, l+"/figures/index.html")
		charts, tables := byClass(doc, "chart"), byTag(doc, atom.Table)
		if len(charts) != len(s.Figures) || len(tables) != len(s.Figures) {
			t.Fatalf("%s: %d charts and %d tables for %d figures", l, len(charts), len(tables), len(s.Figures))
		}
		for i, f := range s.Figures {
			if got := len(byClass(charts[i], "bar")); got != len(f.Points) {
				t.Errorf("%s: %s has %d bars", l, f.ID, got)
			}
			for _, p := range f.Points {
				for _, n := range []*html.Node{charts[i], tables[i]} {
					if text := textOf(n); !strings.Contains(text, p.Label[l]) {
						t.Errorf("%s: %s lacks %q", l, f.ID, p.Label[l])
					}
				}
			}
		}
	}
}

func TestChart(t *testing.T) {
	_, files := sample(t)
	doc := files.page(t, "ko/figures/index.html")
	for _, c := range byClass(doc, "chart") {
		most := "0"
		for _, b := range byClass(c, "bar") {
			if w := attr(b, "width"); len(w) > len(most) || len(w) == len(most) && w > most {
				most = w
			}
		}
		if most != "180" {
			t.Errorf("the longest bar is %s wide", most)
		}
	}
}
