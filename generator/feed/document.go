package feed

import (
	"bytes"
	"sync"

	"bongsu/generator/site"
)

// document is one feed in one language, or one archive of it.
type document struct {
	feed  Feed
	src   content
	items []*item
	parts func() []part // those that fit
}

// part is an item as a document carries it: in full, or its summary alone.
type part struct {
	*item
	short bool
}

func (e *edition) document(src content) *document {
	d := &document{feed: e.feed(src), src: src}
	d.items = make([]*item, 0, len(src.alerts)+len(src.records)+len(src.places))
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range src.alerts {
		d.items = append(d.items, e.item(&src.alerts[i]))
	}
	for _, r := range src.records {
		d.items = append(d.items, e.item(r))
	}
	for _, p := range src.places {
		d.items = append(d.items, e.item(p))
	}
	d.parts = sync.OnceValue(d.fit)
	return d
}

// fit chooses what a document holds: everything of a complete feed and of an
// archive of alerts, summaries in an archive of records, else the newest
// entries within the limits.
func (d *document) fit() []part {
	const head = 4096 // more than any head takes but for absurd titles
	out := make([]part, 0, len(d.items))
	total, full := head, false
	for i, it := range d.items {
		switch {
		case d.src.archive() && d.src.records != nil:
			out = append(out, part{it, true})
			continue
		case d.src.archive() || d.feed.Complete:
			out = append(out, part{it, false})
			continue
		}
		if !full {
			least := min(leastEntries, len(d.items))
			total += it.size() + 2
			full = total+shortBytes*max(least-i-1, 0) > goodBytes && i > 0
		}
		if !full {
			out = append(out, part{it, false})
		} else if i < leastEntries || d.src.must[it.entry().Record] {
			out = append(out, part{it, true})
		}
	}
	return out
}

// item gives the item of something, with mu held.
func (e *edition) item(of any) *item {
	it := e.items[of]
	if it == nil {
		it = &item{e: e, of: of}
		e.items[of] = it
	}
	return it
}

// encoder writes one format. The parts are open, the entries with sep between
// them, and close. The text of an entry is HTML, as XML carries it or as JSON
// does between quotes.
type encoder struct {
	open  func(b []byte, f *Feed, self string, nav []Nav) []byte
	entry func(b []byte, e *Entry, text string) []byte
	xml   bool
	sep   string
	close string
}

// encoders is the table of formats by the id in site.Formats. It is read only.
var encoders = map[string]encoder{
	"rss":  {open: openRSS, entry: entryRSS, xml: true, close: "</channel>\n</rss>\n"},
	"atom": {open: openAtom, entry: entryAtom, xml: true, close: "</feed>\n"},
	"json": {open: openJSON, entry: entryJSON, sep: ",\n", close: "\n]}\n"},
}

// files gives a document in every format. Archives have no JSON form: JSON Feed
// knows no archives, and the open data has every record.
func (e *edition) files(src content) []File {
	var out []File
	doc := sync.OnceValue(func() *document { return e.document(src) })
	for _, f := range site.Formats {
		enc, ok := encoders[f.ID]
		if !ok || f.ID == "json" && src.archive() {
			continue
		}
		url := func(c site.Channel) string { return e.site.Links.Abs(c.URL(e.site.Links, e.lang, f)) }
		out = append(out, File{
			Path: src.channel.File(e.lang, f), Modified: src.modified, Shows: e.shows(src),
			Render: func(b *bytes.Buffer) error {
				doc().write(b, enc, url(src.channel), src.nav(url))
				return nil
			},
		})
	}
	return out
}

// nav links a document with the archives of its feed (RFC 5005 section 4).
func (c content) nav(url func(site.Channel) string) []Nav {
	var out []Nav
	add := func(rel string, n int) {
		if n >= 1 && n <= c.archives {
			out = append(out, Nav{rel, url(c.of.Archive(n))})
		}
	}
	if !c.archive() {
		add("prev-archive", c.archives)
		return out
	}
	out = append(out, Nav{"current", url(c.of)})
	add("prev-archive", c.number-1)
	add("next-archive", c.number+1)
	return out
}

func (d *document) write(b *bytes.Buffer, enc encoder, self string, nav []Nav) {
	b.Write(enc.open(b.AvailableBuffer(), &d.feed, self, nav))
	for i, p := range d.parts() {
		if i > 0 {
			b.WriteString(enc.sep)
		}
		en, text := p.text(p.short, enc.xml)
		b.Grow(len(text) + len(text)/8 + 4096) // about what it needs: else it is written twice
		b.Write(enc.entry(b.AvailableBuffer(), en, text))
	}
	b.WriteString(enc.close)
}
