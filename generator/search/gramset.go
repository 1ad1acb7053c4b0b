package search

// gramSet is a set of grams, each with the best field in which it stands. It is
// a plain open hash table: Korean texts raise a gram for every syllable, and
// the maps of the language cost several times as much.
type gramSet struct {
	keys   []gram // plus one; 0: free
	fields []field
	used   []int32 // slots, in the order of their first use
}

// newGramSet makes a set of a size that is a power of two.
func newGramSet(size int) gramSet {
	return gramSet{keys: make([]gram, size), fields: make([]field, size)}
}

// at gives the gram of a slot.
func (s *gramSet) at(slot int32) gram { return s.keys[slot] - 1 }

// raise adds a gram, or gives it a better field.
func (s *gramSet) raise(g gram, f field) {
	mask := uint32(len(s.keys) - 1)
	for i := uint32(g) * 2654435761 >> 7 & mask; ; i = (i + 1) & mask {
		switch s.keys[i] {
		case g + 1:
			s.fields[i] = max(s.fields[i], f)
			return
		case 0:
			s.keys[i], s.fields[i] = g+1, f
			s.used = append(s.used, int32(i))
			if 2*len(s.used) > len(s.keys) {
				s.grow()
			}
			return
		}
	}
}

func (s *gramSet) grow() {
	old := *s
	*s = newGramSet(2 * len(old.keys))
	for _, i := range old.used {
		s.raise(old.at(i), old.fields[i])
	}
}

// clear empties the set and keeps its room.
func (s *gramSet) clear() {
	for _, i := range s.used {
		s.keys[i] = 0
	}
	s.used = s.used[:0]
}
