package lang

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bongsu/generator/diag"

	"go.yaml.in/yaml/v4"
)

// maxDepth is the deepest nesting of a strings file, in maps.
const maxDepth = 8

// loader fills a catalogue from the nodes of one file.
type loader struct {
	*Catalog
	lines []string
	list  diag.List
}

// Load reads a strings file. file is its slash-separated name for diagnostics,
// ending in LANG.yaml; data its content, where no document at all is an empty
// catalogue. Faulty entries are reported and left out, so the catalogue is
// never nil.
func Load(file string, data []byte) (*Catalog, diag.List) {
	base := strings.TrimSuffix(strings.TrimSuffix(path.Base(file), ".yaml"), ".yml")
	l := loader{Catalog: &Catalog{lang: base, file: file, messages: map[string]*message{}, pos: map[string]diag.Position{}}}
	if tag, err := ParseTag(base); err != nil {
		l.list.Add(diag.BadFileName.At(diag.Position{File: file}, "%v", err).WithHint("name the file by its language: ko.yaml, en.yaml"))
	} else if tag != base {
		l.list.Add(diag.BadFileName.At(diag.Position{File: file}, "language tag %q is written %q", base, tag).WithHint("rename the file to %s.yaml", tag))
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !l.readable(data) {
		return l.Catalog, l.list
	}
	l.lines = strings.Split(string(data), "\n")
	l.messages, l.pos = make(map[string]*message, len(l.lines)), make(map[string]diag.Position, len(l.lines)) // most lines have one
	if root := l.parse(data); root != nil {
		l.group(root, "", 1)
	}
	return l.Catalog, l.list
}

// readable reports characters that YAML refuses without naming their place.
func (l *loader) readable(data []byte) bool {
	line, col := 1, 1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		pos := diag.Position{File: l.file, Line: line, Col: col}
		switch {
		case r == utf8.RuneError && size == 1:
			l.list.Add(diag.NotUTF8.At(pos, "byte %#02x is not UTF-8", data[i]).WithHint("save the file as UTF-8"))
			return false
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r >= 0x7f && r <= 0x9f, r == 0xfeff, r >= 0xfffe && r <= 0xffff:
			l.list.Add(diag.BadCharacter.At(pos, "character %U is not allowed", r).WithHint("remove it"))
			return false
		case r == '\r' && !bytes.HasPrefix(data[i+1:], []byte("\n")), r == 0x2028, r == 0x2029:
			// YAML would count these as lines, editors do not: places would be wrong.
			l.list.Add(diag.BadCharacter.At(pos, "line break %U is not allowed, lines end in LF or CR LF", r).WithHint("save the file with LF line ends"))
			return false
		}
		i += size
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	return true
}

// parse gives the map at the root of the file; nil where there is none.
func (l *loader) parse(data []byte) *yaml.Node {
	in, err := yaml.NewLoader(bytes.NewReader(data))
	var doc, next yaml.Node
	if err == nil {
		err = in.Load(&doc)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		l.syntax(err)
		return nil
	}
	if err := in.Load(&next); err == nil {
		l.list.Add(diag.BadYAML.At(l.at(&next), "a second document begins, one is allowed").WithHint("remove the line ---"))
	} else if !errors.Is(err, io.EOF) {
		l.syntax(err)
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" && root.Value == "" {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		l.list.Add(diag.WrongType.At(l.at(root), "the file is %s, keys with texts are expected", kindOf(root)))
		return nil
	}
	return root
}

// syntax reports what the YAML reader says.
func (l *loader) syntax(err error) {
	pos, text := diag.Position{File: l.file}, err.Error()
	var e *yaml.LoadError
	if errors.As(err, &e) {
		pos.Line, pos.Col, text = e.Mark.Line, e.Mark.Column, e.Message
	}
	l.list.Add(diag.BadYAML.At(pos, "%s", text).
		WithHint(`put quotes around a text that begins with {, [, &, * or %% or holds ": "`))
}

// group reads a map of keys; prefix ends in a dot unless it is empty.
func (l *loader) group(n *yaml.Node, prefix string, depth int) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		key := prefix + k.Value
		if !l.key(k, key) {
			continue
		}
		switch {
		case v.Kind == yaml.MappingNode && hasForms(v):
			l.plural(key, v)
		case v.Kind == yaml.MappingNode && depth == maxDepth:
			l.list.Add(diag.BadValue.At(l.at(v), "%q is nested deeper than %d maps", key, maxDepth))
		case v.Kind == yaml.MappingNode:
			l.group(v, key+".", depth+1)
		default:
			if p, names, ok := l.text(key, v); ok {
				l.messages[key] = &message{other: p, names: sortNames(names)}
			}
		}
	}
}

