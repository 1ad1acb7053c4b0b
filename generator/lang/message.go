package lang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// message is one compiled entry of a catalogue.
type message struct {
	other pattern
	one   *pattern // nil where the message has no form for one
	ones  []string // the values of n that take one
	names []string // the placeholders of all forms, sorted
}

// pattern is a compiled text.
type pattern struct {
	plain string // the whole text, where parts is nil
	parts []part
}

// part is a piece of a pattern; exactly one of its fields is set.
type part struct {
	literal  string
	name     string
	particle *pair
}

// values are the arguments of one rendering: name, value pairs; or the fields
// of a moment for the date patterns, or two texts for those of lists.
type values struct {
	args  []any
	stamp *stamp
	two   *[2]string // first, second
}

// append writes the value called name; it reports false where there is none.
func (v values) append(buf []byte, name string) ([]byte, bool) {
	if v.stamp != nil {
		return v.stamp.append(buf, name)
	}
	if v.two != nil {
		switch name {
		case "first":
			return append(buf, v.two[0]...), true
		case "second":
			return append(buf, v.two[1]...), true
		}
	}
	for i := 0; i+1 < len(v.args); i += 2 {
		if s, ok := v.args[i].(string); ok && s == name {
			return appendValue(buf, v.args[i+1]), true
		}
	}
	return buf, false
}

// appendValue writes an argument. Integers are written without grouping, as
// years and codes need; [Formatter.Number] groups.
func appendValue(buf []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return append(buf, v...)
	case int:
		return strconv.AppendInt(buf, int64(v), 10)
	}
	return append(buf, fmt.Sprint(v)...)
}

// choose gives the form for the arguments.
func (m *message) choose(args []any) *pattern {
	if m.one == nil {
		return &m.other
	}
	var digits [20]byte
	n, _ := values{args: args}.append(digits[:0], "n")
	for _, one := range m.ones {
		if string(n) == one {
			return m.one
		}
	}
	return &m.other
}

// render gives the text of the pattern.
func (p *pattern) render(v values) string {
	if p.parts == nil {
		return p.plain
	}
	var stack [256]byte
	return string(p.append(stack[:0], v))
}

// append writes the text of the pattern. Particles look only at what this
// pattern wrote.
func (p *pattern) append(buf []byte, v values) []byte {
	if p.parts == nil {
		return append(buf, p.plain...)
	}
	start := len(buf)
	for i := range p.parts {
		q := &p.parts[i]
		if q.name == "" {
			buf = q.append(buf, start)
			continue
		}
		var ok bool
		if buf, ok = v.append(buf, q.name); !ok {
			buf = append(buf, missing(q.name)...)
		}
	}
	return buf
}

// append writes a part without a name into a text that began at start.
func (q *part) append(buf []byte, start int) []byte {
	if q.particle != nil {
		return append(buf, q.particle.after(buf[start:])...)
	}
	return append(buf, q.literal...)
}

// missing marks a word that is not there, so that nobody overlooks it.
func missing(name string) string { return "⟦" + name + "⟧" }

// fault is what is wrong in a message; offset and width count characters.
type fault struct {
	offset, width int
	text, hint    string
}

// compiler turns a text into a pattern.
type compiler struct {
	src     string
	allowed []string // the placeholders that exist; nil allows all
	parts   []part
	literal strings.Builder
	faults  []fault
}

// compile reads the syntax of messages and collects every fault. The names are
// the placeholders used, in order of appearance.
func compile(src string, allowed []string) (p pattern, names []string, faults []fault) {
	c := compiler{src: src, allowed: allowed}
	for i := 0; i < len(src); {
		i = c.step(i)
	}
	c.flush()
	for _, q := range c.parts {
		if q.name != "" {
			names = append(names, q.name)
		}
	}
	p.parts = c.parts
	if len(names) == 0 { // the same text always
		p = pattern{plain: p.render(values{})}
	}
	return p, names, c.faults
}

// step reads what begins at byte i and gives the byte after it.
func (c *compiler) step(i int) int {
	rest := c.src[i:]
	switch {
	case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
		c.literal.WriteByte(rest[0])
		return i + 2
	case rest[0] == '}':
		c.fault(i, 1, `"}" closes no placeholder`, `write }} for a literal brace`)
		return i + 1
	case rest[0] != '{':
		n := strings.IndexAny(rest, "{}")
		if n < 0 {
			n = len(rest)
		}
		c.literal.WriteString(rest[:n])
		return i + n
	}
	n := strings.IndexAny(rest[1:], "{}")
	if n < 0 || rest[1+n] == '{' {
		c.fault(i, 1, `"{" is not closed`, `write {{ for a literal brace, {name} for a placeholder, {은/는} for a particle`)
		return i + 1
	}
	c.placeholder(i, rest[1:1+n])
	return i + n + 2
}

// placeholder reads the inside of the braces that open at byte i.
func (c *compiler) placeholder(i int, inner string) {
	width := utf8.RuneCountInString(inner) + 2
	if a, b, ok := strings.Cut(inner, "/"); ok {
		before := c.literal.Len() > 0 || len(c.parts) > 0
		c.flush()
		if p, problem, hint := newPair(a, b); problem != "" {
			c.fault(i, width, problem, hint)
		} else if !before {
			c.fault(i, width, fmt.Sprintf("particle %q has no text before it", "{"+inner+"}"), "a particle follows the word that decides it")
		} else {
			c.parts = append(c.parts, part{particle: &p})
		}
		return
	}
	switch {
	case !isName(inner):
		c.fault(i, width, fmt.Sprintf("%q is not a placeholder; its name is lower-case letters, digits and _ without spaces", "{"+inner+"}"),
			"write {name}, {은/는}, or {{ for a literal brace")
	case c.allowed != nil && !slices.Contains(c.allowed, inner):
		hint := ""
		if near, ok := Closest(inner, c.allowed); ok {
			hint = fmt.Sprintf("did you mean {%s}?", near)
		}
		c.fault(i, width, fmt.Sprintf("placeholder %q is not allowed here; allowed: %s", inner, orNone(c.allowed)), hint)
	default:
		c.flush()
		c.parts = append(c.parts, part{name: inner})
	}
}

// flush ends the literal text so far.
func (c *compiler) flush() {
	if c.literal.Len() > 0 {
		c.parts = append(c.parts, part{literal: c.literal.String()})
		c.literal.Reset()
	}
}

func (c *compiler) fault(i, width int, text, hint string) {
	c.faults = append(c.faults, fault{utf8.RuneCountInString(c.src[:i]), width, text, hint})
}

// isName reports whether s may name a placeholder.
func isName(s string) bool {
	for i := range len(s) {
		lower := s[i] >= 'a' && s[i] <= 'z'
		if !lower && (i == 0 || s[i] != '_' && (s[i] < '0' || s[i] > '9')) {
			return false
		}
	}
	return s != ""
}
