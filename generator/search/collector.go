package search

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// collector gathers the terms of one document after the other. It is for one
// goroutine. It remembers all terms that it met, so that a term costs one look
// into a table, and only new ones ask the memory.
type collector struct {
	memory *Memory
	grams  table[uint32]     // by gram plus one
	short  table[uint64]     // words of up to 8 bytes of ASCII, by these
	words  map[string]*term  // all others, as they were met
	had    [1 << hadBits]had // runs of Hangul of the document
	round  uint32            // of the document, from 1
	used   []entry           // of the document, in the order in which they were met
}

// term is a term that the collector met.
type term struct {
	id    uint32 // its number
	round uint32 // of the last document that has it
	at    uint32 // where among the used ones of that document
}

// had is a run of Hangul that the document had before, and all pairs within it
// with it: texts repeat their words, and there is nothing more to do for them.
// Runs that fall onto the same place drive each other out.
type had struct {
	bytes [2]uint64
	round uint32 // of the document; 0: none
	last  uint16 // its last syllable
	field field
}

// hadBits is the size of the table of runs as a power of two: small enough to
// stay close to the processor.
const hadBits = 10

func newCollector(m *Memory) *collector {
	return &collector{
		memory: m, grams: newTable[uint32](1 << 12), short: newTable[uint64](1 << 11), words: map[string]*term{}, round: 1,
	}
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
		last, _ = c.hangul(r.text, 0, syllableAt(r.text, 0), last, f)
	})
}

// quick takes in lines as folded does, and gives where the first line begins
// that it must leave to it: one with a character that folding may change. What
// it took in of that one stands in the folded line too.
func (c *collector) quick(text string, f field) (done int) {
	var last rune // of the Hangul before, where only white space stands between
	for i := 0; i < len(text); {
		b := text[i]
		if ascii[b] == apart {
			switch i++; {
			case b == '\n':
				done, last = i, 0
			case b != ' ' && !unicode.IsSpace(rune(b)):
				last = 0
			}
			continue
		}
		if b >= utf8.RuneSelf && i+2 < len(text) {
			if first := joinSyllable(b, text[i+1], text[i+2]); first != 0 {
				last, i = c.again(text, i, first, last, f)
				continue
			}
		}
		if end := c.plain(text, i, f); end > i {
			i, last = end, 0
			continue
		}
		end, kind := runEnd(text, i)
		switch {
		case end < 0:
			return done
		case kind != apart:
			c.letters(text[i:end], f)
			last = 0
		default:
			if r, _ := utf8.DecodeRuneInString(text[i:]); !unicode.IsSpace(r) {
				last = 0
			}
		}
		i = end
	}
	return len(text)
}

// plain takes in the run of ASCII letters or digits that begins at byte i, and
// gives its end; i where there is none, or where it may go on beyond ASCII.
func (c *collector) plain(text string, i int, f field) (end int) {
	kind := ascii[text[i]]
	if kind != letter && kind != digits {
		return i
	}
	key := uint64(0)
	if end = i; kind == letter && i+longestShort <= len(text) {
		key, end = leading(eight(text, i))
		end += i
	}
	for ; end < len(text) && ascii[text[end]] == kind; end++ {
		key |= uint64(text[end]|0x20) << (8 * (end - i)) // lower case; digits have that bit anyway
	}
	switch {
	case end < len(text) && text[end] >= utf8.RuneSelf:
		return i
	case end-i > longestShort:
		c.letters(text[i:end], f)
	default:
		c.shortWord(key, text[i:end], f)
	}
	return end
}

// each is a number of which every byte is 1.
const each = 0x0101010101010101

// eight gives eight bytes of a text, the first one lowest.
func eight(text string, i int) uint64 {
	return binary.LittleEndian.Uint64([]byte(text[i : i+8]))
}

