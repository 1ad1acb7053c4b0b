package search

import (
	"strings"
	"sync"
	"unicode/utf8"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Memory holds the terms of the texts that were read before. It may be used by
// goroutines at once.
type Memory struct {
	mu    sync.RWMutex
	grams map[gram]uint32
	words map[string]uint32
	terms []string // by number
	texts map[*model.Doc][]entry
}

// NewMemory returns an empty memory.
func NewMemory() *Memory {
	return &Memory{grams: map[gram]uint32{}, words: map[string]uint32{}, texts: map[*model.Doc][]entry{}}
}

// gram is a pair of syllables, or one alone.
type gram uint64

func (g gram) String() string {
	if first := rune(g >> 32); first != 0 {
		return string([]rune{first, rune(g & 0xFFFFFFFF)})
	}
	return string(rune(g))
}

// entry is a term of a document: its number, and in the two lowest bits the
// field in which it stands.
type entry uint32

// field says where in a document a term stands; better fields are higher.
type field uint8

const (
	inBody  field = iota
	inFacts       // places, levels, red flags
	inSummary
	inTitle // and the names of a place
)

// collector gathers the terms of one document. It is for one goroutine.
type collector struct {
	grams map[gram]field
	words map[string]field
}

func newCollector() *collector {
	return &collector{grams: map[gram]field{}, words: map[string]field{}}
}

// add takes in a text; no pair of syllables goes from one line to the next.
func (c *collector) add(text string, f field) {
	for line := range strings.Lines(text) {
		var last rune
		eachRun(fold(line), func(r run) {
			if r.script != hangul {
				raise(c.words, cut(r.text), f)
				last = 0
				return
			}
			first, size := utf8.DecodeRuneInString(r.text)
			if r.joined && last != 0 {
				raise(c.grams, gram(last)<<32|gram(first), f)
			}
			last = c.syllables(first, r.text[size:], f)
			if size == len(r.text) {
				return
			}
			if particle[r.text[size:]] { // one syllable and what is attached to it
				raise(c.grams, gram(first), f)
			}
		})
	}
}

// syllables takes in a run of Hangul and gives its last syllable.
func (c *collector) syllables(first rune, rest string, f field) (last rune) {
	if rest == "" {
		raise(c.grams, gram(first), f)
		return first
	}
	for _, r := range rest {
		raise(c.grams, gram(first)<<32|gram(r), f)
		first = r
	}
	return first
}

func raise[K comparable](m map[K]field, key K, f field) {
	if old, ok := m[key]; !ok || f > old {
		m[key] = f
	}
}

// take gives the terms gathered, numbered, and empties the collector.
func (m *Memory) take(c *collector) []entry {
	out := make([]entry, 0, len(c.grams)+len(c.words))
	var newGrams []gram
	var newWords []string
	m.mu.RLock()
	for g, f := range c.grams {
		if id, ok := m.grams[g]; ok {
			out = append(out, entry(id)<<2|entry(f))
		} else {
			newGrams = append(newGrams, g)
		}
	}
	for w, f := range c.words {
		if id, ok := m.words[w]; ok {
			out = append(out, entry(id)<<2|entry(f))
		} else {
			newWords = append(newWords, w)
		}
	}
	m.mu.RUnlock()
	if len(newGrams)+len(newWords) > 0 {
		m.mu.Lock()
		for _, g := range newGrams {
			out = append(out, entry(number(m, m.grams, g, g.String))<<2|entry(c.grams[g]))
		}
		for _, w := range newWords {
			w = strings.Clone(w) // lets go of the text around it
			out = append(out, entry(number(m, m.words, w, func() string { return w }))<<2|entry(c.words[w]))
		}
		m.mu.Unlock()
	}
	clear(c.grams)
	clear(c.words)
	return out
}

// number gives the number of a term, a new one where it has none.
func number[K comparable](m *Memory, known map[K]uint32, key K, name func() string) uint32 {
	id, ok := known[key]
	if !ok {
		id = uint32(len(m.terms))
		known[key] = id
		m.terms = append(m.terms, name())
	}
	return id
}

// text gives the terms of a text of a record.
func (m *Memory) text(d *model.Doc, c *collector) []entry {
	m.mu.RLock()
	out, ok := m.texts[d]
	m.mu.RUnlock()
	if ok {
		return out
	}
	c.add(d.Title, inTitle)
	c.add(d.Summary, inSummary)
	for _, h := range d.Body.Headings {
		c.add(h.Text, inSummary)
	}
	c.add(d.Body.Text, inBody)
	out = m.take(c)
	m.mu.Lock()
	m.texts[d] = out
	m.mu.Unlock()
	return out
}

// prune lets go of texts that the site no longer has, once they outnumber
// those that it has.
func (m *Memory) prune(s *site.Site) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.texts) <= 2*len(s.All())*len(s.Langs())+64 {
		return
	}
	kept := map[*model.Doc][]entry{}
	for _, r := range s.All() {
		for _, d := range r.Docs {
			if list, ok := m.texts[d]; ok {
				kept[d] = list
			}
		}
	}
	m.texts = kept
}
