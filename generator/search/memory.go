package search

import (
	"strings"
	"sync"

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

	packed  map[*model.Doc]func([]byte) []byte // texts to be restored, until they are asked for
	earlier map[*model.Doc]*model.Doc          // see Was
	rooms   sync.Pool                          // of *[]byte, for texts to be restored into
}

// NewMemory returns an empty memory.
func NewMemory() *Memory {
	return &Memory{
		grams: map[gram]uint32{}, words: map[string]uint32{}, texts: map[*model.Doc][]entry{},
		packed: map[*model.Doc]func([]byte) []byte{}, earlier: map[*model.Doc]*model.Doc{},
	}
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

// gram gives the number of a gram, a new one where it has none.
func (m *Memory) gram(g gram) uint32 {
	m.mu.RLock()
	id, ok := m.grams[g]
	m.mu.RUnlock()
	if ok {
		return id
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return number(m, m.grams, g, g.String())
}

// word gives the number of a word, a new one where it has none, and the word as
// it is kept.
func (m *Memory) word(w string) (id uint32, kept string) {
	m.mu.RLock()
	id, ok := m.words[w]
	if ok {
		w = m.terms[id]
	}
	m.mu.RUnlock()
	if ok {
		return id, w
	}
	w = strings.Clone(w) // lets go of the text around it
	m.mu.Lock()
	defer m.mu.Unlock()
	id = number(m, m.words, w, w)
	return id, m.terms[id]
}

// number gives the number of a term, a new one where it has none.
func number[K comparable](m *Memory, known map[K]uint32, key K, name string) uint32 {
	id, ok := known[key]
	if !ok {
		id = uint32(len(m.terms))
		known[key] = id
		m.terms = append(m.terms, name)
	}
	return id
}

// known gives the terms of a text that was read before.
func (m *Memory) known(d *model.Doc) (list []entry, ok bool) {
	m.mu.RLock()
	list, ok = m.texts[d]
	load, count := m.packed[d], len(m.terms)
	m.mu.RUnlock()
	if ok || load == nil {
		return list, ok
	}
	room, _ := m.rooms.Get().(*[]byte)
	if room == nil {
		room = new([]byte)
	}
	defer m.rooms.Put(room)
	*room = load(*room)
	if list, ok = unpack(*room, count); ok {
		m.mu.Lock()
		m.texts[d] = list
		delete(m.packed, d)
		m.mu.Unlock()
	}
	return list, ok
}

// text gives the terms of a text of a record.
func (m *Memory) text(d *model.Doc, c *collector) []entry {
	if list, ok := m.known(d); ok {
		return list
	}
	c.add(d.Title, inTitle)
	c.add(d.Summary, inSummary)
	for _, h := range d.Body.Headings {
		c.add(h.Text, inSummary)
	}
	c.add(d.Body.Text(), inBody)
	out := c.take()
	m.mu.Lock()
	m.texts[d] = out
	m.mu.Unlock()
	return out
}

// Collect reads the terms of texts of records before they are asked for.
func (m *Memory) Collect(docs []*model.Doc) {
	c := newCollector(m)
	for _, d := range docs {
		m.text(d, c)
	}
}

// prune lets go of texts that the site no longer has, once they outnumber
// those that it has.
func (m *Memory) prune(s *site.Site) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.texts) <= 2*len(s.All())*len(s.Langs())+64 {
		return
	}
	kept, packed := map[*model.Doc][]entry{}, map[*model.Doc]func([]byte) []byte{}
	for _, r := range s.All() {
		for _, d := range r.Docs {
			if list, ok := m.texts[d]; ok {
				kept[d] = list
			} else if load, ok := m.packed[d]; ok {
				packed[d] = load
			}
		}
	}
	m.texts, m.packed, m.earlier = kept, packed, map[*model.Doc]*model.Doc{}
}
