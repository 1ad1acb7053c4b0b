package search

import (
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

// WriteText writes the numbers of the terms of a text; none where they are not
// known.
func (m *Memory) WriteText(w *stash.Writer, d *model.Doc) {
	list, ok := m.known(d)
	if w.Bool(ok); !ok {
		return
	}
	w.Len(len(list) * entrySize)
	for _, e := range list {
		w.Fixed(uint32(e))
	}
}

// entrySize is how many bytes an entry takes.
const entrySize = 4

// ReadText reads what WriteText wrote, in a memory that has the terms. It is
// unpacked once somebody asks for it: after an edit most are not.
func (m *Memory) ReadText(r *stash.Reader, d *model.Doc) {
	if !r.Bool() {
		return
	}
	packed := r.String()
	m.mu.Lock()
	defer m.mu.Unlock()
	if r.Good() {
		m.packed[d] = packed
	}
}

// unpack gives the terms of a restored text; ok is false where they are not
// among the first count.
func unpack(packed string, count int) (list []entry, ok bool) {
	r := stash.NewReader(packed, "")
	list = make([]entry, len(packed)/entrySize)
	for i := range list {
		list[i] = entry(r.Fixed())
		if int(list[i]>>2) >= count {
			return nil, false
		}
	}
	return list, r.Good() && r.Rest() == 0
}
