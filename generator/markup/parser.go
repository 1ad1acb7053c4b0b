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
// an inline link stands, which the tree does not say.
type linkParser struct{ parser.InlineParser }

// Parse reads on from the bracket that closes a link's text to the destination.
func (l linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
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
	put(&pageOf(pc).dests, n, skipToDest(block))
	block.SetPosition(endLine, end)
	return n
}

// CloseBlock lets the stock parser clean up after a block.
func (l linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := l.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
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
