package card

import (
	"image"
	"image/color"
	"image/png"
	"sync"
)

// easel is what drawing a card needs beside its words: 2 MB of room, and faces
// that remember how to draw. A site has a picture for every place and language,
// so it is used again; what is drawn does not depend on what was drawn before.
type easel struct {
	picture *image.Paletted
	faces   faces
	encoder *png.EncoderBuffer
}

var easels = sync.Pool{New: func() any {
	return &easel{picture: image.NewPaletted(image.Rect(0, 0, Width, Height), nil), faces: faces{}}
}}

// clean gives the canvas as white paper.
func (e *easel) clean() *canvas {
	clear(e.picture.Pix)
	e.picture.Palette = append(make(color.Palette, 0, 4*steps), paper)
	return &canvas{e.picture}
}

// Get and Put lend the room of the encoder.
func (e *easel) Get() *png.EncoderBuffer  { return e.encoder }
func (e *easel) Put(b *png.EncoderBuffer) { e.encoder = b }
