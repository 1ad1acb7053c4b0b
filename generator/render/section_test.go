package render

import (
	"slices"
	"strings"
	"testing"

	"bongsu/generator/site"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func TestLevelsPage(t *testing.T) {
	s, files := sample(t)
	doc := files.page(t, "en/levels/index.html")
	rows := byTag(byTag(byClass(doc, "scheme")[0], atom.Tbody)[0], atom.Tr)
	if len(rows) != len(s.Scheme.Levels) {
		t.Fatalf("%d rows for %d levels", len(rows), len(s.Scheme.Levels))
	}
	for i, l := range s.Scheme.Levels {
		text := textOf(rows[i])
		for _, want := range []string{l.Name["en"], l.Planning["en"], l.Staying["en"]} {
			if !strings.Contains(text, want) {
				t.Errorf("level %s lacks %q", l.ID, want)
			}
		}
		if strings.Contains(text, "Legal duty") != l.LegalForce || strings.Contains(text, "90 days at most") != l.Temporary {
			t.Errorf("level %s: %s", l.ID, text)
		}
	}
	if text := textOf(rows[0]); !strings.Contains(text, "Cambodia, 16 places") {
		t.Errorf("level 1 holds in %q", text)
	}
}

// Whoever opens the help page can call at once, and leave at once.
func TestHelpPage(t *testing.T) {
	s, files := sample(t)
	doc := files.page(t, "ko/help/index.html")
	var calls []string
	for _, a := range byTag(byTag(doc, atom.Main)[0], atom.A) {
		href := attr(a, "href")
		if strings.HasPrefix(href, "tel:") {
			calls = append(calls, href)
		} else if len(calls) == 0 && len(find(doc, func(n *html.Node) bool { return attr(n, "class") == "urgent" && n == a.Parent.Parent })) == 0 {
			t.Errorf("link %q comes before the numbers", href)
		}
	}
	want := s.Record("pages/help").Source.Contacts
	if len(calls) != len(want) || calls[0] != "tel:"+dial(s.Contact(want[0].ID).Number) {
		t.Errorf("calls %q, want the contacts of the page in their order", calls)
	}
	if len(find(doc, func(n *html.Node) bool { return attr(n, "id") == "numbers" })) != 1 {
		t.Error("the anchor of the numbers is missing")
	}
	exit := byClass(doc, "exit-link")
	if len(exit) != 1 || !strings.HasPrefix(attr(exit[0], "href"), "https://") {
		t.Error("there is no way to leave at once")
	}
	if other := files.page(t, "ko/levels/index.html"); len(byClass(other, "exit-link")) != 0 {
		t.Error("a page that puts nobody at risk offers to leave at once")
	}
}

func TestHelpWithoutText(t *testing.T) {
	doc := build(t, "2026-01-01T00:00:00Z", nil).page(t, "en/help/index.html")
	if n := len(byClass(byTag(doc, atom.Main)[0], "contact")); n != 1 {
		t.Errorf("%d contacts, want that of the site", n)
	}
}

// The check lists every sign once, heaviest first, with its points, and all
// three outcomes are in the page for those who count by hand.
func TestCheckPage(t *testing.T) {
	s, files := sample(t)
	doc := files.page(t, "ko/scams/check/index.html")
	boxes := find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Input && attr(n, "name") == "flag" })
	if len(boxes) != len(s.RedFlags) {
		t.Errorf("%d boxes for %d signs", len(boxes), len(s.RedFlags))
	}
	last := 3
	for _, b := range boxes {
		id := strings.TrimPrefix(attr(b, "id"), "flag-")
		flag := s.RedFlag(id)
		label := find(doc, func(n *html.Node) bool { return attr(n, "for") == attr(b, "id") })
		if flag == nil || len(label) != 1 {
			t.Fatalf("box %q has %d labels", id, len(label))
		}
		points := string(rune('0'+flag.Weight)) + "점"
		if text := textOf(label[0]); !strings.HasPrefix(text, flag.Text["ko"]) || !strings.HasSuffix(text, points) {
			t.Errorf("%s reads %q", id, text)
		}
		if flag.Weight > last {
			t.Errorf("%s stands below lighter signs", id)
		}
		if last = flag.Weight; !strings.Contains(attr(b, "class"), "weight-"+string(rune('0'+flag.Weight))) {
			t.Errorf("%s has the class %q", id, attr(b, "class"))
		}
	}
	for _, class := range []string{"outcome-stop", "outcome-verify", "outcome-none"} {
		if len(byClass(doc, class)) != 1 {
			t.Errorf("outcome %s is missing", class)
		}
	}
	if len(byTag(doc, atom.Form)) != 0 {
		t.Error("the check sends something")
	}
}

// Every feed of the page's language is on the subscribe page, once in each
// format, and none of another language.
func TestSubscribePage(t *testing.T) {
	s, files := sample(t)
	doc := files.page(t, "en/subscribe/index.html")
	got := map[string]int{}
	for _, a := range byTag(byTag(doc, atom.Main)[0], atom.A) {
		if strings.Contains(attr(a, "href"), "/feeds/") {
			got[attr(a, "href")]++
			if !strings.HasPrefix(attr(a, "href"), "/en/") {
				t.Errorf("%s is a feed of another language", attr(a, "href"))
			}
		}
	}
	want := 3*len(s.Channels()) + 1
	for href, n := range got {
		if n != 1 {
			t.Errorf("%s is listed %d times", href, n)
		}
	}
	if len(got) != want {
		t.Errorf("%d addresses, want %d", len(got), want)
	}
}

