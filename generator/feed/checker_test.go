package feed

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bongsu/generator/site"

	"golang.org/x/net/html"
)

// The checker reads feeds by the rules and not with the structs of the program,
// so that a fault of these does not hide itself.

type node struct {
	name  string // local name, with the prefix of its space where that is foreign
	attrs map[string]string
	text  string
	kids  []*node
}

func (n *node) all(name string) (out []*node) {
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// one gives the only child of a name.
func (n *node) one(t *testing.T, name string) *node {
	t.Helper()
	found := n.all(name)
	if len(found) != 1 {
		t.Errorf("%s has %d %s, want one", n.name, len(found), name)
		return &node{}
	}
	return found[0]
}

var spaces = map[string]string{
	"http://www.w3.org/2005/Atom": "atom:", "http://purl.org/rss/1.0/modules/content/": "content:",
	"http://www.w3.org/XML/1998/namespace": "xml:", "xml": "xml:",
	"http://purl.org/syndication/history/1.0": "fh:", "http://purl.org/atompub/tombstones/1.0": "at:",
}

func parseXML(t *testing.T, doc string) *node {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(doc))
	root := &node{}
	stack := []*node{root}
	for {
		tok, err := d.Token()
		if tok == nil {
			if len(stack) != 1 || err.Error() != "EOF" {
				t.Fatalf("not well-formed: %v", err)
			}
			return root.kids[0]
		}
		top := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			n := &node{name: spaces[tok.Name.Space] + tok.Name.Local, attrs: map[string]string{}}
			for _, a := range tok.Attr {
				if _, twice := n.attrs[spaces[a.Name.Space]+a.Name.Local]; twice {
					t.Errorf("attribute %s twice", a.Name.Local)
				}
				n.attrs[spaces[a.Name.Space]+a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(tok)
		}
	}
}

var (
	rfc3339Pattern = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$`)
	rfc822Pattern  = regexp.MustCompile(`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$`)
	tagPattern     = regexp.MustCompile(`^tag:example\.org,2025:((feeds|advisories|scams|pages)/[a-z0-9/-]+|levels/[A-Z0-9a-z/-]+):(ko|en)$`)
	dates          = regexp.MustCompile(`<(?:updated|published)>([^<]*)<`)
	rssDates       = regexp.MustCompile(`<(?:pubDate|lastBuildDate|dateModified)>([^<]*)<`)
	keys           = regexp.MustCompile(`"([^"\\]*)":`)
)

// checkAll checks every file of a site.
func checkAll(t *testing.T, s *site.Site, files map[string]string) {
	t.Helper()
	for file, text := range files {
		t.Run(file, func(t *testing.T) {
			switch path.Ext(file) {
			case ".ics":
				checkCalendar(t, text)
				return
			case ".xml":
				return // TestAlertsAreValid
			}
			if file == CAPIndex {
				return
			}
			checkBytes(t, text)
			l, _, _ := strings.Cut(file, "/")
			self := s.Links.Abs(s.Links.Root(file))
			switch path.Ext(file) {
			case ".rss":
				checkRSS(t, s, text, l, self)
			case ".atom":
				checkAtom(t, s, text, l, self)
			case ".json":
				checkJSON(t, s, text, l, self)
			case ".opml":
				checkOPML(t, s, text, files)
			default:
				t.Errorf("what is %s?", file)
			}
		})
	}
}

func checkBytes(t *testing.T, text string) {
	if len(text) > 250_000 {
		t.Errorf("%d bytes", len(text))
	}
	if !utf8.ValidString(text) {
		t.Error("not UTF-8")
	}
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff || r == '\ufeff' {
			t.Errorf("character %U", r)
		}
	}
	for _, bad := range []string{"⟦", "evil.example", "https://bad.example", "text/xsl", "%!"} {
		if strings.Contains(text, bad) {
			t.Errorf("contains %q", bad)
		}
	}
}

// unique reports ids that are used twice or have the wrong shape.
func unique(t *testing.T, ids []string, l string) {
	for i, id := range ids {
		if !tagPattern.MatchString(id) || !strings.HasSuffix(id, ":"+l) {
			t.Errorf("id %q", id)
		}
		if slices.Contains(ids[:i], id) {
			t.Errorf("id %q twice", id)
		}
	}
	if len(ids) > 50 {
		t.Errorf("%d items", len(ids))
	}
}

func past(t *testing.T, s *site.Site, layout, date string) time.Time {
	at, err := time.Parse(layout, date)
	if err != nil {
		t.Errorf("date %q: %v", date, err)
	}
	if at.After(s.Now) {
		t.Errorf("date %q is in the future", date)
	}
	return at
}

