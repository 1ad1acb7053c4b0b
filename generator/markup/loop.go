package markup

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// inlineLoop asks the inline parsers, in place of goldmark's own loop over the
// text of a block. That one stops at every byte; this one goes from one byte at
// which a parser may begin to the next, and otherwise does the same, which
// TestLoop holds. goldmark sees it as a single parser, which begins anywhere and
// reads on to the end of the block.
type inlineLoop struct {
	parsers [256][]parser.InlineParser // by the byte at which they begin, in order
	stops   [256]bool                  // bytes that need a look
	closers []parser.CloseBlocker
}

func newInlineLoop(parsers ...parser.InlineParser) *inlineLoop {
	l := &inlineLoop{}
	l.stops['\\'], l.stops['\n'] = true, true
	for _, one := range parsers {
		for _, c := range one.Trigger() {
			l.parsers[c] = append(l.parsers[c], one)
			l.stops[c] = true
		}
		if c, ok := one.(parser.CloseBlocker); ok {
			l.closers = append(l.closers, c)
		}
	}
	return l
}

// Trigger is every byte that goldmark tells apart; a space stands for all others.
func (*inlineLoop) Trigger() []byte {
	all := []byte{' '}
	for c := byte(0); c < 0x80; c++ {
		if util.IsPunct(c) {
			all = append(all, c)
		}
	}
	return all
}

// Parse reads the text of a block. All nodes but the last are in the tree when
// it returns; where that is too, goldmark appends it again, which moves nothing.
func (l *inlineLoop) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := lineReader{inlineLoop: l, parent: parent, block: block, pc: pc, nodes: &pageOf(pc).nodes}
	for {
		line, _ := block.PeekLine()
		if line == nil {
			break
		}
		if r.last != nil {
			parent.AppendChild(parent, r.last)
			r.last = nil
		}
		r.read(line)
	}
	if r.last != nil {
		return r.last
	}
	return parent.LastChild()
}

// CloseBlock lets the parsers clean up after a block.
func (l *inlineLoop) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	for _, c := range l.closers {
		c.CloseBlock(parent, block, pc)
	}
}

// lineReader reads the lines of one block.
type lineReader struct {
	*inlineLoop
	parent  ast.Node
	block   text.Reader
	pc      parser.Context
	nodes   *nodes
	escaped bool      // a backslash stands before what is read next
	last    *ast.Text // the end of the line before, which is not in the tree yet
}

// read reads on to the next thing that is not text, or to the end of the line.
func (r *lineReader) read(line []byte) {
	length, hard, visible := lineEnd(line)
	number, start := r.block.Position()
	i, done := 0, 0 // done is up to where the reader has advanced
	stops := &r.stops
	for ; i < length; i++ {
		if !r.escaped {
			for i < length && !stops[line[i]] {
				i++
			}
		}
		if i == length || line[i] == '\n' {
			break
		}
		c := line[i]
		if r.parsers[c] != nil && (!r.escaped || i == 0) {
			r.block.Advance(i - done)
			done = i
			_, here := r.block.Position()
			if i > 0 {
				r.nodes.addText(r.parent, start.Between(here))
				start = here
			}
			if r.ask(c, here.Start) {
				return
			}
		}
		r.escaped = c == '\\' && !r.escaped
	}
	r.block.Advance(i - done)
	now, end := r.block.Position()
	if now != number {
		return
	}
	segment := start.Between(end)
	if !visible {
		segment = segment.TrimRightSpace(r.block.Source())
	}
	t := r.nodes.text(segment)
	t.SetSoftLineBreak(!hard && line[len(line)-1] == '\n')
	t.SetHardLineBreak(hard)
	r.last = t
	r.block.AdvanceLine()
}

// ask asks the parsers of a byte, and reports whether one found something.
func (r *lineReader) ask(c byte, offset int) bool {
	line, position := r.block.Position()
	for _, one := range r.parsers[c] {
		if n := one.Parse(r.parent, r.block, r.pc); n != nil {
			if n.Pos() < 0 {
				n.(interface{ SetPos(int) }).SetPos(offset)
			}
			r.parent.AppendChild(r.parent, n)
			return true
		}
		r.block.SetPosition(line, position)
	}
	return false
}

// lineEnd gives the length of a line without what breaks it hard: a backslash,
// which stays visible where it does nothing, or two spaces. A carriage return
// does not get this far.
func lineEnd(line []byte) (length int, hard, visible bool) {
	n := len(line)
	switch {
	case line[n-1] != '\n':
		return n, false, false
	case n == 2 && line[0] == '\\', n >= 3 && line[n-2] == '\\' && line[n-3] != '\\':
		return n - 2, true, true
	case n >= 3 && line[n-3] == ' ' && line[n-2] == ' ':
		return n - 3, true, false
	}
	return n, false, false
}
