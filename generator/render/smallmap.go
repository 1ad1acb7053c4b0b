package render

import (
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
)

// smallMap is the dot of parts/days/map: the levels of a country at a time, as
// a picture beside the words that say the same. Its provinces are the numbers
// of shapes that the page holds once for all small maps.
type smallMap struct {
	Width, Height int
	Levels        []smallLevel
	Dots          []smallDot // parts with a higher level than their province
}

// smallLevel is a level with the shapes that have it.
type smallLevel struct {
	Level  *model.Level
	Fill   string // id of the pattern on the large map of the page
	Shapes []int
}

type smallDot struct {
	Level *model.Level
	X, Y  int
}

// smallMaps makes the small maps of a country.
type smallMaps struct {
	*edition
	country *model.Place
	outline *smallOutline
	fill    string // begins the ids of the patterns
}

// provinces lists those that have an outline; their places in the list are the
// numbers of their shapes.
func (m *smallMaps) provinces() []*model.Place {
	var out []*model.Place
	for _, p := range m.country.Provinces() {
		if m.outline.provinces[p.ID] != nil {
			out = append(out, p)
		}
	}
	return out
}

func (m *smallMaps) shapes() []string {
	var out []string
	for _, p := range m.provinces() {
		out = append(out, m.outline.provinces[p.ID].path)
	}
	return out
}

// at draws the levels of a time.
func (m *smallMaps) at(t time.Time) *smallMap {
	v := &smallMap{Width: m.outline.width, Height: m.outline.height}
	for i, p := range m.provinces() {
		own := levelOr(m.site.Book.At(p, t).Level)
		v.add(own, m.fill, i)
		for _, part := range m.site.Book.Parts(p, t) {
			if level.Higher(part.State.Level, orNil(own)) {
				at := m.outline.provinces[p.ID].label
				if pt := part.Place.Area.Point; len(pt) == 2 {
					at = m.outline.project(pt[0], pt[1])
				}
				v.Dots = append(v.Dots, smallDot{part.State.Level, at.x, at.y})
			}
		}
	}
	return v
}

func (v *smallMap) add(l *model.Level, fill string, shape int) {
	for i := range v.Levels {
		if v.Levels[i].Level == l {
			v.Levels[i].Shapes = append(v.Levels[i].Shapes, shape)
			return
		}
	}
	v.Levels = append(v.Levels, smallLevel{l, fill + "-" + l.ID, []int{shape}})
}
