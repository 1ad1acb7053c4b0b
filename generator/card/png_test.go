package card

import (
	"bytes"
	"image/color"
	"image/png"
	"math/rand/v2"
	"testing"
)

// TestEncode: the decoder of the standard library, which checks every sum,
// reads the same pixels from pictures of any kind, packed in parts.
func TestEncode(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	palette := make([]color.RGBA, 200)
	for i := range palette {
		palette[i] = color.RGBA{uint8(i), uint8(i * 3), uint8(i * 7), 255}
	}
	for name, pixel := range map[string]func(i int) int{
		"plain":    func(int) int { return 0 },
		"noise":    func(int) int { return rng.IntN(200) },
		"one":      func(i int) int { return min(i, 1) },
		"pieces":   func(i int) int { return i / 259 % 200 },
		"rows":     func(i int) int { return i % Width % 200 },
		"diagonal": func(i int) int { return (i%Width + i/Width) / 5 % 200 },
		"rare":     func(int) int { return min(int(rng.ExpFloat64()*2), 199) },
	} {
		e := easels.New().(*easel)
		e.colours = palette
		pix := make([]uint8, Width*Height)
		for i := range pix {
			pix[i] = uint8(pixel(i))
			e.row(i%Width, i/Width, 1)[0] = pix[i]
		}
		var parts []part
		for _, rows := range [][2]int{{0, 112}, {112, 113}, {113, 113}, {113, Height}} {
			p, err := e.pack(rows[0], rows[1])
			if err != nil {
				t.Fatal(err)
			}
			p.packed = bytes.Clone(p.packed)
			parts = append(parts, p)
		}
		got, err := png.Decode(bytes.NewReader(e.encode(parts...)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range Width * Height {
			if x, y := i%Width, i/Width; got.At(x, y) != palette[pix[i]] {
				t.Errorf("%s: pixel %d,%d is %v, want %v", name, x, y, got.At(x, y), palette[pix[i]])
				break
			}
		}
	}
}