// key checks a key and notes its place; it reports whether it may be used.
func (l *loader) key(k *yaml.Node, key string) bool {
	pos := l.at(k)
	switch {
	case k.Kind != yaml.ScalarNode:
		l.list.Add(diag.WrongType.At(pos, "a key is %s, a word is expected", kindOf(k)))
		return false
	case !isKey(k.Value):
		l.list.Add(diag.BadValue.At(pos, "key %q is not made of ASCII letters, digits and _ - / +, with dots between its parts", k.Value))
		return false
	case slices.Contains(formNames, k.Value):
		l.list.Add(diag.BadValue.At(pos, "key %q is kept for plural forms", k.Value).WithHint("choose another word"))
		return false
	}
	if first, ok := l.pos[key]; ok {
		l.list.Add(diag.DuplicateKey.At(pos, "key %q is given twice, first on line %d", key, first.Line).
			Wide(utf8.RuneCountInString(k.Value)))
		return false
	}
	l.pos[key] = pos
	return true
}

// text reads and compiles a value; it reports false where it has a fault.
func (l *loader) text(key string, v *yaml.Node) (pattern, []string, bool) {
	if v.Kind != yaml.ScalarNode || v.ShortTag() != "!!str" {
		d := diag.WrongType.At(l.at(v), "%q is %s, a text is expected", key, kindOf(v))
		switch {
		case v.Kind == yaml.ScalarNode && v.Value == "":
			d.Pos = l.Pos(key) // an empty value stands nowhere
			d = d.WithHint(`write the text, or "" for none; a text that begins with { needs quotes`)
		case v.Kind == yaml.ScalarNode:
			d = d.WithHint("write %q with the quotes", v.Value).Wide(utf8.RuneCountInString(v.Value))
		}
		l.list.Add(d)
		return pattern{}, nil, false
	}
	if strings.HasPrefix(key, formatPrefix) && !isFormat(key) {
		d := diag.UnknownField.At(l.Pos(key), "key %q is no format", key)
		if near, ok := Closest(key, FormatKeys()); ok {
			d = d.WithHint("did you mean %q?", near)
		} else {
			d = d.WithHint("keys below %q are read by the generator; put other texts elsewhere", formatPrefix)
		}
		l.list.Add(d)
		return pattern{}, nil, false
	}
	p, names, faults := compile(NFC(v.Value), formatNames(key))
	for _, f := range faults {
		pos, width := l.at(v), 0
		if start, ok := l.inside(v); ok {
			pos.Col, width = start+f.offset, f.width
		}
		d := diag.BadValue.At(pos, "%s", f.text).Wide(width)
		d.Hint = f.hint
		l.list.Add(d)
	}
	return p, names, len(faults) == 0
}

// at gives the place of a node.
func (l *loader) at(n *yaml.Node) diag.Position {
	return diag.Position{File: l.file, Line: n.Line, Col: n.Column}
}

// inside gives the column of the first character of a text, where the file
// holds the text as it is: on one line, without escapes.
func (l *loader) inside(v *yaml.Node) (col int, ok bool) {
	col = v.Column
	if v.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		col++
	}
	if v.Line < 1 || v.Line > len(l.lines) || col < 1 {
		return 0, false
	}
	line := []rune(l.lines[v.Line-1])
	return col, col <= len(line) && strings.HasPrefix(string(line[col-1:]), v.Value)
}

// isKey reports whether k may be a key: parts of key characters between dots.
func isKey(k string) bool {
	for part := range strings.SplitSeq(k, ".") {
		if part == "" || strings.Trim(part, keyCharacters) != "" {
			return false
		}
	}
	return true
}

// keyCharacters may stand in a part of a key. Zone names need / + and -.
const keyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/+"

// kindOf names what a node is, for messages.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	switch tag := n.ShortTag(); tag {
	case "!!null":
		return "empty"
	case "!!int", "!!float":
		return fmt.Sprintf("the number %q", n.Value)
	case "!!bool":
		return fmt.Sprintf("the truth value %q", n.Value)
	case "!!str":
		return "a text"
	default:
		return fmt.Sprintf("of type %q", tag)
	}
}

// sortNames gives the names sorted and each once.
func sortNames(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
