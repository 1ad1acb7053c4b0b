package render

import (
	"html/template"

	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// PlaceLink is a place by its name, with the level that it has now.
type PlaceLink struct {
	Link
	Within string        // the province of a named area
	Badge  template.HTML // empty where none is wanted
}

// placeURL gives the address of the page that shows a place.
func (e *edition) placeURL(p *model.Place) string { return e.places()[p] }

// placeURLs gives the address of each place.
func (e *edition) placeURLs() map[*model.Place]string {
	out := map[*model.Place]string{}
	for _, c := range e.site.Atlas.Countries {
		c.Walk(func(p *model.Place) { out[p] = e.url(site.PlacePath(p)) })
	}
	return out
}

// placeLink names a place and links its page.
func (e *edition) placeLink(p *model.Place) PlaceLink {
	l := PlaceLink{Link: Link{e.text(p.Name), e.placeURL(p)}}
	if p.Kind == model.AreaPlace {
		l.Within = e.text(p.Parent.Name)
	}
	return l
}

// placeNow is placeLink with the badge of the level that holds now.
func (e *edition) placeNow(p *model.Place) PlaceLink {
	l := e.placeLink(p)
	l.Badge = e.badge(e.site.Book.At(p, e.site.Now).Level, Small)
	return l
}

// placeNames joins the names of places.
func (e *edition) placeNames(places []*model.Place) string {
	var names []string
	for _, p := range places {
		names = append(names, e.text(p.Name))
	}
	return e.format.List(names)
}

// sortPlaces orders places as the language does.
func (e *edition) sortPlaces(places []*model.Place) {
	lang.Sort(e.lang, places, func(p *model.Place) string { return e.text(p.Name) }, func(p *model.Place) string { return p.ID })
}

// Shift is a change of level shared by several places: one line of a list of
// changes.
type Shift struct {
	Move   Move
	Places []PlaceLink
	More   string // where only the first are named, how many more there are
}

// shifts gathers changes of one moment by what they change, in their order. A
// named area that only follows its province is left out, and so is a country
// whose provinces say more. At the most limit places are named; 0 names all.
func (e *edition) shifts(changes []level.Change, limit int) []Shift {
	type key struct{ from, to *model.Level }
	var keys []key
	places := map[key][]*model.Place{}
	seen := map[*model.Place]key{}
	for _, c := range changes {
		k := key{c.From, c.To}
		seen[c.Place] = k
		if c.Place.Kind == model.AreaPlace && seen[c.Place.Parent] == k {
			continue
		}
		if places[k] == nil {
			keys = append(keys, k)
		}
		places[k] = append(places[k], c.Place)
	}
	sortBy(keys, func(a, b key) bool { return level.Higher(a.to, b.to) })
	var out []Shift
	for _, k := range keys {
		s := Shift{Move: e.move(k.from, k.to)}
		list := places[k]
		if len(list) > 1 && list[0].Kind == model.CountryPlace {
			list = list[1:]
		}
		e.sortPlaces(list)
		named := list
		if limit > 0 && len(list) > limit {
			named = list[:limit]
			s.More = e.t("list.more", "n", len(list)-limit)
		}
		for _, p := range named {
			s.Places = append(s.Places, e.placeLink(p))
		}
		out = append(out, s)
	}
	return out
}
