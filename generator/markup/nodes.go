package markup

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// nodes holds the commonest nodes of a tree, for use again in the next: nothing
// of a tree outlives its page.
type nodes struct {
	texts      store[ast.Text]
	paragraphs store[ast.Paragraph]
	delimiters store[parser.Delimiter]
	emphases   store[ast.Emphasis]
	links      store[ast.Link]
}

func (n *nodes) release() {
	n.texts.release()
	n.releaseParagraphs()
	n.delimiters.release()
	n.emphases.release()
	n.links.release()
}

// releaseParagraphs keeps the room of their lines. Whatever took lines over
// belongs to the same tree, which nobody reads any more.
func (n *nodes) releaseParagraphs() {
	for i := range n.paragraphs.used {
		p := n.paragraphs.at(i)
		lines := *p.Lines()
		lines.SetSliced(0, 0)
		*p = ast.Paragraph{}
		p.SetLines(&lines)
	}
	n.paragraphs.reset()
}

// text makes a text.
func (n *nodes) text(s text.Segment) *ast.Text {
	t := n.texts.take()
	t.Segment = s
	return t
}

// addText adds text to the last child of a node where it goes on from there, else
// as a new child.
func (n *nodes) addText(parent ast.Node, s text.Segment) {
	last, ok := parent.LastChild().(*ast.Text)
	if ok && last.Segment.Stop == s.Start && !last.SoftLineBreak() {
		last.Segment = last.Segment.WithStop(s.Stop)
		return
	}
	parent.AppendChild(parent, n.text(s))
}

// paragraphParser is the stock parser of paragraphs, with nodes of the page.
type paragraphParser struct{ parser.BlockParser }

// Open begins a paragraph at any line that is not blank.
func (paragraphParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := r.PeekLine()
	if util.IsBlank(line) {
		return nil, parser.NoChildren
	}
	n := pageOf(pc).nodes.paragraphs.take()
	n.Lines().Append(segment)
	r.AdvanceToEOL()
	return n, parser.NoChildren
}

// store hands out values that are empty, made many at a time, until they are
// all taken back.
type store[T any] struct {
	chunks [][]T
	used   int
}

// The number of values in a chunk, and of chunks that are kept for later.
const (
	chunk      = 32
	keepChunks = 32
)

func (s *store[T]) take() *T {
	c, i := s.used/chunk, s.used%chunk
	if c == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, chunk))
	}
	s.used++
	return &s.chunks[c][i]
}

func (s *store[T]) at(i int) *T { return &s.chunks[i/chunk][i%chunk] }

func (s *store[T]) release() {
	for i := 0; i*chunk < s.used; i++ {
		clear(s.chunks[i][:min(chunk, s.used-i*chunk)])
	}
	s.reset()
}

func (s *store[T]) reset() {
	s.used = 0
	if len(s.chunks) > keepChunks {
		s.chunks = append([][]T(nil), s.chunks[:keepChunks]...)
	}
}
