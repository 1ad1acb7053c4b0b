package lang

import (
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// plain reads the strings files that people nearly always write: keys with texts
// on one line, bare or in double quotes, or with further keys below. It gives the
// nodes that the YAML library gives, at a tenth of its cost, or nil where a file
// holds anything else: then the library reads it. TestPlain holds that.
type plain struct {
	lines []string
	next  int
}

// readPlain reads a file that is known to be readable.
func readPlain(lines []string) *yaml.Node {
	p := plain{lines: lines}
	if _, indent := p.line(); indent != 0 {
		return nil
	}
	root := p.group(0, 1)
	if root == nil || p.next < len(p.lines) {
		return nil
	}
	return root
}

// line gives the next line that holds anything, from its first character on, and
// how far it is indented; below 0 at the end of the file.
func (p *plain) line() (text string, indent int) {
	for ; p.next < len(p.lines); p.next++ {
		line := p.lines[p.next]
		text = strings.TrimLeft(line, " ")
		if text != "" && line[0] != '#' {
			return text, len(line) - len(text)
		}
	}
	return "", -1
}

// group reads the keys that are indented by indent.
func (p *plain) group(indent, depth int) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Line: p.next + 1, Column: indent + 1}
	for {
		text, in := p.line()
		if in < indent {
			return n
		}
		key, after := plainKey(text)
		if in > indent || key == nil || depth > maxDepth {
			return nil
		}
		place(key, p.next+1, indent+1)
		p.next++
		rest := strings.TrimLeft(after, " ")
		at := indent + len(text) - len(rest) + 1 // of the value: what stands before it is ASCII
		_, below := p.line()
		var value *yaml.Node
		switch {
		case rest == "" && below > indent:
			value = p.group(below, depth+1)
		case rest == "" || below > indent: // no value, or one that goes on in the next line
		case rest[0] == '{':
			value = plainFlow(rest, key.Line, at)
		default:
			value = place(plainValue(rest), key.Line, at)
		}
		if value == nil {
			return nil
		}
		n.Content = append(n.Content, key, value)
	}
}

// place gives a node its place.
func place(n *yaml.Node, line, col int) *yaml.Node {
	if n != nil {
		n.Line, n.Column = line, col
	}
	return n
}

// plainFlow reads keys and texts in braces, which begin at a column.
func plainFlow(text string, line, col int) *yaml.Node {
	n := place(&yaml.Node{Kind: yaml.MappingNode}, line, col)
	at := func(rest string) int { return col + utf8.RuneCountInString(text[:len(text)-len(rest)]) }
	for rest := text; rest != "}"; {
		rest = strings.TrimLeft(rest[1:], " ") // of the brace, or of a comma
		key, after := plainKey(rest)
		if key == nil || after == "" {
			return nil
		}
		place(key, line, at(rest))
		rest = strings.TrimLeft(after, " ")
		end := strings.IndexAny(rest, ",}")
		if strings.HasPrefix(rest, `"`) {
			end = 2 + strings.IndexByte(rest[1:], '"')
		}
		if end < 1 || end >= len(rest) || rest[end] != ',' && rest[end:] != "}" {
			return nil
		}
		value := place(plainValue(rest[:end]), line, at(rest))
		if value == nil || value.Style == 0 && strings.ContainsAny(value.Value, "[]{}") {
			return nil
		}
		n.Content = append(n.Content, key, value)
		rest = rest[end:]
	}
	return n
}

// plainKey gives the key that a line begins with, without its place, and what
// stands behind its colon; nil where it is not a word.
func plainKey(text string) (key *yaml.Node, after string) {
	name, after, found := strings.Cut(text, ":")
	if !found || after != "" && after[0] != ' ' {
		return nil, ""
	}
	key = &yaml.Node{Kind: yaml.ScalarNode, Value: name}
	if len(name) > 2 && name[0] == '"' && name[len(name)-1] == '"' {
		key.Style, key.Value = yaml.DoubleQuotedStyle, name[1:len(name)-1]
	}
	if key.Value == "" || strings.Trim(key.Value, keyCharacters) != "" || strings.ContainsRune("_-/+", rune(key.Value[0])) {
		return nil, ""
	}
	return key, after
}

// plainValue gives the text of the rest of a line, without its place; nil where
// it could be anything else.
func plainValue(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	switch {
	case text == "" || strings.ContainsAny(text, "\t\r") || text[len(text)-1] == ' ':
		return nil
	case len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"':
		n.Style, n.Value = yaml.DoubleQuotedStyle, text[1:len(text)-1]
		if strings.ContainsAny(n.Value, `"\`) {
			return nil
		}
	case strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`=~<.+_", rune(text[0])),
		strings.Trim(text[:1], "0123456789") == "" && strings.Trim(text, inNumbers) == "",
		strings.Contains(text, ": "), strings.Contains(text, " #"), text[len(text)-1] == ':',
		slices.Contains(noTexts, strings.ToLower(text)):
		return nil
	}
	return n
}

// inNumbers is what numbers and times are made of.
const inNumbers = "0123456789abcdefABCDEFoOxXtTzZ_-+ .,:"

// noTexts are bare words that YAML, in one version or another, takes for
// something else.
var noTexts = []string{"y", "yes", "n", "no", "true", "false", "on", "off", "null", "nan", "inf"}
