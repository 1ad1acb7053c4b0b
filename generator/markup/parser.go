package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser puts the parser together: CommonMark, tables, footnotes,
// definition lists, task lists, and own parsers for emphasis beside Korean, for
// strikethrough, callouts and heading ids.
//
// Left out on purpose: bare addresses as links (they would make live links of
// scam addresses), the typographer (it curls quotes before particles the wrong
// way), joining of East Asian lines (Korean needs the space), attributes.
func newParser() parser.Parser {
	return parserOf(parser.WithInlineParsers(util.Prioritized(newInlineLoop(inlineParsers()...), 0)))
}

func parserOf(inlines parser.Option) parser.Parser {
	return parser.NewParser(
		inlines,
		parser.WithBlockParsers(
			util.Prioritized(headingParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(fenceParser{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
			util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(calloutTransformer{}, 50),
			util.Prioritized(definitionTransformer{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(unusedNotes{}, 998), // before the unused ones are dropped
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// inlineParsers are the parsers of what stands in text, in the order in which
// they are asked.
func inlineParsers() []parser.InlineParser {
	return []parser.InlineParser{
		extension.NewTaskCheckBoxParser(),
		parser.NewCodeSpanParser(),
		noteParser{extension.NewFootnoteParser()},
		linkParser{parser.NewLinkParser()},
		parser.NewAutoLinkParser(),
		parser.NewRawHTMLParser(),
		emphasisParser{},
		strikeParser{},
	}
}

// fenceParser is the stock parser of fenced code; it notes which fences have
// their closing line, which the tree does not say.
type fenceParser struct{ parser.BlockParser }

// Continue closes a fence only at its closing line; the end of the text or of
// the surrounding block closes it without asking.
func (f fenceParser) Continue(n ast.Node, r text.Reader, pc parser.Context) parser.State {
	state := f.BlockParser.Continue(n, r, pc)
	if block, ok := n.(*ast.FencedCodeBlock); ok && state&parser.Close != 0 {
		put(&pageOf(pc).closed, block, true)
	}
	return state
}

// definitionTransformer is the stock transformer that takes definitions of links
// off the beginning of a paragraph, which then begins with a bracket.
type definitionTransformer struct{ parser.ParagraphTransformer }

func (d definitionTransformer) Transform(n *ast.Paragraph, r text.Reader, pc parser.Context) {
	for _, s := range n.Lines().Sliced(0, n.Lines().Len()) {
		if line := bytes.TrimLeft(r.Source()[s.Start:s.Stop], " \t\n\v\f\r"); len(line) > 0 {
			if line[0] == '[' {
				d.ParagraphTransformer.Transform(n, r, pc)
			}
			return
		}
	}
	d.ParagraphTransformer.Transform(n, r, pc)
}

// linkParser is the stock parser of links; it notes where the destination of
// an inline link stands, which the tree does not say. Links that are plain it
// reads itself, with nodes of the page.
type linkParser struct{ parser.InlineParser }

// Parse reads a plain link as a whole, else an opening bracket, or on from the
// bracket that closes a link's text to the destination.
func (l linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p := pageOf(pc)
	source, segment := block.PeekLine()
	if source[0] != ']' {
		if !p.bracket {
			if label, end := plainLink(source); end > 0 && segment.Padding == 0 {
				block.Advance(end)
				return p.plainLink(source[label+len("]("):end-1], segment.Start, label)
			}
		}
		p.bracket = true
		return l.InlineParser.Parse(parent, block, pc)
	}
	line, start := block.Position()
	n := l.InlineParser.Parse(parent, block, pc)
	var ref *ast.ReferenceLink
	switch n := n.(type) {
	case *ast.Link:
		ref = n.Reference
	case *ast.Image:
		ref = n.Reference
	default:
		return n
	}
	if ref != nil {
		return n
	}
	endLine, end := block.Position()
	block.SetPosition(line, start)
	block.Advance(len("]("))
	put(&p.dests, n, skipToDest(block))
	block.SetPosition(endLine, end)
	return n
}

// CloseBlock lets the stock parser clean up after a block.
func (l linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	pageOf(pc).bracket = false
	if c, ok := l.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// plainLink reports where the label of a link at the beginning of a line ends,
// and where the link does, if nothing in them means more than itself: no markup
// and no brackets in the label, no title, no brackets, escapes or white space
// about the destination. Else end is 0.
func plainLink(line []byte) (label, end int) {
	if line[0] != '[' {
		return 0, 0
	}
	label = 1
	for label < len(line) && !endsLabel[line[label]] {
		label++
	}
	if label == 1 || !bytes.HasPrefix(line[label:], []byte("](")) {
		return 0, 0
	}
	begin := label + len("](")
	for end = begin; end < len(line) && !endsDest[line[end]]; end++ {
	}
	if end == begin || end == len(line) || line[end] != ')' {
		return 0, 0
	}
	return label, end + 1
}

// Bytes at which a plain label and a plain destination end.
var endsLabel, endsDest = func() (label, dest [256]bool) {
	for c := range byte(0x80) {
		label[c] = c < ' ' || util.IsPunct(c)
		dest[c] = c <= ' ' || c == 0x7f
	}
	for _, c := range []byte("\"#$%&'(),-./:;=?@") {
		label[c] = false // no parser begins there
	}
	for _, c := range []byte("()<>\\") {
		dest[c] = true
	}
	return label, dest
}()

// plainLink makes the link that begins at start, with a label that is all text.
func (p *page) plainLink(dest []byte, start, label int) *ast.Link {
	n := p.nodes.links.take()
	n.SetPos(start)
	n.AppendChild(n, p.nodes.text(text.NewSegment(start+1, start+label)))
	n.Destination = dest
	put(&p.dests, ast.Node(n), start+label+len("]("))
	return n
}

// skipToDest goes over white space and an opening angle bracket and gives the
// offset of the destination.
func skipToDest(block text.Reader) int {
	block.SkipSpaces()
	if block.Peek() == '<' {
		block.Advance(1)
	}
	_, at := block.Position()
	return at.Start
}
