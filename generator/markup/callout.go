package markup

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// calloutMark is the first line of a callout: > [!WARNING] and a title.
var calloutMark = regexp.MustCompile(`^[ \t]*\[!([^\s\[\]]+)\][ \t]*`)

// kindCalloutTitle is the kind of calloutTitle.
var kindCalloutTitle = ast.NewNodeKind("CalloutTitle")

// calloutTitle is the title of a callout; its lines hold what stands after the
// mark, which may be nothing.
type calloutTitle struct{ ast.BaseBlock }

func (*calloutTitle) Kind() ast.NodeKind { return kindCalloutTitle }

func (t *calloutTitle) Dump(src []byte, level int) { ast.DumpHelper(t, src, level, nil, nil) }

// calloutTransformer turns a blockquote that begins with a mark into a callout.
// It works on the lines, before inline parsing, so that the title may hold
// emphasis and links.
type calloutTransformer struct{}

func (calloutTransformer) Transform(n *ast.Paragraph, r text.Reader, pc parser.Context) {
	quote, ok := n.Parent().(*ast.Blockquote)
	if !ok || n.PreviousSibling() != nil || n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	line := r.Source()[first.Start:first.Stop]
	if !bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("[!")) {
		return
	}
	m := calloutMark.FindSubmatchIndex(line)
	if m == nil {
		return
	}
	p := pageOf(pc)
	word := string(line[m[2]:m[3]])
	if !slices.Contains(calloutKinds[:], strings.ToLower(word)) {
		p.report(first.Start+m[2], first.Start+m[3], diag.UnknownCallout,
			"callout %q is not one of %s", word, strings.ToUpper(strings.Join(calloutKinds[:], ", ")))
		return
	}
	put(&p.kinds, quote, strings.ToLower(word))

	title := new(calloutTitle)
	segment := text.NewSegment(first.Start+m[1], first.Stop)
	segment = segment.TrimRightSpace(r.Source())
	title.SetPos(first.Start)
	if !segment.IsEmpty() {
		title.Lines().Append(segment)
	}
	quote.InsertBefore(quote, n, title)
	n.Lines().SetSliced(1, n.Lines().Len())
	if n.Lines().Len() == 0 {
		quote.RemoveChild(quote, n)
	}
}

// callout writes a callout. The name of its kind always stands in words.
func (p *page) callout(n *ast.Blockquote, kind string) {
	p.raw(`<div class="callout callout-`, kind, "\">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if title, ok := c.(*calloutTitle); ok {
			name := p.labels.callouts[slices.Index(calloutKinds[:], kind)]
			p.raw(`<p class="callout-title">`)
			p.text([]byte(name))
			if title.HasChildren() {
				p.text([]byte(": "))
				p.inlines(title)
			}
			p.raw("</p>\n")
			p.plain.line()
			continue
		}
		p.block(c)
	}
	p.raw("</div>\n")
}
