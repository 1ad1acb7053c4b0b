package card

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// odd are cards that are unlike most.
func odd() []Card {
	tall := korean // words reach the name and the note
	tall.Title, tall.Text = "시하누크빌주와 캄폿주 남쪽", "단계가 더 높은 곳이 그 안에 있습니다. 떠나기 전에 확인하십시오."
	sign := korean
	sign.Level = &Level{ID: "x", Digit: "Ą̊́|", Color: "#FFFFFF", Ink: "#000000", Pattern: "dots"}
	name := korean
	name.Site, name.Note = "Travel warnings of a ministry whose name is far too long to be shown on one line (sample)", ""
	plain := Card{Site: korean.Site, Title: "Job scam warnings", Text: "Offered a job abroad?", Note: korean.Note}
	return []Card{tall, sign, name, plain, {}, {Title: "Ậ"}, {Text: "Ậ"}}
}

// TestStrips: a picture of which only the middle is drawn has the pixels of one
// that is drawn whole, and the same bytes whatever was drawn before.
func TestStrips(t *testing.T) {
	all := append(cards(), odd()...)
	first := map[int][]byte{}
	e := newEasel(newStudio())
	wholes := 0
	for _, i := range append(rand.New(rand.NewPCG(5, 6)).Perm(len(all)), 1, 0) {
		got, err := e.png(all[i])
		if err != nil {
			t.Fatal(err)
		}
		if before, ok := first[i]; ok && !bytes.Equal(before, got) {
			t.Errorf("%q has other bytes the second time", all[i].Title)
		}
		first[i] = got
		if fresh, err := newEasel(newStudio()).png(all[i]); err != nil || !bytes.Equal(fresh, got) {
			t.Errorf("%q has other bytes when it is the first", all[i].Title)
		}
		whole, err := newEasel(newStudio()).whole(all[i])
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(whole, got) {
			wholes++
		}
		a, b := pixels(t, got), pixels(t, whole)
		if !bytes.Equal(a.Pix, b.Pix) || len(a.Palette) != len(b.Palette) {
			t.Errorf("%q has other pixels than when drawn whole", all[i].Title)
		}
	}
	if wholes == 0 || wholes > 3 {
		t.Errorf("%d pictures are packed whole", wholes)
	}
}

func pixels(t *testing.T, data []byte) *image.Paletted {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted)
}

// TestStripsHoldSigns: no sign of the font, in the name of a site or a note,
// reaches the rows between them.
func TestStripsHoldSigns(t *testing.T) {
	f, err := bold()
	if err != nil {
		t.Fatal(err)
	}
	var b sfnt.Buffer
	for i := range f.NumGlyphs() {
		box, _, err := f.GlyphBounds(&b, sfnt.GlyphIndex(i), fixed.I(34), font.HintingNone)
		if err == nil && (top+box.Max.Y.Ceil() > headEnd || foot+box.Min.Y.Floor() < footStart) {
			t.Errorf("sign %d: %v", i, box)
		}
	}
}
