package source

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"bongsu/generator/diag"
)

// simple reads the YAML that editors nearly always write: maps and lists in
// lines or in brackets, of words and of texts in quotes on one line. Where a
// text holds anything else, or anything that could be meant otherwise, it gives
// up, and the YAML library reads the text from the beginning. What it does read
// it reads as the library would, to the last position; TestSimple and FuzzSimple
// hold that.
type simple struct {
	file  string
	text  string
	lines []simpleLine // that are not empty, and no comment
	next  int          // the line that is read next
	room  *room        // what values are made in
}

// room is memory for the lines, and for the lists and maps of values. It is used
// for one text after the other.
type room struct {
	lines []simpleLine
	items []Value
	pairs []Pair
}

// rooms are those that nobody uses.
var rooms = sync.Pool{New: func() any { return new(room) }}

// space takes an empty slice for n values from memory, or from new memory
// where that is used up.
func space[T any](memory *[]T, n int) []T {
	m := *memory
	if len(m)+n > cap(m) {
		m = make([]T, 0, max(2*cap(m), n, 16))
	}
	*memory = m[:len(m)+n]
	return m[len(m) : len(m) : len(m)+n]
}

// simpleLine is a line without its indentation and the spaces at its end.
type simpleLine struct {
	text   string
	number int
	indent int
}

// maxPairs bounds the keys of a map that are compared with each other.
const maxPairs = 64

// simpleNesting bounds how deep blocks may nest, and brackets within them: both
// together nest less than maxNesting.
const simpleNesting = 5

// parseSimple reads a text that begins at line of file; ok is false where it
// must be read by the library. The value is good as long as the room is not used
// for another one.
func parseSimple(file string, line int, text string, r *room) (v Value, ok bool) {
	r.items, r.pairs = r.items[:0], r.pairs[:0]
	s := simple{file: file, text: text, lines: r.lines[:0], room: r}
	ok = s.split(line)
	if r.lines = s.lines; !ok || len(s.lines) == 0 {
		return Value{}, false
	}
	v, ok = s.block(s.lines[0].indent, 0)
	return v, ok && s.next == len(s.lines)
}

// split cuts the text into lines. It refuses characters that YAML treats in some
// special way anywhere.
func (s *simple) split(number int) bool {
	for rest := s.text; rest != ""; number++ {
		line, more, _ := strings.Cut(rest, "\n")
		rest = more
		trimmed := strings.TrimLeft(line, " ")
		indent := len(line) - len(trimmed)
		switch trimmed = strings.TrimRight(trimmed, " "); {
		case !common(trimmed):
			return false
		case trimmed == "":
		case trimmed[0] == '#':
		default:
			s.lines = append(s.lines, simpleLine{trimmed, number, indent})
		}
	}
	return true
}

// common reports whether a line holds visible characters and spaces alone.
func common(line string) bool {
	for _, r := range line {
		switch {
		case r >= ' ' && r < 0x7f, r >= 0xac00 && r <= 0xd7a3:
		case r < 0xa0, r == utf8.RuneError, !unicode.IsGraphic(r), unicode.IsSpace(r):
			return false
		}
	}
	return true
}

func (s *simple) at(l simpleLine, offset int) diag.Position {
	return diag.Position{File: s.file, Line: l.number, Col: l.indent + utf8.RuneCountInString(l.text[:offset]) + 1}
}

// deeper reports whether the next line is indented by more than indent.
func (s *simple) deeper(indent int) bool {
	return s.next < len(s.lines) && s.lines[s.next].indent > indent
}

// block reads a list or a map whose lines are indented by indent.
func (s *simple) block(indent, depth int) (Value, bool) {
	if depth > simpleNesting {
		return Value{}, false
	}
	if isItem(s.lines[s.next].text) {
		return s.list(indent, depth)
	}
	return s.fields(indent, depth)
}

func isItem(line string) bool { return strings.HasPrefix(line, "- ") }

// list reads lines that begin with "- ".
func (s *simple) list(indent, depth int) (Value, bool) {
	v := Value{Kind: Sequence, Pos: s.at(s.lines[s.next], 0), Items: space(&s.room.items, s.beside(indent, true))}
	for s.next < len(s.lines) {
		l := &s.lines[s.next]
		if l.indent != indent || !isItem(l.text) {
			break
		}
		item := strings.TrimLeft(l.text[1:], " ")
		from := len(l.text) - len(item)
		var one Value
		var ok bool
		if keyOf(item) != "" { // a map, whose first field stands behind the hyphen
			l.text, l.indent = item, indent+from
			one, ok = s.fields(l.indent, depth+1)
		} else {
			one, ok = s.inline(from, indent)
		}
		if !ok {
			return v, false
		}
		v.Items = append(v.Items, one)
	}
	return v, !s.deeper(indent)
}

// fields reads lines of the form "key: value".
func (s *simple) fields(indent, depth int) (Value, bool) {
	v := Value{Kind: Map, Pos: s.at(s.lines[s.next], 0), Pairs: space(&s.room.pairs, s.beside(indent, false))}
	for s.next < len(s.lines) {
		l := s.lines[s.next]
		if l.indent != indent || isItem(l.text) {
			break
		}
		pair := Pair{Key: keyOf(l.text), Pos: s.at(l, 0)}
		if _, known := v.Get(pair.Key); pair.Key == "" || known || len(v.Pairs) == maxPairs {
			return v, false
		}
		rest := strings.TrimLeft(l.text[len(pair.Key)+1:], " ")
		var ok bool
		if rest != "" {
			pair.Value, ok = s.inline(len(l.text)-len(rest), indent)
		} else if s.next++; s.deeper(indent) {
			pair.Value, ok = s.block(s.lines[s.next].indent, depth+1)
		} else if s.next < len(s.lines) && s.lines[s.next].indent == indent && isItem(s.lines[s.next].text) {
			pair.Value, ok = s.list(indent, depth+1)
		}
		if !ok {
			return v, false
		}
		v.Pairs = append(v.Pairs, pair)
	}
	return v, len(v.Pairs) > 0 && !s.deeper(indent)
}

// beside counts the lines from the next one on that are items of one list, or
// fields of one map.
func (s *simple) beside(indent int, items bool) int {
	n := 0
	for _, l := range s.lines[s.next:] {
		if l.indent < indent || n == maxPairs {
			break
		}
		if l.indent == indent && isItem(l.text) == items {
			n++
		}
	}
	return n
}

// keyOf gives the name of a field that a line begins with, or nothing.
func keyOf(line string) string {
	i := 0
	for i < len(line) && (letter(line[i]) || i > 0 && (digit(line[i]) || line[i] == '-' || line[i] == '_')) {
		i++
	}
	if i == len(line) || line[i] != ':' || i+1 < len(line) && line[i+1] != ' ' {
		return ""
	}
	return line[:i]
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// inline reads a value that stands from an offset to the end of the line, or to
// a comment, and does not go on in the lines below.
func (s *simple) inline(from, indent int) (Value, bool) {
	l := s.lines[s.next]
	s.next++
	if s.deeper(indent) {
		return Value{}, false
	}
	f := flow{simple: s, line: l, at: from}
	v, ok := f.value(0)
	rest := l.text[f.at:]
	return v, ok && (rest == "" || rest[0] == ' ' && strings.HasPrefix(strings.TrimLeft(rest, " "), "#"))
}
