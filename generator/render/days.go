package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"bongsu/generator/model"
)

// DaysView is the dot of parts/days: the days on which levels of a country
// changed. Without a script it is a list; with one, a slider draws the map of
// the page as it was on each of them, from the attributes of the list.
type DaysView struct {
	Days   []DayView // oldest first; the first is what held before
	Now    int       // the day whose levels hold now
	Last   int
	Count  int      // of days of change
	Scheme string   // JSON: id, ink, pattern, digit and name of each level
	Places string   // JSON: the names of the provinces, in the order of the map
	Marks  string   // JSON: ring, form, line, x and y of each mark of any day
	Shapes []string // of the provinces, for the small maps
	Name   string   // how a province is named, with {place} and {level}
	Parts  string   // how parts of it are, with {place} and {levels}
}

// DayView is a day of change. The attributes say how its map differs.
type DayView struct {
	At     template.HTML
	Text   string // the day in words, for the slider
	Future bool
	Before bool // stands for all the time before the first change
	URL    string
	Events []Event
	Map    *smallMap
	Levels string // a digit of base 36 for each province: a level of the scheme
	Digits string // JSON: where digits stand elsewhere than on the map of the page
	Marks  string // JSON: number and level of each mark
	Above  string // JSON: levels of parts that are higher than that of their province
}

// What the list of days holds at the most.
const (
	maxDays      = 60
	maxDayPlaces = 12 // named for one change
)

// mapOfDays gives the map of a country as it is now, with what other days need.
func (e *edition) mapOfDays(country *model.Place, id string) (template.HTML, *DaysView) {
	o := e.outlines.large(e.site.Maps[country.ID], country.ID)
	if o == nil {
		return "", nil
	}
	drawn := e.mapView(country, o, id)
	days := e.days(country, o, drawn)
	return e.part("parts/map", drawn), days
}

// days gives the days of change of a country, or nil where it has no map or no
// change. drawn is the map of the page; the levels that other days need are
// added to it.
func (e *edition) days(country *model.Place, o *outline, drawn *mapView) *DaysView {
	days := e.site.Days(country)
	if o == nil || len(days) == 0 {
		return nil
	}
	days = days[max(len(days)-maxDays, 0):]
	v := &DaysView{Count: len(days), Last: len(days), Name: e.t("map.place", "place", "{place}", "level", "{level}"), Parts: e.t("map.parts", "place", "{place}", "levels", "{levels}")}
	d := surveyor{edition: e, drawn: drawn, levels: append([]*model.Level{noLevel}, pointers(e.site.Scheme.Levels)...), seen: map[*model.Level]bool{}}
	small := smallMaps{edition: e, country: country, outline: e.outlines.small(e.site.Maps[country.ID], country.ID), fill: drawn.ID}
	v.Shapes = small.shapes()
	first := days[0].Changes[0].At
	before := DayView{Before: true, Text: e.t("days.before", "date", e.format.Date(first))}
	d.survey(&before, e.mapViewAt(country, o, drawn.ID, first.Add(-time.Nanosecond)))
	v.Days = append(v.Days, before)
	for i, day := range days {
		s := DayView{URL: e.url(day.Path()), At: e.day(day.End()), Text: e.format.Date(day.End()), Future: day.Changes[0].At.After(e.site.Now)}
		if !s.Future {
			v.Now = i + 1
		}
		for _, g := range byCause(day.Changes) {
			s.Events = append(s.Events, e.event(g, maxDayPlaces))
		}
		s.Map = small.at(day.End())
		d.survey(&s, e.mapViewAt(country, o, drawn.ID, day.End()))
		v.Days = append(v.Days, s)
	}
	v.Scheme, v.Places, v.Marks = d.scheme(), d.places(), compact(d.marks)
	d.legend()
	return v
}

func pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// surveyor notes how the maps of other days differ from the one drawn.
type surveyor struct {
	*edition
	drawn  *mapView
	levels []*model.Level
	seen   map[*model.Level]bool
	marks  [][5]any
}

const base36 = "0123456789abcdefghijklmnopqrstuvwxyz"

func (d *surveyor) number(l *model.Level) int { return max(slices.Index(d.levels, l), 0) }

// survey describes a map in the attributes of its day.
func (d *surveyor) survey(v *DayView, m *mapView) {
	var levels strings.Builder
	digits, above := map[int][5]any{}, map[int][]int{}
	for i, p := range d.drawn.Provinces {
		k := slices.IndexFunc(m.Provinces, func(q *mapProvince) bool { return q.URL == p.URL })
		q := m.Provinces[k]
		levels.WriteByte(base36[min(d.number(q.Level), len(base36)-1)])
		if placed(p) != placed(q) {
			digits[i] = placed(q)
		}
		for _, l := range q.Above {
			above[i] = append(above[i], d.number(l))
		}
		d.need(q.Level)
	}
	var marks [][2]int
	for _, mark := range m.Marks {
		d.seen[mark.Level] = true
		form := [5]any{mark.Ring, mark.Path, mark.Lead, mark.X, mark.Y}
		k := slices.Index(d.marks, form)
		if k < 0 {
			k = len(d.marks)
			d.marks = append(d.marks, form)
		}
		marks = append(marks, [2]int{k, d.number(mark.Level)})
	}
	v.Levels, v.Digits, v.Marks, v.Above = levels.String(), compact(digits), compact(marks), compact(above)
}

// need adds the pattern of a level to the map of the page.
func (d *surveyor) need(l *model.Level) {
	d.seen[l] = true
	if !slices.ContainsFunc(d.drawn.Levels, func(m mapLevel) bool { return m.Level == l }) {
		d.drawn.Levels = append(d.drawn.Levels, patternOf(l, d.drawn.ID+"-"+l.ID))
	}
}

// legend makes the legend of the map explain the levels of every day.
func (d *surveyor) legend() {
	d.drawn.Legend = nil
	for _, l := range d.levels {
		if d.seen[l] {
			d.drawn.Legend = append(d.drawn.Legend, d.badge(orNil(l), Small))
		}
	}
}

// placed is where the digit of a province stands and how: x, y, size, class and
// line; no digit is the class "".
func placed(p *mapProvince) [5]any {
	if p.Digit == nil {
		return [5]any{0, 0, 0, "", ""}
	}
	return [5]any{p.Digit.X, p.Digit.Y, p.Digit.Size, p.Digit.Class, p.Lead}
}

func (d *surveyor) scheme() string {
	var out [][5]string
	for _, l := range d.levels {
		out = append(out, [5]string{l.ID, l.Ink, l.Pattern, d.text(l.Digit), d.levelName(orNil(l))})
	}
	return compact(out)
}

func (d *surveyor) places() string {
	var out []string
	for _, p := range d.drawn.Provinces {
		out = append(out, p.Place)
	}
	return compact(out)
}

// compact writes a value as JSON; nothing for an empty one.
func compact(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(partError{fmt.Errorf("days: %w", err)}) // ends the file, as a fault of a template does
	}
	if s := string(data); s != "null" && s != "{}" {
		return s
	}
	return ""
}