func TestDataPage(t *testing.T) {
	s, files := sample(t)
	text := textOf(byTag(files.page(t, "ko/data/index.html"), atom.Main)[0])
	for _, f := range []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "/LANG/feeds/provinces/COUNTRY/PROVINCE.FORMAT"} {
		if !strings.Contains(text, f) {
			t.Errorf("the page does not name %s", f)
		}
	}
	if want := len(feedPatterns); len(byTag(byClass(files.page(t, "ko/data/index.html"), "files-wide")[1], atom.Tr)) != want+1 {
		t.Errorf("the table does not list %d kinds of feed", want)
	}
	for _, f := range site.DataFiles {
		if !strings.Contains(text, s.Links.Root(f.Path)) {
			t.Errorf("the page does not name %s", f.Path)
		}
	}
	kinds := map[string]bool{}
	for _, c := range s.Channels() {
		kinds[string(c.Kind)] = true
	}
	if len(kinds) != len(feedPatterns) {
		t.Errorf("the site has %d kinds of feed, the table %d", len(kinds), len(feedPatterns))
	}
}

// The root page speaks every language and sends nobody away (I18N-08).
func TestRootPage(t *testing.T) {
	_, files := sample(t)
	data := string(files["index.html"])
	doc := files.page(t, "index.html")
	for _, bad := range []string{"<script", "refresh"} {
		if strings.Contains(data, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	sections := byClass(doc, "root-section")
	if len(sections) != 2 {
		t.Fatalf("%d languages", len(sections))
	}
	for i, want := range []struct{ lang, home, place string }{{"ko", "/ko/", "포이펫시"}, {"en", "/en/", "Poipet city"}} {
		s := sections[i]
		if attr(s, "lang") != want.lang || attr(byClass(s, "button")[0], "href") != want.home {
			t.Errorf("section %d: %s leads to %s", i, attr(s, "lang"), attr(byClass(s, "button")[0], "href"))
		}
		if alerts := byClass(s, "root-alerts"); len(alerts) != 1 || !strings.Contains(textOf(alerts[0]), want.place) {
			t.Errorf("%s does not name the places at the highest level", want.lang)
		}
	}
	if n := len(byClass(doc, "contact")); n != 8 {
		t.Errorf("%d contacts, want four in each language", n)
	}
	if alt := find(doc, func(n *html.Node) bool { return attr(n, "hreflang") == "x-default" }); len(alt) != 1 || attr(alt[0], "href") != "https://example.org/" {
		t.Error("the page does not announce itself as the one for all languages")
	}
}

// 404.html is served at any address, so its links begin at the root.
func TestNotFoundPage(t *testing.T) {
	doc := build(t, "2026-01-01T00:00:00Z", nil).page(t, "404.html")
	for _, a := range byTag(doc, atom.A) {
		href := attr(a, "href")
		if href != "#page-main" && !strings.HasPrefix(href, "/sub/") && !strings.HasPrefix(href, "https://") && !strings.HasPrefix(href, "tel:") {
			t.Errorf("link %q depends on the address", href)
		}
	}
	if robots := find(doc, func(n *html.Node) bool { return attr(n, "name") == "robots" }); len(robots) != 1 || attr(robots[0], "content") != "noindex" {
		t.Error("the page can be indexed")
	}
	if n := len(byClass(doc, "root-section")); n != 2 {
		t.Errorf("%d languages", n)
	}
}

// TestEmbedPages: every place has its badge once, and the HTML to copy holds
// its address, a link to the page of the place, and nothing that runs.
func TestEmbedPages(t *testing.T) {
	s, files := sample(t)
	doc := files.page(t, "ko/embed/cambodia.html")
	var images []string
	for _, n := range byTag(doc, atom.Img) {
		images = append(images, attr(n, "src"))
	}
	snippets := byTag(doc, atom.Pre)
	ids := s.Atlas.IDs()
	if len(images) != len(ids) || len(snippets) != len(ids) {
		t.Fatalf("%d badges and %d texts for %d places", len(images), len(snippets), len(ids))
	}
	for i, n := range snippets {
		text := textOf(n)
		if !strings.Contains(text, `<img src="https://example.org`+images[i]+`" alt="`) || !strings.Contains(text, `<a href="https://example.org/ko/provinces/cambodia/`) ||
			strings.Contains(text, "script") {
			t.Errorf("badge %s has the text %s", images[i], text)
		}
	}
	if p := s.Atlas.Place("KH-7/bokor"); !slices.Contains(images, "/"+site.BadgePath("ko", p)) {
		t.Errorf("no badge of %s", p.ID)
	}
}

// TestDataLinks: pages name the file that has their content for programs, and
// the licence.
func TestDataLinks(t *testing.T) {
	_, files := sample(t)
	for page, want := range map[string]string{
		"ko/index.html": "/api/v1/levels.json", "en/provinces/cambodia/kampot.html": "/api/v1/levels.json",
		"ko/advisories/phnom-penh-lowered.html": "/api/v1/advisories/phnom-penh-lowered.json", "ko/help/index.html": "",
	} {
		data, licence := "", ""
		for _, n := range byTag(files.page(t, page), atom.Link) {
			if attr(n, "type") == "application/json" {
				data = attr(n, "href")
			}
			if attr(n, "rel") == "license" {
				licence = attr(n, "href")
			}
		}
		if data != want || licence != "https://creativecommons.org/licenses/by/4.0/" {
			t.Errorf("%s names the data %q and the licence %q", page, data, licence)
		}
	}
}
