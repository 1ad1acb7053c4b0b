package desk

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Change is a revision note to be added to a file. A translation carries the
// note alone: its At is zero.
type Change struct {
	At    time.Time // in the site's zone
	Note  string
	Major bool
}

func (c Change) yaml() string {
	note := "note: " + quote(c.Note)
	parts := []string{note}
	if !c.At.IsZero() {
		parts = []string{"at: " + c.At.Format("2006-01-02T15:04Z07:00"), note}
	}
	if c.Major {
		parts = append(parts, "major: true")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// AppendChange adds a change at the end of the list "changes" in the front
// matter of a Markdown file and keeps every other byte. It fails, and changes
// nothing, where it cannot tell where the list ends, or where the result does
// not read as the old file with one change more.
func AppendChange(path string, data []byte, c Change) ([]byte, error) {
	before, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	lines, eol := splitLines(data)
	out, err := insert(before, lines, eol, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; add \"- %s\" to its changes by hand", path, err, c.yaml())
	}
	after, err := parse(path, out)
	if err == nil && !extends(before, after, c) {
		err = errors.New("the list changes has an unusual form")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; add \"- %s\" to its changes by hand", path, err, c.yaml())
	}
	return out, nil
}

func parse(path string, data []byte) (source.File, error) {
	f, diags := source.ParseMarkdown(source.Raw{Path: path, Data: data})
	for _, d := range diags {
		if d.Severity == diag.Error {
			return f, d
		}
	}
	return f, nil
}

// splitLines cuts a file into lines with their ends, and tells the end that its
// lines have.
func splitLines(data []byte) (lines [][]byte, eol string) {
	lines, eol = bytes.SplitAfter(data, []byte("\n")), "\n"
	if bytes.HasSuffix(lines[0], []byte("\r\n")) {
		eol = "\r\n"
	}
	return lines, eol
}

// insert puts the change into the lines of the file.
func insert(f source.File, lines [][]byte, eol string, c Change) ([]byte, error) {
	end := f.BodyLine - 2 // index of the line --- that closes the front matter
	i := slices.IndexFunc(f.Matter.Pairs, func(p source.Pair) bool { return p.Key == "changes" })
	if i < 0 {
		return splice(lines, end, "changes:"+eol+"  - "+c.yaml()+eol), nil
	}
	p := f.Matter.Pairs[i]
	if i+1 < len(f.Matter.Pairs) {
		end = f.Matter.Pairs[i+1].Pos.Line - 1
	}
	first := p.Pos.Line - 1 // index of the line of the key
	switch {
	case p.Value.Kind == source.Null:
		return splice(lines, first+1, "  - "+c.yaml()+eol), nil
	case p.Value.Kind != source.Sequence:
		return nil, errors.New("changes is not a list")
	case flow(lines[first]) || len(p.Value.Items) == 0:
		return insertFlow(lines, first, end, c)
	}
	indent, found := "", false
	for _, l := range lines[first+1 : end] {
		if t := bytes.TrimLeft(l, " "); len(t) > 0 && t[0] == '-' {
			indent, found = string(l[:len(l)-len(t)]), true
			break
		}
	}
	if !found {
		return nil, errors.New("the items of changes do not begin with -")
	}
	for end > first+1 && outside(lines[end-1]) {
		end--
	}
	return splice(lines, end, indent+"- "+c.yaml()+eol), nil
}

// flow reports whether the value of the key on the line begins with [.
func flow(line []byte) bool {
	_, rest, _ := bytes.Cut(line, []byte(":"))
	return bytes.HasPrefix(bytes.TrimSpace(rest), []byte("["))
}

// outside reports whether a line between a list and the next key is no part of
// the list: it is blank or a comment of the next key.
func outside(line []byte) bool {
	return len(bytes.TrimSpace(line)) == 0 || line[0] == '#'
}

// splice puts a text before the line of an index.
func splice(lines [][]byte, at int, text string) []byte {
	return slices.Concat(bytes.Join(lines[:at], nil), []byte(text), bytes.Join(lines[at:], nil))
}

// insertFlow adds an item to a list in brackets, which begins on line first and
// closes before line end.
func insertFlow(lines [][]byte, first, end int, c Change) ([]byte, error) {
	head, text := bytes.Join(lines[:first], nil), bytes.Join(lines[first:end], nil)
	open := bytes.IndexByte(text, '[')
	if open < 0 {
		return nil, errors.New("the list changes has an unusual form")
	}
	depth, last := 0, open // last: the last byte that is neither space nor comment
	for i := open; i < len(text); i++ {
		switch b := text[i]; {
		case b == '"' || b == '\'':
			i += quoted(text[i:])
		case b == '#' && (text[i-1] == ' ' || text[i-1] == '\n'):
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
			continue
		case b == '[' || b == '{':
			depth++
		case b == ']' || b == '}':
			if depth--; depth == 0 {
				item := ", " + c.yaml()
				if text[last] == '[' && last == open {
					item = c.yaml()
				} else if text[last] == ',' {
					item = " " + c.yaml()
				}
				return slices.Concat(head, text[:last+1], []byte(item), text[last+1:], bytes.Join(lines[end:], nil)), nil
			}
		case b == ' ' || b == '\n' || b == '\r' || b == '\t':
			continue
		}
		last = min(i, len(text)-1)
	}
	return nil, errors.New("the list changes does not close")
}

// quoted gives the offset of the mark that closes the quotes at the beginning
// of a text.
func quoted(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\':
			i++
		case text[i] == text[0]:
			return i
		}
	}
	return len(text) - 1
}

// extends reports whether b is a with one more change.
func extends(a, b source.File, c Change) bool {
	if a.Body != b.Body {
		return false
	}
	was, is := plainly(a.Matter), plainly(b.Matter)
	old, _ := was["changes"].([]any)
	list, _ := is["changes"].([]any)
	if len(list) != len(old)+1 || len(old) > 0 && !reflect.DeepEqual(list[:len(old)], old) {
		return false
	}
	added, _ := list[len(old)].(map[string]any)
	want := map[string]any{"note": c.Note}
	if !c.At.IsZero() {
		want["at"] = c.At.Format("2006-01-02T15:04Z07:00")
	}
	if c.Major {
		want["major"] = "true"
	}
	delete(was, "changes")
	delete(is, "changes")
	return reflect.DeepEqual(added, want) && reflect.DeepEqual(was, is)
}

// plainly gives a map without positions.
func plainly(v source.Value) map[string]any {
	out := map[string]any{}
	for _, p := range v.Pairs {
		out[p.Key] = bare(p.Value)
	}
	return out
}

func bare(v source.Value) any {
	switch v.Kind {
	case source.Map:
		return plainly(v)
	case source.Sequence:
		out := []any{}
		for _, i := range v.Items {
			out = append(out, bare(i))
		}
		return out
	case source.Scalar:
		return v.Text
	}
	return nil
}
