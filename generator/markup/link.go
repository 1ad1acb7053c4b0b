package markup

import (
	"unicode/utf8"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// link writes a link that the allow-list lets through, else its text alone.
// Links lead away from the site without a referrer and in the same window.
func (p *page) link(n *ast.Link) {
	start, width := p.destOf(n, n.Destination, n.Reference)
	dest := string(p.resolve(n.Destination, -1))
	label := p.textOf(n)
	if label == "" {
		p.report(n.Pos(), n.Pos()+1, diag.EmptyText, "link to %s has no text", quote(dest)).
			Hint = "write what the link leads to in the square brackets"
	}
	a := p.judge(readAddress(dest), start, width)
	if a.fault == "" {
		p.found(dest, a, start, width, label, false)
	}
	if a.fault != "" || p.inLink > 0 || label == "" && !n.HasChildren() {
		p.inlines(n)
		return
	}
	p.openLink(p.hrefOf(dest, a), a, string(p.resolve(n.Title, -1)))
	p.inlines(n)
	p.closeLink()
}

// autoLink writes <https://…> or <name@host>.
func (p *page) autoLink(n *ast.AutoLink) {
	label := string(n.Label(p.src))
	start, width := n.Pos()+1, utf8.RuneCountInString(label)
	dest := string(n.URL(p.src))
	if n.AutoLinkType == ast.AutoLinkEmail {
		dest = "mailto:" + dest
	}
	a := p.judge(readAddress(dest), start, width)
	if a.fault == "" {
		p.found(dest, a, start, width, label, false)
	}
	if a.fault != "" || p.inLink > 0 {
		p.text([]byte(label))
		return
	}
	p.openLink(p.hrefOf(dest, a), a, "")
	p.text([]byte(label))
	p.closeLink()
}

// image writes an image of this site, else its alternative text.
func (p *page) image(n *ast.Image) {
	start, width := p.destOf(n, n.Destination, n.Reference)
	dest := string(p.resolve(n.Destination, -1))
	alt := p.textOf(n)
	p.checkAlt(n)
	if alt == "" {
		p.report(n.Pos(), n.Pos()+2, diag.MissingAlt, "image %s has no alternative text", quote(dest)).
			Hint = "say in the square brackets what the picture shows"
	}
	a := p.judge(readImage(dest), start, width)
	if a.fault != "" {
		p.text([]byte(alt))
		return
	}
	p.found(dest, a, start, width, alt, true)
	p.raw("<img")
	p.attr("src", p.hrefOf(dest, a))
	p.attr("alt", alt)
	if title := string(p.resolve(n.Title, -1)); title != "" {
		p.attr("title", title)
	}
	p.raw(` loading="lazy" decoding="async">`)
	p.plain.add([]byte(alt))
}

// checkAlt reports what would be wrong with alternative text if it were shown.
func (p *page) checkAlt(n ast.Node) {
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && entering {
			p.literalStars(t)
			p.valueOf(t)
		}
		return ast.WalkContinue, nil // the visitor never fails
	})
}

func (p *page) openLink(href string, a address, title string) {
	p.inLink++
	p.raw("<a")
	p.attr("href", href)
	if title != "" {
		p.attr("title", title)
	}
	if !a.internal && a.href[0] == 'h' { // http, https
		p.attr("rel", "external noreferrer")
	}
	p.raw(">")
}

func (p *page) closeLink() {
	p.inLink--
	p.raw("</a>")
}

// hrefOf gives the address to print.
func (p *page) hrefOf(dest string, a address) string {
	if a.internal && p.Options.Link != nil {
		if href, ok := p.Options.Link(dest); ok {
			return href
		}
	}
	return a.href
}

// judge reports what is wrong with an address.
func (p *page) judge(a address, start, width int) address {
	pos := p.at(start)
	switch {
	case a.fault != "":
		p.findings.Add(diag.UnsafeLink.At(pos, "%s", a.fault).WithHint("%s", a.hint).Wide(width))
	case a.plain:
		p.findings.Add(diag.HTTPLink.At(pos, "link %s is not encrypted", quote(a.href)).
			WithHint("write https:// if the site answers there").Wide(width))
	}
	return a
}

// found lists a link.
func (p *page) found(dest string, a address, start, width int, label string, image bool) {
	p.links = append(p.links, Link{
		Dest: dest, Pos: p.at(start), Width: width, Internal: a.internal, Image: image, Text: label,
	})
}

// destOf gives the offset and width in characters of a destination in the
// source: of an inline link beside its text, of a reference link in its
// definition, because that is the place to mend.
func (p *page) destOf(n ast.Node, dest []byte, ref *ast.ReferenceLink) (start, width int) {
	width = utf8.RuneCount(dest)
	if ref == nil {
		return p.dests[n], width
	}
	def := p.defs[util.ToLinkReference(ref.Value)]
	if def == nil || def.Lines().Len() == 0 {
		return n.Pos(), width
	}
	block := text.NewBlockReader(p.src, def.Lines())
	block.Advance(len("["))
	closing := text.FindClosureOptions{Nesting: false, Newline: true, Advance: true}
	if _, ok := block.FindClosure('[', ']', closing); !ok {
		return n.Pos(), width
	}
	block.Advance(len(":"))
	return skipToDest(block), width
}
