package model

import (
	"slices"
	"strings"
)

// PlaceKind says what a place is.
type PlaceKind int

// The kinds of place, broad to specific. A crossing area is as specific as an
// area, but lies in several provinces.
const (
	CountryPlace PlaceKind = iota
	ProvincePlace
	AreaPlace
	CrossingPlace
)

// Place is a node of the atlas: a country, a province or a named area.
type Place struct {
	ID       string // KH, KH-18, KH-7/bokor, KH/thai-border-50km
	Kind     PlaceKind
	Slug     string // of countries and provinces; the id of an area
	Name     Text
	Aliases  []string
	Parent   *Place   // nil for a country; the country for a crossing area
	Children []*Place // provinces and crossing areas, or the areas of a province, in the order of the file
	Touches  []*Place // of a crossing area: its provinces
	Crossing []*Place // of a province: the crossing areas that touch it
	Baseline Ref      // the level of country or province with no measure in force
	Country  *Country
	Province *Province // of provinces and their areas
	Area     *Area
}

// Root returns the country that the place lies in.
func (p *Place) Root() *Place {
	for p.Parent != nil {
		p = p.Parent
	}
	return p
}

// Inside reports whether p is q or lies in it. A crossing area lies in its
// country alone.
func (p *Place) Inside(q *Place) bool {
	for x := p; x != nil; x = x.Parent {
		if x == q {
			return true
		}
	}
	return false
}

// Page is the place whose page shows p: p itself, or the province or country
// of an area.
func (p *Place) Page() *Place {
	if p.Area != nil {
		return p.Parent
	}
	return p
}

// Atlas holds every place of the site.
type Atlas struct {
	Countries []*Place // by code
	byID      map[string]*Place
	ids       []string
}

// NewAtlas builds the tree of places. Countries are ordered by code; provinces
// keep the order of their file. Touches that name no province are left out.
func NewAtlas(countries []*Country) *Atlas {
	a := &Atlas{byID: map[string]*Place{}}
	for _, c := range countries {
		cp := &Place{ID: c.Code, Kind: CountryPlace, Slug: c.Slug, Name: c.Name, Aliases: c.Aliases, Baseline: c.Level, Country: c}
		a.add(cp)
		a.Countries = append(a.Countries, cp)
		for i := range c.Provinces {
			a.province(cp, &c.Provinces[i])
		}
		for i := range c.Areas {
			a.crossing(cp, &c.Areas[i])
		}
	}
	slices.SortFunc(a.Countries, func(x, y *Place) int { return strings.Compare(x.ID, y.ID) })
	slices.Sort(a.ids)
	return a
}

func (a *Atlas) add(p *Place) {
	if p.ID == "" || a.byID[p.ID] != nil {
		return // a diagnostic elsewhere
	}
	a.byID[p.ID] = p
	a.ids = append(a.ids, p.ID)
	if p.Parent != nil {
		p.Parent.Children = append(p.Parent.Children, p)
	}
}

func (a *Atlas) province(country *Place, p *Province) {
	base := p.Level
	if base.ID == "" {
		base = country.Baseline
	}
	pp := &Place{ID: p.Code, Kind: ProvincePlace, Slug: p.Slug, Name: p.Name, Aliases: p.Aliases, Parent: country, Baseline: base, Country: country.Country, Province: p}
	a.add(pp)
	for i := range p.Areas {
		ar := &p.Areas[i]
		a.add(&Place{
			ID: p.Code + "/" + ar.ID, Kind: AreaPlace, Slug: ar.ID, Name: ar.Name, Aliases: ar.Aliases,
			Parent: pp, Baseline: base, Country: country.Country, Province: p, Area: ar,
		})
	}
}

func (a *Atlas) crossing(country *Place, ar *Area) {
	x := &Place{
		ID: country.ID + "/" + ar.ID, Kind: CrossingPlace, Slug: ar.ID, Name: ar.Name, Aliases: ar.Aliases,
		Parent: country, Country: country.Country, Area: ar,
	}
	for _, t := range ar.Touches {
		if p := a.byID[t.ID]; p != nil && p.Kind == ProvincePlace && p.Parent == country {
			x.Touches = append(x.Touches, p)
			p.Crossing = append(p.Crossing, x)
		}
	}
	a.add(x)
}

// Place gives a place by its code, or nil.
func (a *Atlas) Place(id string) *Place { return a.byID[id] }

// IDs lists every place code, sorted.
func (a *Atlas) IDs() []string { return a.ids }

// Provinces lists the provinces of a country in the order of its file.
func (p *Place) Provinces() []*Place {
	var out []*Place
	for _, c := range p.Children {
		if c.Kind == ProvincePlace {
			out = append(out, c)
		}
	}
	return out
}

// Walk calls f for p and everything inside it, broad before specific.
func (p *Place) Walk(f func(*Place)) {
	f(p)
	for _, c := range p.Children {
		c.Walk(f)
	}
}
