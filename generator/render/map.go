package render

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"sync"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
)

// Measures of the marks on a map, in units of its viewBox. On the narrowest
// phones a map of 1000 units is 290 px wide, so 34 units are 10 px.
const (
	largeRoom   = 24 // room that a digit takes
	digitRoom   = 17 // room that a smaller digit takes
	smallRoom   = 11 // room that a digit takes which narrow screens do not show
	markRadius  = 24 // of a dot or diamond with a digit
	ringWidth   = 5  // white around a mark
	digitMiddle = 12 // from the middle of a digit in a mark to its foot
	tipHeight   = 46 // strip below the map for the name of the place in hand
)

// mapView is the dot of parts/map: the levels of the provinces of a country.
type mapView struct {
	ID                  string // begins the ids of the drawing, so that two maps fit on a page
	Width, Height       int
	Middle, TipY        int
	Title, Text, Credit string
	Levels              []mapLevel
	Provinces           []*mapProvince // highest level first, which is also the order of the focus
	Marks               []mapMark
	Legend              []template.HTML
	Notes               []mapMark
}

// mapLevel is a level in use with the pattern that fills its provinces.
type mapLevel struct {
	Level *model.Level
	Fill  string // id of the pattern
	Tile  int    // width and height of the pattern
	Hatch *hatch
}

// hatch is what a pattern draws on the colour of its level.
type hatch struct {
	Path, Ink string
	Width     float64
}

// hatches is the table of the patterns of levels.yaml; none and solid have no
// lines of their own.
var hatches = map[string]struct {
	tile  int
	path  string
	width float64
}{
	"dots":     {20, "M5 5h.01M15 15h.01", 4},
	"diagonal": {24, "M-2 2l4-4M0 24L24 0M22 26l4-4", 2.6},
	"cross":    {24, "M-2-2l28 28M26-2l-28 28", 2},
}

// mapProvince is a province on a map. Name is what a screen reader says, Tip the
// shorter line that hover and focus show below the map.
type mapProvince struct {
	Level           *model.Level
	Fill, Name, URL string
	Tip             string
	Place           string         // its name alone
	Above           []*model.Level // levels of its parts that are higher
	Path            string
	Digit           *mapText
	Lead            string // line from the province to its digit
}

// mapText is a piece of text on a map.
type mapText struct {
	X, Y               int
	Size               int // of the type, where it is not that of the drawing
	Class, Color, Text string
}

// mapMark is a ringed dot (a named area with a point) or a diamond (a part
// whose outline is not known) in the colour of its level.
type mapMark struct {
	Level      *model.Level
	Digit      string
	X, Y       int
	Path, Ring string
	Lead       string
	Text       string // in the legend
}

// noLevel is how a place without a level is drawn.
var noLevel = &model.Level{ID: "none", Color: "#D8DCE3", Ink: "#000000", Pattern: "none"}

// outlines keeps the drawn forms of countries, which no language changes.
type outlines struct{ maps, locators sync.Map }

// large gives the outline of a country for its map, or nil where it has none.
func (o *outlines) large(m *model.Map, code string) *outline {
	if m == nil || len(m.Features) == 0 {
		return nil
	}
	return keep(&o.maps, code, func() *outline { return newOutline(m, mapWidth, mapHeight, mapMargin) })
}

// keep gives what make makes for a key, calling it once.
func keep[T any](kept *sync.Map, key any, make func() T) T {
	once, ok := kept.Load(key)
	if !ok {
		once, _ = kept.LoadOrStore(key, sync.OnceValue(make))
	}
	return once.(func() T)()
}

// countryMap gives the map of a country with its legend; nothing where the
// country has no map. id begins the ids of the drawing.
func (e *edition) countryMap(country *model.Place, id string) template.HTML {
	o := e.outlines.large(e.site.Maps[country.ID], country.ID)
	if o == nil {
		return ""
	}
	return e.part("parts/map", e.mapView(country, o, id))
}

func (e *edition) mapView(country *model.Place, o *outline, id string) *mapView {
	return e.mapViewAt(country, o, id, e.site.Now)
}

// mapViewAt is mapView with the levels of a time.
func (e *edition) mapViewAt(country *model.Place, o *outline, id string, at time.Time) *mapView {
	v := &mapView{
		ID: id, Width: o.width, Height: o.height + tipHeight, Middle: o.width / 2, TipY: o.height + tipHeight - 14,
		Title:  e.t("map.title", "country", e.text(country.Name)),
		Text:   e.t("map.text"),
		Credit: e.text(country.Country.MapCredit),
	}
	c := cartographer{edition: e, outline: o, view: v, at: at, used: map[*model.Level]bool{}}
	for _, p := range country.Provinces() {
		if o.provinces[p.ID] != nil {
			c.province(p)
		}
	}
	lang.Sort(e.lang, v.Provinces, func(p *mapProvince) string { return p.Name }, func(p *mapProvince) string { return p.URL })
	slices.SortStableFunc(v.Provinces, func(a, b *mapProvince) int { return compareLevels(b.Level, a.Level) })
	c.legend()
	return v
}

