package feed

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// legal reports whether XML 1.0 section 2.2 allows a character.
func legal(r rune) bool {
	return r >= ' ' && r != 0xfffe && r != 0xffff || r == '\t' || r == '\n' || r == '\r'
}

// clean replaces what XML cannot hold, and bytes that are not UTF-8, by U+FFFD.
func clean(s string) string {
	if utf8.ValidString(s) && !hasIllegal(s) {
		return s
	}
	for i, r := range s {
		if r == utf8.RuneError || !legal(r) {
			return s[:i] + strings.Map(func(r rune) rune {
				if legal(r) {
					return r
				}
				return utf8.RuneError
			}, s[i:])
		}
	}
	return s
}

// hasIllegal reports whether a valid text holds a character that XML cannot.
func hasIllegal(s string) bool {
	for i := range len(s) {
		if c := s[i]; special[c] && (c < ' ' && c != '\r' || c == 0xef && s[i+1] == 0xbf && s[i+2] >= 0xbd) {
			return true
		}
	}
	return false
}

// elements is the allow-list of elements in feeds, with the element that
// stands for each. What is not listed loses its tags and keeps its text.
var elements = map[atom.Atom]string{
	atom.A: "a", atom.Abbr: "abbr", atom.B: "b", atom.Blockquote: "blockquote", atom.Br: "br", atom.Code: "code",
	atom.Dd: "dd", atom.Del: "del", atom.Div: "div", atom.Dl: "dl", atom.Dt: "dt", atom.Em: "em",
	atom.H2: "h2", atom.H3: "h3", atom.H4: "h4", atom.H5: "h5", atom.H6: "h6", atom.Hr: "hr", atom.I: "i", atom.Img: "img",
	atom.Li: "li", atom.Mark: "mark", atom.Ol: "ol", atom.P: "p", atom.Pre: "pre", atom.Section: "div",
	atom.Span: "span", atom.Strong: "strong", atom.Sub: "sub", atom.Sup: "sup",
	atom.Table: "table", atom.Tbody: "tbody", atom.Td: "td", atom.Th: "th", atom.Thead: "thead", atom.Tr: "tr", atom.Ul: "ul",
}

// attributes is the allow-list of attributes. Ids go, because two entries of a
// feed may have the same; what serves the site's own pages (focus, roles, lazy
// images) goes too. No value of these can hold an address.
var attributes = map[string]bool{
	"alt": true, "class": true, "colspan": true, "lang": true, "rel": true, "rowspan": true,
	"scope": true, "start": true, "title": true,
}

// portable makes the HTML of a body fit for feeds: allowed elements and
// attributes only, and every address absolute. host is the scheme and host of
// the site, page the address of the body's own page.
func portable(body, host, page string) string {
	var b strings.Builder
	b.Grow(len(body) + len(body)/8)
	z := html.NewTokenizer(strings.NewReader(body))
	var skip atom.Atom // an element that is left out with its text
	var links []bool   // of the open a elements: written?
	for {
		switch z.Next() {
		case html.ErrorToken:
			return clean(b.String()) // the end: a string gives no other error
		case html.TextToken:
			if skip == 0 {
				escapeText(&b, string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			a := atom.Lookup(name)
			if skip == 0 && opaque[a] {
				skip = a
			}
			if tag := elements[a]; tag != "" && skip == 0 {
				ok := openTag(&b, z, tag, more, host, page)
				if a == atom.A {
					links = append(links, ok)
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			tag := elements[a]
			switch {
			case skip != 0:
				if a == skip {
					skip = 0
				}
				continue
			case tag == "" || a == atom.Br || a == atom.Hr || a == atom.Img:
				continue
			case a == atom.A:
				if len(links) == 0 {
					continue
				}
				written := links[len(links)-1]
				links = links[:len(links)-1]
				if !written {
					continue
				}
			}
			b.WriteString("</" + tag + ">")
		}
	}
}

// opaque lists the elements whose content is no text for readers.
var opaque = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Iframe: true, atom.Object: true, atom.Template: true, atom.Noscript: true,
	atom.Textarea: true, atom.Title: true, atom.Svg: true, atom.Math: true, atom.Noembed: true, atom.Noframes: true, atom.Select: true,
}

// openTag writes a start tag; an a or img whose address is refused is not
// written, and false returned.
func openTag(b *strings.Builder, z *html.Tokenizer, tag string, more bool, host, page string) bool {
	var attrs strings.Builder
	address := tag != "a" && tag != "img"
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		key, value := string(k), string(v)
		if tag == "a" && key == "href" || tag == "img" && key == "src" {
			var ok bool
			if value, ok = absolute(value, host, page); !ok || address {
				continue
			}
			address = true
		} else if !attributes[key] {
			continue
		}
		attrs.WriteString(" " + key + `="`)
		escapeText(&attrs, value)
		attrs.WriteByte('"')
	}
	if !address {
		return false
	}
	b.WriteString("<" + tag + attrs.String() + ">")
	return true
}

// absolute makes an address of a body absolute. What is neither on this site
// nor of an allowed scheme is refused.
func absolute(address, host, page string) (string, bool) {
	switch {
	case strings.HasPrefix(address, "//"), address == "", strings.HasPrefix(address, `/\`):
		return "", false
	case address[0] == '/':
		return host + address, true
	case address[0] == '#':
		return page + address, true
	}
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if len(address) > len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return address, true
		}
	}
	return "", false
}

// escapeText writes text as HTML, for elements and double-quoted attributes.
func escapeText(b *strings.Builder, s string) { _, _ = htmlEscaper.WriteString(b, s) }

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\x00", "\ufffd")
