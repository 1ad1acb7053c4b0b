package render

import (
	"html/template"
	"strings"
	"sync"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Chrome is what every page of a language shows alike, rendered once.
type Chrome struct {
	Head   template.HTML // begins the head: policies, style sheet, icons
	Sample template.HTML // notice that the site is a demonstration
	Urgent template.HTML // notices of urgent advisories
	Help   template.HTML // whom to call now
	Feeds  template.HTML // announces the feeds of the site
	Social template.HTML // what previews of links show of the site
	Footer template.HTML

	SiteName, SiteURL, HelpURL, SearchURL string
	OGLocale                              string
	OGLocales                             []string // of the other languages
}

// Head is the dot of parts/head.
type Head struct{ Policy, Style, Icon, TouchIcon, Manifest, Licence string }

// policy is the content security policy that a page can carry itself
// (standards SEC-20, SEC-22). frame-ancestors works only as a header.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"

// locales gives the territory that OpenGraph wants beside a language.
var locales = map[string]string{"ko": "ko_KR", "en": "en_US", "km": "km_KH", "ja": "ja_JP", "zh": "zh_CN", "vi": "vi_VN"}

func locale(tag string) string {
	if l, ok := locales[tag]; ok {
		return l
	}
	return strings.ReplaceAll(tag, "-", "_")
}

func (e *edition) makeChrome() *Chrome {
	c := &Chrome{
		SiteName: e.text(e.site.Config.Title), SiteURL: e.url(""), HelpURL: e.url("help/"), SearchURL: e.url(searchPath + "#search-q"), OGLocale: locale(e.lang),
		Head: e.head("style"),
	}
	for _, tag := range e.site.Langs() {
		if tag != e.lang {
			c.OGLocales = append(c.OGLocales, locale(tag))
		}
	}
	c.Feeds = e.part("parts/feedlinks", e.feedLinks(nil))
	c.Social = e.part("parts/social", c)
	c.Sample = e.sample()
	c.Urgent = e.urgent(nil)
	c.Help = e.part("parts/help", HelpBlock{URL: e.url("help/"), Contacts: e.contacts(firstIDs(e.site, 3))})
	c.Footer = e.part("parts/footer", e.footer())
	return c
}

// head begins the head of a kind of page: most share that of the kind "style".
func (e *edition) head(kind string) template.HTML {
	return e.part("parts/head", Head{policy, e.style(kind), e.asset("favicon.svg"), e.asset("touch-icon.png"), e.site.Links.Root(manifestPath(e.lang)), e.site.Config.Licence.URL})
}

// Sample is the dot of parts/sample.
type Sample struct {
	AsOf     string
	Official Link
	About    string
}

func (e *edition) sample() template.HTML {
	s := e.site.Config.Sample
	if s == nil {
		return ""
	}
	official := e.site.Config.Official
	return e.part("parts/sample", Sample{AsOf: e.format.Date(s.AsOf.Time), Official: Link{e.text(official.Name), official.URL}})
}

// Notice is a line of parts/urgent.
type Notice struct {
	Badge template.HTML
	Title string
	Lang  string // where it differs from the page's
	URL   string
	At    template.HTML
}

// urgent gives the notices of the urgent advisories in force, but not on the
// page of the advisory itself.
func (e *edition) urgent(but *site.Record) template.HTML {
	var out []Notice
	for _, r := range e.site.Advisories {
		if r == but || !r.Urgent() {
			continue
		}
		t := r.In(e.lang)
		n := Notice{Title: t.Title, Lang: foreign(t.Lang, e.lang), URL: e.url(r.Path), At: timeHTML(e.format, r.Updated, true, false)}
		if levels := e.site.Levels(r); len(levels) > 0 {
			n.Badge = e.badge(levels[0].Level, Square)
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		return ""
	}
	return e.part("parts/urgent", out)
}

// foreign gives a language where it is not that of the page.
func foreign(tag, page string) string {
	if tag == page {
		return ""
	}
	return tag
}

// NavLink is an entry of parts/nav.
type NavLink struct {
	Link
	Here    bool // leads to this very page
	Section bool // leads to the section of this page
}

// sections are the entries of the navigation: path and text key.
var sections = []struct{ path, key string }{
	{"provinces/", "nav.provinces"},
	{"advisories/", "nav.advisories"},
	{"scams/", "nav.scams"},
	{"scams/check/", "nav.check"},
	{"levels/", "nav.levels"},
	{"changes/", "nav.changes"},
}

// nav gives the navigation of the page at a path. Pages of one section share
// it.
func (e *edition) nav(path string) template.HTML {
	section, here := "", false
	if below := strings.TrimPrefix(path, "levels/"); below != path && below != "" {
		path = "provinces/" + below // the days of a country
	}
	for _, s := range sections {
		if strings.HasPrefix(path, s.path) && len(s.path) > len(section) {
			section, here = s.path, path == s.path
		}
	}
	key := section
	if here {
		key += "."
	}
	f, ok := e.navs.Load(key)
	if !ok {
		f, _ = e.navs.LoadOrStore(key, sync.OnceValue(func() template.HTML {
			var links []NavLink
			for _, s := range sections {
				links = append(links, NavLink{Link{e.t(s.key), e.url(s.path)}, s.path == section && here, s.path == section && !here})
			}
			return e.part("parts/nav", links)
		}))
	}
	return f.(func() template.HTML)()
}

// HelpBlock is the dot of parts/help.
type HelpBlock struct {
	URL      string
	Contacts []Contact
}

// firstIDs names the first contacts of the site, the most important ones.
func firstIDs(s *site.Site, n int) []model.Ref {
	var out []model.Ref
	for _, c := range s.Contacts[:min(n, len(s.Contacts))] {
		out = append(out, model.Ref{ID: c.ID})
	}
	return out
}

// Footer is the dot of parts/footer.
type Footer struct {
	Links               []Link
	Publisher, Official Link
	Sample              bool
	RSS                 Link
}

func (e *edition) footer() Footer {
	c := e.site.Config
	f := Footer{
		Publisher: Link{e.text(c.Publisher.Name), c.Publisher.URL}, Official: Link{e.text(c.Official.Name), c.Official.URL},
		Sample: c.Sample != nil,
	}
	for _, s := range []struct{ path, key string }{
		{"about/", "nav.about"}, {"figures/", "nav.figures"}, {"archive/", "nav.archive"}, {"subscribe/", "nav.subscribe"}, {"data/", "nav.data"}, {"help/", "nav.help"},
	} {
		if s.path != "figures/" || len(e.site.Figures) > 0 {
			f.Links = append(f.Links, Link{e.t(s.key), e.url(s.path)})
		}
	}
	return f
}
