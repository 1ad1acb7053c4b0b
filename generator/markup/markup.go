// Package markup turns the Markdown body of a record into safe HTML.
//
// In: the bytes of one body, the place where it begins in its file, and a pure
// function that resolves internal addresses. Out: HTML made of an allow-list of
// elements and attributes, the plain text, the headings and links with their
// positions, and every finding. Whatever the text holds, the HTML carries no
// raw HTML, no script, no style attribute and no address outside the allow-list.
//
// It is the only importer of goldmark (the parser; the HTML is written here)
// and of chroma. It must not read files, know any kind of record, or decide
// whether an internal link leads anywhere.
package markup

import (
	"bytes"
	"slices"
	"sync"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Options say where a body stands and how its addresses are resolved.
type Options struct {
	// Lang is the language tag of the text ("ko", "en"). Labels that the
	// renderer adds are in this language, or in English where it has none.
	Lang string
	// File and Line place the body: Line is the line of File at which the
	// source begins, counted from 1; 0 means 1.
	File string
	Line int
	// Plain promises that the source holds no letters but those of ASCII and
	// Hangul syllables, and nothing that XML forbids.
	Plain bool
	// Link turns an internal address as written ("/advisories/slug", "#id",
	// "KH-7/bokor", "/media/map.png") into the one to print. With ok false the
	// address is printed as written. It must be pure; its result is trusted
	// and only escaped. nil prints every address as written.
	Link func(dest string) (href string, ok bool)
}

// Heading is a heading of the body. Level is 2 to 6; ID is unique in the body.
type Heading struct {
	Level int
	ID    string
	Text  string
	Pos   diag.Position
}

// Link is a link or image of the body that the allow-list lets through.
type Link struct {
	Dest     string        // the address, with Markdown escapes and character references resolved
	Pos      diag.Position // of the address; for a reference link, of the address in its definition
	Width    int           // characters of the address in the file
	Internal bool          // leads to this site
	Image    bool
	Text     string // plain text of the link, or the alternative text of the image
}

// Document is a rendered body. Text is its plain text for search and .txt files:
// one line a block, white space collapsed, without footnote marks.
type Document struct {
	HTML     string
	Text     string
	Headings []Heading
	Links    []Link
}

// Renderer renders bodies. It is safe for concurrent use; one is enough for a
// program, because languages for code are loaded once per Renderer.
type Renderer struct {
	parser parser.Parser
	lexers *lexers
	pages  sync.Pool // of *page: their buffers are reused
}

// New returns a Renderer. It costs little: lexers are loaded when first used.
func New() *Renderer {
	r := &Renderer{parser: newParser(), lexers: newLexers()}
	r.pages.New = func() any { return new(page) }
	return r
}

// Render renders the body src. The findings are in order of position and carry
// the codes of package diag's markup stage. With errors among them the HTML is
// still safe and well formed, but what was refused is missing from it. Nothing
// of src is kept.
func (r *Renderer) Render(src []byte, o Options) (Document, diag.List) {
	p := r.pages.Get().(*page)
	defer r.pages.Put(p)
	return r.render(p, normalLines(src), o)
}

func (r *Renderer) render(p *page, src []byte, o Options) (Document, diag.List) {
	p.reset(src, o, r.lexers)
	defer p.release()

	pc := parser.NewContext()
	pc.Set(pageKey, p)
	root := r.parser.Parse(text.NewReader(src), parser.WithContext(pc))
	p.collect(root)
	p.blocks(root)

	doc := Document{
		HTML:     string(p.html),
		Text:     string(p.plain.b),
		Headings: slices.Clone(p.headings),
		Links:    slices.Clone(p.links),
	}
	return doc, slices.Clone(p.findings.Sort())
}

// normalLines makes every line end in LF without moving any character of a
// line: CRLF becomes LF, a lone CR a space.
func normalLines(src []byte) []byte {
	if bytes.IndexByte(src, '\r') < 0 {
		return src
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(src, []byte("\r"), []byte(" "))
}
