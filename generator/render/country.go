package render

import (
	"html/template"
	"slices"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// CountryView is the dot of pages/country.
type CountryView struct {
	Names     Names
	Span      Span
	Own       *PlaceNow // of a country without provinces: what holds and what it asks
	Map       template.HTML
	Days      *DaysView   // nil: no map, or no change yet
	Table     *PlaceTable // nil: no provinces
	Crossings []PlaceRow
	Records   PlaceRecords
	Prose     *Words
	Feeds     []FeedRow
	Contacts  []Contact
	DayList   string // lists the days on which its levels changed; empty: none did
}

// Names are the names of a place: in the page's language and in others.
type Names struct {
	Name   string
	Others []NameIn
}

// NameIn is a name in a language.
type NameIn struct{ Lang, Name string }

// names gives the names of a place: the page's language, then the other
// languages of the site, then those that only the name has.
func (e *edition) names(p *model.Place) Names {
	n := Names{Name: e.text(p.Name)}
	tags := slices.Clone(e.site.Langs())
	for tag := range p.Name {
		if tag != "" && !slices.Contains(e.site.Langs(), tag) {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags[len(e.site.Langs()):])
	for _, tag := range tags {
		if name, ok := p.Name[tag]; ok && tag != e.lang && name != n.Name {
			n.Others = append(n.Others, NameIn{tag, name})
		}
	}
	return n
}

// PlaceRecords is what the site says about a place, as list entries: the
// advisories that set its levels now, other notices, scam warnings, and
// advisories that hold no longer. Long lists are cut; All leads to the rest.
type PlaceRecords struct {
	Advisories, Notices, Scams, Ended []template.HTML
	All                               string
}

// How many entries the page of a place lists: of advisories in force, and of
// each other kind.
const (
	maxInForce = 20
	maxRecords = 6
)

func (e *edition) placeRecords(p *model.Place) PlaceRecords {
	out := PlaceRecords{All: e.url("advisories/")}
	add := func(list *[]template.HTML, r *site.Record, limit int) {
		if len(*list) < limit {
			*list = append(*list, e.item(r))
		}
	}
	for _, r := range e.site.At(p) {
		switch {
		case r.Kind.ID == "scams":
			if r.Status == site.StatusActive {
				add(&out.Scams, r, maxRecords)
			}
		case !r.Active() && r.Status != site.StatusScheduled:
			add(&out.Ended, r, maxRecords)
		case len(r.Source.Advisory.Levels) > 0:
			add(&out.Advisories, r, maxInForce)
		default:
			add(&out.Notices, r, maxRecords)
		}
	}
	return out
}

// placeWords gives the text that editors wrote about a place, or nil, and the
// contacts that go with it.
func (e *edition) placeWords(p *model.Place) (*Words, []Contact) {
	r := e.site.Prose(p)
	if r == nil || r.Status == site.StatusWithdrawn {
		return nil, e.contacts(firstIDs(e.site, 3))
	}
	w := e.wordsOf(r)
	if len(r.Source.Contacts) == 0 {
		return &w, e.contacts(firstIDs(e.site, 3))
	}
	return &w, e.contacts(r.Source.Contacts)
}

// countryPages makes the page of each country and the list of them.
func countryPages(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		for _, c := range b.site.Atlas.Countries {
			out = append(out, e.countryFile(c, b.placeChanged(c)))
		}
		out = append(out, e.placesFile(b.levelsChanged))
	}
	return out
}

func (e *edition) countryFile(c *model.Place, changed func() time.Time) File {
	return e.file(site.PlacePath(c), changed, "country", func() (*Page, any) {
		v := CountryView{
			Names: e.names(c), Span: e.spanView(c, Small),
			Crossings: e.crossings(c, true), Records: e.placeRecords(c), Feeds: append(e.feedRows(site.ChannelOf(c), site.NowOf(c)), e.calendarRow(c)),
		}
		v.Map, v.Days = e.mapOfDays(c, "map")
		v.Prose, v.Contacts = e.placeWords(c)
		if len(e.site.Days(c)) > 0 {
			v.DayList = e.url(site.DaysPath(c))
		}
		if len(c.Provinces()) > 0 {
			v.Table = e.placeTable(c)
		} else {
			v.Own = e.placeNowView(c)
		}
		name := v.Names.Name
		p := e.page("country", site.PlacePath(c), e.t("country.title", "country", name), e.t("country.description", "country", name, "levels", v.Span.Text))
		p.Feeds, p.Changed, p.Preview = e.feedLinks(c), changed(), e.preview(e.placePicture(c))
		p.Plain = e.textURL(site.PlacePath(c))
		p.crumbs(e, Link{e.t("nav.provinces"), e.url("provinces/")})
		p.Data = e.placeData(c, p)
		return p, v
	})
}

// PlacesView is the dot of pages/provinces: the countries of the site.
type PlacesView struct{ Countries []CountryRow }

// CountryRow is a country in a list.
type CountryRow struct {
	Names Names
	URL   string
	Span  Span
	Count int // of provinces
}

func (e *edition) placesFile(changed func() time.Time) File {
	return e.file("provinces/", changed, "provinces", func() (*Page, any) {
		var v PlacesView
		for _, c := range e.countriesByName() {
			v.Countries = append(v.Countries, CountryRow{e.names(c), e.placeURL(c), e.spanView(c, Small), len(c.Provinces())})
		}
		p := e.page("provinces", "provinces/", e.t("places.title"), e.t("places.description"))
		p.Changed = changed()
		p.crumbs(e)
		return p, v
	})
}
