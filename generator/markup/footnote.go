package markup

import (
	"bytes"
	"regexp"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The ids of footnotes hold a colon, which no id of a heading can.

// noteCall is a call of a footnote as written.
var noteCall = regexp.MustCompile(`^!?\[\^[^\]\[]+\]`)

// noteParser is the stock parser of calls of footnotes; it reports a call of a
// footnote that is not written, which would be shown as it stands.
type noteParser struct{ parser.InlineParser }

func (f noteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[^")) && !bytes.HasPrefix(line, []byte("![^")) {
		return nil
	}
	n := f.InlineParser.Parse(parent, block, pc)
	if n != nil {
		return n
	}
	if call := noteCall.Find(line); call != nil {
		pageOf(pc).report(segment.Start, segment.Start+len(call), diag.LoneFootnote, "footnote %q is not written", call).
			Hint = "add a line that begins with " + string(call) + ":"
	}
	return nil
}

// unusedNotes reports footnotes that nothing calls; they would be left out.
type unusedNotes struct{}

func (unusedNotes) Transform(root *ast.Document, r text.Reader, pc parser.Context) {
	if !bytes.Contains(r.Source(), []byte("[^")) {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		note, ok := n.(*extast.Footnote)
		if ok && entering && note.Index < 0 {
			pageOf(pc).report(n.Pos(), n.Pos()+len(note.Ref)+3, diag.LoneFootnote,
				"footnote %q is never called, so its text would be left out", "[^"+string(note.Ref)+"]")
		}
		return ast.WalkContinue, nil // the visitor never fails
	})
}

// noteRef gives the id of the nth call (from 0) of a footnote.
func noteRef(index, n int) string {
	id := "fnref:" + itoa(index)
	if n > 0 {
		id += ":" + itoa(n+1)
	}
	return id
}

// footnoteLink writes a call. Within a link it is a bare number.
func (p *page) footnoteLink(n *extast.FootnoteLink) {
	number := itoa(n.Index)
	if p.inLink > 0 {
		p.raw("<sup>", number, "</sup>")
		return
	}
	p.raw(`<sup class="footnote-call"><a id="`, noteRef(n.Index, n.RefIndex), `" href="#fn:`, number,
		`" role="doc-noteref" aria-label="`, p.labels.footnote, " ", number, `">`, number, "</a></sup>")
}

// footnoteBacklink writes a link from a footnote back to a call.
func (p *page) footnoteBacklink(n *extast.FootnoteBacklink) {
	which := itoa(n.Index)
	if n.RefCount > 1 {
		which += "-" + itoa(n.RefIndex+1)
	}
	if n.PreviousSibling() != nil && n.PreviousSibling().Type() == ast.TypeInline {
		p.raw(" ")
	}
	p.raw(`<a href="#`, noteRef(n.Index, n.RefIndex), `" class="footnote-back" role="doc-backlink" aria-label="`,
		p.labels.back, " ", which, `">↩`+"\ufe0e</a>") // text form of the arrow, not an emoji
}

// footnotes writes the list at the end of the body.
func (p *page) footnotes(n *extast.FootnoteList) {
	p.raw(`<section class="footnotes" role="doc-endnotes" aria-label="`, p.labels.footnotes, "\">\n<ol>\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		note, ok := c.(*extast.Footnote)
		if !ok {
			continue
		}
		p.raw(`<li id="fn:`, itoa(note.Index), "\">\n")
		b := c.FirstChild()
		for ; b != nil && b.Type() != ast.TypeInline; b = b.NextSibling() {
			p.block(b)
		}
		if b != nil { // the links back of a note that ends in a list or in code
			p.raw("<p>")
			for ; b != nil; b = b.NextSibling() {
				p.inline(b)
			}
			p.raw("</p>\n")
		}
		p.raw("</li>\n")
	}
	p.raw("</ol>\n</section>\n")
}
