// Package card draws the pictures that messengers and social networks show
// beside a link: a level with its number, name, colour and pattern, and the
// place that it holds for; or a heading where there is no level.
//
// In: a Card, words and colours. Out: a PNG, the same bytes for the same card.
// It must not know what a site or a record is, nor read files: the font is part
// of the program.
package card

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Width and Height are the measures of a picture in pixels. Networks crop it to
// between 1.91:1 and 2:1, so words keep away from the upper and lower edge.
const (
	Width  = 1200
	Height = 630
)

// layout is part of every name: a change of how cards are drawn raises it, so
// that previews kept by others are not mistaken for the new ones.
const layout = 2

// Card is what a picture says.
type Card struct {
	Site  string // name of the site, on top
	Title string // the place, or the heading
	Text  string // level in words, or a sentence
	Note  string // at the foot: what the site is, or its host
	Level *Level // nil: no flag
}

// Level is the flag of a level.
type Level struct {
	ID         string // for the name of the picture: a-z, 0-9
	Digit      string // number or sign
	Color, Ink string // #RRGGBB
	Pattern    string // none, dots, diagonal, cross or solid
}

// Hash names the content of the card by 10 hexadecimal digits.
func (c Card) Hash() string {
	level := Level{}
	if c.Level != nil {
		level = *c.Level
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %q %q %q %q %q", layout, c.Site, c.Title, c.Text, c.Note, level))
	return hex.EncodeToString(sum[:5])
}

// Covered reports whether the font has a sign for every character of the card;
// a picture with empty boxes must not be made.
func (c Card) Covered() bool {
	words := []string{c.Site, c.Title, c.Text, c.Note}
	if c.Level != nil {
		words = append(words, c.Level.Digit)
	}
	return covers(strings.Join(words, ""))
}