func absoluteURL(t *testing.T, what, u string) {
	t.Helper()
	if !strings.HasPrefix(u, "https://") || strings.ContainsAny(u, " \n") {
		t.Errorf("%s %q is not absolute https", what, u)
	}
}

// order reports elements that do not come in the order of the list.
func order(t *testing.T, n *node, names ...string) {
	last := -1
	for _, k := range n.kids {
		i := slices.Index(names, k.name)
		if i < 0 {
			t.Errorf("unexpected element %s in %s", k.name, n.name)
		} else if i < last {
			t.Errorf("%s stands after %s", k.name, names[last])
		} else {
			last = i
		}
	}
}

func checkRSS(t *testing.T, s *site.Site, text, l, self string) {
	if !strings.HasPrefix(text, `<?xml version="1.0" encoding="UTF-8"?>`) {
		t.Error("does not begin with the declaration")
	}
	for _, m := range rssDates.FindAllStringSubmatch(text, -1) {
		if !rfc822Pattern.MatchString(m[1]) {
			t.Errorf("date %q", m[1])
		}
	}
	root := parseXML(t, text)
	if root.name != "rss" || root.attrs["version"] != "2.0" {
		t.Error("no RSS 2.0")
	}
	c := root.one(t, "channel")
	order(t, c, "title", "link", "description", "language", "lastBuildDate", "ttl", "atom:link", "fh:complete", "fh:archive", "item")
	for _, name := range []string{"title", "link", "description", "lastBuildDate", "ttl"} {
		if c.one(t, name).text == "" {
			t.Errorf("%s is empty", name)
		}
	}
	if got := c.one(t, "language").text; got != l {
		t.Errorf("language %q", got)
	}
	past(t, s, time.RFC1123Z, c.one(t, "lastBuildDate").text)
	links(t, c, self)
	for _, link := range c.all("atom:link") {
		if link.attrs["rel"] != "hub" && link.attrs["type"] != "application/rss+xml" {
			t.Errorf("link %v", link.attrs)
		}
	}
	var ids []string
	for _, item := range c.all("item") {
		order(t, item, "title", "link", "guid", "pubDate", "category", "description", "content:encoded")
		guid := item.one(t, "guid")
		ids = append(ids, guid.text)
		if guid.attrs["isPermaLink"] != "false" {
			t.Error("guid without isPermaLink=false")
		}
		if item.one(t, "title").text == "" {
			t.Error("empty title")
		}
		absoluteURL(t, "link", item.one(t, "link").text)
		past(t, s, time.RFC1123Z, item.one(t, "pubDate").text)
		checkHTML(t, item.one(t, "content:encoded").text, l)
		checkHTML(t, item.one(t, "description").text, l)
		for _, cat := range item.all("category") {
			if !strings.HasPrefix(cat.attrs["domain"], "tag:example.org,2025:schemes/") || strings.ContainsFunc(cat.text, func(r rune) bool { return r > 127 }) {
				t.Errorf("category %q of %q", cat.text, cat.attrs["domain"])
			}
		}
	}
	unique(t, ids, l)
}

func checkAtom(t *testing.T, s *site.Site, text, l, self string) {
	if !strings.HasPrefix(text, `<?xml version="1.0" encoding="UTF-8"?>`) {
		t.Error("does not begin with the declaration")
	}
	for _, m := range dates.FindAllStringSubmatch(text, -1) {
		if !rfc3339Pattern.MatchString(m[1]) {
			t.Errorf("date %q", m[1])
		}
	}
	f := parseXML(t, text)
	if f.name != "atom:feed" || f.attrs["xml:lang"] != l {
		t.Errorf("root %s %v", f.name, f.attrs)
	}
	if got := f.one(t, "atom:id").text; !tagPattern.MatchString(got) {
		t.Errorf("feed id %q", got)
	}
	f.one(t, "atom:title")
	if f.one(t, "atom:author").one(t, "atom:name").text == "" {
		t.Error("no author")
	}
	newest := past(t, s, time.RFC3339, f.one(t, "atom:updated").text)
	links(t, f, self)
	var ids []string
	for _, e := range f.all("atom:entry") {
		ids = append(ids, e.one(t, "atom:id").text)
		if title := e.one(t, "atom:title"); title.attrs["type"] != "text" || title.text == "" {
			t.Error("title is not text")
		}
		published := past(t, s, time.RFC3339, e.one(t, "atom:published").text)
		updated := past(t, s, time.RFC3339, e.one(t, "atom:updated").text)
		if updated.Before(published) || updated.After(newest) {
			t.Errorf("updated %v, published %v, feed %v", updated, published, newest)
		}
		links(t, e, "")
		if c := e.one(t, "atom:content"); c.attrs["type"] != "html" {
			t.Error("content is not html")
		} else {
			checkHTML(t, c.text, l)
		}
	}
	unique(t, ids, l)
}

