package feed

import "sync"

// item is an entry and its text, made when first asked for and shared by the
// feeds that carry it. The text is kept as it is, not as each format encodes it:
// encoding is fast, and the encodings would be the largest thing in memory of
// a build.
type item struct {
	e       *edition
	make    func() *Entry
	content func(*writer, *Entry) // writes the text

	mu    sync.Mutex // guards what follows
	known *Entry
	full  string // the text; empty: not made
	short string // a summary with a link instead of the text; empty: not made
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
		it.known.tags = it.known.Tags()
	}
	return it.known
}

// text gives the entry with its text, or with a summary instead.
func (it *item) text(short bool) (*Entry, string) {
	it.mu.Lock()
	defer it.mu.Unlock()
	return it.lockedText(short)
}

func (it *item) lockedText(short bool) (*Entry, string) {
	en, kept, write := it.lockedEntry(), &it.full, it.content
	if short {
		kept, write = &it.short, it.e.summary
	}
	if *kept == "" {
		w := it.e.scratch.Get().(*writer)
		defer it.e.scratch.Put(w)
		w.b = w.b[:0]
		write(w, en)
		*kept = w.String()
	}
	return en, *kept
}

// size is that of the largest encoding, so that all formats carry the same
// entries.
func (it *item) size() int {
	it.mu.Lock()
	defer it.mu.Unlock()
	if it.most == 0 {
		en, html := it.lockedText(false)
		w := it.e.scratch.Get().(*writer)
		defer it.e.scratch.Put(w)
		for _, enc := range encoders {
			w.b = enc.entry(w.b[:0], en, "")
			it.most = max(it.most, len(w.b)+enc.length(html))
		}
	}
	return it.most
}

// summary writes the summary of an entry and a link in the place of its text.
func (e *edition) summary(w *writer, en *Entry) {
	w.strong(e.sample)
	w.para(en.TextLang, en.Lang, en.Summary)
	w.link(en.URL, e.readOn)
}
