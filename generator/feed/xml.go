package feed

import (
	"bytes"
	"time"
)

// The XML of this package passes through the functions of this file and no
// others: tags are constants, and values are escaped here.

const declaration = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// escapes says how characters with a meaning in a markup are written.
type escapes struct {
	amp, lt, gt, quote, cr string
	stops                  *stops
}

var (
	// plain is for texts that hold no markup: references in hexadecimal are
	// what most readers of titles understand (FEED-04).
	plain = escapes{"&#x26;", "&#x3C;", "&#x3E;", `"`, crXML, stopsAt("&<>")}
	// hypertext is for texts that are HTML.
	hypertext = escapes{"&amp;", "&lt;", "&gt;", `"`, crXML, stopsAt("&<>")}
	// attribute is for values between double quotes.
	attribute = escapes{"&amp;", "&lt;", "&gt;", "&#34;", crXML, stopsAt(`&<>"`)}
	// described is for plain texts that are read as HTML: escaped once as HTML
	// and once as XML.
	described = escapes{"&amp;amp;", "&amp;lt;", "&amp;gt;", "&amp;quot;", crXML, stopsAt(`&<>"`)}
	// inHTML is for texts and attributes of the HTML of an entry.
	inHTML = escapes{"&amp;", "&lt;", "&gt;", "&quot;", "\r", stopsAt(`&<>"`)}
)

const crXML = "&#xD;" // else read back as a line feed

// append writes a text. What XML cannot hold becomes U+FFFD.
func (x *escapes) append(b []byte, s string) []byte {
	for {
		n := x.stops.before(s)
		b = append(b, s[:n]...)
		if n == len(s) {
			return b
		}
		out, size := x.of(s[n:])
		b = append(b, out...)
		s = s[n+size:]
	}
}

// of gives what stands for the character at the beginning of a text, and how
// many bytes that has.
func (x *escapes) of(s string) (out string, size int) {
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
		return x.cr, 1
	case 0xef: // U+FFFE or U+FFFF
		return "\ufffd", 3
	}
	return "\ufffd", 1 // a control
}

// appendHTML writes the HTML of an entry as the text of an element, as
// hypertext does: it is made here, so that > stands at the end of a tag alone.
func appendHTML(b, html []byte) []byte {
	if bytes.IndexByte(html, '\r') >= 0 {
		return hypertext.append(b, string(html))
	}
	for {
		start := bytes.IndexByte(html, '<')
		if start < 0 {
			return appendAmp(b, html)
		}
		b = append(appendAmp(b, html[:start]), "&lt;"...)
		html = html[start+1:]
		tag, rest, _ := bytes.Cut(html, []byte{'>'})
		b = append(appendAmp(b, tag), "&gt;"...)
		html = rest
	}
}

// appendAmp writes a text in which & alone needs an escape.
func appendAmp(b, s []byte) []byte {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			return append(b, s...)
		}
		b = append(append(b, s[:i]...), "&amp;"...)
		s = s[i+1:]
	}
}

// element writes <tag>value</tag>; the tag may hold attributes already escaped.
func (x *escapes) element(b []byte, tag, value string) []byte {
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
func rfc3339(t time.Time) string { return t.Format(time.RFC3339) }

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
