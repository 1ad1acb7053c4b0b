package card

import (
	"encoding/binary"
	"hash/crc32"

	"github.com/klauspost/compress/flate"
)

const (
	// stride is the bytes of a row as PNG has it: one that names a filter, here
	// always 0 for none, and a byte for each pixel.
	stride = Width + 1
	size   = stride * Height // of all rows
)

// part is some rows, compressed (RFC 1951) so that they need no others and can
// be followed by others.
type part struct {
	packed []byte
	sum    sum
}

// pack compresses rows. What it gives is good until the next.
func (e *easel) pack(from, to int) (part, error) {
	if e.flate == nil {
		w, err := flate.NewWriter(nil, flate.BestSpeed)
		if err != nil {
			return part{}, err
		}
		e.flate = w
	}
	e.packed.Reset()
	e.flate.Reset(&e.packed)
	if _, err := e.flate.Write(e.raw[from*stride : to*stride]); err != nil {
		return part{}, err
	}
	err := e.flate.Flush()
	return part{e.packed.Bytes(), sumOf(e.raw, from*stride, to*stride)}, err
}

// end is an empty part that is the last.
var end = []byte{0x03, 0x00}

// encode writes a picture (W3C PNG, section 11) of the parts that its rows are
// packed in. The encoder of the standard library takes more than twice as long:
// it has no other way to compress than its own, and packs a picture in one.
func (c *canvas) encode(parts ...part) []byte {
	room := 128 + 3*len(c.colours)
	var all sum
	for _, p := range parts {
		room += len(p.packed)
		all.bytes += p.sum.bytes
		all.weighted += p.sum.weighted
	}
	out := append(make([]byte, 0, room), "\x89PNG\r\n\x1a\n"...)
	out = chunk(out, "IHDR", func(out []byte) []byte {
		out = binary.BigEndian.AppendUint32(out, Width)
		out = binary.BigEndian.AppendUint32(out, Height)
		return append(out, 8, 3, 0, 0, 0) // 8 bits, of a palette
	})
	out = chunk(out, "PLTE", func(out []byte) []byte {
		for _, c := range c.colours {
			out = append(out, c.R, c.G, c.B)
		}
		return out
	})
	out = chunk(out, "IDAT", func(out []byte) []byte {
		out = append(out, 0x78, 0x01) // RFC 1950: a window of 32 KB, compressed fast
		for _, p := range parts {
			out = append(out, p.packed...)
		}
		return binary.BigEndian.AppendUint32(append(out, end...), all.adler())
	})
	return chunk(out, "IEND", func(out []byte) []byte { return out })
}

// chunk adds a chunk to a PNG.
func chunk(out []byte, name string, data func([]byte) []byte) []byte {
	start := len(out)
	out = data(append(append(out, 0, 0, 0, 0), name...))
	binary.BigEndian.PutUint32(out[start:], uint32(len(out)-start-8))
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start+4:]))
}

// sum is what some rows add to the two sums of Adler-32 (RFC 1950, section 8):
// to that of all bytes, and to that of all bytes times their distance from the
// end of the last row. So those of parts need only be added.
type sum struct{ bytes, weighted uint64 }

// sumOf sums up a part of all rows, 32 bytes at a time: most of a picture is
// paper, which adds nothing.
func sumOf(raw []byte, from, to int) (s sum) {
	const (
		lanes = 0x00ff00ff00ff00ff // every other byte, as numbers of 16 bits
		all   = 0x0001000100010001 // a factor: the last number becomes the sum of all
		each  = 0x0000000100020003 // of 0, 1, 2 and 3 times them
	)
	left := uint64(len(raw) - from)
	data := raw[from:to]
	for ; len(data) >= 32; data, left = data[32:], left-32 {
		a, b := binary.LittleEndian.Uint64(data), binary.LittleEndian.Uint64(data[8:])
		c, d := binary.LittleEndian.Uint64(data[16:]), binary.LittleEndian.Uint64(data[24:])
		if a|b|c|d == 0 {
			continue
		}
		odd := a>>8&lanes + b>>8&lanes + c>>8&lanes + d>>8&lanes
		b, c, d = b&lanes+b>>8&lanes, c&lanes+c>>8&lanes, d&lanes+d>>8&lanes
		pairs := a&lanes + a>>8&lanes + b + c + d
		n := pairs * all >> 48
		s.bytes += n
		s.weighted += left*n - 8*((b+2*c+3*d)*all>>48) - 2*(pairs*each>>48) - odd*all>>48
	}
	for i, b := range data {
		s.bytes += uint64(b)
		s.weighted += (left - uint64(i)) * uint64(b)
	}
	return s
}

// adler gives the Adler-32 of all rows.
func (s sum) adler() uint32 {
	const mod = 65521
	return uint32((size+s.weighted)%mod<<16 | (1+s.bytes)%mod)
}
