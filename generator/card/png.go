package card

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/color"

	"github.com/klauspost/compress/zlib"
)

// stride is the bytes of a row as PNG has it: one that names a filter, here
// always 0 for none, and a byte for each pixel.
const stride = Width + 1

// encode writes a picture, whose rows lie in raw as PNG has them (W3C PNG,
// section 11). The encoder of the standard library takes half as long again: it
// has no other way to compress than its own.
func (e *easel) encode() ([]byte, error) {
	var packed bytes.Buffer
	if err := e.pack(&packed); err != nil {
		return nil, err
	}
	out := make([]byte, 0, packed.Len()+1024)
	out = append(out, "\x89PNG\r\n\x1a\n"...)
	head := binary.BigEndian.AppendUint32(nil, Width)
	head = binary.BigEndian.AppendUint32(head, Height)
	out = chunk(out, "IHDR", append(head, 8, 3, 0, 0, 0)) // 8 bits, of a palette
	colours := make([]byte, 0, 3*len(e.picture.Palette))
	for _, c := range e.picture.Palette {
		c := c.(color.RGBA)
		colours = append(colours, c.R, c.G, c.B)
	}
	out = chunk(out, "PLTE", colours)
	out = chunk(out, "IDAT", packed.Bytes())
	return chunk(out, "IEND", nil), nil
}

// pack compresses the rows.
func (e *easel) pack(to *bytes.Buffer) (err error) {
	if e.zlib == nil {
		if e.zlib, err = zlib.NewWriterLevel(to, zlib.BestSpeed); err != nil {
			return err
		}
	}
	e.zlib.Reset(to)
	if _, err := e.zlib.Write(e.raw); err != nil {
		return err
	}
	return e.zlib.Close()
}

// chunk adds a chunk to a PNG.
func chunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