// links checks the links of a feed or entry; no two may be alike.
func links(t *testing.T, n *node, self string) {
	seen := map[string]bool{}
	selves := 0
	for _, link := range n.all("atom:link") {
		a := link.attrs
		absoluteURL(t, "link", a["href"])
		key := a["rel"] + a["type"] + a["hreflang"]
		if seen[key] {
			t.Errorf("two links %v", a)
		}
		seen[key] = true
		if a["rel"] == "self" {
			selves++
			if a["href"] != self {
				t.Errorf("self is %q, want %q", a["href"], self)
			}
		}
	}
	if self != "" && selves != 1 {
		t.Errorf("%d self links", selves)
	}
}

func checkJSON(t *testing.T, s *site.Site, text, l, self string) {
	for _, m := range keys.FindAllStringSubmatch(text, -1) {
		if strings.Contains(m[1], ".") {
			t.Errorf("key %q", m[1])
		}
	}
	var f struct {
		Version, Title, Language string
		Home                     string `json:"home_page_url"`
		Self                     string `json:"feed_url"`
		Author                   any
		Authors                  []struct{ Name, URL string }
		Next                     *string `json:"next_url"`
		Items                    []map[string]any
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.Language != l || f.Self != self ||
		f.Author != nil || len(f.Authors) != 1 || f.Next != nil || f.Items == nil {
		t.Errorf("head %+v", f)
	}
	absoluteURL(t, "home_page_url", f.Home)
	var ids []string
	for _, it := range f.Items {
		str := func(k string) string { s, _ := it[k].(string); return s }
		ids = append(ids, str("id"))
		absoluteURL(t, "url", str("url"))
		for _, k := range []string{"date_published", "date_modified"} {
			if !rfc3339Pattern.MatchString(str(k)) {
				t.Errorf("%s %q", k, str(k))
			}
			past(t, s, time.RFC3339, str(k))
		}
		checkHTML(t, str("content_html"), l)
		ext, _ := it["_bongsu"].(map[string]any)
		absoluteURL(t, "about", fmt.Sprint(ext["about"]))
	}
	unique(t, ids, l)
}

func checkOPML(t *testing.T, s *site.Site, text string, files map[string]string) {
	root := parseXML(t, text)
	if root.name != "opml" || root.attrs["version"] != "2.0" {
		t.Error("no OPML 2.0")
	}
	if got := root.one(t, "head").one(t, "dateModified").text; !rfc822Pattern.MatchString(got) {
		t.Errorf("dateModified %q", got)
	}
	outlines := root.one(t, "body").all("outline")
	if len(outlines) != len(s.Channels()) {
		t.Errorf("%d outlines", len(outlines))
	}
	for _, o := range outlines {
		for _, k := range []string{"text", "title", "type", "xmlUrl", "htmlUrl", "language"} {
			if o.attrs[k] == "" {
				t.Errorf("outline without %s: %v", k, o.attrs)
			}
		}
		if files[strings.TrimPrefix(o.attrs["xmlUrl"], s.Links.Abs(s.Links.Prefix))] == "" {
			t.Errorf("no feed at %q", o.attrs["xmlUrl"])
		}
	}
}

// htmlAllowed is written a second time here on purpose.
var htmlAllowed = strings.Fields(`a abbr b blockquote br code dd del div dl dt em h2 h3 h4 h5 h6 hr i img li mark ol p pre
	span strong sub sup table tbody td th thead tr ul`)

func checkHTML(t *testing.T, text, l string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not closed: %v", open)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Error("comment or doctype")
		case html.StartTagToken:
			tok := z.Token()
			if !slices.Contains(htmlAllowed, tok.Data) {
				t.Errorf("element %s", tok.Data)
			}
			if !slices.Contains([]string{"br", "hr", "img"}, tok.Data) {
				open = append(open, tok.Data)
			}
			for _, a := range tok.Attr {
				switch a.Key {
				case "href", "src":
					if !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "tel:") {
						t.Errorf("%s %q", a.Key, a.Val)
					}
				case "alt", "class", "lang", "rel", "scope", "start", "title":
				default:
					t.Errorf("attribute %s", a.Key)
				}
			}
		case html.EndTagToken:
			tok := z.Token()
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Errorf("%s closed within %v", tok.Data, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}
