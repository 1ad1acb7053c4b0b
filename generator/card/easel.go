package card

import (
	"image"
	"image/color"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// easel is what drawing a card needs beside its words: 1 MB of room, and faces
// that remember how to draw. A site has a picture for every place and language,
// so it is used again; what is drawn does not depend on what was drawn before.
type easel struct {
	raw     []byte          // rows of PNG
	picture *image.Paletted // the pixels of raw
	faces   faces
	zlib    *zlib.Writer // nil until first used
}

var easels = sync.Pool{New: func() any {
	raw := make([]byte, stride*Height)
	return &easel{raw: raw, picture: &image.Paletted{Pix: raw[1:], Stride: stride, Rect: image.Rect(0, 0, Width, Height)}, faces: faces{}}
}}

// clean gives the canvas as white paper.
func (e *easel) clean() *canvas {
	clear(e.raw)
	e.picture.Palette = append(make(color.Palette, 0, 4*steps), paper)
	return &canvas{e.picture}
}
