package card

import "strings"

// fitted is a text in lines of one size.
type fitted struct {
	face  *face
	size  int
	lines []string
}

// height gives the height of the lines in pixels.
func (l fitted) height() int { return len(l.lines) * l.leading() }

// leading is the distance of two baselines.
func (l fitted) leading() int { return l.size * 13 / 10 }

// fit sets a text in the largest of the sizes at which it takes at most so many
// lines of a width; at the smallest the rest is cut and marked by an ellipsis.
func (f *faces) fit(text string, room, most int, sizes ...int) (fitted, error) {
	var l fitted
	for _, size := range sizes {
		face, err := f.of(size)
		if err != nil {
			return l, err
		}
		l = fitted{face, size, wrap(face, text, room)}
		if len(l.lines) <= most {
			return l, nil
		}
	}
	l.lines = l.lines[:most]
	last := []rune(l.lines[most-1])
	for len(last) > 0 && l.face.width(string(last)+"…") > room {
		last = last[:len(last)-1]
	}
	l.lines[most-1] = strings.TrimSpace(string(last)) + "…"
	return l, nil
}

// wrap breaks a text between words, and within a word only where it is wider
// than the room. There is always one line.
func wrap(face *face, text string, room int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		if joined := strings.TrimSpace(*last + " " + word); face.width(joined) <= room {
			*last = joined
			continue
		}
		if *last != "" {
			lines = append(lines, "")
		}
		for _, r := range word {
			last = &lines[len(lines)-1]
			if *last != "" && face.width(*last+string(r)) > room {
				lines = append(lines, string(r))
				continue
			}
			*last += string(r)
		}
	}
	return lines
}

// block writes lines below y and gives the end of the last.
func (c *canvas) block(l fitted, x, y int, r ramp) int {
	for _, line := range l.lines {
		c.write(l.face, line, x, y+l.size, r)
		y += l.leading()
	}
	return y
}
