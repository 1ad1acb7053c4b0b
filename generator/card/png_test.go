package card

import (
	"bytes"
	"image/color"
	"image/png"
	"math/rand/v2"
	"testing"
)

// TestEncode: the decoder of the standard library, which checks every sum,
// reads the same pixels from pictures of any kind.
func TestEncode(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	palette := make(color.Palette, 200)
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
		p := e.clean()
		p.Palette = palette
		for i := range Width * Height {
			p.Pix[p.PixOffset(i%Width, i/Width)] = uint8(pixel(i))
		}
		data, err := e.encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range Width * Height {
			if x, y := i%Width, i/Width; got.At(x, y) != p.At(x, y) {
				t.Errorf("%s: pixel %d,%d is %v, want %v", name, x, y, got.At(x, y), p.At(x, y))
				break
			}
		}
	}
}
