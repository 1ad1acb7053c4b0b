package feed

import (
	"sync"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// item is an entry and its text, made when first asked for and shared by the
// feeds that carry it. The text is kept as XML carries it, which two formats do,
// and as JSON does.
type item struct {
	e  *edition
	of any // *site.Record, *site.Alert or *model.Place

	mu    sync.Mutex // guards what follows
	known *Entry
	full  string // the text in XML; empty: not made
	json  string // the text in JSON
	short string // a summary with a link instead of the text, in XML; empty: not made
	most  int    // what size gives; 0: not asked
}

// make makes the entry.
func (it *item) make() *Entry {
	var en *Entry
	switch of := it.of.(type) {
	case *site.Record:
		en = it.e.state(of)
	case *site.Alert:
		en = it.e.alert(*of)
	case *model.Place:
		en = it.e.now(of)
	}
	en.labels = it.e.labelsOf(en)
	en.stamp()
	return en
}

// stamp writes the times of an entry.
func (en *Entry) stamp() {
	en.published = rfc3339(en.Published)
	if en.updated = en.published; !en.Updated.Equal(en.Published) {
		en.updated = rfc3339(en.Updated)
	}
	en.pubDate = en.Published.Format(time.RFC1123Z)
}

// content writes the text.
func (it *item) content(w *writer, en *Entry) {
	switch of := it.of.(type) {
	case *site.Record:
		it.e.stateContent(w, en, of)
	case *site.Alert:
		it.e.alertContent(w, en, *of)
	case *model.Place:
		it.e.nowContent(w, of)
	}
}

// entry gives the entry.
func (it *item) entry() *Entry {
	it.mu.Lock()
	defer it.mu.Unlock()
	return it.lockedEntry()
}

func (it *item) lockedEntry() *Entry {
	if it.known == nil {
		it.known = it.make()
	}
	return it.known
}

// text gives the entry with its text, or with a summary instead: as XML or JSON
// carries it.
func (it *item) text(short, xml bool) (en *Entry, text string) {
	it.mu.Lock()
	defer it.mu.Unlock()
	switch en = it.lockedEntry(); {
	case !short:
		it.fill(en)
		if text = it.json; xml {
			text = it.full
		}
	case xml:
		if it.short == "" {
			it.scratch(func(w *writer) { it.short = w.xml(it.e.begins, w.fill(it.e.summary, en)) })
		}
		text = it.short
	default:
		it.scratch(func(w *writer) {
			text = w.json(w.fill(func(w *writer, en *Entry) {
				w.strong(it.e.sample)
				it.e.summary(w, en)
			}, en))
		})
	}
	return en, text
}

// fill makes the text.
func (it *item) fill(en *Entry) {
	if it.full == "" {
		it.scratch(func(w *writer) {
			html := w.fill(it.content, en)
			it.full, it.json = w.xml("", html), w.json(html)
		})
	}
}

// scratch lends a writer.
func (it *item) scratch(do func(*writer)) {
	w := it.e.writers.Get().(*writer)
	do(w)
	it.e.writers.Put(w)
}

// size is that of the largest encoding, so that all formats carry the same
// entries.
func (it *item) size() int {
	it.mu.Lock()
	defer it.mu.Unlock()
	if it.most == 0 {
		en := it.lockedEntry()
		it.fill(en)
		it.scratch(func(w *writer) {
			for _, enc := range encoders {
				w.b = enc.entry(w.b[:0], en, "")
				n := len(it.full)
				if !enc.xml {
					n = len(it.json)
				}
				it.most = max(it.most, len(w.b)+n)
			}
		})
	}
	return it.most
}

// summary writes the summary of an entry and a link in the place of its text,
// but for what begins every text.
func (e *edition) summary(w *writer, en *Entry) {
	w.para(en.TextLang, en.Lang, en.Summary)
	w.link(en.URL, e.readOn)
}
