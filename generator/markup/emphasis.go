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
	return scan(block, pc, &pageOf(pc).marks, 0)
}

// strikeParser reads ~~. A single ~ is a range in Korean (10~20명).
type strikeParser struct{}

func (strikeParser) Trigger() []byte { return []byte{'~'} }

func (strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	return scan(block, pc, strikes{}, 2)
}

// emphases says what a pair of * or _ makes, with nodes of the page.
type emphases struct{ nodes *nodes }

func (emphases) IsDelimiter(c byte) bool { return c == '*' || c == '_' }

func (emphases) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (e *emphases) OnMatch(n int) ast.Node {
	node := e.nodes.emphases.take()
	node.Level = n
	return node
}

// strikes says what a pair of ~~ makes.
type strikes struct{}

func (strikes) IsDelimiter(c byte) bool { return c == '~' }

func (strikes) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (strikes) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

// scan reads a run of delimiters; exactly is its only length, 0 for any.
func scan(block text.Reader, pc parser.Context, p parser.DelimiterProcessor, exactly int) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	if exactly > 0 && (n != exactly || before == rune(line[0])) {
		return nil
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	d := pageOf(pc).nodes.delimiters.take()
	d.Char, d.Length, d.OriginalLength, d.Processor = line[0], n, n, p
	flank(d, before, after)
	allow(d, before, after)
	d.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// flank tells from the characters beside a run what CommonMark lets it do
// (section 6.2).
func flank(d *parser.Delimiter, before, after rune) {
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore, punctAfter := util.IsPunctRune(before), util.IsPunctRune(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	d.CanOpen, d.CanClose = left, right
	if d.Char == '_' {
		d.CanOpen = left && (!right || punctBefore)
		d.CanClose = right && (!left || punctAfter)
	}
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
