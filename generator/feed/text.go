package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// legal reports whether XML 1.0 section 2.2 allows a character.
func legal(r rune) bool {
	return r >= ' ' && r != 0xfffe && r != 0xffff || r == '\t' || r == '\n' || r == '\r'
}

// stops marks the ASCII characters at which a text needs a look.
type stops [utf8.RuneSelf]bool

// stopsAt marks controls, but for tab and line feed, and the given characters.
func stopsAt(chars string) *stops {
	var t stops
	for c := range ' ' {
		t[c] = c != '\t' && c != '\n'
	}
	for i := range len(chars) {
		t[chars[i]] = true
	}
	return &t
}

// before gives how many bytes of s come before the first character that is
// marked, or that XML cannot hold, or that is not UTF-8.
func (t *stops) before(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if t[c] {
				return i
			}
			i++
			continue
		}
		// Hangul and most other characters of three bytes, without decoding.
		if c >= 0xe1 && c <= 0xec && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !legal(r) {
			return i
		}
		i += size
	}
	return len(s)
}

// controls marks what clean looks at.
var controls = func() *stops {
	t := stopsAt("")
	t['\r'] = false
	return t
}()

// clean replaces what XML cannot hold, and bytes that are not UTF-8, by U+FFFD.
func clean(s string) string {
	i := controls.before(s)
	if i == len(s) {
		return s
	}
	return s[:i] + strings.Map(func(r rune) rune {
		if legal(r) {
			return r
		}
		return utf8.RuneError
	}, s[i:])
}

// line makes a text one clean line.
func line(s string) string {
	s = clean(s)
	around := true // a space, or the beginning
	for _, r := range s {
		space := r <= '\u3000' && unicode.IsSpace(r) // the last space of Unicode
		if space && (around || r != ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
		around = space
	}
	return strings.TrimSuffix(s, " ")
}
