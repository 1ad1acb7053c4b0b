package card

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strconv"
	"strings"
)

// steps is how many shades stand between two colours: enough for smooth edges,
// few enough for a small file.
const steps = 16

// ramp is the shades from a ground to an ink, as indexes of the palette.
type ramp [steps]uint8

// blend adds the shades between two colours to the palette.
func (c *canvas) blend(ground, ink color.RGBA) ramp {
	var r ramp
	for i := range steps {
		mix := func(a, b uint8) uint8 { return uint8((int(a)*(steps-1-i) + int(b)*i) / (steps - 1)) }
		r[i] = c.index(color.RGBA{mix(ground.R, ink.R), mix(ground.G, ink.G), mix(ground.B, ink.B), 255})
	}
	return r
}

func (c *canvas) index(want color.RGBA) uint8 {
	i := slices.Index(c.colours, want)
	if i < 0 {
		i = len(c.colours)
		c.colours = append(c.colours, want)
	}
	return uint8(i)
}

// fill paints a box.
func (c *canvas) fill(box image.Rectangle, shade uint8) {
	first := c.row(box.Min.X, box.Min.Y, box.Dx())
	for i := range first {
		first[i] = shade
	}
	for y := box.Min.Y + 1; y < box.Max.Y; y++ {
		copy(c.row(box.Min.X, y, box.Dx()), first)
	}
}

// Colours of everything but the levels.
var (
	paper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	black = color.RGBA{0x16, 0x18, 0x1d, 0xff}
	grey  = color.RGBA{0x43, 0x49, 0x55, 0xff}
)

// inks are the first colours of every palette.
var inks = func() (s struct {
	colours    []color.RGBA
	text, soft ramp
}) {
	c := canvas{colours: []color.RGBA{paper}}
	s.text, s.soft = c.blend(paper, black), c.blend(paper, grey)
	s.colours = c.colours
	return s
}()

// Where things stand, in pixels.
const (
	margin  = 80
	top     = 96  // baseline of the site's name
	foot    = 556 // baseline of the note
	middle  = 314 // middle of flag and words
	flagW   = 330
	flagH   = 250
	band    = 80 // of the flag, with the pattern
	between = 56 // flag and words
)

// PNG draws the card. It fails only where the colours of the level cannot be
// read.
func (c Card) PNG() ([]byte, error) {
	e := easels.Get().(*easel)
	defer easels.Put(e)
	return e.png(c)
}

// own draws what is a card's own: level, title and words.
func (e *easel) own(c Card) error {
	left := margin
	if c.Level != nil {
		if err := e.flag(&e.faces, *c.Level, margin, middle-flagH/2); err != nil {
			return err
		}
		left += flagW + between
	}
	title, err := e.faces.fit(c.Title, Width-margin-left, 2, 84, 72, 60, 48)
	if err != nil {
		return err
	}
	words, err := e.faces.fit(c.Text, Width-margin-left, 3, 52, 46, 40, 34)
	if err != nil {
		return err
	}
	const gap = 24
	y := middle - (title.height()+gap+words.height())/2
	y = e.block(title, left, y, inks.text)
	e.block(words, left, y+gap, inks.text)
	return nil
}

// flag draws a level: its sign on plain colour, and a band with its pattern.
func (c *canvas) flag(f *faces, l Level, x, y int) error {
	ground, err := rgb(l.Color)
	if err != nil {
		return err
	}
	ink, err := rgb(l.Ink)
	if err != nil {
		return err
	}
	shades := c.blend(ground, ink)
	const edge, inner = 6, 4
	c.fill(image.Rect(x, y, x+flagW, y+flagH), c.index(black))
	c.fill(image.Rect(x+edge, y+edge, x+flagW-edge, y+flagH-edge), shades[0])
	split := x + flagW - edge - band
	c.fill(image.Rect(split-inner, y+edge, split, y+flagH-edge), shades[steps-1])
	c.pattern(l.Pattern, image.Rect(split, y+edge, x+flagW-edge, y+flagH-edge), shades[steps-1])
	sign, err := f.fit(l.Digit, split-x-40, 1, 190, 150, 110, 80)
	if err != nil {
		return err
	}
	box := sign.face.bounds(sign.lines[0])
	high := (box.Max.Y - box.Min.Y).Ceil()
	c.write(sign.face, sign.lines[0], x+edge+(split-x-edge-sign.face.width(sign.lines[0]))/2, y+(flagH+high)/2-box.Max.Y.Ceil(), shades)
	return nil
}

// patterns are those of levels, as the badges have them: where their ink lies in
// a box, and after how many rows they repeat.
var patterns = map[string]struct {
	period int
	ink    func(x, y int) bool
}{
	"dots": {40, func(x, y int) bool {
		dx, dy := x%40-20, y%40-20
		return dx*dx+dy*dy < 13*13
	}},
	"diagonal": {36, func(x, y int) bool { return (x+y)%36 < 14 }},
	"cross":    {36, func(x, y int) bool { return (x+y)%36 < 9 || (x-y+36)%36 < 9 }},
}

// pattern fills a box of one colour with the pattern of a level.
func (c *canvas) pattern(name string, box image.Rectangle, ink uint8) {
	if name == "solid" {
		c.fill(box.Inset(12), ink)
		return
	}
	p, ok := patterns[name]
	if !ok {
		return
	}
	for y := range box.Dy() {
		row := c.row(box.Min.X, box.Min.Y+y, box.Dx())
		if y >= p.period {
			copy(row, c.row(box.Min.X, box.Min.Y+y-p.period, box.Dx()))
			continue
		}
		for x := range row {
			if p.ink(x, y) {
				row[x] = ink
			}
		}
	}
}

// rgb reads #RRGGBB.
func rgb(s string) (color.RGBA, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return color.RGBA{}, fmt.Errorf("card: %q is no colour; write #RRGGBB", s)
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}, nil
}
