package render

import (
	"html/template"
	"strings"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// ProvinceView is the dot of pages/province.
type ProvinceView struct {
	Names    Names
	Capital  string
	Code     string
	Country  Link
	Now      *PlaceNow
	Parts    []*PlaceNow // named areas, highest level first
	Differs  []PlaceLink // the parts with another level, for the line under the badge
	Records  PlaceRecords
	Timeline []TimelineItem
	Prose    *Words
	Locator  template.HTML
	Feeds    []FeedRow
	Contacts []Contact
	LevelURL string // explains the levels
	AllURL   string // lists the changes of every place
}

// PlaceNow is the dot of parts/now: what holds for a place, what that asks of
// people, and what the law says.
type PlaceNow struct {
	ID       string // anchor, of named areas
	Place    PlaceLink
	Badge    template.HTML
	Level    string // in words
	Standing Standing
	Planning string
	Staying  string
	Law      *Law
	Differs  bool // a named area whose level is not that of its province
}

// Law is the dot of parts/law: what the law asks where a level has legal force.
type Law struct {
	Basis, Penalty, Exemption string
	Advisory                  *Link
}

// placeNowView tells what holds for a place.
func (e *edition) placeNowView(p *model.Place) *PlaceNow {
	st := e.site.Book.At(p, e.site.Now)
	v := &PlaceNow{Place: e.placeLink(p), Badge: e.badge(st.Level, Large), Level: e.levelName(st.Level), Standing: e.standing(st)}
	if st.Level == nil {
		return v
	}
	v.Planning, v.Staying = e.text(st.Level.Planning), e.text(st.Level.Staying)
	v.Law = e.law(st)
	return v
}

// law gives the legal texts of the advisory behind a level with legal force.
func (e *edition) law(st level.State) *Law {
	if st.Level == nil || !st.Level.LegalForce {
		return nil
	}
	l := &Law{Advisory: e.standing(st).Advisory}
	if st.Decision == nil {
		return l
	}
	if r := e.site.Record(st.Decision.ID); r != nil {
		if legal := r.Legal(e.lang); legal != nil {
			l.Basis, l.Penalty, l.Exemption = legal.Basis, legal.Penalty, legal.Exemption
		}
	}
	return l
}

// provincePages makes a page for each province.
func provincePages(b *builder) []File {
	var out []File
	for _, c := range b.site.Atlas.Countries {
		for _, p := range c.Provinces() {
			changed := b.placeChanged(p)
			for _, e := range b.editions {
				out = append(out, e.provinceFile(p, changed))
			}
		}
	}
	return out
}

func (e *edition) provinceFile(p *model.Place, changed func() time.Time) File {
	return e.file(site.PlacePath(p), changed, "province", func() (*Page, any) {
		v := e.provinceView(p)
		name, country := v.Names.Name, v.Country.Text
		own := levelOr(e.site.Book.At(p, e.site.Now).Level)
		page := e.page("province", site.PlacePath(p), e.t("province.title", "place", name, "level", v.Now.Level),
			e.t("province.description", "place", e.withParts(e.atLevel(p, own), above(own, e.site.Book.Parts(p, e.site.Now))), "country", country))
		page.Feeds, page.Changed, page.Preview = e.feedLinks(p), changed(), e.preview(e.placePicture(p))
		if since := e.site.Book.At(p, e.site.Now).Since; !since.IsZero() {
			page.Share = page.Title + " (" + e.format.Date(since) + ")"
		}
		page.crumbs(e, Link{e.t("nav.provinces"), e.url("provinces/")}, v.Country)
		page.Data = e.placeData(p, page)
		return page, v
	})
}

func (e *edition) provinceView(p *model.Place) *ProvinceView {
	v := &ProvinceView{
		Names: e.names(p), Code: p.ID, Country: e.placeLink(p.Parent).Link, Now: e.placeNowView(p),
		Records: e.placeRecords(p), Timeline: e.timeline(p), Feeds: e.feedRows(site.ChannelOf(p)), LevelURL: e.url("levels/"), AllURL: e.url("changes/"),
	}
	if c := p.Province.Capital; len(c) > 0 {
		if name := e.text(c); !strings.HasPrefix(v.Names.Name, name) { // a province named after it says it already
			v.Capital = name
		}
	}
	v.Prose, v.Contacts = e.placeWords(p)
	v.Locator = e.locator(p.Parent, []*model.Place{p}, e.t("map.locator", "place", v.Names.Name, "country", v.Country.Text))
	own := e.site.Book.At(p, e.site.Now).Level
	for _, a := range e.areasOf(p) {
		part := e.placeNowView(a)
		part.ID = a.Slug
		if a.Kind == model.CrossingPlace {
			part.ID = "" // its own anchor stands on the page of the country
		}
		part.Badge = e.badge(e.site.Book.At(a, e.site.Now).Level, Small)
		if e.site.Book.At(a, e.site.Now).Level != own {
			part.Differs = true
			v.Differs = append(v.Differs, e.placeNow(a))
		}
		v.Parts = append(v.Parts, part)
	}
	return v
}

// placeData is the JSON-LD of a place's page.
func (e *edition) placeData(p *model.Place, page *Page) template.JS {
	var o linked
	o.open("")
	o.text("@context", "https://schema.org")
	o.text("@type", "WebPage")
	o.open("about")
	if p.Parent == nil {
		o.text("@type", "Country")
	} else {
		o.text("@type", "AdministrativeArea")
		o.open("containedInPlace")
		o.text("@type", "Country")
		o.text("identifier", p.Root().ID)
		o.text("name", e.text(p.Root().Name))
		o.close()
	}
	o.text("identifier", p.ID)
	o.text("name", e.text(p.Name))
	o.close()
	o.text("dateModified", e.format.Machine(page.Changed))
	o.text("inLanguage", e.lang)
	o.text("name", page.Title)
	o.text("url", page.Canonical)
	o.close()
	return o.script()
}
