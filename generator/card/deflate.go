package card

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// packer compresses pictures in the form of deflate (RFC 1951). It looks for
// repetitions in two places alone: one pixel before, and one row before.
type packer struct {
	out    []byte
	tokens []token
	acc    uint64 // bits not yet in out
	n      uint   // how many
}

// token is a byte below 256, and from there a repetition: its length less
// minMatch in the upper bits, and whether it is of the row before in the lowest.
type token uint16

const (
	minMatch, maxMatch = 3, 258
	tokenKinds         = 256 + 2*(maxMatch-minMatch+1)
)

// The alphabets of deflate that are used: bytes, the end and lengths; and
// distances, of which only 1 and stride occur.
const (
	endSign   = 256
	signs     = 286
	nearSign  = 0
	aboveSign = 20 // distances from 1025, with 9 more bits
	distances = aboveSign + 1
	maxBits   = 15
)

// sign gives the sign that begins a token, and what follows it as it is.
func (t token) sign() (sign int, extra uint64, bit uint) {
	if t < 256 {
		return int(t), 0, 0
	}
	l := int(t-256) / 2
	switch {
	case l == maxMatch-minMatch:
		return signs - 1, 0, 0
	case l < 8:
		return endSign + 1 + l, 0, 0
	}
	bit = uint(bits.Len(uint(l)) - 3)
	return endSign + 1 + 4*int(bit) + l>>bit, uint64(l) & (1<<bit - 1), bit
}

// deflate adds the compressed form of data to out, as one block.
func (p *packer) deflate(data []byte) {
	p.cut(data)
	var count [signs]int
	count[endSign] = 1
	var kinds [tokenKinds]int
	for _, t := range p.tokens {
		kinds[t]++
	}
	for t, n := range kinds {
		s, _, _ := token(t).sign()
		count[s] += n
	}
	sizes := codeSizes(count[:])
	codes := canonical(sizes)
	p.head(sizes)
	var form [tokenKinds]struct {
		bits uint64
		n    uint
	}
	for i := range form {
		s, extra, bit := token(i).sign()
		f := &form[i]
		f.bits, f.n = uint64(codes[s])|extra<<sizes[s], uint(sizes[s])+bit
		switch {
		case i < 256:
		case i&1 == 0: // the distance 1 has the code 0 of one bit
			f.n++
		default:
			f.bits |= (1 | (stride-1025)<<1) << f.n
			f.n += 1 + 9
		}
	}
	for _, t := range p.tokens {
		p.write(form[t].bits, form[t].n)
	}
	p.write(uint64(codes[endSign]), uint(sizes[endSign]))
	p.end()
}

// cut turns data into tokens.
func (p *packer) cut(data []byte) {
	p.tokens = p.tokens[:0]
	for i := 0; i < len(data); {
		above, near := 0, 0
		if i >= stride {
			above = same(data[i:], data[i-stride:])
		}
		if above < minMatch && i > 0 {
			near = same(data[i:], data[i-1:])
		}
		switch {
		case above >= minMatch:
			p.repeat(above, 1)
			i += above
		case near >= minMatch:
			p.repeat(near, 0)
			i += near
		default:
			p.tokens = append(p.tokens, token(data[i]))
			i++
		}
	}
}

// repeat adds a repetition, in pieces none of which is too short.
func (p *packer) repeat(n int, where token) {
	for n > 0 {
		piece := min(n, maxMatch)
		if rest := n - piece; rest > 0 && rest < minMatch {
			piece -= minMatch
		}
		p.tokens = append(p.tokens, 256+token(piece-minMatch)<<1|where)
		n -= piece
	}
}

// same tells how many bytes of a are equal to those of b, which is longer. What
// is equal for long is mostly empty paper, so that is compared in large pieces.
func same(a, b []byte) int {
	const large = 256
	n := 0
	for len(a) >= n+8 {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
		n += 8
		for n%large == 0 && len(a) >= n+large && bytes.Equal(a[n:n+large], b[n:n+large]) {
			n += large
		}
	}
	for n < len(a) && a[n] == b[n] {
		n++
	}
	return n
}

// write adds bits, at most 32 of them, the lowest first.
func (p *packer) write(bits uint64, n uint) {
	p.acc |= bits << p.n
	if p.n += n; p.n >= 32 {
		p.out = binary.LittleEndian.AppendUint32(p.out, uint32(p.acc))
		p.acc >>= 32
		p.n -= 32
	}
}

// end fills the last byte and writes what is left.
func (p *packer) end() {
	for ; p.n > 0; p.n -= min(p.n, 8) {
		p.out = append(p.out, byte(p.acc))
		p.acc >>= 8
	}
	p.acc = 0
}

// head begins the block and tells the sizes of the codes, each in four bits: to
// pack them too would save a hundred bytes.
func (p *packer) head(sizes []uint8) {
	p.write(1|2<<1, 3) // the last block, with codes of its own
	p.write(signs-257, 5)
	p.write(distances-1, 5)
	p.write(19-4, 4)
	p.write(0, 3*3) // no signs for repeated sizes
	for range 16 {
		p.write(4, 3)
	}
	size := func(n uint8) { p.write(uint64(bits.Reverse8(n)>>4), 4) }
	for _, n := range sizes {
		size(n)
	}
	for i := range distances {
		if i == nearSign || i == aboveSign {
			size(1)
		} else {
			size(0)
		}
	}
}
