package feed

import (
	"bytes"
	"sync"

	"bongsu/generator/site"
)

// item is an entry, made and encoded when first asked for.
type item struct {
	entry   func() *Entry   // without its text
	encoded []func() []byte // in the order of formatIDs
	short   []func() []byte // a summary with a link instead of the text
}

// newItem makes an item; content makes the text of its entry, which most
// entries of archives never need.
func (e *edition) newItem(make func() *Entry, content func(*Entry) string) *item {
	it := &item{entry: sync.OnceValue(make)}
	full := sync.OnceValue(func() *Entry {
		en := *it.entry()
		en.HTML = content(&en)
		return &en
	})
	short := sync.OnceValue(func() *Entry { return e.summarized(it.entry()) })
	for _, id := range formatIDs {
		enc := encoders[id]
		it.encoded = append(it.encoded, sync.OnceValue(func() []byte { return enc.entry(nil, full()) }))
		it.short = append(it.short, sync.OnceValue(func() []byte { return enc.entry(nil, short()) }))
	}
	return it
}

// summarized gives an entry with its summary and a link in the place of its text.
func (e *edition) summarized(full *Entry) *Entry {
	en := *full
	var w writer
	w.strong(e.sampleNotice())
	w.para(en.TextLang, en.Lang, en.Summary)
	w.link(en.URL, e.cat.T("feed.read_on"))
	en.HTML = w.String()
	return &en
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

// document is one feed in one language, or one archive of it.
type document struct {
	feed  Feed
	src   content
	items []*item
	parts func() [][]func() []byte // the encodings to write, of those that fit
}

func (e *edition) document(src content) *document {
	d := &document{feed: e.feed(src), src: src}
	for _, a := range src.alerts {
		d.items = append(d.items, e.item(a.ID(), func() *Entry { return e.alert(a) }, func(en *Entry) string { return e.alertContent(en, a) }))
	}
	for _, r := range src.records {
		d.items = append(d.items, e.item(r.ID, func() *Entry { return e.state(r) }, func(en *Entry) string { return e.stateContent(en, r) }))
	}
	for _, p := range src.places {
		d.items = append(d.items, e.item("levels/"+p.ID, func() *Entry { return e.now(p) }, func(*Entry) string { return e.nowContent(p) }))
	}
	d.parts = sync.OnceValue(d.fit)
	return d
}

// fit chooses what a document holds: everything of a complete feed and of an
// archive of alerts, summaries in an archive of records, else the newest
// entries within the limit, and of the rest the summaries of those that no
// archive holds.
func (d *document) fit() [][]func() []byte {
	const head = 4096 // more than any head takes but for absurd titles
	var out [][]func() []byte
	total, full := head, false
	for i, it := range d.items {
		switch {
		case d.src.archive() && d.src.records != nil:
			out = append(out, it.short)
			continue
		case d.src.archive() || d.feed.Complete:
			out = append(out, it.encoded)
			continue
		}
		if !full {
			total += it.size() + 2
			full = total > maxBytes && i > 0
		}
		if !full {
			out = append(out, it.encoded)
		} else if d.src.must[it.entry().Record] {
			out = append(out, it.short)
		}
	}
	return out
}

func (e *edition) item(id string, make func() *Entry, content func(*Entry) string) *item {
	e.mu.Lock()
	defer e.mu.Unlock()
	it := e.items[id]
	if it == nil {
		it = e.newItem(make, content)
		e.items[id] = it
	}
	return it
}

// encoder writes one format. The parts are open, the entries with sep between
// them, and close.
type encoder struct {
	open  func(b []byte, f *Feed, self string, nav []Nav) []byte
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
			Path: src.channel.File(e.lang, f), Modified: src.modified, Shows: src.shows,
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
	for i, part := range d.parts() {
		if i > 0 {
			b.WriteString(enc.sep)
		}
		b.Write(part[enc.index]())
	}
	b.WriteString(enc.close)
}
