package feed

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// element gives the element that stands in feeds for an element of a body;
// none for what is not on this list, which loses its tags and keeps its text.
func element(name string) string {
	switch name {
	case "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em",
		"h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "mark", "ol", "p", "pre",
		"span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul":
		return name
	case "section":
		return "div"
	}
	return ""
}

// void reports whether an element of the list has no end tag.
func void(name string) bool { return name == "br" || name == "hr" || name == "img" }

// attributes is the allow-list of attributes. Ids go, because two entries of a
// feed may have the same; what serves the site's own pages (focus, roles, lazy
// images) goes too. No value of these can hold an address.
var attributes = map[string]bool{
	"alt": true, "class": true, "colspan": true, "lang": true, "rel": true, "rowspan": true,
	"scope": true, "start": true, "title": true,
}

// opaque lists the elements whose content is no text for readers.
var opaque = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Iframe: true, atom.Object: true, atom.Template: true, atom.Noscript: true,
	atom.Textarea: true, atom.Title: true, atom.Svg: true, atom.Math: true, atom.Noembed: true, atom.Noframes: true, atom.Select: true,
}

// origin is where a body stands, for its addresses.
type origin struct {
	host string // scheme and host of the site
	page string // address of the page
}

// portable writes the HTML of a body as is fit for feeds: allowed elements and
// attributes only, and every address absolute.
func (o origin) portable(b []byte, body string) []byte {
	if out, ok := o.direct(b, body); ok {
		return out
	}
	return o.tokens(b, body)
}

// tokens is portable for any HTML, read as browsers do.
func (o origin) tokens(b []byte, body string) []byte {
	z := html.NewTokenizer(strings.NewReader(body))
	var skip atom.Atom // an element that is left out with its text
	var links anchors
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b // the end: a string gives no other error
		case html.TextToken:
			if skip == 0 {
				b = inHTML.append(b, string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			a := atom.Lookup(name)
			if skip == 0 && opaque[a] {
				skip = a
			}
			if tag := element(string(name)); tag != "" && skip == 0 {
				var ok bool
				b, ok = o.open(b, z, tag, more)
				links.open(tag, ok)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a, tag := atom.Lookup(name), element(string(name))
			switch {
			case skip != 0:
				if a == skip {
					skip = 0
				}
			case tag != "" && !void(tag) && links.close(tag):
				b = append(append(append(b, "</"...), tag...), '>')
			}
		}
	}
}

// anchors are the open a elements: whether they are written.
type anchors []bool

func (l *anchors) open(tag string, written bool) {
	if tag == "a" {
		*l = append(*l, written)
	}
}

// close reports whether the end of an element is to be written.
func (l *anchors) close(tag string) bool {
	if tag != "a" {
		return true
	}
	n := len(*l) - 1
	if n < 0 {
		return false
	}
	written := (*l)[n]
	*l = (*l)[:n]
	return written
}

// open writes a start tag; an a or img whose address is refused is not
// written, and false returned.
func (o origin) open(b []byte, z *html.Tokenizer, tag string, more bool) ([]byte, bool) {
	start := len(b)
	b = append(append(b, '<'), tag...)
	address := tag != "a" && tag != "img"
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		key, value := string(k), string(v)
		if isAddress(tag, key) {
			base, ok := o.base(value)
			if !ok || address {
				continue
			}
			address, value = true, base+value
		} else if !attributes[key] {
			continue
		}
		b = append(append(append(b, ' '), key...), `="`...)
		b = append(inHTML.append(b, value), '"')
	}
	if !address {
		return b[:start], false
	}
	return append(b, '>'), true
}

// isAddress reports whether an attribute of an element is its address.
func isAddress(tag, key string) bool {
	return tag == "a" && key == "href" || tag == "img" && key == "src"
}

// schemes lists what an address to another site may begin with.
var schemes = [...]string{"https://", "http://", "mailto:", "tel:"}

// base gives what makes an address of a body absolute by standing before it.
// What is neither on this site nor of an allowed scheme is refused.
func (o origin) base(address string) (base string, ok bool) {
	switch {
	case strings.HasPrefix(address, "//"), address == "", strings.HasPrefix(address, `/\`):
		return "", false
	case address[0] == '/':
		return o.host, true
	case address[0] == '#':
		return o.page, true
	}
	for _, scheme := range schemes {
		if len(address) > len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return "", true
		}
	}
	return "", false
}
