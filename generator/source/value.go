package source

import (
	"errors"
	"strings"
	"unicode/utf8"

	"bongsu/generator/diag"

	"go.yaml.in/yaml/v4"
)

// Kind is the form of a value.
type Kind int

const (
	// Null is a key without a value.
	Null Kind = iota
	// Scalar is one text; what it means is for the reader of the field to say.
	Scalar
	// Sequence is a list.
	Sequence
	// Map is a mapping whose keys keep their order.
	Map
)

// String gives the word that diagnostics use.
func (k Kind) String() string {
	return [...]string{"nothing", "one value", "a list", "a map"}[k]
}

// Value is a piece of YAML that keeps where it stands.
type Value struct {
	Kind   Kind
	Pos    diag.Position
	Text   string // Scalar: as written, unquoted
	Quoted bool   // Scalar: in quotes or a block, so always a text
	Items  []Value
	Pairs  []Pair
}

// Pair is a key of a Map with its value.
type Pair struct {
	Key   string
	Pos   diag.Position
	Value Value
}

// Get returns the value of a key.
func (v Value) Get(key string) (Value, bool) {
	for _, p := range v.Pairs {
		if p.Key == key {
			return p.Value, true
		}
	}
	return Value{}, false
}

// Width is the number of characters to mark for the value.
func (v Value) Width() int {
	if v.Kind != Scalar || strings.Contains(v.Text, "\n") {
		return 1
	}
	n := utf8.RuneCountInString(v.Text)
	if v.Quoted {
		n += 2
	}
	return max(n, 1)
}

// parseYAML reads one YAML document that begins at line of file. Duplicate
// keys, aliases and merge keys are diagnostics: the first is an error of the
// editor, the others hide what a field says.
func parseYAML(file string, line int, text string) (Value, diag.List) {
	if strings.TrimSpace(text) == "" {
		return Value{Kind: Map, Pos: diag.Position{File: file, Line: line, Col: 1}}, nil
	}
	if v, ok := parseSimple(file, line, text, new(room)); ok {
		return v, nil
	}
	return parseAny(file, line, text)
}

// parseAny reads whatever YAML there is.
func parseAny(file string, line int, text string) (Value, diag.List) {
	p := yamlParser{file: file, offset: line - 1}
	var node yaml.Node
	if err := yaml.Load([]byte(text), &node); err != nil {
		return Value{}, p.failure(err)
	}
	if len(node.Content) == 0 {
		return Value{Kind: Map, Pos: p.pos(&node)}, nil
	}
	v := p.value(node.Content[0], 0)
	return v, p.diags
}

type yamlParser struct {
	file   string
	offset int
	diags  diag.List
}

func (p *yamlParser) pos(n *yaml.Node) diag.Position {
	return diag.Position{File: p.file, Line: n.Line + p.offset, Col: n.Column}
}

// maxNesting bounds how deep values may nest.
const maxNesting = 12

func (p *yamlParser) value(n *yaml.Node, depth int) Value {
	v := Value{Pos: p.pos(n)}
	if depth > maxNesting {
		p.diags.Add(diag.BadYAML.At(v.Pos, "values nest deeper than %d levels", maxNesting).WithHint("no field is so deep; check the brackets"))
		return v
	}
	switch n.Kind {
	case yaml.ScalarNode:
		v.Kind, v.Text = Scalar, n.Value
		v.Quoted = n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if !v.Quoted && (n.Value == "" || n.Value == "~" || n.Value == "null") {
			v.Kind = Null
		}
		if n.Style&yaml.DoubleQuotedStyle != 0 {
			p.escapes(v)
		}
	case yaml.SequenceNode:
		v.Kind = Sequence
		v.Items = make([]Value, 0, len(n.Content))
		for _, c := range n.Content {
			v.Items = append(v.Items, p.value(c, depth+1))
		}
	case yaml.MappingNode:
		v.Kind = Map
		v.Pairs = p.pairs(n, depth)
	case yaml.AliasNode:
		v.Kind, v.Text = Scalar, "*"+n.Value // as if it had been written so
		p.diags.Add(diag.BadYAML.At(v.Pos, "alias %q is not allowed", v.Text).Wide(v.Width()).
			WithHint("write the value out; a text that begins with * needs quotes"))
	}
	if n.Anchor != "" {
		p.diags.Add(diag.BadYAML.At(v.Pos, "anchor %q is not allowed", "&"+n.Anchor).
			Wide(1 + utf8.RuneCountInString(n.Anchor)).WithHint("delete it; a text that begins with & needs quotes"))
	}
	return v
}

