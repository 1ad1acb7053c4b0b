package render

import (
	"bytes"
	"encoding/json"
	"html/template"
	"path"
	"strings"
	"testing"
	"unicode"

	"bongsu/generator/site"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isPage reports whether a file is a page in the frame of base.html.
func isPage(name string, data []byte) bool {
	return path.Ext(name) == ".html" && !bytes.Contains(data, []byte(`http-equiv="refresh"`))
}

// TestEveryPage checks what must hold on every page of the sample.
func TestEveryPage(t *testing.T) {
	s, files := sample(t)
	if len(files) < 100 {
		t.Fatalf("only %d files", len(files))
	}
	titles := map[string]string{}
	for name, data := range files {
		if !isPage(name, data) {
			continue
		}
		for _, bad := range []string{"ZgotmplZ", "⟦", " style=", " target=", "<style", " onclick"} {
			if bytes.Contains(data, []byte(bad)) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		doc := files.page(t, name)
		if strings.Contains(name, "/") { // the root pages have two languages and a frame of their own
			checkFrame(t, name, doc)
		}
		checkHeadings(t, name, doc)
		checkIDs(t, name, doc)
		checkLanguages(t, name, doc)
		checkData(t, name, doc)
		checkLinks(t, name, doc, files, s)
		title := textOf(byTag(doc, atom.Title)[0])
		if other, ok := titles[title]; ok {
			t.Errorf("%s and %s share the title %q", name, other, title)
		}
		titles[title] = name
	}
}

func checkFrame(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	for _, a := range []atom.Atom{atom.Main, atom.Header, atom.Footer, atom.Title, atom.H1} {
		nodes := byTag(doc, a)
		switch a {
		case atom.Header: // articles have headers of their own
			nodes = byClass(doc, "header")
		case atom.Title: // so have maps titles
			nodes = byTag(byTag(doc, atom.Head)[0], atom.Title)
		}
		if len(nodes) != 1 {
			t.Errorf("%s has %d <%s>, want one", name, len(nodes), a)
		}
	}
	first := byTag(doc, atom.A)
	if len(first) == 0 || attr(first[0], "href") != "#page-main" {
		t.Errorf("%s: the first link is not the skip link", name)
	}
	meta := byTag(doc, atom.Meta)
	if attr(meta[0], "charset") != "utf-8" || attr(meta[1], "http-equiv") != "Content-Security-Policy" {
		t.Errorf("%s: charset and policy do not come first", name)
	}
	if sheets := find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Link && attr(n, "rel") == "stylesheet" }); len(sheets) != 1 {
		t.Errorf("%s has %d style sheets", name, len(sheets))
	}
	if len(byClass(doc, "help-block")) != 1 || len(byClass(doc, "sample")) != 1 {
		t.Errorf("%s lacks the help block or the sample notice", name)
	}
	if feeds := find(doc, func(n *html.Node) bool {
		return n.DataAtom == atom.Link && attr(n, "rel") == "alternate" && strings.HasPrefix(attr(n, "type"), "application/")
	}); len(feeds) < 3 {
		t.Errorf("%s announces %d feeds", name, len(feeds))
	}
}

func checkHeadings(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	last := 1
	for _, h := range find(doc, func(n *html.Node) bool {
		return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
	}) {
		level := int(h.Data[1] - '0')
		if level > last+1 {
			t.Errorf("%s: h%d %q follows h%d", name, level, textOf(h), last)
		}
		if textOf(h) == "" {
			t.Errorf("%s: an empty heading", name)
		}
		last = level
	}
}

func checkIDs(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	seen := map[string]bool{}
	for _, n := range find(doc, func(n *html.Node) bool { return attr(n, "id") != "" }) {
		if id := attr(n, "id"); seen[id] {
			t.Errorf("%s: id %q twice", name, id)
		} else {
			seen[id] = true
		}
	}
	for _, key := range []string{"aria-labelledby", "aria-describedby"} {
		for _, n := range find(doc, func(n *html.Node) bool { return attr(n, key) != "" }) {
			for _, id := range strings.Fields(attr(n, key)) {
				if !seen[id] {
					t.Errorf("%s: %s names %q, which is not there", name, key, id)
				}
			}
		}
	}
}

// checkLanguages finds passages in a script that their language does not have.
func checkLanguages(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	root := byTag(doc, atom.Html)[0]
	if want, _, _ := strings.Cut(name, "/"); len(want) == 2 && attr(root, "lang") != want {
		t.Errorf("%s: lang is %q", name, attr(root, "lang"))
	}
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || n.Parent.DataAtom == atom.Script || n.Parent.DataAtom == atom.Title {
			continue
		}
		lang := langOf(n)
		for _, r := range n.Data {
			if unicode.Is(unicode.Khmer, r) && lang != "km" {
				t.Errorf("%s: Khmer text %q is marked %q", name, n.Data, lang)
				break
			}
			if unicode.Is(unicode.Hangul, r) && lang == "km" {
				t.Errorf("%s: Korean text %q is marked %q", name, n.Data, lang)
				break
			}
		}
	}
}

func langOf(n *html.Node) string {
	for p := n.Parent; p != nil; p = p.Parent {
		if l := attr(p, "lang"); l != "" {
			return l
		}
	}
	return ""
}

