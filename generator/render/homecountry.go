package render

import (
	"html/template"

	"bongsu/generator/model"
)

// HomeCountry is a country on the home page.
type HomeCountry struct {
	PlaceLink
	ID        string // of its heading
	TableText string // of the link to the table of all places
	Span      Span
	Levels    []HomeLevel
	Map       template.HTML
}

// HomeLevel is a level with the places of a country that have it now.
type HomeLevel struct {
	Level  string // id, of the class
	Badge  template.HTML
	Places []PlaceLink
	More   string // where only the first are named, how many more there are
}

// namedAtHome is how many places a level names on the home page.
const namedAtHome = 6

func (e *edition) homeCountry(c *model.Place) HomeCountry {
	v := HomeCountry{PlaceLink: e.placeLink(c), ID: "page-" + c.Slug, TableText: e.t("home.table", "place", e.text(c.Name)), Span: e.spanView(c, Small), Map: e.countryMap(c, "map-"+c.Slug)}
	at := e.placesByLevel(c, false)
	levels := e.levelsDown()
	for i, l := range levels {
		places := at[l]
		if len(places) == 0 {
			continue
		}
		row := HomeLevel{Level: levelOr(l).ID, Badge: e.badge(l, Small)}
		e.sortPlaces(places)
		sortBy(places, func(a, b *model.Place) bool { return a.Area != nil && b.Area == nil })
		if lowest := i == len(levels)-1 || noneBelow(at, levels[i+1:]); lowest && len(v.Levels) > 0 {
			row.More = e.t("home.rest", "n", len(places))
			v.Levels = append(v.Levels, row)
			continue
		}
		for _, p := range first(places, namedAtHome) {
			row.Places = append(row.Places, e.placeLink(p))
		}
		if n := len(places) - namedAtHome; n > 0 {
			row.More = e.t("list.more", "n", n)
		}
		v.Levels = append(v.Levels, row)
	}
	return v
}

// noneBelow reports whether no place has any of the levels.
func noneBelow(at map[*model.Level][]*model.Place, levels []*model.Level) bool {
	for _, l := range levels {
		if len(at[l]) > 0 {
			return false
		}
	}
	return true
}

// placesByLevel gives the places of a country by the level that they have now:
// its provinces (or itself, where it has none) and the areas that differ from
// their province, or all of them.
func (e *edition) placesByLevel(c *model.Place, all bool) map[*model.Level][]*model.Place {
	out := map[*model.Level][]*model.Place{}
	level := func(p *model.Place) *model.Level { return e.site.Book.At(p, e.site.Now).Level }
	add := func(p *model.Place) { out[level(p)] = append(out[level(p)], p) }
	provinces := c.Provinces()
	if len(provinces) == 0 {
		add(c)
	}
	for _, p := range provinces {
		add(p)
		for _, a := range p.Children {
			if all && a.Area != nil || level(a) != level(p) {
				add(a)
			}
		}
	}
	for _, a := range c.Children {
		if a.Kind == model.CrossingPlace && level(a) != nil {
			add(a)
		}
	}
	return out
}