// compareLevels orders levels by rank; noLevel is below every level.
func compareLevels(a, b *model.Level) int {
	switch {
	case level.Higher(orNil(a), orNil(b)):
		return 1
	case level.Higher(orNil(b), orNil(a)):
		return -1
	}
	return 0
}

// cartographer fills in a mapView.
type cartographer struct {
	*edition
	outline *outline
	view    *mapView
	at      time.Time // whose levels are drawn
	used    map[*model.Level]bool
	taken   []vertex // where digits and marks stand outside their provinces
	names   []string // of the parts already in the legend
}

// province draws a province, its digit, and marks for parts with another level.
func (c *cartographer) province(p *model.Place) {
	s := c.outline.provinces[p.ID]
	own := levelOr(c.site.Book.At(p, c.at).Level)
	c.used[own] = true
	parts := c.site.Book.Parts(p, c.at)
	item := &mapProvince{
		Level: own, Fill: c.fill(own), URL: c.placeURL(p), Path: s.path,
		Place: c.text(p.Name), Tip: c.atLevel(p, own), Above: above(own, parts),
	}
	item.Name = c.withParts(item.Tip, item.Above)
	at, rest := s.label, (*level.Part)(nil)
	for i, part := range parts {
		if pt := part.Place.Area.Point; len(pt) == 2 {
			c.dot(c.outline.project(pt[0], pt[1]), part)
		} else if rest == nil || level.Higher(part.State.Level, rest.State.Level) {
			rest = &parts[i]
		}
	}
	if rest != nil {
		at = c.diamond(s, *rest)
	}
	item.Digit, item.Lead = c.digit(s, at, own)
	c.view.Provinces = append(c.view.Provinces, item)
}

// levelOr gives a level to draw.
func levelOr(l *model.Level) *model.Level {
	if l == nil {
		return noLevel
	}
	return l
}

func (c *cartographer) fill(l *model.Level) string { return c.view.ID + "-" + l.ID }

// atLevel names a province with its own level.
func (e *edition) atLevel(p *model.Place, own *model.Level) string {
	return e.t("map.place", "place", e.text(p.Name), "level", e.levelName(orNil(own)))
}

// withParts adds to that the higher levels of its parts, so that it is everything
// that the map shows: "시하누크빌주, 3단계 출국권고, 일부 지역 4단계 여행금지".
func (e *edition) withParts(name string, above []*model.Level) string {
	if len(above) == 0 {
		return name
	}
	var others []string
	for _, l := range above {
		others = append(others, e.levelName(l))
	}
	return e.t("map.parts", "place", name, "levels", e.format.List(others))
}

// above lists the levels of parts that are higher than that of their province,
// each once.
func above(own *model.Level, parts []level.Part) []*model.Level {
	var out []*model.Level
	for _, part := range parts {
		if l := part.State.Level; level.Higher(l, orNil(own)) && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

func orNil(l *model.Level) *model.Level {
	if l == noLevel {
		return nil
	}
	return l
}

// digit places the digit of a province: inside, small, or led out by a line. A
// province with room for none of them is told by its colour, its name and the
// table.
func (c *cartographer) digit(s *shape, at vertex, l *model.Level) (text *mapText, lead string) {
	text = &mapText{X: at.x, Y: at.y + digitMiddle, Size: 34, Class: "map-digit", Color: l.Ink, Text: c.text(l.Digit)}
	switch {
	case s.room >= largeRoom:
		text.Y, text.Size = at.y+digitMiddle+3, 0
		return text, ""
	case s.room >= digitRoom:
		return text, ""
	}
	if out, ok := c.outline.leadOut(at, digitRoom+4, c.taken); ok {
		c.taken = append(c.taken, out)
		text.X, text.Y, text.Class, text.Color = out.x, out.y+digitMiddle, "map-outside", "#16181D"
		return text, leadLine(at, 0, out, digitRoom)
	}
	if s.room >= smallRoom {
		text.Y, text.Size, text.Class = at.y+digitMiddle-4, 22, "map-digit map-small"
		return text, ""
	}
	return nil, ""
}

// leadLine draws from the disc of radius inner around from to the disc of
// radius outer around to.
func leadLine(from vertex, inner int, to vertex, outer int) string {
	dx, dy := float64(to.x-from.x), float64(to.y-from.y)
	far := math.Hypot(dx, dy)
	at := func(r float64) vertex {
		return vertex{from.x + int(math.Round(dx*r/far)), from.y + int(math.Round(dy*r/far))}
	}
	a, b := at(float64(inner)), at(far-float64(outer))
	return fmt.Sprintf("M%d %dL%d %d", a.x, a.y, b.x, b.y)
}
