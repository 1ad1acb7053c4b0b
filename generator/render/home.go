package render

import (
	"html/template"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Home is the dot of pages/home.
type Home struct {
	Title      string
	Intro      template.HTML
	Countries  []HomeCountry // shown with their maps
	Highest    []PlaceLink   // instead, where there are many countries
	All        string        // address of all places
	Check      string
	Help       string
	Events     []Event
	Advisories []template.HTML
	Scams      []template.HTML
	URL        map[string]string // addresses of sections, by name
}

const (
	homeMaps   = 2 // countries up to which the home page shows their maps
	homeEvents = 4
	homeItems  = 4
	homeListed = 24
)

// homePages makes the home page of each language.
func homePages(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		out = append(out, e.file("", b.latest, "home", func() (*Page, any) { return e.home() }))
	}
	return out
}

func (e *edition) home() (*Page, any) {
	v := &Home{
		Title: e.text(e.site.Config.Title), Intro: e.intro("home"), All: e.url("provinces/"),
		Check: e.url("scams/check/"), Help: e.url("help/"), Events: e.recentEvents(homeEvents),
		Advisories: e.itemList(first(e.site.Advisories, homeItems)), Scams: e.itemList(first(e.site.Scams, homeItems)),
		URL: map[string]string{},
	}
	for _, s := range site.Sections {
		v.URL[s.Page] = e.url(s.Path)
	}
	if len(e.site.Atlas.Countries) <= homeMaps {
		for _, c := range e.site.Atlas.Countries {
			v.Countries = append(v.Countries, e.homeCountry(c))
		}
	} else {
		v.Highest = e.highestCountries(homeListed)
	}
	p := e.page("home", "", v.Title, e.t("home.description"))
	var o linked
	o.open("")
	o.text("@context", "https://schema.org")
	o.text("@type", "WebSite")
	o.text("inLanguage", e.lang)
	o.text("name", v.Title)
	o.text("url", p.Canonical)
	o.close()
	p.Data = o.script()
	return p, v
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// highestCountries lists the countries with the highest levels, counting their parts.
func (e *edition) highestCountries(n int) []PlaceLink {
	countries := append([]*model.Place(nil), e.site.Atlas.Countries...)
	top := map[*model.Place]*model.Level{}
	for _, c := range countries {
		c.Walk(func(p *model.Place) {
			if l := e.site.Book.At(p, e.site.Now).Level; level.Higher(l, top[c]) {
				top[c] = l
			}
		})
	}
	e.sortPlaces(countries)
	sortBy(countries, func(a, b *model.Place) bool { return level.Higher(top[a], top[b]) })
	var out []PlaceLink
	for _, c := range first(countries, n) {
		l := e.placeLink(c)
		l.Badge = e.badge(top[c], Small)
		out = append(out, l)
	}
	return out
}
