package feed

import "sync"

// item is an entry and its text, made when first asked for and shared by the
// feeds that carry it. The text is kept as it is and as XML carries it, which
// two formats do; JSON carries few entries more than once.
type item struct {
	e       *edition
	make    func() *Entry
	content func(*writer, *Entry) // writes the text

	mu    sync.Mutex // guards what follows
	known *Entry
	html  string // the text; empty: not made
	full  string // the text in XML
	short string // a summary with a link instead of the text, in XML; empty: not made
	most  int    // what size gives; 0: not asked
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
		it.known.labels = it.e.labelsOf(it.known)
	}
	return it.known
}

// text gives the entry with its text, or with a summary instead: as XML, or as
// it is.
func (it *item) text(short, xml bool) (en *Entry, text string) {
	it.mu.Lock()
	defer it.mu.Unlock()
	switch en = it.lockedEntry(); {
	case !short:
		it.fill(en)
		if text = it.html; xml {
			text = it.full
		}
	case xml:
		if it.short == "" {
			it.scratch(func(w *writer) { it.short = w.xml(it.e.begins, string(w.fill(it.e.summary, en))) })
		}
		text = it.short
	default:
		it.scratch(func(w *writer) {
			text = string(w.fill(func(w *writer, en *Entry) {
				w.strong(it.e.sample)
				it.e.summary(w, en)
			}, en))
		})
	}
	return en, text
}

// fill makes the text.
func (it *item) fill(en *Entry) {
	if it.html == "" {
		it.scratch(func(w *writer) {
			it.html = string(w.fill(it.content, en))
			it.full = w.xml("", it.html)
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
					n = lengthJSON(it.html)
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
