package feed

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// edition is the feeds of one language. Its items are shared by the feeds that
// carry them, so that a record in eight feeds is made once.
type edition struct {
	site *site.Site
	lang string
	cat  *lang.Catalog
	fm   lang.Formatter
	zone *time.Location

	sample string // says that the site is a demonstration, where it is one
	begins string // the HTML of that, which begins every text, as XML
	readOn string // text of a link to the whole
	guide  string // address of the page that explains what is for programs

	mu      sync.Mutex
	items   map[any]*item  // by what they show; guarded by mu
	labels  map[Tag]*label // guarded by mu
	writers sync.Pool      // of *writer

	outlines func() map[*model.Place][]string // of provinces, as alerts write them
}

func newEdition(s *site.Site, l string, cat *lang.Catalog, fm lang.Formatter) *edition {
	e := &edition{site: s, lang: l, cat: cat, fm: fm, zone: s.Config.Zone, items: map[any]*item{}, labels: map[Tag]*label{}}
	if e.zone == nil {
		e.zone = time.UTC
	}
	e.writers.New = func() any { return new(writer) }
	e.sample, e.readOn, e.guide = e.sampleNotice(), cat.T("feed.read_on"), s.Links.URL(l, "data/")
	var w writer
	w.strong(e.sample)
	e.begins = w.xml("", w.b)
	return e
}

// feed describes a feed or archive.
func (e *edition) feed(src content) Feed {
	c, s := src.of, e.site
	about := e.cat.T("feed.about."+string(c.Kind), "name", e.subject(c))
	if n := e.sample; n != "" {
		about = n + " " + about
	}
	f := Feed{
		ID:          e.tag("feeds/" + src.channel.ID),
		Lang:        e.lang,
		Title:       line(e.cat.T("feed.title", "site", e.text(s.Config.Title), "channel", e.name(c))),
		Description: line(about),
		Home:        s.Links.URL(e.lang, home(c)),
		Author:      line(e.text(s.Config.Publisher.Name)),
		AuthorURL:   s.Config.Publisher.URL,
		Updated:     src.times().updated.In(e.zone),
		Complete:    c.Kind == site.ChannelNow,
		Archive:     src.archive(),
	}
	if src.archive() {
		f.Title = line(e.cat.T("feed.archive", "title", f.Title, "n", src.number))
		return f
	}
	f.Hub = s.Config.Hub
	if !f.Complete {
		f.Deleted = e.deleted(c)
	}
	return f
}

// deleted lists the entries of removed records, which a feed may have carried:
// which feeds did is not known any more, and the others do no harm.
func (e *edition) deleted(c site.Channel) []Deleted {
	var out []Deleted
	for _, r := range e.site.Removals {
		note := e.cat.T("feed.removed", "reason", e.cat.T("removed.reason."+r.Reason))
		add := func(id string) { out = append(out, Deleted{e.tag(id), r.At.In(e.zone), line(note)}) }
		if c.Kind != site.ChannelAlerts {
			add(r.ID)
			continue
		}
		for n := range max(r.Revision, 1) {
			add(r.ID + "/rev/" + strconv.Itoa(n+1))
		}
		add(r.ID + "/end")
		add(r.ID + "/withdrawn")
	}
	return out
}

// name is the title of a feed without that of the site; the pages link to the
// feed by the same words.
func (e *edition) name(c site.Channel) string {
	subject := e.subject(c)
	return e.cat.T("feeds."+string(c.Kind), "place", subject, "category", subject, "level", subject)
}

// subject names what a feed is about, where one kind of feed has many.
func (e *edition) subject(c site.Channel) string {
	switch c.Kind {
	case site.ChannelPlace, site.ChannelNow:
		return e.text(c.Place.Name)
	case site.ChannelCategory:
		return e.text(c.Category.Name)
	case site.ChannelLevel:
		return e.full(c.Level)
	}
	return ""
}

// home gives the path of the page that shows what a feed carries.
func home(c site.Channel) string {
	switch c.Kind {
	case site.ChannelAlerts:
		return "changes/"
	case site.ChannelAdvisories, site.ChannelCategory:
		return "advisories/"
	case site.ChannelScams:
		return "scams/"
	case site.ChannelPlace, site.ChannelNow:
		return site.PlacePath(c.Place)
	case site.ChannelLevel:
		return "levels/"
	}
	return ""
}

// tag makes the tag: URI (RFC 4151) of something in this language. It depends
// on the authority and the id alone, so it stays when the site moves.
func (e *edition) tag(id string) string {
	return "tag:" + e.site.Config.Authority + ":" + id + ":" + e.lang
}

// text gives a text in the language of the edition.
func (e *edition) text(t model.Text) string { return t.Get(e.lang) }

// sampleNotice says that the site is a demonstration, where it is one.
func (e *edition) sampleNotice() string {
	c := e.site.Config
	if c.Sample == nil {
		return ""
	}
	date := e.fm.Date(c.Sample.AsOf.Time)
	if c.Official.URL == "" {
		return e.cat.T("feed.sample", "date", date)
	}
	return e.cat.T("feed.sample_official", "date", date, "name", e.text(c.Official.Name), "url", c.Official.URL)
}

// languageName names a language, or gives its tag.
func (e *edition) languageName(tag string) string {
	if key := "language." + tag; e.cat.Has(key) {
		return e.cat.T(key)
	}
	return tag
}

// start makes the entry of a record with what states and alerts share.
func (e *edition) start(r *site.Record) *Entry {
	l := e.site.Links
	en := &Entry{
		URL: l.URL(e.lang, r.Path), Lang: e.lang, TextLang: e.lang,
		Kind: r.Kind.ID, Record: r.Stable(), Revision: r.Revision(), About: e.guide,
	}
	for _, other := range e.site.Langs() {
		if other != e.lang && r.Translated(other) {
			en.Alternates = append(en.Alternates, Alternate{other, l.URL(other, r.Path)})
		}
	}
	en.Categories = make([]string, 0, len(r.Source.Advisory.Categories))
	for _, c := range r.Source.Advisory.Categories {
		en.Categories = append(en.Categories, c.ID)
	}
	return en
}

// titleOf gives the title of a record, marked where it is in another language.
func (e *edition) titleOf(t site.Text) string {
	if !t.Fallback {
		return t.Title
	}
	return e.cat.T("feed.fallback_title", "language", e.languageName(t.Lang), "title", t.Title)
}

// codes lists place codes, those of areas followed by their province's, so
// that a reader who filters by province sees them.
func codes(places []*model.Place) []string {
	var out []string
	add := func(p *model.Place) {
		if !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	for _, p := range places {
		add(p)
		if p.Kind == model.AreaPlace {
			add(p.Parent)
		}
		for _, t := range p.Touches {
			add(t)
		}
	}
	return out
}
