package markup

import (
	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// collect looks over the whole tree once before writing: headings need their
// ids before the first of them is written, links their definitions.
func (p *page) collect(root ast.Node) {
	p.collectBlocks(root)
	p.collectHeadings()
}

func (p *page) collectBlocks(parent ast.Node) {
	for c := parent.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = c.NextSibling() {
		switch n := c.(type) {
		case *ast.Heading:
			p.titles = append(p.titles, title{node: n})
		case *ast.LinkReferenceDefinition:
			if label := util.ToLinkReference(n.Label); p.defs[label] == nil {
				put(&p.defs, label, n)
			}
		case *ast.Paragraph, *ast.TextBlock:
		default:
			p.collectBlocks(n)
		}
	}
}

// blocks writes the children of a block.
func (p *page) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c)
	}
}

// block writes one block. Kinds that are not listed write nothing but their
// children, so that a new kind cannot bring HTML of its own.
func (p *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		p.heading(n)
	case *ast.Paragraph:
		p.around("<p>", n, "</p>\n")
	case *ast.TextBlock:
		p.inlines(n)
		p.plain.line()
		if n.NextSibling() != nil && n.HasChildren() {
			p.raw("\n")
		}
	case *ast.Blockquote:
		if kind, ok := p.kinds[n]; ok {
			p.callout(n, kind)
			return
		}
		p.raw("<blockquote>\n")
		p.blocks(n)
		p.raw("</blockquote>\n")
	case *ast.List:
		p.list(n)
	case *ast.ThematicBreak:
		p.raw("<hr>\n")
	case *ast.FencedCodeBlock:
		p.fence(n)
	case *ast.CodeBlock:
		p.code(p.linesOf(n), "")
	case *ast.HTMLBlock:
		p.rawHTML(n.Pos())
	case *ast.LinkReferenceDefinition:
	case *extast.Table:
		p.table(n)
	case *extast.DefinitionList:
		p.raw("<dl>\n")
		p.blocks(n)
		p.raw("</dl>\n")
	case *extast.DefinitionTerm:
		p.around("<dt>", n, "</dt>\n")
	case *extast.DefinitionDescription:
		p.item("dd", n)
	case *extast.FootnoteList:
		p.footnotes(n)
	default:
		p.blocks(n)
	}
}

// around writes a block that holds text between two tags.
func (p *page) around(start string, n ast.Node, end string) {
	p.raw(start)
	p.inlines(n)
	p.raw(end)
	p.plain.line()
}

// heading writes a heading that has text. The title of the page is the only h1.
func (p *page) heading(n *ast.Heading) {
	t := p.titleOf(n)
	if t.text == "" {
		mark := len(p.html)
		p.inlines(n) // for its findings
		p.html = p.html[:mark]
		return
	}
	level := itoa(max(n.Level, 2))
	p.raw("<h", level, ` id="`, t.id, `">`)
	p.inlines(n)
	p.raw("</h", level, ">\n")
	p.plain.line()
}

// firstYear is the least number that a list cannot begin with: it is the year
// of a Korean date (2025. 10. 16.) at the beginning of a line.
const firstYear = 1000

// list writes a list.
func (p *page) list(n *ast.List) {
	tag, start := "ul", ""
	if n.IsOrdered() {
		tag = "ol"
		if n.Start >= firstYear {
			p.report(n.Pos(), n.Pos()+len(itoa(n.Start))+1, diag.DateAsList, "a line that begins with \"%d.\" becomes a list", n.Start).
				Hint = "a date cannot begin a line: put a word before it"
		}
		if n.Start != 1 {
			start = ` start="` + itoa(n.Start) + `"`
		}
	}
	p.raw("<", tag, start, ">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.item("li", c)
	}
	p.raw("</", tag, ">\n")
}

// item writes an element that holds blocks, or one line of text.
func (p *page) item(tag string, n ast.Node) {
	p.raw("<", tag, ">")
	if c := n.FirstChild(); c != nil && c.Kind() != ast.KindTextBlock {
		p.raw("\n")
	}
	p.blocks(n)
	p.raw("</", tag, ">\n")
}

// table writes a table in a container that scrolls and can have the focus.
func (p *page) table(n *extast.Table) {
	p.raw(`<div class="table-scroll"`, p.region(p.labels.table), ">\n<table>\n")
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if row.Kind() == extast.KindTableHeader {
			p.raw("<thead>\n")
			p.row(row, true)
			p.raw("</thead>\n")
			continue
		}
		if !body {
			body = true
			p.raw("<tbody>\n")
		}
		p.row(row, false)
	}
	if body {
		p.raw("</tbody>\n")
	}
	p.raw("</table>\n</div>\n")
}

// alignments are the classes of cells; style and align attributes are blocked
// by the site's content policy or obsolete.
var alignments = map[extast.Alignment]string{
	extast.AlignLeft: ` class="left"`, extast.AlignCenter: ` class="center"`, extast.AlignRight: ` class="right"`,
}

// row writes a row; a heading cell without text is a plain cell.
func (p *page) row(n ast.Node, header bool) {
	p.raw("<tr>\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cell, ok := c.(*extast.TableCell)
		if !ok {
			continue
		}
		tag, scope := "td", ""
		if header && cell.HasChildren() {
			tag, scope = "th", ` scope="col"`
		}
		p.raw("<", tag, scope, alignments[cell.Alignment], ">")
		p.inlines(cell)
		p.raw("</", tag, ">\n")
		p.plain.space()
	}
	p.raw("</tr>\n")
	p.plain.line()
}
