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

// gram is a pair of syllables, or one alone: the first in the upper bits, from
// 1, and the second in the lower 14.
type gram uint32

// pair makes a gram of two syllables; the first may be 0.
func pair(a, b rune) gram {
	g := gram(b - '가')
	if a != 0 {
		g |= gram(a-'가'+1) << 14
	}
	return g
}

func (g gram) String() string {
	second := rune(g&(1<<14-1)) + '가'
	if first := rune(g >> 14); first != 0 {
		return string([]rune{first - 1 + '가', second})
	}
	return string(second)
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
	grams gramSet
	words map[string]field
}

func newCollector() *collector {
	return &collector{grams: newGramSet(1 << 11), words: map[string]field{}}
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
				c.grams.raise(pair(last, first), f)
			}
			last = c.syllables(first, r.text[size:], f)
			if size == len(r.text) {
				return
			}
			if particle[r.text[size:]] { // one syllable and what is attached to it
				c.grams.raise(pair(0, first), f)
			}
		})
	}
}

// syllables takes in a run of Hangul and gives its last syllable.
func (c *collector) syllables(first rune, rest string, f field) (last rune) {
	if rest == "" {
		c.grams.raise(pair(0, first), f)
		return first
	}
	for _, r := range rest {
		c.grams.raise(pair(first, r), f)
		first = r
	}
	return first
}

func raise(m map[string]field, key string, f field) {
	if old, ok := m[key]; !ok || f > old {
		m[key] = f
	}
}

// take gives the terms gathered, numbered, and empties the collector.
func (m *Memory) take(c *collector) []entry {
	out := make([]entry, 0, len(c.grams.used)+len(c.words))
	var newGrams []int32
	var newWords []string
	m.mu.RLock()
	for _, i := range c.grams.used {
		if id, ok := m.grams[c.grams.at(i)]; ok {
			out = append(out, entry(id)<<2|entry(c.grams.fields[i]))
		} else {
			newGrams = append(newGrams, i)
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
		for _, i := range newGrams {
			g := c.grams.at(i)
			out = append(out, entry(number(m, m.grams, g, g.String))<<2|entry(c.grams.fields[i]))
		}
		for _, w := range newWords {
			w = strings.Clone(w) // lets go of the text around it
			out = append(out, entry(number(m, m.words, w, func() string { return w }))<<2|entry(c.words[w]))
		}
		m.mu.Unlock()
	}
	c.grams.clear()
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
	c.add(d.Body.Text(), inBody)
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
