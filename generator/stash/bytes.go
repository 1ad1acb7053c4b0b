package stash

import (
	"encoding/binary"
	"hash/crc32"
)

// Writer gathers bytes.
type Writer struct {
	Bytes []byte
	// Common is a text that many values repeat, such as the name of the file
	// that they come from: Repeated writes it as one byte.
	Common string
	// Unfit says that a value could not be written so that it can be read back.
	Unfit bool
}

// String appends a text.
func (w *Writer) String(s string) {
	w.Bytes = binary.AppendUvarint(w.Bytes, uint64(len(s)))
	w.Bytes = append(w.Bytes, s...)
}

// Raw appends bytes as String appends a text.
func (w *Writer) Raw(b []byte) {
	w.Bytes = binary.AppendUvarint(w.Bytes, uint64(len(b)))
	w.Bytes = append(w.Bytes, b...)
}

// Repeated appends a text that is often the common one.
func (w *Writer) Repeated(s string) {
	w.Bool(s == w.Common)
	if s != w.Common {
		w.String(s)
	}
}

// Int appends a number.
func (w *Writer) Int(n int64) { w.Bytes = binary.AppendVarint(w.Bytes, n) }

// Uint appends a number that is not negative.
func (w *Writer) Uint(n uint64) { w.Bytes = binary.AppendUvarint(w.Bytes, n) }

// Fixed appends a number as four bytes, which are quick to read.
func (w *Writer) Fixed(n uint32) { w.Bytes = binary.LittleEndian.AppendUint32(w.Bytes, n) }

// Len appends the length of a list.
func (w *Writer) Len(n int) { w.Uint(uint64(n)) }

// Bool appends yes or no.
func (w *Writer) Bool(b bool) {
	if b {
		w.Bytes = append(w.Bytes, 1)
	} else {
		w.Bytes = append(w.Bytes, 0)
	}
}

// Reader takes values from bytes. Texts are parts of these bytes, which stay in
// memory as long as one of them does. What is read of bad bytes is empty.
type Reader struct {
	Common string // as the Writer had it
	rest   string
	bad    bool
}

// NewReader reads from s.
func NewReader(s, common string) *Reader { return &Reader{Common: common, rest: s} }

// Good reports whether everything so far could be read.
func (r *Reader) Good() bool { return !r.bad }

// Rest gives how many bytes are left.
func (r *Reader) Rest() int { return len(r.rest) }

func (r *Reader) fail() {
	r.bad, r.rest = true, ""
}

// Raw takes n bytes.
func (r *Reader) Raw(n int) string {
	if n < 0 || n > len(r.rest) {
		r.fail()
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// String takes a text.
func (r *Reader) String() string { return r.Raw(r.size()) }

// Repeated takes what Writer.Repeated appended.
func (r *Reader) Repeated() string {
	if r.Bool() {
		return r.Common
	}
	return r.String()
}

// Uint takes a number that is not negative.
func (r *Reader) Uint() uint64 {
	var n uint64
	for i := range min(len(r.rest), binary.MaxVarintLen64) {
		c := r.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

// Int takes a number.
func (r *Reader) Int() int64 {
	u := r.Uint()
	return int64(u>>1) ^ -int64(u&1)
}

// Fixed takes what Writer.Fixed appended.
func (r *Reader) Fixed() uint32 {
	s := r.Raw(4)
	if s == "" {
		return 0
	}
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// Len takes the length of a list, of which every item has a byte at least.
func (r *Reader) Len() int { return r.size() }

// size takes a number of bytes or items; more than there are bytes left, and
// the one that stands for no list, is a fault.
func (r *Reader) size() int {
	n := r.Uint()
	if n > uint64(len(r.rest))+1 {
		r.fail()
		return 0
	}
	return int(n)
}

// Bool takes a yes or no.
func (r *Reader) Bool() bool {
	s := r.Raw(1)
	return s != "" && s[0] != 0
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Seal appends the sum of what was written, by which Open knows it.
func (w *Writer) Seal() {
	w.Bytes = binary.LittleEndian.AppendUint32(w.Bytes, crc32.Checksum(w.Bytes, castagnoli))
}

// Open gives what Seal was called on; ok is false where a byte of it changed.
func Open(s string) (sealed string, ok bool) {
	n := len(s) - crc32.Size
	if n < 0 {
		return "", false
	}
	var sum uint32
	piece := make([]byte, 0, 32<<10)
	for rest := s[:n]; rest != ""; {
		piece = append(piece[:0], rest[:min(len(rest), cap(piece))]...)
		rest = rest[len(piece):]
		sum = crc32.Update(sum, castagnoli, piece)
	}
	return s[:n], sum == binary.LittleEndian.Uint32([]byte(s[n:]))
}
