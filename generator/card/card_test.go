package card

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"sync"
	"testing"
)

var level3 = Level{ID: "3", Digit: "3", Color: "#C8102E", Ink: "#FFFFFF", Pattern: "cross"}

var korean = Card{Site: "해외안전 알림 (예시)", Title: "시하누크빌주", Text: "3단계 출국권고", Note: "공식 정보가 아닌 예시입니다.", Level: &level3}

func decode(t testing.TB, c Card) image.Image {
	t.Helper()
	data, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("BONGSU_CARDS"); dir != "" {
		_ = os.WriteFile(dir+"/"+c.Hash()+".png", data, 0o644)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != Width || b.Dy() != Height {
		t.Errorf("picture is %v", b)
	}
	if len(data) > 40<<10 {
		t.Errorf("picture has %d bytes", len(data))
	}
	return img
}

// ink counts the pixels of a box that are not paper.
func ink(img image.Image, box image.Rectangle) (n int) {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b < 3*0xffff {
				n++
			}
		}
	}
	return n
}

// TestCards draws cards with little, much and too much text: words appear, and
// stay inside the part that no network crops.
func TestCards(t *testing.T) {
	long := korean
	long.Title, long.Text = "캄보디아와 태국의 국경에서 오십 킬로미터 이내의 모든 지역과 그 둘레에 있는 마을들과 도로와 다리와 강", "특별여행주의보"
	word := korean
	word.Title = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
	english := Card{Site: "Travel warnings (sample)", Title: "Preah Sihanouk (Sihanoukville)", Text: "Level 3: Departure recommended", Note: "example.org", Level: &level3}
	plain := Card{Site: "Travel warnings (sample)", Title: "Job scam warnings", Text: "Offered a job abroad? Check the offer before you answer, and before you hand over a passport.", Note: "example.org"}
	for _, c := range []Card{korean, english, long, word, plain, {}} {
		img := decode(t, c)
		right := ink(img, image.Rect(Width-40, 20, Width, Height))
		if upper, lower := ink(img, image.Rect(0, 20, Width, 45)), ink(img, image.Rect(0, Height-45, Width, Height)); right+upper+lower > 0 {
			t.Errorf("%q: words reach the edge (%d %d %d)", c.Title, right, upper, lower)
		}
		if c.Title != "" && ink(img, image.Rect(500, 180, Width, 480)) < 500 {
			t.Errorf("%q: no words", c.Title)
		}
	}
}

// TestPatterns: every pattern looks different in black and white.
func TestPatterns(t *testing.T) {
	seen := map[int]string{}
	for _, p := range []string{"none", "dots", "diagonal", "cross", "solid"} {
		l := Level{ID: "x", Digit: "3", Color: "#FFFFFF", Ink: "#000000", Pattern: p}
		n := ink(decode(t, Card{Level: &l}), image.Rect(margin+flagW-band-6, middle-flagH/2+6, margin+flagW-6, middle+flagH/2-6))
		if other, ok := seen[n]; ok {
			t.Errorf("%s and %s look alike", p, other)
		}
		seen[n] = p
	}
}

func TestSameBytes(t *testing.T) {
	a, err := korean.PNG()
	if err != nil {
		t.Fatal(err)
	}
	b, err := korean.PNG()
	if err != nil || !bytes.Equal(a, b) {
		t.Error("the same card gives other bytes")
	}
	other := korean
	l := level3
	l.Pattern = "dots"
	other.Level = &l
	if other.Hash() == korean.Hash() {
		t.Error("another pattern has the same name")
	}
}

func TestCovered(t *testing.T) {
	for text, want := range map[string]bool{"깜뽓 뜨봉크몸 쁘레아비히어 웃더민체이 뷁": true, "Kampot – “S”": true, "កំពត": false, "柬埔寨": false} {
		if got := (Card{Title: text}).Covered(); got != want {
			t.Errorf("Covered(%q) = %v", text, got)
		}
	}
}

func TestBadColour(t *testing.T) {
	for _, s := range []string{"", "red", "#12345", "#GG0000"} {
		if _, err := (Card{Level: &Level{Color: s, Ink: "#000000"}}).PNG(); err == nil {
			t.Errorf("colour %q is taken", s)
		}
	}
}

// cards gives those of a site: of levels and places, in two languages.
func cards() (out []Card) {
	levels := []Level{{"1", "1", "#0057B8", "#FFFFFF", "dots"}, {"2", "2", "#FFD100", "#000000", "diagonal"}, level3, {"4", "4", "#000000", "#FFFFFF", "solid"}}
	words := []string{"1단계 여행유의", "2단계 여행자제", "3단계 출국권고", "4단계 여행금지"}
	english := []string{"Level 1 (Caution)", "Level 2 (Restraint)", "Level 3 (Departure recommended)", "Level 4 (Travel banned)"}
	for i, name := range strings.Fields("프놈펜,Phnom_Penh 캄폿주,Kampot 시하누크빌주,Preah_Sihanouk_(Sihanoukville) 반테아이메안체이주,Banteay_Meanchey 코콩주,Koh_Kong 바탐방주,Battambang 몬둘키리주,Mondulkiri 트봉크뭄주,Tboung_Khmum") {
		ko, en, _ := strings.Cut(strings.ReplaceAll(name, "_", " "), ",")
		for j := range 3 {
			l := levels[(i+j)%4]
			out = append(out, Card{Site: "해외안전 알림 (예시)", Title: ko, Text: words[(i+j)%4], Note: "공식 정보가 아닌 예시입니다.", Level: &l},
				Card{Site: "Travel warnings (sample)", Title: en, Text: english[(i+j)%4], Note: "Sample, not an official source.", Level: &l})
		}
	}
	return out
}

func BenchmarkPNG(b *testing.B) {
	for b.Loop() {
		if _, err := korean.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSite draws the 48 cards of a small site as a build does that just
// began.
func BenchmarkSite(b *testing.B) {
	all := cards()
	for b.Loop() {
		e := newEasel(newStudio())
		for _, c := range all {
			if _, err := e.png(c); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestTogether: cards that are drawn at once share signs and strips, and are as
// they would be alone.
func TestTogether(t *testing.T) {
	all := append(cards(), odd()...)
	shared := newStudio()
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			e := newEasel(shared)
			for i := range all {
				c := all[(i+worker*len(all)/4)%len(all)]
				got, err := e.png(c)
				want, err2 := newEasel(newStudio()).png(c)
				if err != nil || err2 != nil || !bytes.Equal(got, want) {
					t.Errorf("%q differs: %v, %v", c.Title, err, err2)
				}
			}
		})
	}
	wait.Wait()
}
