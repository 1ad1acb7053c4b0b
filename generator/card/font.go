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
type faces map[int]*face

// face is a font in one size, which remembers signs that it drew: most cards of
// a site share most of their words.
type face struct {
	font.Face
	glyphs map[place]glyph
	room   int // of their masks, in bytes
}

// place is a sign and where between two pixels it stands.
type place struct {
	sign   rune
	offset fixed.Int26_6
}

// glyph is a drawn sign.
type glyph struct {
	box     image.Rectangle // from the pixel at which it stands
	mask    *image.Alpha    // of shades of a ramp; nil: nothing to see
	advance fixed.Int26_6
}

// maxRoom bounds the masks that a face keeps.
const maxRoom = 128 << 10

func (f faces) of(size int) (*face, error) {
	if face, ok := f[size]; ok {
		return face, nil
	}
	parsed, err := bold()
	if err != nil {
		return nil, err
	}
	made, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("font of %d px: %w", size, err)
	}
	f[size] = &face{Face: made, glyphs: map[place]glyph{}}
	return f[size], nil
}

// glyph draws a sign.
func (f *face) glyph(at place) glyph {
	g, ok := f.glyphs[at]
	if ok {
		return g
	}
	box, mask, corner, advance, ok := f.Face.Glyph(fixed.Point26_6{X: at.offset}, at.sign)
	g.box, g.advance = box, advance
	if alpha, plain := mask.(*image.Alpha); ok && plain { // which the next sign overwrites
		g.mask = shades(alpha, image.Rectangle{Min: corner, Max: corner.Add(box.Size())})
		if f.room += len(g.mask.Pix); f.room > maxRoom {
			clear(f.glyphs)
			f.room = len(g.mask.Pix)
		}
	}
	f.glyphs[at] = g
	return g
}

// shades gives a part of a mask, which lies in it, as shades of a ramp.
func shades(mask *image.Alpha, part image.Rectangle) *image.Alpha {
	out := image.NewAlpha(image.Rectangle{Max: part.Size()})
	for y := range part.Dy() {
		from := mask.Pix[mask.PixOffset(part.Min.X, part.Min.Y+y):]
		to := out.Pix[y*out.Stride:][:part.Dx()]
		for x := range to {
			to[x] = shadeOf[from[x]]
		}
	}
	return out
}

// shadeOf gives the shade of a ramp for how far a pixel is covered.
var shadeOf = func() (t [256]uint8) {
	for i := range t {
		t[i] = uint8(i * (steps - 1) / 255)
	}
	return t
}()

// width measures a line in pixels.
func width(face font.Face, line string) int { return font.MeasureString(face, line).Ceil() }

// write draws a line with its baseline at y in the colours of a ramp.
func (c *canvas) write(f *face, line string, x, y int, r ramp) {
	dot := fixed.I(x)
	last := rune(-1)
	for _, sign := range line {
		if last >= 0 {
			dot += f.Kern(last, sign)
		}
		g := f.glyph(place{sign, dot & 63})
		if g.mask != nil {
			c.stamp(g.box.Add(image.Pt(dot.Floor(), y)), g.mask, r)
		}
		dot += g.advance
		last = sign
	}
}

// stamp draws a mask.
func (c *canvas) stamp(box image.Rectangle, mask *image.Alpha, r ramp) {
	visible := box.Intersect(image.Rect(0, 0, Width, Height))
	for y := visible.Min.Y; y < visible.Max.Y; y++ {
		row := mask.Pix[mask.PixOffset(visible.Min.X-box.Min.X, y-box.Min.Y):]
		out := c.row(visible.Min.X, y, visible.Dx())
		for i, shade := range row[:len(out)] {
			if shade > 0 {
				out[i] = r[shade%steps]
			}
		}
	}
}
