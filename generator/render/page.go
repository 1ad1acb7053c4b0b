package render

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Page is the dot of base.html: what every page has.
type Page struct {
	Lang        string
	Kind        string // kind of page, a class of the body
	Title       string // of this page alone
	FullTitle   string // with section and site
	Description string
	OGType      string // article or website
	Canonical   string
	Alternates  []Alternate
	Switch      []Switch
	Crumbs      []Link        // without the page itself
	Feeds       []FeedLink    // of pages with a feed of their own; others announce those of the site
	JSON        string        // address of what the page shows, for programs; may be empty
	Robots      string        // empty: may be indexed
	Data        template.JS   // JSON-LD; empty: none
	Plain       string        // address of the page as plain text; empty: none
	Preview     template.HTML // picture that goes with a link to the page
	Share       string        // title that goes with it, where it says more than Title
	Script      string        // address of the page's only script, see script.go; empty: none
	Head        template.HTML // begins the head
	Nav         template.HTML
	Urgent      template.HTML
	Exit        bool // offers a way to leave the page at once
	Changed     time.Time
	Chrome      *Chrome
	Main        template.HTML
}

func (p *Page) fill(main template.HTML) { p.Main = main }

// Alternate is the page in a language, for search engines.
type Alternate struct{ Lang, URL string }

// Switch is a link to the same page in another language.
type Switch struct {
	Lang, Name, URL string
	Current         bool
}

// Link is a link by its text.
type Link struct{ Text, URL string }

// FeedLink announces a feed.
type FeedLink struct{ Title, Type, URL string }

// page begins a page at a path: title and description are plain text. All
// languages are taken to have it.
func (e *edition) page(kind, path, title, description string) *Page {
	p := e.bare(kind, path, title, description)
	p.Alternates = e.withDefault(path, p.Alternates)
	return p
}

// bare is page without the default among the languages, of which some may not
// have it.
func (e *edition) bare(kind, path, title, description string) *Page {
	p := &Page{
		Lang: e.lang, Kind: kind, Title: title, Description: description, OGType: "website",
		Nav:    e.nav(path),
		Chrome: e.chrome(), Changed: e.latest(), Urgent: e.chrome().Urgent, Script: e.script(kind),
		Preview: e.preview(e.sitePicture()),
	}
	if p.Head = e.chrome().Head; e.sheets[kind].Path != "" {
		p.Head = e.head(kind)
	}
	name := e.text(e.site.Config.Title)
	if p.FullTitle = title + " - " + name; path == "" || title == name {
		p.FullTitle = name
	}
	p.JSON = e.dataOf(path)
	p.Switch = make([]Switch, 0, len(e.site.Langs()))
	p.Alternates = make([]Alternate, 0, len(e.site.Langs())+1)
	for _, tag := range e.site.Langs() {
		url := e.site.Links.URL(tag, path)
		if tag == e.lang {
			p.Canonical = url
		}
		p.Switch = append(p.Switch, Switch{tag, e.languageName(tag), e.site.Links.Local(url), tag == e.lang})
		p.Alternates = append(p.Alternates, Alternate{tag, url})
	}
	return p
}

// alternatesOf gives the addresses of a path in the languages that have it
// (I18N-04, I18N-05). The root page stands for all languages of the home page.
func (b *builder) alternatesOf(path string, langs []string) []Alternate {
	out := make([]Alternate, 0, len(langs)+1)
	for _, tag := range langs {
		out = append(out, Alternate{tag, b.site.Links.URL(tag, path)})
	}
	return b.withDefault(path, out)
}

// withDefault adds the address for all other languages.
func (b *builder) withDefault(path string, list []Alternate) []Alternate {
	switch {
	case path == "":
		return append(list, Alternate{"x-default", b.site.Links.Abs(b.site.Links.Prefix)})
	case len(list) > 0:
		return append(list, Alternate{"x-default", list[0].URL})
	}
	return list
}

// languageName gives the name of a language in that language.
func (e *edition) languageName(tag string) string {
	if w, ok := e.set.words[tag]; ok {
		return w.cat.T("site.language")
	}
	return tag
}

// of fits a page to the record that it shows: languages that lack the text are
// not announced, and a fallback names the original as the one to index.
func (p *Page) of(e *edition, r *site.Record) {
	p.Changed = r.Modified
	if path, ok := r.DataPath(); ok {
		p.JSON = e.site.Links.Root(path)
	}
	if !r.Translated(e.lang) {
		p.Alternates = nil
		p.Canonical = e.site.Links.URL(r.Source.Lang, r.Path)
		return
	}
	p.Alternates = e.withDefault(r.Path, slices.DeleteFunc(p.Alternates, func(a Alternate) bool { return !r.Translated(a.Lang) }))
}

// crumbs sets the way to a page: sections from the home page down.
func (p *Page) crumbs(e *edition, links ...Link) {
	p.Crumbs = append([]Link{{e.t("nav.home"), e.url("")}}, links...)
	if len(links) > 0 && !strings.HasPrefix(p.FullTitle, links[len(links)-1].Text) {
		p.FullTitle = p.Title + " - " + links[len(links)-1].Text + " - " + e.text(e.site.Config.Title)
	}
}

// feedLinks announces the feeds of the page, own feed first, then alerts; the
// page's language first (FEED-50).
func (e *edition) feedLinks(place *model.Place) []FeedLink {
	channels := []site.Channel{{ID: "alerts", Kind: site.ChannelAlerts}, {ID: "all", Kind: site.ChannelAll}}
	if place != nil {
		channels = append([]site.Channel{site.ChannelOf(place)}, channels...)
	}
	var out []FeedLink
	for _, tag := range e.byLanguage() {
		w := e.set.words[tag]
		for i, c := range channels {
			if tag != e.lang && i > 0 {
				break
			}
			for _, f := range site.Formats {
				title := ChannelTitle(w.cat, c) + " (" + f.Label + ")"
				out = append(out, FeedLink{title, f.Type, c.URL(e.site.Links, tag, f)})
			}
		}
	}
	return out
}

// byLanguage lists the languages, the edition's own first.
func (e *edition) byLanguage() []string {
	out := []string{e.lang}
	for _, tag := range e.site.Langs() {
		if _, ok := e.set.words[tag]; ok && tag != e.lang {
			out = append(out, tag)
		}
	}
	return out
}

// Words is the text of a record as it is shown in a language.
type Words struct {
	Lang, Title, Summary string
	Body                 template.HTML
	Fallback             string // notice where the text is in another language
	Outdated             string // notice where the translation is older than its source
	Original             Link   // the source, where one of the notices is shown
	OriginalLang         string
	Earlier              string // lists the earlier texts; empty: the record never changed
}

// wordsOf gives the text of a record for the edition.
func (e *edition) wordsOf(r *site.Record) Words {
	t := r.In(e.lang)
	w := Words{Lang: t.Lang, Title: t.Title, Summary: t.Summary, Body: template.HTML(t.Body.HTML())}
	if t.Lang == e.lang {
		w.Lang = ""
	}
	w.Earlier = e.historyURL(r)
	switch {
	case t.Fallback:
		w.Fallback = e.t("record.fallback", "language", e.nameOfLanguage(t.Lang))
	case t.Outdated:
		w.Outdated = e.t("record.outdated", "date", e.format.Date(r.Modified))
	}
	if t.Fallback || t.Outdated {
		w.OriginalLang = r.Source.Lang
		w.Original = Link{e.languageName(r.Source.Lang), e.site.Links.Page(r.Source.Lang, r.Path)}
	}
	return w
}
