package markup

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
)

// pageKey finds the page of a document in its parsing context.
var pageKey = parser.NewContextKey()

// page is the state of rendering one body.
type page struct {
	Options
	src     []byte
	lexers  *lexers
	labels  *labels
	tongue  string   // primary language of the text
	hangul  bool     // which is Korean
	marks   emphases // what pairs of * and _ make
	written int      // headings so far
	inLink  int      // depth of <a>: HTML allows only one
	bracket bool     // in the block that is parsed, one opened that is not of a plain link
	kept
}

// kept is what the parsers found, and the output so far. The room that it takes
// is used again for the next body.
type kept struct {
	starts   []int // offset of each line
	findings diag.List
	nodes    nodes

	// left by the parsers
	dests  map[ast.Node]int              // offset of the destination of an inline link
	attrs  map[*ast.Heading]attributes   // what stood in braces after a heading
	closed map[*ast.FencedCodeBlock]bool // fences that have their closing line
	kinds  map[*ast.Blockquote]string    // blockquotes that are callouts

	// found by collect
	titles []title
	defs   map[string]*ast.LinkReferenceDefinition // by normalised label
	used   map[string]bool                         // ids that are taken

	html     []byte
	plain    plainText
	scratch  []byte // text that is resolved, until it is used
	headings []Heading
	links    []Link
	regions  map[string]int // regions so far by what they are
}

// reset readies a pooled page for a body.
func (p *page) reset(src []byte, o Options, l *lexers) {
	o.Line = max(o.Line, 1)
	tongue := primary(o.Lang)
	*p = page{
		Options: o, src: src, lexers: l, labels: labelsFor(tongue), tongue: tongue, hangul: tongue == "ko",
		marks: emphases{&p.nodes}, kept: p.kept,
	}
	p.starts = append(p.starts, 0)
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		p.starts = append(p.starts, i)
	}
}

// release drops what a pooled page must not keep alive, and empties the rest.
func (p *page) release() {
	k := p.kept
	k.nodes.release()
	empty(&k.dests)
	empty(&k.attrs)
	empty(&k.closed)
	empty(&k.kinds)
	empty(&k.defs)
	empty(&k.used)
	empty(&k.regions)
	clear(k.findings)
	clear(k.titles)
	clear(k.headings)
	clear(k.links)
	k.starts, k.findings, k.titles, k.headings, k.links = k.starts[:0], k.findings[:0], k.titles[:0], k.headings[:0], k.links[:0]
	k.html, k.plain = k.html[:0], plainText{b: k.plain.b[:0]}
	*p = page{kept: k}
}

// pageOf gives the page of the document that is being parsed.
func pageOf(pc parser.Context) *page { return pc.Get(pageKey).(*page) }

// at turns an offset of the body into a position in the file.
func (p *page) at(offset int) diag.Position {
	offset = min(max(offset, 0), len(p.src))
	line := sort.SearchInts(p.starts, offset+1) - 1
	return diag.Position{
		File: p.File,
		Line: p.Line + line,
		Col:  utf8.RuneCount(p.src[p.starts[line]:offset]) + 1,
	}
}

// report adds a finding that marks the source from start to stop.
func (p *page) report(start, stop int, code diag.Code, format string, args ...any) *diag.Diagnostic {
	start, stop = min(max(start, 0), len(p.src)), min(stop, len(p.src))
	d := code.At(p.at(start), format, args...)
	if stop > start {
		marked, _, _ := bytes.Cut(p.src[start:stop], []byte("\n"))
		d = d.Wide(utf8.RuneCount(marked))
	}
	p.findings.Add(d)
	return &p.findings[len(p.findings)-1]
}

// empty empties a map; one that was large is dropped, because emptying takes as
// long as it once was large.
func empty[K comparable, V any](m *map[K]V) {
	const large = 256
	if len(*m) > large {
		*m = nil
	}
	clear(*m)
}

// put sets a key of a map that is made when first needed.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = make(map[K]V)
	}
	(*m)[k] = v
}
