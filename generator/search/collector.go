package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// collector gathers the terms of one document after the other. It is for one
// goroutine. It remembers the numbers of all terms that it met, so that a term
// costs one look into a table, and only new ones ask the memory.
type collector struct {
	memory *Memory
	grams  gramTable
	words  map[string]uint32 // as they were met
	round  uint32            // of the document, from 1
	marks  []uint32          // by number of term: the last round that met it, and in the two lowest bits the best field
	used   []uint32          // numbers of the terms of the document
}

func newCollector(m *Memory) *collector {
	return &collector{memory: m, grams: newGramTable(1 << 12), words: map[string]uint32{}, round: 1}
}

// add takes in a text; no pair of syllables goes from one line to the next.
func (c *collector) add(text string, f field) {
	for text != "" {
		n := c.quick(text, f)
		if text = text[n:]; text == "" {
			return
		}
		line, rest, _ := strings.Cut(text, "\n")
		c.folded(fold(line), f)
		text = rest
	}
}

// folded takes in a folded line.
func (c *collector) folded(line string, f field) {
	var last rune
	eachRun(line, func(r run) {
		if r.script != hangul {
			c.letters(r.text, f)
			last = 0
			return
		}
		if !r.joined {
			last = 0
		}
		last, _ = c.hangul(r.text, 0, last, f)
	})
}

// quick takes in lines as folded does, and gives where the first line begins
// that it must leave to it: one with a character that folding may change. What
// it took in of that one stands in the folded line too.
func (c *collector) quick(text string, f field) (done int) {
	var last rune // of the Hangul before, where only white space stands between
	for i := 0; i < len(text); {
		b := text[i]
		if b == ' ' {
			i++
			continue
		}
		if b >= utf8.RuneSelf && syllableAt(text, i) != 0 {
			last, i = c.hangul(text, i, last, f)
			continue
		}
		end, kind := runEnd(text, i)
		switch {
		case end < 0:
			return done
		case kind != apart:
			c.letters(text[i:end], f)
			last = 0
		case b == '\n':
			done, last = end, 0
		case b >= utf8.RuneSelf || !unicode.IsSpace(rune(b)):
			if r, _ := utf8.DecodeRuneInString(text[i:]); !unicode.IsSpace(r) {
				last = 0
			}
		}
		i = end
	}
	return len(text)
}

// runEnd gives the end of the run that begins at byte i, or of one character
// that is apart; below 0 where a character comes that folding may change.
func runEnd(text string, i int) (end int, kind script) {
	if kind = ascii[text[i]]; kind == apart {
		return i + 1, apart
	}
	for i < len(text) {
		b := text[i]
		if b < utf8.RuneSelf {
			if kind == wide || ascii[b] != kind {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !settled(r) {
			return -1, apart
		}
		now := scriptOf(r)
		if kind == wide { // the first
			if kind = now; now == apart {
				return i + size, apart
			}
		} else if now != kind {
			break
		}
		i += size
	}
	return i, kind
}

// hangul takes in the run of Hangul that begins at byte i of a text, and the
// pair that it makes with the syllable before it (0: none). It gives the last
// syllable of the run and its end.
func (c *collector) hangul(text string, i int, before rune, f field) (last rune, end int) {
	first := syllableAt(text, i)
	if before != 0 {
		c.gram(pair(before, first), f)
	}
	last, end = first, i+hangulSize
	for end+2 < len(text) {
		r := joinSyllable(text[end], text[end+1], text[end+2])
		if r == 0 {
			break
		}
		c.gram(pair(last, r), f)
		last, end = r, end+hangulSize
	}
	if rest := text[i+hangulSize : end]; rest == "" || attached(rest) { // one syllable alone, or with what is attached to it
		c.gram(pair(0, first), f)
	}
	return last, end
}

func (c *collector) gram(g gram, f field) {
	id, ok := c.grams.get(g)
	if !ok {
		id = c.memory.gram(g)
		c.grams.put(g, id)
	}
	c.mark(id, f)
}

// letters takes in a word, whose letters of ASCII may be upper case.
func (c *collector) letters(text string, f field) {
	if len(text) > maxWord {
		text = cut(text)
	}
	id, ok := c.words[text] // most are lower case
	if !ok {
		id = c.lower(text)
	}
	c.mark(id, f)
}

// lower gives the number of a word that was not met in this form.
func (c *collector) lower(text string) uint32 {
	id, word := c.memory.word(strings.ToLower(text))
	c.words[word] = id
	if word != text {
		c.words[strings.Clone(text)] = id
	}
	return id
}

// mark notes that a term stands in a field of the document.
func (c *collector) mark(id uint32, f field) {
	for int(id) >= len(c.marks) {
		c.marks = append(c.marks, make([]uint32, len(c.marks)+1024)...)
	}
	mark, old := c.round<<2|uint32(f), c.marks[id]
	if old>>2 != c.round {
		c.used = append(c.used, id)
	} else if old >= mark {
		return
	}
	c.marks[id] = mark
}

// take gives the terms of the document and begins another one.
func (c *collector) take() []entry {
	out := make([]entry, len(c.used))
	for i, id := range c.used {
		out[i] = entry(id<<2 | c.marks[id]&3)
	}
	c.used = c.used[:0]
	c.round++
	return out
}

// gramTable is the numbers of grams. It is a plain open hash table: Korean
// texts ask for a gram with every syllable, and the maps of the language cost
// several times as much.
type gramTable struct {
	slots []gramSlot
	count int
}

type gramSlot struct {
	key gram // plus one; 0: free
	id  uint32
}

// newGramTable makes a table of a size that is a power of two.
func newGramTable(size int) gramTable { return gramTable{slots: make([]gramSlot, size)} }

// find gives the slot of a gram, or the free one where it belongs.
func (t *gramTable) find(g gram) *gramSlot {
	mask := uint32(len(t.slots) - 1)
	for i := uint32(g) * 2654435761 >> 7 & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.key == g+1 || s.key == 0 {
			return s
		}
	}
}

func (t *gramTable) get(g gram) (id uint32, ok bool) {
	s := t.find(g)
	return s.id, s.key != 0
}

// put adds a gram that the table does not have.
func (t *gramTable) put(g gram, id uint32) {
	if t.count++; 2*t.count > len(t.slots) {
		old := t.slots
		t.slots = make([]gramSlot, 2*len(old))
		for _, s := range old {
			if s.key != 0 {
				*t.find(s.key - 1) = s
			}
		}
	}
	*t.find(g) = gramSlot{g + 1, id}
}
