package feed

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// edition is the feeds of one language. Its items are shared by the feeds that
// carry them, so that a record in eight feeds is made and encoded once.
type edition struct {
	site  *site.Site
	lang  string
	cat   *lang.Catalog
	fm    lang.Formatter
	zone  *time.Location
	items map[string]*item // by id of the record or alert; complete once Files returns
}

func newEdition(s *site.Site, l string, cat *lang.Catalog, fm lang.Formatter) *edition {
	e := &edition{site: s, lang: l, cat: cat, fm: fm, zone: s.Config.Zone, items: map[string]*item{}}
	if e.zone == nil {
		e.zone = time.UTC
	}
	return e
}

// item is an entry, made and encoded when first asked for.
type item struct {
	entry   func() *Entry
	encoded []func() []byte // in the order of formatIDs
}

func newItem(make func() *Entry) *item {
	it := &item{entry: sync.OnceValue(make)}
	for _, id := range formatIDs {
		enc := encoders[id]
		it.encoded = append(it.encoded, sync.OnceValue(func() []byte { return enc.entry(nil, it.entry()) }))
	}
	return it
}

// size is that of the largest encoding, so that all formats carry the same
// entries.
func (it *item) size() int {
	n := 0
	for _, f := range it.encoded {
		n = max(n, len(f()))
	}
	return n
}

// document is one feed in one language.
type document struct {
	feed  Feed
	items []*item
	fit   func() int // how many items are within the limit
}

func (e *edition) document(src content) *document {
	d := &document{feed: e.feed(src)}
	for _, a := range src.alerts {
		d.items = append(d.items, e.item(a.ID(), func() *Entry { return e.alert(a) }))
	}
	for _, r := range src.records {
		d.items = append(d.items, e.item(r.ID, func() *Entry { return e.state(r) }))
	}
	d.fit = sync.OnceValue(func() int {
		const head = 4096 // more than any head takes but for absurd titles
		total := head
		for i, it := range d.items {
			if total += it.size() + 2; total > maxBytes && i > 0 {
				return i
			}
		}
		return len(d.items)
	})
	return d
}

func (e *edition) item(id string, make func() *Entry) *item {
	it := e.items[id]
	if it == nil {
		it = newItem(make)
		e.items[id] = it
	}
	return it
}

// encoder writes one format. The parts are open, the entries with sep between
// them, and close.
type encoder struct {
	open  func(b []byte, f *Feed, self string) []byte
	entry func(b []byte, e *Entry) []byte
	sep   string
	close string
	index int
}

// encoders is the table of formats by the id in site.Formats. It is read only.
var encoders = map[string]encoder{
	"rss":  {open: openRSS, entry: entryRSS, close: "</channel>\n</rss>\n", index: 0},
	"atom": {open: openAtom, entry: entryAtom, close: "</feed>\n", index: 1},
	"json": {open: openJSON, entry: entryJSON, sep: ",\n", close: "\n]}\n", index: 2},
}

// formatIDs lists the encoders by their index.
var formatIDs = []string{"rss", "atom", "json"}

func (d *document) write(b *bytes.Buffer, enc encoder, self string) error {
	b.Write(enc.open(b.AvailableBuffer(), &d.feed, self))
	for i, it := range d.items[:d.fit()] {
		if i > 0 {
			b.WriteString(enc.sep)
		}
		b.Write(it.encoded[enc.index]())
	}
	b.WriteString(enc.close)
	return nil
}

// feed describes a feed.
func (e *edition) feed(src content) Feed {
	c, s := src.channel, e.site
	about := e.cat.T("feed.about."+string(c.Kind), "name", e.subject(c))
	if n := e.sampleNotice(); n != "" {
		about = n + " " + about
	}
	return Feed{
		ID:          e.tag("feeds/" + c.ID),
		Lang:        e.lang,
		Title:       line(e.cat.T("feed.title", "site", e.text(s.Config.Title), "channel", e.name(c))),
		Description: line(about),
		Home:        s.Links.Abs(s.Links.Page(e.lang, home(c))),
		Author:      line(e.text(s.Config.Publisher.Name)),
		AuthorURL:   s.Config.Publisher.URL,
		Updated:     src.updated.In(e.zone),
	}
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
	case site.ChannelPlace:
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
	case site.ChannelPlace:
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
		URL: l.Abs(l.Page(e.lang, r.Path)), Lang: e.lang, TextLang: e.lang,
		Kind: r.Kind.ID, Record: r.ID, Revision: r.Revision(), About: l.Abs(l.Page(e.lang, "data/")),
	}
	for _, other := range e.site.Langs() {
		if other != e.lang && r.Translated(other) {
			en.Alternates = append(en.Alternates, Alternate{other, l.Abs(l.Page(other, r.Path))})
		}
	}
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

// line makes a text one clean line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
