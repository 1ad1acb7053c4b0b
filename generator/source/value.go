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
	p := yamlParser{file: file, offset: line - 1}
	if strings.TrimSpace(text) == "" {
		return Value{Kind: Map, Pos: diag.Position{File: file, Line: line, Col: 1}}, nil
	}
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
		p.diags.Add(diag.BadYAML.At(v.Pos, "values nest deeper than %d levels", maxNesting))
		return v
	}
	switch n.Kind {
	case yaml.ScalarNode:
		v.Kind, v.Text = Scalar, n.Value
		v.Quoted = n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if !v.Quoted && (n.Value == "" || n.Value == "~" || n.Value == "null") {
			v.Kind = Null
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
		p.diags.Add(diag.BadYAML.At(v.Pos, "alias %q is not allowed", "*"+n.Value).WithHint("write the value out"))
	}
	if n.Anchor != "" {
		p.diags.Add(diag.BadYAML.At(v.Pos, "anchor %q is not allowed", "&"+n.Anchor).WithHint("write the value where it is used"))
	}
	return v
}

func (p *yamlParser) pairs(n *yaml.Node, depth int) []Pair {
	pairs := make([]Pair, 0, len(n.Content)/2)
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		pos := p.pos(k)
		if k.Kind != yaml.ScalarNode {
			p.diags.Add(diag.BadYAML.At(pos, "a key must be one word"))
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
		pos := diag.Position{File: p.file, Line: max(e.Mark.Line, 1) + p.offset, Col: max(e.Mark.Column, 1)}
		d := diag.BadYAML.At(pos, "%s", e.Message)
		for _, h := range yamlHints {
			if strings.Contains(e.Message, h.message) {
				d = d.WithHint("%s", h.hint)
			}
		}
		l.Add(d)
	}
	if len(l) == 0 {
		l.Add(diag.BadYAML.At(diag.Position{File: p.file, Line: 1 + p.offset, Col: 1}, "%v", err))
	}
	return l
}

// yamlHints maps what the YAML library says to what an editor can do.
var yamlHints = []struct{ message, hint string }{
	{"mapping values are not allowed", "a text that contains a colon and a space needs quotes: title: \"…: …\""},
	{"tab character", "indent with spaces, not tabs"},
	{"unexpected end of stream", "a quote or bracket is not closed"},
	{"did not find expected ',' or ']'", "close the list with ], or put a comma between its items"},
	{"did not find expected ',' or '}'", "close the map with }, or put a comma between its items"},
	{"cannot start any token", "a text that begins with @, ` or % needs quotes"},
	{"did not find expected key", "check the indentation and the quotes of the line before"},
	{"expected single document", "a line --- inside front matter is not allowed"},
}
