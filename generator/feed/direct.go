package feed

import "strings"

// direct is portable for HTML in the form that package markup writes: names in
// lower case, attributes after one space and between double quotes, the
// entities of inHTML alone. What stays as it is, nearly everything, it copies in
// long pieces. It gives what tokens gives, or false where anything else stands
// in the body.
func (o origin) direct(b []byte, body string) ([]byte, bool) {
	c := copier{origin: o, b: b, body: body}
	for c.at < len(body) {
		c.at += inHTML.stops.before(body[c.at:])
		if c.at == len(body) {
			break
		}
		ok := false
		switch body[c.at] {
		case '<':
			ok = c.tag()
		case '&':
			n := entity(body[c.at:])
			c.at, ok = c.at+n, n > 0
		case '"', '>':
			c.flush()
			c.b = inHTML.append(c.b, body[c.at:c.at+1])
			c.skip(c.at + 1)
			ok = true
		}
		if !ok {
			return b, false
		}
	}
	c.flush()
	return c.b, true
}

// copier is a run of direct.
type copier struct {
	origin
	b     []byte
	body  string
	from  int // what stands before in body is written, or left out
	at    int // what stands between from and here stays as it is
	links anchors
}

func (c *copier) flush() {
	c.b = append(c.b, c.body[c.from:c.at]...)
	c.from = c.at
}

// skip goes on at n without what stands before.
func (c *copier) skip(n int) { c.from, c.at = n, n }

// tag reads a tag.
func (c *copier) tag() bool {
	end := strings.IndexByte(c.body[c.at:], '>')
	if end < 0 {
		return false
	}
	tag, next := c.body[c.at+1:c.at+end], c.at+end+1
	name, attrs, more := strings.Cut(tag, " ")
	if name, ok := strings.CutPrefix(name, "/"); ok {
		return !more && c.close(name, next)
	}
	as := element(name)
	if as == "" {
		return false
	}
	if as == name && !more && as != "a" && as != "img" {
		c.at = next
		return true
	}
	return c.open(as, attrs, more, next)
}

// close reads an end tag; what follows it stands at next.
func (c *copier) close(name string, next int) bool {
	as := element(name)
	if as == "" || void(as) {
		return false
	}
	switch written := c.links.close(as); {
	case !written:
		c.flush()
		c.skip(next)
	case as != name:
		c.flush()
		c.b = append(append(append(c.b, "</"...), as...), '>')
		c.skip(next)
	default:
		c.at = next
	}
	return true
}

// open reads a start tag with attributes, as origin.open writes them.
func (c *copier) open(as, attrs string, more bool, next int) bool {
	c.flush()
	start := len(c.b)
	c.b = append(append(c.b, '<'), as...)
	address := as != "a" && as != "img"
	for more {
		key, rest, ok := strings.Cut(attrs, `="`)
		value, rest, closed := strings.Cut(rest, `"`)
		if !ok || !closed || !lower(key) || !proper(value) {
			return false
		}
		if attrs, more = strings.CutPrefix(rest, " "); rest != "" && !more {
			return false
		}
		base := ""
		if isAddress(as, key) {
			if base, ok = c.base(value); !ok || address {
				continue
			}
			address = true
		} else if !attributes[key] {
			continue
		}
		c.b = append(append(append(c.b, ' '), key...), `="`...)
		c.b = append(append(inHTML.append(c.b, base), value...), '"')
	}
	if c.links.open(as, address); address {
		c.b = append(c.b, '>')
	} else {
		c.b = c.b[:start]
	}
	c.skip(next)
	return true
}

// lower reports whether a name of an attribute is plain.
func lower(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return s != ""
}

// proper reports whether the value of an attribute is escaped as inHTML does.
func proper(s string) bool {
	for i := 0; ; {
		i += inHTML.stops.before(s[i:])
		if i == len(s) {
			return true
		}
		n := entity(s[i:])
		if n == 0 {
			return false
		}
		i += n
	}
}

// entities lists what inHTML writes.
var entities = [...]string{"&amp;", "&lt;", "&gt;", "&quot;"}

// entity gives the length of the entity at the beginning of s, 0 where none of
// entities stands there.
func entity(s string) int {
	for _, e := range entities {
		if strings.HasPrefix(s, e) {
			return len(e)
		}
	}
	return 0
}
