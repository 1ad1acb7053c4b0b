// Package quote writes texts as other languages want them quoted.
//
// In: a text that is UTF-8, as all that package source reads, and bytes to append
// it to. Out: the bytes. It must not know what the text says.
package quote

import (
	"math/bits"
)

// JSON appends a text as a JSON string, byte for byte as encoding/json does
// without EscapeHTML: no file that is made with it is part of a page. It takes a
// fifth of the time, which counts where most of a file is text.
func JSON(b []byte, s string) []byte {
	return append(JSONText(append(b, '"'), s), '"')
}

// JSONText is JSON without the quotes around the text.
func JSONText[T string | []byte](b []byte, s T) []byte {
	last := 0
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			found := marks(Word(s[i:]))
			if found == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(found) / 8
		} else if !marked[s[i]] {
			i++
			continue
		}
		c := s[i]
		i++
		if c != 0xe2 {
			b = append(append(b, s[last:i-1]...), '\\', letter[c])
			if letter[c] == 'u' {
				b = append(b, '0', '0', hex[c>>4], hex[c&15])
			}
			last = i
		} else if i+1 < len(s) && s[i] == 0x80 && s[i+1]|1 == 0xa9 { // U+2028 or U+2029
			b = append(append(b, s[last:i-1]...), '\\', 'u', '2', '0', '2', hex[s[i+1]&15])
			i += 2
			last = i
		}
	}
	return append(b, s[last:]...)
}

const hex = "0123456789abcdef"

// marked are the bytes at which a text needs a look: controls, quote and
// backslash, and the first of U+2028 and U+2029, line ends in old JavaScript.
var marked = func() (t [256]bool) {
	for c := range ' ' {
		t[c] = true
	}
	t['"'], t['\\'], t[0xe2] = true, true, true
	return t
}()

// letter is what follows a backslash that stands for a marked byte: u where a
// number follows.
var letter = func() (t [0x80]byte) {
	for c := range ' ' {
		t[c] = 'u'
	}
	t['\b'], t['\f'], t['\n'], t['\r'], t['\t'], t['"'], t['\\'] = 'b', 'f', 'n', 'r', 't', '"', '\\'
	return t
}()

// Word gives the first eight bytes of a text, which has as many, as one number,
// the first lowest: to look at eight bytes at once.
func Word[T string | []byte](s T) uint64 {
	_ = s[7] // checked once
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// marks looks at eight bytes at once: the lowest bit that it gives is the
// highest of the first byte that is marked; 0: none is. A byte less than n is
// the one that borrows when n is taken off, and a byte that equals c is 0, less
// than 1, after exclusive or with c. The quote changes places with the space,
// and so is less than the byte after that, as controls are.
func marks(w uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low, backslash, line := w^ones*('"'^' '), w^ones*'\\', w^ones*0xe2
	return ((low-ones*'!')&^low | (backslash-ones)&^backslash | (line-ones)&^line) & tops
}
