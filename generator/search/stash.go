package search

import (
	"encoding/binary"

	"bongsu/generator/model"
	"bongsu/generator/stash"
)

// Count is how many terms the memory has numbered.
func (m *Memory) Count() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.terms)
}

// WriteTerms writes the terms from a number on, and ReadTerms numbers them
// again in a memory that has the terms before them.
func (m *Memory) WriteTerms(w *stash.Writer, from int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	w.Len(len(m.terms) - from)
	for _, t := range m.terms[from:] {
		w.String(t)
	}
}

// ReadTerms reads what WriteTerms wrote.
func (m *Memory) ReadTerms(r *stash.Reader) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for range r.Len() {
		t := r.String()
		if g, ok := gramOf(t); ok {
			m.grams[g] = uint32(len(m.terms))
		} else {
			m.words[t] = uint32(len(m.terms))
		}
		m.terms = append(m.terms, t)
	}
}

// gramOf gives the gram that a term is; ok is false for a word.
func gramOf(term string) (g gram, ok bool) {
	first := syllableAt(term, 0)
	switch {
	case first == 0:
		return 0, false
	case len(term) == hangulSize:
		return pair(0, first), true
	}
	return pair(first, syllableAt(term, hangulSize)), true
}

// Pack appends the terms of a text by their numbers; nothing where they are not
// known.
func (m *Memory) Pack(to []byte, d *model.Doc) []byte {
	list, _ := m.known(d)
	for _, e := range list {
		to = binary.LittleEndian.AppendUint32(to, uint32(e))
	}
	return to
}

// entrySize is how many bytes an entry takes.
const entrySize = 4

// Restore takes in a text in a memory that has the terms: load gives what Pack
// gave of it, once somebody asks for it, or nil, in the room that it is given if
// that is enough. After an edit most are not asked for.
func (m *Memory) Restore(d *model.Doc, load func(room []byte) []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.packed[d] = load
}

// unpack gives the terms of a restored text; ok is false where there are none,
// or one is not among the first count.
func unpack(packed []byte, count int) (list []entry, ok bool) {
	if len(packed) == 0 || len(packed)%entrySize != 0 {
		return nil, false
	}
	list = make([]entry, len(packed)/entrySize)
	for i := range list {
		list[i] = entry(binary.LittleEndian.Uint32(packed[i*entrySize:]))
		if int(list[i]>>2) >= count {
			return nil, false
		}
	}
	return list, true
}
