package build

import (
	"hash/crc32"
	"io"
	"slices"
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
	terms []byte        // room for those of a text
}

// blockSize is how much of the shelf is taken at once. What is left of a block
// stays empty.
const blockSize = 256 << 10

// put puts words onto the shelf, and writes their place and their sum into w.
func put[T string | []byte](s *shelf, w *stash.Writer, words ...T) {
	size := 0
	for _, p := range words {
		size += len(p)
	}
	if len(s.block)+size > cap(s.block) {
		_ = s.flush() // its error stays
		if cap(s.block) < max(size, blockSize) {
			s.block = make([]byte, 0, max(size, blockSize))
		}
		s.at = s.next.Add(int64(cap(s.block))) - int64(cap(s.block))
	}
	start := len(s.block)
	for _, p := range words {
		s.block = append(s.block, p...)
	}
	w.Uint(uint64(s.at) + uint64(start))
	w.Uint(uint64(size))
	w.Uint(uint64(crc32.Checksum(s.block[start:], castagnoli)))
}

// piece is where something stands on the shelf.
type piece struct {
	at   int64
	size uint64
	sum  uint32
}

// place reads what put wrote.
func place(r *stash.Reader) piece { return piece{int64(r.Uint()), r.Uint(), uint32(r.Uint())} }

// take takes a piece from the shelf, into the room if that is enough; nil where
// it is not there as it was left.
func (s *shelf) take(p piece, room []byte) []byte {
	const limit = 128 << 20 // bytes; far more than a file of the largest size becomes
	if s.in == nil || p.size > limit {
		return nil
	}
	words := slices.Grow(room[:0], int(p.size))[:p.size]
	if _, err := s.in.ReadAt(words, p.at); err != nil || crc32.Checksum(words, castagnoli) != p.sum {
		return nil
	}
	return words
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
	w.Len(len(html))
	put(s, w, html, text)
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
	name, html, words := r.Common, r.Uint(), place(r)
	*b = model.LazyBody(headings, links, func() (string, string) { return s.load(name, html, words) })
}

// load takes the words of a body from the shelf. Where they are not there as
// they were left, they are made anew.
func (s *shelf) load(name string, html uint64, p piece) (string, string) {
	words := s.take(p, []byte{})
	if words == nil || html > p.size {
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
