package markup

import (
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// CommonMark refuses to close `**외교부(MOFA)**는`: marks after punctuation must
// stand before a space or punctuation, and a Korean particle is neither. The
// parsers here count a letter of a script that is written without such spaces
// as one. Text without these scripts is read exactly as CommonMark says.

// closeScripts holds the scripts whose words join what follows directly.
var closeScripts = []*unicode.RangeTable{
	unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana,
	unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar,
}

// joins reports whether emphasis may end or begin right beside the letter.
func joins(r rune) bool { return r >= 0x0e00 && unicode.In(r, closeScripts...) }

// emphasisParser reads * and _.
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	return scan(block, pc, emphasisMarks, 0)
}

// strikeParser reads ~~. A single ~ is a range in Korean (10~20명).
type strikeParser struct{}

func (strikeParser) Trigger() []byte { return []byte{'~'} }

func (strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	return scan(block, pc, strikeMarks, 2)
}

// marks says which characters are delimiters and what a pair of them makes.
type marks struct {
	chars string
	make  func(n int) ast.Node
}

var (
	emphasisMarks = &marks{"*_", func(n int) ast.Node { return ast.NewEmphasis(n) }}
	strikeMarks   = &marks{"~", func(int) ast.Node { return extast.NewStrikethrough() }}
)

func (m *marks) IsDelimiter(c byte) bool {
	return c == m.chars[0] || c == m.chars[len(m.chars)-1]
}

func (m *marks) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && opener.Processor.IsDelimiter(closer.Char)
}

func (m *marks) OnMatch(n int) ast.Node { return m.make(n) }

// scan reads a run of delimiters; exactly is its only length, 0 for any.
func scan(block text.Reader, pc parser.Context, m *marks, exactly int) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, m)
	if d == nil || exactly > 0 && (d.OriginalLength != exactly || before == rune(d.Char)) {
		return nil
	}
	after := ' '
	if d.OriginalLength < len(line) {
		after = util.ToRune(line, d.OriginalLength)
	}
	allow(d, before, after)
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// allow widens what a run may do where it touches a joining script: never after
// an opening bracket or before a closing one, where its side is plain. An
// underscore closes before such a letter, but opens only where CommonMark lets
// it, so that 보고서_최종_본 stays as it is.
func allow(d *parser.Delimiter, before, after rune) {
	if joins(after) && !util.IsSpaceRune(before) && !unicode.In(before, unicode.Ps, unicode.Pi) {
		d.CanClose = true
	}
	if joins(before) && !util.IsSpaceRune(after) && !unicode.In(after, unicode.Pe, unicode.Pf) && d.Char != '_' {
		d.CanOpen = true
	}
}
