package data

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// badgeFiles writes an image of the level of every place in every language.
func (a *api) badgeFiles() []File {
	var out []File
	for _, tag := range a.site.Langs() {
		cat, ok := a.words[tag]
		if !ok {
			continue
		}
		e := badger{a, cat, a.formats[tag]}
		for _, p := range a.walk() {
			out = append(out, File{Path: site.BadgePath(tag, p), Modified: func() time.Time { return a.badgeTime(p) }, Shows: output.NoBody, Render: func(b *bytes.Buffer) error {
				e.write(b, p)
				return nil
			}})
		}
	}
	return out
}

// badgeTime is the newest time at which the badge of a place changed.
func (a *api) badgeTime(p *model.Place) time.Time {
	t := a.site.Start()
	for _, q := range append([]*model.Place{p}, append(p.Children, p.Crossing...)...) {
		if q != p && q.Area == nil { // a province of a country: its areas count too
			for _, x := range q.Children {
				t = later(t, a.segmentTime(x))
			}
		}
		t = later(t, a.segmentTime(q))
	}
	return t
}

// segmentTime is the newest time at which anything about the level of a place
// changed.
func (a *api) segmentTime(q *model.Place) time.Time {
	var t time.Time
	for _, s := range a.site.Book.Segments(q) {
		if !s.From.After(a.site.Now) {
			t = later(t, s.From)
		}
	}
	return t
}

// badger draws the badges of one language.
type badger struct {
	*api
	cat *lang.Catalog
	fm  lang.Formatter
}

// Measures of a badge in pixels, and of letters in ems.
const (
	flagWidth = 52
	textLeft  = 68
	margin    = 14
	wide      = 1.0  // a Hangul or Han character
	narrow    = 0.58 // a Latin one, on average
	maxParts  = 3    // lines for parts with another level
)

// badgeLine is a line of text of a badge.
type badgeLine struct {
	text string
	size int // of the letters
	bold bool
}

// write draws the badge of a place: the sign of its level on its colour, the
// place, the level in words, and what a reader must know beside it. It is
// readable as an image alone, and by its title.
func (e badger) write(b *bytes.Buffer, p *model.Place) {
	st := e.site.Book.At(p, e.site.Now)
	lines := e.lines(p, st)
	width, height := 0.0, 12
	title := make([]string, len(lines))
	for i, l := range lines {
		width = max(width, length(l.text)*float64(l.size))
		height += l.size + 6
		title[i] = l.text
	}
	w, h := num(textLeft+int(width)+margin), num(max(height, 60))
	digit, color, ink := "–", "#FFFFFF", "#16181D"
	if st.Level != nil {
		digit, color, ink = st.Level.Digit.Get(e.cat.Lang()), st.Level.Color, st.Level.Ink
	}
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	line(`<svg xmlns="http://www.w3.org/2000/svg" width="`, w, `" height="`, h, `" viewBox="0 0 `, w, ` `, h, `" role="img" aria-labelledby="t" xml:lang="`, escape(e.cat.Lang()), `">`)
	line(`<title id="t">`, escape(strings.Join(title, ". ")), `</title>`)
	line(`<rect width="`, w, `" height="`, h, `" rx="6" fill="#16181D"/>`)
	line(`<rect x="1" y="1" width="`, num(textLeft+int(width)+margin-2), `" height="`, num(max(height, 60)-2), `" rx="5" fill="#FFFFFF"/>`)
	line(`<rect x="6" y="6" width="`, num(flagWidth), `" height="`, num(max(height, 60)-12), `" rx="4" fill="`, color, `" stroke="#16181D"/>`)
	line(`<g font-family="'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR','Noto Sans CJK KR',system-ui,sans-serif" fill="#16181D">`)
	line(`<text x="`, num(6+flagWidth/2), `" y="`, num(max(height, 60)/2+11), `" font-size="30" font-weight="700" text-anchor="middle" fill="`, ink, `">`, escape(digit), `</text>`)
	y := 8
	for _, l := range lines {
		y += l.size + 5
		weight := ""
		if l.bold {
			weight = `" font-weight="700`
		}
		line(`<text x="`, num(textLeft), `" y="`, num(y-3), `" font-size="`, num(l.size), weight, `">`, escape(l.text), `</text>`)
	}
	line(`</g>`)
	line(`</svg>`)
}

func num(n int) string { return strconv.Itoa(n) }

// lines says what a badge says: the place, its level, higher parts (of a
// country: the highest of all), and since when.
func (e badger) lines(p *model.Place, st level.State) []badgeLine {
	tag := e.cat.Lang()
	out := []badgeLine{{p.Name.Get(tag), 16, true}, {e.levelName(st.Level), 16, false}}
	if p.Kind == model.CountryPlace {
		if high := e.highest(p, st.Level); high != nil {
			out = append(out, badgeLine{e.cat.T("open.badge.inside", "level", e.levelName(high)), 13, true})
		}
		return e.end(out, st)
	}
	var parts []level.Part
	for _, part := range e.site.Book.Parts(p, e.site.Now) {
		if level.Higher(part.State.Level, st.Level) {
			parts = append(parts, part)
		}
	}
	for i, part := range parts {
		if i == maxParts-1 && len(parts) > maxParts {
			out = append(out, badgeLine{e.cat.T("open.badge.more", "n", len(parts)-i), 13, false})
			break
		}
		out = append(out, badgeLine{e.cat.T("open.badge.part", "place", part.Place.Name.Get(tag), "level", e.levelName(part.State.Level)), 13, true})
	}
	return e.end(out, st)
}

func (e badger) end(lines []badgeLine, st level.State) []badgeLine {
	if note := e.note(st); note != "" {
		lines = append(lines, badgeLine{note, 11, false})
	}
	return lines
}

// note says since when a level holds, or that it is past its end, and that it
// is a sample.
func (e badger) note(st level.State) string {
	var notes []string
	switch {
	case st.Held:
		notes = append(notes, e.cat.T("open.badge.held", "date", e.fm.MachineDate(st.Until)))
	case !st.Since.IsZero():
		notes = append(notes, e.cat.T("open.badge.since", "date", e.fm.MachineDate(st.Since)))
	}
	if sample := e.site.Config.Sample; sample != nil {
		notes = append(notes, e.cat.T("open.badge.sample", "date", e.fm.MachineDate(sample.AsOf.Time)))
	}
	return strings.Join(notes, " · ")
}

// levelName gives a level in words, with its number where it has one.
func (e badger) levelName(l *model.Level) string {
	if l == nil {
		return e.cat.T("level.none")
	}
	digit, name := l.Digit.Get(e.cat.Lang()), l.Name.Get(e.cat.Lang())
	if strings.Trim(digit, "0123456789") != "" {
		return name
	}
	return e.cat.T("level.full", "digit", digit, "name", name)
}

// length is about how wide a text is, in ems.
func length(s string) float64 {
	n := 0.0
	for _, r := range s {
		if r >= 0x1100 {
			n += wide
		} else {
			n += narrow
		}
	}
	return n
}

// escape makes text safe in XML.
func escape(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
