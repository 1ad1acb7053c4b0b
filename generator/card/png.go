package card

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/color"
)

// stride is the bytes of a row as PNG has it: one that names a filter, here
// always 0 for none, and a byte for each pixel.
const stride = Width + 1

// encode writes a picture, whose rows lie in raw as PNG has them. The encoder
// of the standard library takes most of the time of a card: it searches all of
// three quarters of a million bytes for what repeats, while in a picture of
// flat colour nearly everything equals the pixel above it or beside it.
func (p *packer) encode(raw []byte, palette color.Palette) []byte {
	out := make([]byte, 0, 32<<10)
	out = append(out, "\x89PNG\r\n\x1a\n"...)
	head := binary.BigEndian.AppendUint32(nil, Width)
	head = binary.BigEndian.AppendUint32(head, Height)
	out = chunk(out, "IHDR", append(head, 8, 3, 0, 0, 0)) // 8 bits, of a palette
	colours := make([]byte, 0, 3*len(palette))
	for _, c := range palette {
		c := c.(color.RGBA)
		colours = append(colours, c.R, c.G, c.B)
	}
	out = chunk(out, "PLTE", colours)
	p.out = append(p.out[:0], 0x78, 0x01) // a zlib stream with a window of 32 KB
	p.deflate(raw)
	p.out = binary.BigEndian.AppendUint32(p.out, adler(raw))
	out = chunk(out, "IDAT", p.out)
	return chunk(out, "IEND", nil)
}

// chunk adds a chunk to a PNG.
func chunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}

// adler gives the Adler-32 sum of a picture, in which many rows are alike and
// most bytes are zero. Neither part of the sum can overflow: a picture has less
// than a million bytes.
func adler(raw []byte) uint32 {
	a, b := uint64(1), uint64(0)
	var last []byte
	var sum, sums uint64 // of the last row, and of its sums so far
	for ; len(raw) >= stride; raw = raw[stride:] {
		if row := raw[:stride]; !bytes.Equal(row, last) {
			sum, sums = add(row)
			last = row
		}
		b += stride*a + sums
		a += sum
	}
	return uint32(b%65521<<16 | a%65521)
}

// add gives the sum of bytes, and the sum of the sums up to each of them.
func add(row []byte) (sum, sums uint64) {
	for ; len(row) >= 32; row = row[32:] {
		if at := binary.LittleEndian.Uint64; at(row)|at(row[8:])|at(row[16:])|at(row[24:]) == 0 { // paper
			sums += 32 * sum
			continue
		}
		for i := 0; i < 32; i += 8 { // eight at once, since one after the other takes longer
			x := row[i : i+8 : i+8]
			sums += 8*sum + 8*uint64(x[0]) + 7*uint64(x[1]) + 6*uint64(x[2]) + 5*uint64(x[3]) + 4*uint64(x[4]) + 3*uint64(x[5]) + 2*uint64(x[6]) + uint64(x[7])
			sum += uint64(x[0]) + uint64(x[1]) + uint64(x[2]) + uint64(x[3]) + uint64(x[4]) + uint64(x[5]) + uint64(x[6]) + uint64(x[7])
		}
	}
	for _, x := range row {
		sum += uint64(x)
		sums += sum
	}
	return sum, sums
}
