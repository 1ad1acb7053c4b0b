package card

import (
	_ "embed" // the font
	"fmt"
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Pretendard Bold has every syllable of Korean. It stands here whole and
// unchanged, as its licence (font/LICENSE.txt) asks of a font of that name.
//
//go:embed font/Pretendard-Bold.otf
var fontData []byte

// bold reads the font once.
var bold = sync.OnceValues(func() (*sfnt.Font, error) {
	f, err := opentype.Parse(fontData)
	if err != nil {
		return nil, fmt.Errorf("the font cannot be read: %w", err)
	}
	return f, nil
})

func covers(text string) bool {
	f, err := bold()
	if err != nil {
		return false
	}
	var b sfnt.Buffer
	for _, r := range text {
		if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// faces keeps the faces of one drawing by size in pixels; a face is not safe
// for goroutines.
type faces map[int]font.Face

func (f faces) of(size int) (font.Face, error) {
	if face, ok := f[size]; ok {
		return face, nil
	}
	parsed, err := bold()
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("font of %d px: %w", size, err)
	}
	f[size] = face
	return face, nil
}

// width measures a line in pixels.
func width(face font.Face, line string) int { return font.MeasureString(face, line).Ceil() }

// write draws a line with its baseline at y in the colours of a ramp.
func (c *canvas) write(face font.Face, line string, x, y int, r ramp) {
	dot := fixed.P(x, y)
	last := rune(-1)
	for _, sign := range line {
		if last >= 0 {
			dot.X += face.Kern(last, sign)
		}
		box, mask, at, advance, ok := face.Glyph(dot, sign)
		if alpha, plain := mask.(*image.Alpha); ok && plain {
			c.stamp(box, alpha, at, r)
		}
		dot.X += advance
		last = sign
	}
}

// stamp draws a mask.
func (c *canvas) stamp(box image.Rectangle, mask *image.Alpha, at image.Point, r ramp) {
	visible := box.Intersect(c.Rect)
	for y := visible.Min.Y; y < visible.Max.Y; y++ {
		row := mask.Pix[mask.PixOffset(at.X+visible.Min.X-box.Min.X, at.Y+y-box.Min.Y):]
		out := c.Pix[c.PixOffset(visible.Min.X, y):]
		for i := range visible.Dx() {
			if a := int(row[i]) * (steps - 1) / 255; a > 0 {
				out[i] = r[a]
			}
		}
	}
}
