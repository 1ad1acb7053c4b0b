package render

import (
	"html/template"
	"sync"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// DayPage is the dot of pages/day: the levels of a country on a day on which
// some of them changed.
type DayPage struct {
	Title     string
	Future    bool // announced, not in effect yet
	Current   bool // nothing has changed since
	Country   Link
	Previous  *Link
	Next      *Link
	All       string
	Events    []Event
	Own       *PlaceNow // of a country without provinces
	Map       template.HTML
	Table     *PlaceTable // nil: no provinces
	Crossings []PlaceRow
}

// DayList is the dot of pages/days: the days on which levels of a country
// changed, newest first.
type DayList struct {
	Title, Lead string
	Country     Link
	Years       []DayYear
	Earlier     []Link // pages of the years, where the list does not hold all days
}

// DayYear is the days of a year.
type DayYear struct {
	Name string
	Days []DayLine
}

// DayLine is a day with how many places changed in which way.
type DayLine struct {
	Link
	Future bool
	Moves  []MoveCount
}

// MoveCount is a change of level and the number of places that it concerns.
type MoveCount struct {
	Move  Move
	Count int
}

// maxDayLines is how many days the list of a country holds; where there are
// more, each year has a list of its own.
const maxDayLines = 200

// datePages makes, for each country, a page for every day on which levels change,
// and the list of these days.
func datePages(b *builder) []File {
	var out []File
	for _, c := range b.site.Atlas.Countries {
		days := b.site.Days(c)
		var all []func() time.Time
		for i := range days {
			changed := sync.OnceValue(func() time.Time { return dayChanged(b.site, days, i) })
			all = append(all, changed)
			for _, e := range b.editions {
				out = append(out, e.dayFile(days, i, changed))
			}
		}
		newest := sync.OnceValue(func() time.Time {
			t := b.site.Start()
			for _, changed := range all {
				t = later(t, changed())
			}
			return t
		})
		if len(days) > 0 {
			for _, e := range b.editions {
				out = append(out, e.daysFiles(c, days, newest)...)
			}
		}
	}
	return out
}

// dayChanged gives the newest time, up to now, at which the page of a day
// changed: it was announced or began, the next day was announced, or one of the
// advisories that it names was edited.
func dayChanged(s *site.Site, days []site.Day, i int) time.Time {
	out := s.Start()
	note := func(t time.Time) {
		if !t.After(s.Now) {
			out = later(out, t)
		}
	}
	for _, d := range days[i:min(i+2, len(days))] {
		for _, c := range d.Changes {
			note(c.At)
			if c.Cause != nil {
				note(c.Cause.Issued)
			}
		}
	}
	named := func(d *level.Decision) {
		if d == nil {
			return
		}
		if r := s.Record(d.ID); r != nil {
			note(r.Modified)
		}
	}
	for _, c := range days[i].Changes {
		named(c.Cause)
	}
	end := days[i].End()
	days[i].Country.Walk(func(p *model.Place) { named(s.Book.At(p, end).Decision) })
	return out
}

// at gives the edition of the same site seen at another time: maps and tables
// made with it show the levels of that time.
func (e *edition) at(t time.Time) *edition {
	s, b := *e.site, *e.builder
	s.Now, b.site = t, &s
	return &edition{builder: &b, words: e.words, lang: e.lang, badges: e.badges, levels: e.levels, places: e.places, chrome: e.chrome}
}

// dayLink leads to the page of a day.
func (e *edition) dayLink(d site.Day) *Link {
	return &Link{e.format.Date(d.Changes[0].At), e.url(d.Path())}
}

func (e *edition) dayFile(days []site.Day, i int, changed func() time.Time) File {
	d := days[i]
	return e.file(d.Path(), changed, "day", func() (*Page, any) {
		country := e.text(d.Country.Name)
		v := &DayPage{
			Title:  e.t("day.title", "country", country, "date", e.format.Date(d.Changes[0].At)),
			Future: d.Changes[0].At.After(e.site.Now), Country: Link{country, e.placeURL(d.Country)}, All: e.url(site.DaysPath(d.Country)),
		}
		v.Current = !v.Future && (i == len(days)-1 || days[i+1].Changes[0].At.After(e.site.Now))
		if i > 0 {
			v.Previous = e.dayLink(days[i-1])
		}
		if i+1 < len(days) {
			v.Next = e.dayLink(days[i+1])
		}
		for _, g := range byCause(d.Changes) {
			v.Events = append(v.Events, e.event(g, 0))
		}
		then := e.at(d.End())
		v.Map, v.Crossings = then.countryMap(d.Country, "map"), then.crossings(d.Country, false)
		if len(d.Country.Provinces()) > 0 {
			v.Table = then.placeTable(d.Country)
			v.Table.Caption = v.Title
		} else {
			v.Own = then.placeNowView(d.Country)
		}
		p := e.page("day", d.Path(), v.Title, e.t("day.description", "country", country, "date", e.format.Date(d.Changes[0].At)))
		p.Changed = changed()
		p.crumbs(e, Link{e.t("nav.provinces"), e.url("provinces/")}, v.Country, Link{e.t("day.all"), v.All})
		p.Data = e.breadcrumbs(p)
		return p, v
	})
}

// daysFiles makes the list of a country's days, and where it cannot hold all
// of them a list for each year.
func (e *edition) daysFiles(c *model.Place, days []site.Day, changed func() time.Time) []File {
	country := e.text(c.Name)
	if len(days) <= maxDayLines {
		return []File{e.daysFile(c, site.DaysPath(c), e.t("day.list", "country", country), days, nil, changed)}
	}
	var out []File
	var years []Link
	for end := len(days); end > 0; {
		year, start := days[end-1].Date[:4], end
		for start > 0 && days[start-1].Date[:4] == year {
			start--
		}
		path, name := site.DaysPath(c)+year, e.t("archive.year", "year", year)
		out = append(out, e.daysFile(c, path, e.t("day.list_year", "country", country, "year", name), days[start:end], nil, changed))
		years = append(years, Link{name, e.url(path)})
		end = start
	}
	return append(out, e.daysFile(c, site.DaysPath(c), e.t("day.list", "country", country), days[len(days)-maxDayLines:], years, changed))
}

func (e *edition) daysFile(c *model.Place, path, title string, days []site.Day, years []Link, changed func() time.Time) File {
	return e.file(path, changed, "days", func() (*Page, any) {
		v := &DayList{Title: title, Lead: e.t("day.lead"), Country: Link{e.text(c.Name), e.placeURL(c)}, Earlier: years}
		for i := len(days) - 1; i >= 0; i-- {
			year := e.t("archive.year", "year", days[i].Date[:4])
			if len(v.Years) == 0 || v.Years[len(v.Years)-1].Name != year {
				v.Years = append(v.Years, DayYear{Name: year})
			}
			last := &v.Years[len(v.Years)-1]
			last.Days = append(last.Days, e.dayLine(days[i]))
		}
		p := e.page("days", path, v.Title, v.Lead)
		p.Changed = changed()
		p.crumbs(e, Link{e.t("nav.provinces"), e.url("provinces/")}, v.Country)
		p.Data = e.breadcrumbs(p)
		return p, v
	})
}

func (e *edition) dayLine(d site.Day) DayLine {
	line := DayLine{Link: *e.dayLink(d), Future: d.Changes[0].At.After(e.site.Now)}
	for _, moment := range byMoment(d.Changes) {
		for _, s := range e.shifts(moment, 0) {
			line.Moves = append(line.Moves, MoveCount{s.Move, len(s.Places)})
		}
	}
	return line
}

// daysOf links the pages of the day of some changes, one for each country.
func (e *edition) daysOf(changes []level.Change) []Link {
	var out []Link
	for _, c := range changes {
		l := Link{e.t("day.link", "country", e.text(c.Place.Root().Name)), e.url(e.site.DayOf(c))}
		if n := len(out); n == 0 || out[n-1] != l {
			out = append(out, l)
		}
	}
	return out
}
