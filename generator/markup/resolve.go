package markup

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// valueOf gives the characters that a text stands for, good until the next
// text is asked for.
func (p *page) valueOf(n *ast.Text) []byte {
	value := n.Segment.Value(p.src)
	if n.IsRaw() {
		return value
	}
	return p.resolve(value, n.Segment.Start)
}

// resolve gives value with its backslash escapes and character references
// undone, good until the next text is asked for. start is the offset of value in
// the body, or -1 where hidden characters are reported elsewhere.
func (p *page) resolve(value []byte, start int) []byte {
	if !escapes(value) {
		return value
	}
	p.scratch = p.addResolved(p.scratch[:0], value, start)
	return p.scratch
}

// escapes reports whether a text may stand for other characters.
func escapes(value []byte) bool {
	return bytes.IndexByte(value, '\\') >= 0 || bytes.IndexByte(value, '&') >= 0
}

// addResolved undoes backslash escapes and character references in one pass, so
// that nothing is resolved twice; hidden characters become U+FFFD.
func (p *page) addResolved(b, value []byte, start int) []byte {
	for i := 0; i < len(value); {
		switch c := value[i]; {
		case c == '\\' && i+1 < len(value) && util.IsPunct(value[i+1]):
			b = append(b, value[i+1])
			i += 2
		case c == '&':
			s, n := reference(value[i:])
			if strings.ContainsFunc(s, hidden) {
				s = "\ufffd"
				if start >= 0 {
					p.report(start+i, start+i+n, diag.BadCharacter, "%q stands for a hidden character", value[i:i+n]).Hint = "remove it"
				}
			}
			b = append(b, s...)
			i += n
		default:
			b = append(b, c)
			i++
		}
	}
	return b
}

// reference reads a character reference at the start of b: what it stands for
// and its length. An ampersand that begins none stands for itself.
func reference(b []byte) (string, int) {
	end := bytes.IndexByte(b[:min(len(b), 40)], ';')
	if end < 2 {
		return "&", 1
	}
	name := string(b[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "&", 1
	}
	digits, base, limit := name[1:], 10, 7
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, limit = digits[1:], 16, 6
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > limit {
		return "&", 1
	}
	if n == 0 || n > unicode.MaxRune || n >= 0xd800 && n < 0xe000 {
		n = utf8.RuneError
	}
	return string(rune(n)), end + 1
}

// hidden reports whether a character is invisible, reverses text or cannot
// stand in XML. Written as itself it was refused before; here it hides in a
// character reference. The soft hyphen is harmless.
func hidden(r rune) bool {
	switch r {
	case '\n', '\t', '\u00ad':
		return false
	case '\u115f', '\u1160', '\u3164', '\uffa0', 0xfffe, 0xffff:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// textOf gives the plain text within a node, white space collapsed, without
// marks of footnotes. It reports nothing.
func (p *page) textOf(n ast.Node) string {
	p.scratch = p.addText(p.scratch[:0], n)
	if n.Kind() == ast.KindCodeSpan {
		return string(p.scratch) // spaces in code are kept
	}
	return collapse(p.scratch)
}

func (p *page) addText(b []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(p.src)
			switch {
			case c.IsRaw():
				b = append(b, bytes.ReplaceAll(value, []byte("\n"), []byte(" "))...)
			case escapes(value):
				b = p.addResolved(b, value, -1)
			default:
				b = append(b, value...)
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, ' ')
			}
		case *ast.AutoLink:
			b = append(b, c.Label(p.src)...)
		case *extast.FootnoteLink, *extast.FootnoteBacklink, *ast.RawHTML:
		default:
			b = p.addText(b, c)
		}
	}
	return b
}
