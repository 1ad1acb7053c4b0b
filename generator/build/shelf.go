package build

import (
	"hash/crc32"
	"io"
	"sync/atomic"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/stash"
)

// shelf holds the words of bodies, most of what there is to keep: they are
// read one by one, by those who ask for them.
type shelf struct {
	in    io.ReaderAt                           // what earlier runs left; may be nil
	again func(name string) (html, text string) // makes the words of a file anew

	out   io.WriterAt   // takes what this run adds,
	next  *atomic.Int64 // from this offset on
	block []byte        // not written yet,
	at    int64         // where it belongs
	err   error         // of out
}

// blockSize is how much of the shelf is taken at once. What is left of a block
// stays empty.
const blockSize = 256 << 10

// put puts words onto the shelf and gives their place.
func (s *shelf) put(html, text string) (at int64) {
	size := len(html) + len(text)
	if len(s.block)+size > cap(s.block) {
		_ = s.flush() // its error stays
		if cap(s.block) < max(size, blockSize) {
			s.block = make([]byte, 0, max(size, blockSize))
		}
		s.at = s.next.Add(int64(cap(s.block))) - int64(cap(s.block))
	}
	at = s.at + int64(len(s.block))
	s.block = append(append(s.block, html...), text...)
	return at
}

// flush writes what was not written, and gives the first error.
func (s *shelf) flush() error {
	if s.err == nil && len(s.block) > 0 {
		_, s.err = s.out.WriteAt(s.block, s.at)
	}
	s.block = s.block[:0]
	return s.err
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// write puts the words of a body on the shelf, and what else there is of it,
// with their place, into w.
func (s *shelf) write(w *stash.Writer, b *model.Body) {
	w.Len(len(b.Headings))
	for _, h := range b.Headings {
		w.Len(h.Level)
		w.String(h.ID)
		w.String(h.Text)
		writePosition(w, &h.Pos)
	}
	w.Len(len(b.Links))
	for _, l := range b.Links {
		w.String(l.Dest)
		writePosition(w, &l.Pos)
		w.Len(l.Width)
		w.Bool(l.Internal)
		w.Bool(l.Image)
		w.String(l.Text)
	}
	html, text := b.HTML(), b.Text()
	w.Uint(uint64(s.put(html, text)))
	w.Len(len(html))
	w.Len(len(text))
	w.Uint(uint64(crc32.Checksum(s.block[len(s.block)-len(html)-len(text):], castagnoli)))
}

func (s *shelf) read(r *stash.Reader, b *model.Body) {
	var headings []markup.Heading
	if n := r.Len(); n > 0 {
		headings = make([]markup.Heading, n)
	}
	for i := range headings {
		h := &headings[i]
		h.Level, h.ID, h.Text = int(r.Uint()), r.String(), r.String()
		readPosition(r, &h.Pos)
	}
	var links []markup.Link
	if n := r.Len(); n > 0 {
		links = make([]markup.Link, n)
	}
	for i := range links {
		l := &links[i]
		l.Dest = r.String()
		readPosition(r, &l.Pos)
		l.Width, l.Internal, l.Image, l.Text = int(r.Uint()), r.Bool(), r.Bool(), r.String()
	}
	name, at, html, text, sum := r.Common, int64(r.Uint()), r.Uint(), r.Uint(), uint32(r.Uint())
	*b = model.LazyBody(headings, links, func() (string, string) { return s.load(name, at, html, text, sum) })
}

// load takes the words of a body from the shelf. Where they are not there as
// they were left, they are made anew.
func (s *shelf) load(name string, at int64, html, text uint64, sum uint32) (string, string) {
	const limit = 64 << 20 // bytes; far more than a file of the largest size becomes
	if s.in == nil || html > limit || text > limit {
		return s.again(name)
	}
	words := make([]byte, html+text)
	if _, err := s.in.ReadAt(words, at); err != nil || crc32.Checksum(words, castagnoli) != sum {
		return s.again(name)
	}
	return string(words[:html]), string(words[html:])
}

func writePosition(w *stash.Writer, p *diag.Position) {
	w.Repeated(p.File)
	w.Len(p.Line)
	w.Len(p.Col)
}

func readPosition(r *stash.Reader, p *diag.Position) {
	p.File, p.Line, p.Col = r.Repeated(), int(r.Uint()), int(r.Uint())
}
