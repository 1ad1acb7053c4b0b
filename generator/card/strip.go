package card

import (
	"bytes"
	"image"
	"sync"
)

// All cards of a site have the same rows at the head and at the foot, and blank
// ones between these and the words. They are drawn, summed up and compressed
// once; only the rows in the middle are a card's own.
const (
	headEnd   = 112 // no sign of the site's name reaches this row,
	footStart = 512 // and none of the note a row before this
	grid      = 16  // strips end at multiples of this, so that few differ
	maxStrips = 32  // that are remembered
)

// strip is rows at the head or foot of a card, and all that they depend on.
type strip struct {
	text     string // name of the site, or note
	from, to int    // rows, to the last or from the first of the picture
}

// packing is a strip that is packed once.
type packing struct {
	once sync.Once
	part part
	err  error
}

// png draws a card and packs it in three parts, or in one where its own words
// reach the rows of the name or the note.
func (e *easel) png(c Card) ([]byte, error) {
	e.clean()
	if err := e.own(c); err != nil {
		return nil, err
	}
	if e.from >= e.to { // no words
		e.from, e.to = middle, middle
	}
	from, to := e.from/grid*grid, (e.to+grid-1)/grid*grid
	if from < headEnd || to > footStart {
		return e.whole(c)
	}
	head, err := e.strip(strip{c.Site, 0, from})
	if err != nil {
		return nil, err
	}
	foot, err := e.strip(strip{c.Note, to, Height})
	if err != nil {
		return nil, err
	}
	own, err := e.pack(from, to)
	return e.encode(head, own, foot), err
}

// whole draws a card and packs it in one part.
func (e *easel) whole(c Card) ([]byte, error) {
	e.clean()
	if err := e.head(c.Site); err != nil {
		return nil, err
	}
	if err := e.foot(c.Note); err != nil {
		return nil, err
	}
	if err := e.own(c); err != nil {
		return nil, err
	}
	all, err := e.pack(0, Height)
	return e.encode(all), err
}

// strip gives a strip, whose rows are blank on the easel.
func (e *easel) strip(s strip) (part, error) {
	e.mu.Lock()
	p := e.strips[s]
	if p == nil {
		if len(e.strips) >= maxStrips {
			clear(e.strips)
		}
		p = new(packing)
		e.strips[s] = p
	}
	e.mu.Unlock()
	p.once.Do(func() { p.part, p.err = e.drawn(s) })
	return p.part, p.err
}

// drawn draws and packs a strip.
func (e *easel) drawn(s strip) (part, error) {
	from, to := e.from, e.to
	e.from, e.to = Height, 0
	defer func() {
		e.wipe()
		e.from, e.to = from, to
	}()
	draw := e.head
	if s.to == Height {
		draw = e.foot
	}
	if err := draw(s.text); err != nil {
		return part{}, err
	}
	p, err := e.pack(s.from, s.to)
	if err != nil {
		return part{}, err
	}
	p.packed = bytes.Clone(p.packed)
	return p, nil
}

// head draws the bar on top and the name of the site.
func (e *easel) head(site string) error {
	e.fill(image.Rect(0, 0, Width, 14), inks.text[steps-1])
	return e.small(site, top)
}

// foot draws the note.
func (e *easel) foot(note string) error { return e.small(note, foot) }

func (e *easel) small(text string, y int) error {
	l, err := e.faces.fit(text, Width-2*margin, 1, 34)
	if err == nil {
		e.write(l.face, l.lines[0], margin, y, inks.soft)
	}
	return err
}
