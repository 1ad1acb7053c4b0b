package feed

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"bongsu/generator/quote"
)

// legal reports whether XML 1.0 section 2.2 allows a character.
func legal(r rune) bool {
	return r >= ' ' && r != 0xfffe && r != 0xffff || r == '\t' || r == '\n' || r == '\r'
}

// stops marks the bytes at which a text needs a look.
type stops [256]bool

// stopsAt marks controls, but for tab and line feed, the first byte of U+FFFE
// and U+FFFF, and the given characters, which are among those that looks finds.
func stopsAt(chars string) *stops {
	var t stops
	for c := range ' ' {
		t[c] = c != '\t' && c != '\n'
	}
	t[0xef] = true
	for i := range len(chars) {
		t[chars[i]] = true
	}
	return &t
}

// before gives how many bytes of a text come before the first character that is
// marked, or that XML cannot hold.
func (t *stops) before(s string) int {
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			found := looks(quote.Word(s[i:]))
			if found == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(found) / 8
		}
		if c := s[i]; t[c] && (c != 0xef || strings.HasPrefix(s[i:], "\ufffe") || strings.HasPrefix(s[i:], "\uffff")) {
			return i
		}
		i++
	}
	return len(s)
}

// looks finds the first of eight bytes that may be marked: a control, one of
// & < > ", or 0xef. The lowest bit that it gives is the highest of that byte; 0:
// there is none. A byte less than n is the one that borrows when n is taken off.
// < and > differ in one bit alone, and so do & and ".
func looks(w uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	angle, other, last := (w|ones*('<'^'>'))^ones*('<'|'>'), (w|ones*('&'^'"'))^ones*('&'|'"'), w^ones*0xef
	return ((w-ones*' ')&^w | (angle-ones)&^angle | (other-ones)&^other | (last-ones)&^last) & tops
}

// clean replaces what XML cannot hold by U+FFFD.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if legal(r) {
			return r
		}
		return utf8.RuneError
	}, s)
}

// line makes a text one clean line.
func line(s string) string {
	if isLine(s) {
		return strings.TrimSuffix(s, " ")
	}
	return strings.Join(strings.Fields(clean(s)), " ")
}

// isLine reports whether a text is clean and one line, but for a space at its
// end.
func isLine(s string) bool {
	around := true // a space, or the beginning
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == ' ' && around:
			return false
		case c >= ' ' && c < utf8.RuneSelf:
			around = c == ' '
			i++
			continue
		// Hangul and most other characters of three bytes, without decoding.
		case c >= 0xe4 && c <= 0xec && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80:
			i += 3
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || !legal(r) || unicode.IsSpace(r) {
				return false
			}
			i += size
		}
		around = false
	}
	return true
}
