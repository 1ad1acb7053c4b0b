package feed

import (
	"time"
	"unicode/utf8"
)

// The XML of this package passes through the functions of this file and no
// others: tags are constants, and values are escaped here.

const declaration = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// escapes says how characters with a meaning in XML are written.
type escapes struct{ amp, lt, gt, quote string }

var (
	// plain is for texts that hold no markup: references in hexadecimal are
	// what most readers of titles understand (FEED-04).
	plain = escapes{"&#x26;", "&#x3C;", "&#x3E;", `"`}
	// hypertext is for texts that are HTML.
	hypertext = escapes{"&amp;", "&lt;", "&gt;", `"`}
	// attribute is for values between double quotes.
	attribute = escapes{"&amp;", "&lt;", "&gt;", "&#34;"}
)

// append writes s. What XML cannot hold becomes U+FFFD.
func (x escapes) append(b []byte, s string) []byte {
	last, i := 0, 0
	if utf8.ValidString(s) { // as texts are: then only these bytes need a look
		for ; i < len(s); i++ {
			if !special[s[i]] {
				continue
			}
			if out, size := x.of(s[i:]); size > 0 {
				b = append(b, s[last:i]...)
				b = append(b, out...)
				last = i + size
				i = last - 1
			}
		}
		return append(b, s[last:]...)
	}
	for i < len(s) {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var out string
		switch {
		case r == '&':
			out = x.amp
		case r == '<':
			out = x.lt
		case r == '>':
			out = x.gt
		case r == '"':
			out = x.quote
		case r == '\r':
			out = "&#xD;" // else read back as a line feed
		case r == utf8.RuneError || !legal(r):
			out = "\ufffd"
		default:
			i += size
			continue
		}
		b = append(b, s[last:i]...)
		b = append(b, out...)
		i += size
		last = i
	}
	return append(b, s[last:]...)
}

// special marks the bytes at which a valid text may hold what needs an escape:
// controls, the four characters, and the beginning of U+FFFE and U+FFFF.
var special = func() (t [256]bool) {
	for c := range ' ' {
		t[c] = c != '\t' && c != '\n'
	}
	for _, c := range []byte("&<>\"\xef") {
		t[c] = true
	}
	return t
}()

// of gives what stands for the character at the beginning of a valid text, and
// how many bytes that has; none where it stays.
func (x escapes) of(s string) (out string, size int) {
	switch s[0] {
	case '&':
		return x.amp, 1
	case '<':
		return x.lt, 1
	case '>':
		return x.gt, 1
	case '"':
		return x.quote, 1
	case '\r':
		return "&#xD;", 1 // else read back as a line feed
	case 0xef:
		if s[1] == 0xbf && s[2] >= 0xbe {
			return "\ufffd", 3
		}
		return "", 0
	}
	return "\ufffd", 1
}

// element writes <tag>value</tag>; the tag may hold attributes already escaped.
func (x escapes) element(b []byte, tag, value string) []byte {
	name := tag
	for i := range len(tag) {
		if tag[i] == ' ' {
			name = tag[:i]
			break
		}
	}
	b = append(append(append(b, '<'), tag...), '>')
	b = x.append(b, value)
	return append(append(append(b, "</"...), name...), ">\n"...)
}

// empty writes <name k="v" …/>; attributes without a value are left out.
func empty(b []byte, name string, pairs ...string) []byte {
	b = append(append(b, '<'), name...)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b = append(append(append(b, ' '), pairs[i]...), `="`...)
			b = attribute.append(b, pairs[i+1])
			b = append(b, '"')
		}
	}
	return append(b, "/>\n"...)
}

// tagged gives a tag with one attribute, for element.
func tagged(name, key, value string) string {
	return name + " " + key + `="` + string(attribute.append(nil, value)) + `"`
}

// rfc3339 writes a time with seconds and offset (FEED-20).
func rfc3339(t time.Time) string { return t.Format("2006-01-02T15:04:05Z07:00") }

// authority gives the tag: URI prefix of an entry or feed id.
func authority(id string) string {
	colons := 0
	for i := range len(id) {
		if id[i] == ':' {
			if colons++; colons == 2 {
				return id[:i+1]
			}
		}
	}
	return ""
}

// scheme gives the tag: URI that names a scheme of codes.
func scheme(id, name string) string { return authority(id) + "schemes/" + name }
