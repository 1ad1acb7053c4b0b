package markup

import (
	"bytes"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// inlines writes the text of a block.
func (p *page) inlines(n ast.Node) {
	open := map[string]int(nil) // tags that were reported and not yet closed
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if tag, ok := c.(*ast.RawHTML); ok {
			p.inlineHTML(tag, &open)
			continue
		}
		p.inline(c)
	}
}

// inline writes one piece of text. Kinds that are not listed write their
// children.
func (p *page) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		p.literalStars(n)
		value := n.Segment.Value(p.src)
		if !n.IsRaw() && escapes(value) {
			p.text(p.resolve(value, n.Segment.Start))
		} else {
			p.source(value)
		}
		switch {
		case n.HardLineBreak():
			p.raw("<br>\n")
			p.plain.space()
		case n.SoftLineBreak():
			p.raw("\n")
			p.plain.space()
		}
	case *ast.CodeSpan:
		p.raw(`<code translate="no">`)
		p.verbatim([]byte(p.textOf(n)))
		p.raw("</code>")
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		p.element(tag, n)
	case *extast.Strikethrough:
		p.element("del", n)
	case *ast.Link:
		p.link(n)
	case *ast.Image:
		p.image(n)
	case *ast.AutoLink:
		p.autoLink(n)
	case *extast.TaskCheckBox:
		p.task(n.IsChecked)
	case *extast.FootnoteLink:
		p.footnoteLink(n)
	case *extast.FootnoteBacklink:
		p.footnoteBacklink(n)
	default:
		p.inlines(n)
	}
}

func (p *page) element(tag string, n ast.Node) {
	p.raw("<", tag, ">")
	p.inlines(n)
	p.raw("</", tag, ">")
}

// task writes the mark of a task as text, not as a control that does nothing.
func (p *page) task(done bool) {
	mark, name := "☐", p.labels.open
	if done {
		mark, name = "☑", p.labels.done
	}
	p.raw(`<span class="task" role="img" aria-label="`, name, `">`, mark, "</span> ")
	p.plain.word([]byte(mark))
	p.plain.space()
}

// literalStars reports ** that stayed a character. An escaped star is meant.
func (p *page) literalStars(n *ast.Text) {
	if n.IsRaw() {
		return
	}
	start, stop := n.Segment.Start, n.Segment.Stop
	text := p.src[start:stop]
	if bytes.IndexByte(text, '*') < 0 {
		return
	}
	for i := 0; i < len(text); {
		switch {
		case text[i] == '\\':
			i += 2
		case text[i] != '*':
			i++
		default:
			run := i
			for i < len(text) && text[i] == '*' {
				i++
			}
			if i-run >= 2 {
				p.report(start+run, start+i, diag.LiteralStars, "%q would be shown as it stands, because it does not pair up", text[run:i]).
					Hint = `put ** directly before and after the words, with no space inside; to show stars write \*\*`
			}
		}
	}
}
