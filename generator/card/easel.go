package card

import (
	"bytes"
	"image/color"
	"sync"

	"github.com/klauspost/compress/flate"
)

// studio is what easels share: faces, and strips by what they depend on.
type studio struct {
	faces  faces
	mu     sync.Mutex // of strips
	strips map[strip]*packing
}

func newStudio() *studio {
	return &studio{faces: faces{bySize: map[int]*face{}}, strips: map[strip]*packing{}}
}

// easel is what drawing a card needs beside its words: 1 MB of room. A site has
// a picture for every place and language, so it is used again; what is made does
// not depend on what was made before.
type easel struct {
	*studio
	canvas
	flate  *flate.Writer // nil until first used
	packed bytes.Buffer  // what was compressed last
}

var (
	common = newStudio()
	easels = sync.Pool{New: func() any { return newEasel(common) }}
)

func newEasel(s *studio) *easel {
	raw := make([]byte, size)
	clear(raw) // memory that is read before it is written is fetched twice
	return &easel{studio: s, canvas: canvas{raw: raw}}
}

// canvas is a picture of few colours.
type canvas struct {
	raw      []byte // rows of PNG
	colours  []color.RGBA
	from, to int // the rows that are not blank lie from one to before the other
}

// clean makes the canvas white paper.
func (c *canvas) clean() {
	c.wipe()
	c.colours = append(c.colours[:0], inks.colours...)
}

// wipe makes what was drawn blank.
func (c *canvas) wipe() {
	if c.from < c.to {
		clear(c.raw[c.from*stride : c.to*stride])
	}
	c.from, c.to = Height, 0
}

// row gives some pixels of a row, to be drawn on.
func (c *canvas) row(x, y, n int) []byte {
	c.from, c.to = min(c.from, y), max(c.to, y+1)
	return c.raw[y*stride+1+x:][:n]
}
