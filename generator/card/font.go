package card

import (
	_ "embed" // the font
	"encoding/binary"
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

// faces keeps the faces of all drawings by size in pixels.
type faces struct {
	mu     sync.Mutex
	bySize map[int]*face
}

// face is a font in one size, which remembers signs that it drew and measured:
// most cards of a site share most of their words.
type face struct {
	mu     sync.RWMutex
	font   font.Face // not safe for goroutines
	glyphs map[place]glyph
	room   int                       // of their masks, in bytes
	steps  map[[2]rune]fixed.Int26_6 // see step
}

// place is a sign and where between two pixels it stands, to a quarter of one:
// nobody sees a finer difference, and each place is drawn anew.
type place struct {
	sign   rune
	offset fixed.Int26_6
}

// glyph is a drawn sign.
type glyph struct {
	box  image.Rectangle // from the pixel at which it stands
	mask *image.Alpha    // of shades of a ramp; nil: nothing to see
}

// maxRoom bounds the masks that a face keeps, and maxSteps its measures.
const (
	maxRoom  = 1 << 20
	maxSteps = 4096
)

func (f *faces) of(size int) (*face, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if face, ok := f.bySize[size]; ok {
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
	f.bySize[size] = &face{font: made, glyphs: map[place]glyph{}, steps: map[[2]rune]fixed.Int26_6{}}
	return f.bySize[size], nil
}

// glyph draws a sign.
func (f *face) glyph(at place) glyph {
	f.mu.RLock()
	g, ok := f.glyphs[at]
	f.mu.RUnlock()
	if ok {
		return g
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	box, mask, corner, _, ok := f.font.Glyph(fixed.Point26_6{X: at.offset}, at.sign)
	g.box = box
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
		from := mask.Pix[mask.PixOffset(part.Min.X, part.Min.Y+y):][:part.Dx()]
		to := out.Pix[y*out.Stride:][:part.Dx()]
		for x, covered := range from {
			to[x] = shadeOf[covered]
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

// step gives how far a sign advances from the one before it, or from the start
// of a line where before is negative.
func (f *face) step(before, sign rune) fixed.Int26_6 {
	key := [2]rune{before, sign}
	f.mu.RLock()
	step, ok := f.steps[key]
	f.mu.RUnlock()
	if ok {
		return step
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	step, _ = f.font.GlyphAdvance(sign)
	if before >= 0 {
		step += f.font.Kern(before, sign)
	}
	if len(f.steps) >= maxSteps {
		clear(f.steps)
	}
	f.steps[key] = step
	return step
}

// bounds gives the box around a line.
func (f *face) bounds(line string) fixed.Rectangle26_6 {
	f.mu.Lock()
	defer f.mu.Unlock()
	box, _ := font.BoundString(f.font, line)
	return box
}

// width measures a line in pixels.
func (f *face) width(line string) int {
	var dot fixed.Int26_6
	before := rune(-1)
	for _, sign := range line {
		dot += f.step(before, sign)
		before = sign
	}
	return dot.Ceil()
}

// quarter is one of a pixel.
const quarter = fixed.Int26_6(16)

// write draws a line with its baseline at y in the colours of a ramp.
func (c *canvas) write(f *face, line string, x, y int, r ramp) {
	dot := fixed.I(x)
	before := rune(-1)
	for _, sign := range line {
		end := dot + f.step(before, sign)
		at := (end - f.step(-1, sign) + quarter/2) &^ (quarter - 1)
		g := f.glyph(place{sign, at & 63})
		if g.mask != nil {
			c.stamp(g.box.Add(image.Pt(at.Floor(), y)), g.mask, r)
		}
		dot, before = end, sign
	}
}

// stamp draws a mask, eight pixels at a time where they are blank, or where the
// picture is and the shades are the colours.
func (c *canvas) stamp(box image.Rectangle, mask *image.Alpha, r ramp) {
	visible := box.Intersect(image.Rect(0, 0, Width, Height))
	plain := r == same
	for y := visible.Min.Y; y < visible.Max.Y; y++ {
		row := mask.Pix[mask.PixOffset(visible.Min.X-box.Min.X, y-box.Min.Y):][:visible.Dx()]
		out := c.row(visible.Min.X, y, visible.Dx())
		for len(row) >= 8 {
			switch shades := binary.LittleEndian.Uint64(row); {
			case shades == 0:
			case plain && binary.LittleEndian.Uint64(out) == 0:
				binary.LittleEndian.PutUint64(out, shades)
			default:
				shade(out[:8], row[:8], r)
			}
			row, out = row[8:], out[8:]
		}
		shade(out, row, r)
	}
}

// same is the ramp of which every shade is its own index.
var same = func() (r ramp) {
	for i := range r {
		r[i] = uint8(i)
	}
	return r
}()

func shade(out, shades []uint8, r ramp) {
	for i, shade := range shades {
		if shade > 0 {
			out[i] = r[shade%steps]
		}
	}
}
