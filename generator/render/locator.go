package render

import (
	"html/template"
	"math"

	"bongsu/generator/model"
)

// Measures of a locator map, in units of its viewBox.
const (
	locatorWidth  = 200.0
	locatorHeight = 260.0
	locatorMargin = 12.0
	locatorSmall  = 5.0 // a place with less room than this gets a ring
)

// locatorView is the dot of parts/locator: the outline of a country with a few
// provinces filled.
type locatorView struct {
	Width, Height int
	Title         string
	Land          string // the country
	Places        []locatorPlace
	Dots          []struct{ X, Y int }
}

// locatorPlace is a province with the level it is filled with.
type locatorPlace struct {
	Level *model.Level
	Path  string
}

// locator gives a small map that shows where places lie in their country, by
// the provinces that hold them; a country fills all of its provinces. Nothing
// where there is no map.
func (e *edition) locator(country *model.Place, places []*model.Place, title string) template.HTML {
	o := e.outlines.small(e.site.Maps[country.ID], country.ID)
	if o == nil {
		return ""
	}
	v := locatorView{Width: o.width, Height: o.height, Title: title, Land: o.silhouette}
	for _, p := range country.Provinces() {
		s := o.provinces[p.ID]
		if s == nil || !holds(p, places) {
			continue
		}
		v.Places = append(v.Places, locatorPlace{levelOr(e.site.Book.At(p, e.site.Now).Level), s.path})
		if s.room < locatorSmall {
			v.Dots = append(v.Dots, struct{ X, Y int }{s.label.x, s.label.y})
		}
	}
	if len(v.Places) == 0 {
		return ""
	}
	return e.part("parts/locator", v)
}

// holds reports whether a province is, holds or is touched by one of places.
func holds(province *model.Place, places []*model.Place) bool {
	for _, p := range places {
		if p == province || p == province.Parent || p.Parent == province {
			return true
		}
		for _, t := range p.Touches {
			if t == province {
				return true
			}
		}
	}
	return false
}

// smallOutline is an outline with the border of the country alone.
type smallOutline struct {
	*outline
	silhouette string
}

// silhouette gives the border of the country: the edges that belong to one
// province only, joined to rings. Borders between provinces are the same
// vertices on both sides, once in each direction; where a map does not keep to
// that, they stay visible.
func (o *outline) silhouette(order []string) string {
	type edge struct{ from, to vertex }
	edges := map[edge]bool{}
	var all []edge
	for _, code := range order {
		s := o.provinces[code]
		if s == nil {
			continue
		}
		for _, r := range s.rings {
			for i := range r {
				e := edge{r[i], r[(i+1)%len(r)]}
				if back := (edge{e.to, e.from}); edges[back] {
					delete(edges, back)
				} else if !edges[e] {
					edges[e] = true
					all = append(all, e)
				}
			}
		}
	}
	next := map[vertex][]vertex{}
	for _, e := range all {
		if edges[e] {
			next[e.from] = append(next[e.from], e.to)
		}
	}
	var d []byte
	for _, e := range all {
		r := []vertex{}
		for at := e.from; len(next[at]) > 0; {
			r = append(r, at)
			to := next[at][0]
			next[at] = next[at][1:]
			at = to
		}
		if len(r) > 2 {
			d = appendRing(d, straighten(r))
		}
	}
	return string(d)
}

// straighten leaves out vertices that change little at this size.
func straighten(r []vertex) []vertex {
	out := r[:1:1]
	for i := 1; i < len(r); i++ {
		last := out[len(out)-1]
		if math.Hypot(float64(r[i].x-last.x), float64(r[i].y-last.y)) >= 2 {
			out = append(out, r[i])
		}
	}
	if len(out) < 3 {
		return r
	}
	return out
}

// small gives the outline of a country for locators, or nil.
func (o *outlines) small(m *model.Map, code string) *smallOutline {
	if m == nil || len(m.Features) == 0 {
		return nil
	}
	make := func() *smallOutline {
		out := &smallOutline{outline: newOutline(m, locatorWidth, locatorHeight, locatorMargin)}
		order := []string{}
		for _, f := range m.Features {
			order = append(order, f.Code)
		}
		out.silhouette = out.outline.silhouette(order)
		return out
	}
	return keep(&o.locators, code, make)
}
