package search

// table is the terms that a collector met, by what they are made of. It is a
// plain open hash table: Korean texts ask for a gram with every syllable, and the
// maps of the language cost several times as much.
type table[K uint32 | uint64] struct {
	slots []slot[K]
	count int
}

// slot is a place of the table. A term stands beside its key, so that one look
// into memory finds both.
type slot[K uint32 | uint64] struct {
	key K // 0: free
	term
}

// newTable makes a table of a size that is a power of two.
func newTable[K uint32 | uint64](size int) table[K] { return table[K]{slots: newSlots[K](size)} }

// newSlots makes slots that are free, and writes each: fresh memory that is read
// first is given by the system twice, the second time with a word to all cores.
func newSlots[K uint32 | uint64](size int) []slot[K] {
	slots := make([]slot[K], size)
	clear(slots)
	return slots
}

// find gives the slot of a key, or the free one where it belongs.
func (t *table[K]) find(key K) *slot[K] {
	mask := uint64(len(t.slots) - 1)
	for i := uint64(key) * 0x9e3779b97f4a7c15 >> 32 & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// put adds a key that the table does not have, with the number of its term.
func (t *table[K]) put(key K, id uint32) *slot[K] {
	if t.count++; 2*t.count > len(t.slots) {
		old := t.slots
		t.slots = newSlots[K](2 * len(old))
		for i := range old {
			if old[i].key != 0 {
				*t.find(old[i].key) = old[i]
			}
		}
	}
	s := t.find(key)
	*s = slot[K]{key, term{id: id}}
	return s
}