// leading gives those of eight bytes that are letters of ASCII from the first on,
// in lower case, and how many they are.
func leading(b uint64) (key uint64, n int) {
	low := b | 0x20*each
	seven := low &^ (0x80 * each)
	other := ^((seven + (0x80-'a')*each) &^ (seven + (0x7f-'z')*each) &^ b) & (0x80 * each) // a bit in each byte that is none
	n = bits.TrailingZeros64(other) / 8
	return low & (1<<(8*n) - 1), n
}

// again takes in a run of Hangul as hangul does.
func (c *collector) again(text string, i int, first, before rune, f field) (last rune, end int) {
	if i+16 > len(text) {
		return c.hangul(text, i, first, before, f)
	}
	a, b := eight(text, i), eight(text, i+8)
	n := bits.TrailingZeros64(^a&(0x80*each)) / 8 // to the first byte of ASCII
	if n < 8 {
		a, b = a&(1<<(8*n)-1), 0
	} else {
		n = bits.TrailingZeros64(^b&(0x80*each)) / 8
		b &= 1<<(8*n) - 1
		n += 8
	}
	h := &c.had[(a^bits.RotateLeft64(b, 31))*0x9e3779b97f4a7c15>>(64-hadBits)]
	if h.round == c.round && h.bytes == [2]uint64{a, b} && h.field >= f {
		if before != 0 {
			c.gram(pair(before, first), f)
		}
		return rune(h.last), i + n
	}
	if last, end = c.hangul(text, i, first, before, f); end == i+n {
		*h = had{[2]uint64{a, b}, c.round, uint16(last), f}
	}
	return last, end
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

// hangul takes in the run of Hangul that begins at byte i of a text with the
// syllable first, and the pair that it makes with the syllable before it (0:
// none). It gives the last syllable of the run and its end.
func (c *collector) hangul(text string, i int, first, before rune, f field) (last rune, end int) {
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
	s := c.grams.find(uint32(g) + 1)
	if s.key == 0 {
		s = c.grams.put(uint32(g)+1, c.memory.gram(g))
	}
	c.meet(&s.term, f)
}

// letters takes in a word, whose letters of ASCII may be upper case.
func (c *collector) letters(text string, f field) {
	if key := shortKey(text); key != 0 {
		c.shortWord(key, text, f)
		return
	}
	if len(text) > maxWord {
		text = cut(text)
	}
	t := c.words[text] // most are lower case
	if t == nil {
		t = c.lower(text)
	}
	c.meet(t, f)
}

// shortWord takes in a word of which shortKey gives key.
func (c *collector) shortWord(key uint64, text string, f field) {
	s := c.short.find(key)
	if s.key == 0 {
		id, _ := c.memory.word(strings.ToLower(text))
		s = c.short.put(key, id)
	}
	c.meet(&s.term, f)
}

// longestShort is the length in bytes up to which a word of ASCII fits into a number.
const longestShort = 8

// shortKey gives the bytes of a short word of ASCII in lower case; 0 for others.
func shortKey(text string) uint64 {
	if len(text) > longestShort {
		return 0
	}
	key, all := uint64(0), byte(0)
	for i := range len(text) {
		key |= uint64(text[i]|0x20) << (8 * i)
		all |= text[i]
	}
	if all >= utf8.RuneSelf {
		return 0
	}
	return key
}

// lower gives the term of a word that was not met in this form.
func (c *collector) lower(text string) *term {
	id, word := c.memory.word(strings.ToLower(text))
	t := c.words[word]
	if t == nil {
		t = &term{id: id}
		c.words[word] = t
	}
	if word != text {
		c.words[strings.Clone(text)] = t
	}
	return t
}

// meet notes that a term stands in a field of the document; the best field
// counts.
func (c *collector) meet(t *term, f field) {
	e := entry(t.id<<2 | uint32(f))
	if t.round != c.round {
		t.round, t.at = c.round, uint32(len(c.used))
		c.used = append(c.used, e)
	} else if f > inBody && c.used[t.at] < e {
		c.used[t.at] = e
	}
}

// take gives the terms of the document and begins another one.
func (c *collector) take() []entry {
	out := slices.Clone(c.used)
	c.used = c.used[:0]
	c.round++
	return out
}