func checkData(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	scripts := 0
	for _, n := range byTag(doc, atom.Script) {
		if n.FirstChild == nil && strings.HasPrefix(attr(n, "src"), "/assets/") {
			if scripts++; scripts > 1 {
				t.Errorf("%s has %d scripts", name, scripts)
			}
			continue
		}
		if attr(n, "type") != "application/ld+json" {
			t.Errorf("%s has an inline script", name)
			continue
		}
		var v map[string]any
		if err := json.Unmarshal([]byte(n.FirstChild.Data), &v); err != nil || v["@context"] != "https://schema.org" {
			t.Errorf("%s: JSON-LD: %v", name, err)
		}
		if again, _ := json.Marshal(v); string(again) != n.FirstChild.Data {
			t.Errorf("%s: JSON-LD is not in order:\n%s\n%s", name, n.FirstChild.Data, again)
		}
		if strings.Contains(n.FirstChild.Data, "GovernmentOrganization") {
			t.Errorf("%s calls itself a government", name)
		}
	}
}

// checkLinks follows links to pages of the site and checks telephone links
// against the contacts.
func checkLinks(t *testing.T, name string, doc *html.Node, files rendered, s *site.Site) {
	t.Helper()
	numbers := map[string]bool{}
	for _, c := range s.Contacts {
		numbers["tel:"+dial(c.Number)] = true
	}
	for _, a := range byTag(doc, atom.A) {
		href := attr(a, "href")
		switch {
		case strings.HasPrefix(href, "tel:"):
			if !numbers[href] {
				t.Errorf("%s: %s is no contact's number", name, href)
			}
			if !strings.Contains(dial(textOf(a)), strings.TrimPrefix(href, "tel:")) {
				t.Errorf("%s: %s is called by %q", name, href, textOf(a))
			}
		case strings.HasPrefix(href, "/"):
			bare, _, _ := strings.Cut(strings.TrimPrefix(href, "/"), "#")
			if bare == "" || strings.HasSuffix(bare, "/") {
				bare += "index.html"
			}
			if _, ok := files[bare]; !ok && path.Ext(bare) == ".html" {
				t.Errorf("%s: %s leads nowhere", name, href)
			}
		case strings.HasPrefix(href, "http:"):
			t.Errorf("%s: link without TLS: %s", name, href)
		}
		if textOf(a) == "" && attr(a, "aria-label") == "" {
			t.Errorf("%s: link %s has no text", name, href)
		}
	}
}

// TestAlternates checks that languages announce each other, and the site map
// the same.
// A title may break after a middle dot, never before it, and stays escaped.
func TestBreaks(t *testing.T) {
	if got, want := breaks("보코산 지역·바벳시·<포이펫시>"), template.HTML(`보코산 <span class="whole">지역·</span><wbr><span class="whole">바벳시·</span><wbr>&lt;포이펫시&gt;`); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAlternates(t *testing.T) {
	_, files := sample(t)
	alternates := map[string]string{} // canonical address to its announced languages
	for name, data := range files {
		if !isPage(name, data) {
			continue
		}
		doc := files.page(t, name)
		canonical := find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Link && attr(n, "rel") == "canonical" })
		if name == "404.html" || bytes.Contains(data, []byte(`<meta name="robots" content="noindex">`)) {
			continue
		}
		if len(canonical) != 1 {
			t.Errorf("%s has %d canonical addresses", name, len(canonical))
			continue
		}
		var list []string
		for _, n := range find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Link && attr(n, "hreflang") != "" }) {
			list = append(list, attr(n, "hreflang")+" "+attr(n, "href"))
		}
		alternates[attr(canonical[0], "href")] = strings.Join(list, "\n")
	}
	listed := map[string]bool{}
	sitemap := string(files["sitemap.xml"])
	for _, u := range strings.Split(sitemap, "<url>")[1:] {
		loc := between(u, "<loc>", "</loc>")
		listed[loc] = true
		var list []string
		for _, l := range strings.Split(u, "<xhtml:link ")[1:] {
			list = append(list, between(l, `hreflang="`, `"`)+" "+between(l, `href="`, `"`))
		}
		if got := strings.Join(list, "\n"); got != alternates[loc] {
			t.Errorf("%s: the site map says\n%s\nthe page says\n%s", loc, got, alternates[loc])
		}
	}
	for loc := range alternates {
		if !listed[loc] && strings.Contains(loc, "/ko/") {
			t.Errorf("%s is not in the site map", loc)
		}
	}
}

func between(s, a, b string) string {
	_, s, _ = strings.Cut(s, a)
	s, _, _ = strings.Cut(s, b)
	return s
}

// TestSameBytes checks that nothing but the site decides what is written.
func TestSameBytes(t *testing.T) {
	s, files := sample(t)
	again := renderAll(t, loadSet(t, s), s)
	for name, data := range files {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s differs from run to run", name)
		}
	}
}

func TestBudget(t *testing.T) {
	s, files := sample(t)
	css := gzipped(t, loadSet(t, s).Assets(s)[0].Data)
	if n := css + gzipped(t, files["ko/help/index.html"]); n > 14*1024 {
		t.Errorf("the help page and its style sheet take %d bytes compressed, more than 14 KiB", n)
	}
	for name, data := range files {
		if n := gzipped(t, data); strings.Contains(name, "/advisories/") && n+css > 50*1024 {
			t.Errorf("%s takes %d bytes compressed", name, n+css)
		}
	}
}