// escapes reports characters that a quoted text would smuggle in by an escape
// such as "\u202E".
func (p *yamlParser) escapes(v Value) {
	for _, d := range forbidden(p.file, v.Text) {
		d.Pos = v.Pos
		p.diags.Add(d.Wide(v.Width()).WithHint("delete its escape from the text in quotes"))
	}
}

func (p *yamlParser) pairs(n *yaml.Node, depth int) []Pair {
	pairs := make([]Pair, 0, len(n.Content)/2)
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		pos := p.pos(k)
		if k.Kind != yaml.ScalarNode {
			p.diags.Add(diag.BadYAML.At(pos, "the name of a field must be one word").WithHint("a text that begins with [ or { needs quotes"))
			continue
		}
		if first, ok := seen[k.Value]; ok {
			p.diags.Add(diag.DuplicateKey.At(pos, "key %q is given twice, first in line %d", k.Value, first).
				WithHint("keep one of them").Wide(utf8.RuneCountInString(k.Value)))
			continue
		}
		if k.Value == "<<" {
			p.diags.Add(diag.BadYAML.At(pos, "merge key %q is not allowed", "<<").WithHint("write the fields out"))
			continue
		}
		seen[k.Value] = pos.Line
		pairs = append(pairs, Pair{Key: k.Value, Pos: pos, Value: p.value(n.Content[i+1], depth+1)})
	}
	return pairs
}

// failure turns the library's errors into positioned diagnostics.
func (p *yamlParser) failure(err error) diag.List {
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	var found []*yaml.LoadError
	switch {
	case errors.As(err, &many):
		found = many.Errors
	case errors.As(err, &one):
		found = []*yaml.LoadError{one}
	}
	var l diag.List
	for _, e := range found {
		mark, message, hint := e.Mark, e.Message, "check the quotes, brackets and indentation of this line and the one before"
		for _, f := range yamlFaults {
			if strings.Contains(e.Message, f.says) {
				message, hint = f.message, f.hint
				if f.opened != "" && e.ContextMark.Line > 0 && e.ContextMark.Line < mark.Line {
					mark, message = e.ContextMark, f.opened
				}
				break
			}
		}
		pos := diag.Position{File: p.file, Line: max(mark.Line, 1) + p.offset, Col: max(mark.Column, 1)}
		l.Add(diag.BadYAML.At(pos, "%s", message).WithHint("%s", hint))
	}
	if len(l) == 0 {
		l.Add(diag.BadYAML.At(diag.Position{File: p.file, Line: 1 + p.offset, Col: 1}, "%v", err).WithHint("check quotes, brackets and indentation"))
	}
	return l
}

// yamlFaults puts what the YAML library says into words for an editor. opened
// is said, where something was opened on an earlier line, at that place.
var yamlFaults = []struct{ says, message, opened, hint string }{
	{"mapping values are not allowed", "a colon and a space are not allowed here", "",
		"put a text that contains them in quotes, title: \"…: …\"; or mend the indentation"},
	{"tab character", "the line is indented with a tab", "", "indent with spaces"},
	{"unexpected end of stream", "a quote is not closed", "the quote that is opened here is not closed", "add the closing quote"},
	{"did not find expected ',' or ']'", "a comma or ] is missing here", "the list that is opened here is not closed",
		"close it with ], and put a comma between its items"},
	{"did not find expected ',' or '}'", "a comma or } is missing here", "the map that is opened here is not closed",
		"close it with }, and put a comma between its items"},
	{"cannot start any token", "a text cannot begin with this character", "", "put the text in quotes"},
	{"did not find expected key", "a field is expected here", "", "check the indentation, and the quotes of the line before"},
	{"did not find expected '-' indicator", "an item of a list is expected here", "", "begin it with \"- \", as far in as the others"},
	{"could not find expected ':'", "a colon is missing after the name of a field", "", "write \"name: value\", with a space after the colon"},
	{"expected single document", "a line --- is not allowed here", "", "delete it"},
}
