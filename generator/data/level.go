package data

import (
	"slices"
	"strings"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// kinds names the kinds of place.
var kinds = map[model.PlaceKind]string{
	model.CountryPlace: "country", model.ProvincePlace: "province", model.AreaPlace: "area", model.CrossingPlace: "crossing",
}

// levelFiles writes the levels in force.
func (a *api) levelFiles() []File {
	return []File{a.file("levels", a.levelTime, func(h Head) any {
		out := Levels{Head: h, NextChange: a.moment(a.site.NextPublic()), Levels: []Standing{}}
		for _, p := range a.walk() {
			out.Levels = append(out.Levels, a.standing(p))
		}
		return out
	})}
}

// levelTime is the newest time, up to now, at which anything about levels
// changed.
func (a *api) levelTime() time.Time {
	t := a.site.Start()
	for _, c := range a.site.Changes() {
		if !c.At.After(a.site.Now) {
			t = later(t, c.At)
		}
	}
	for _, d := range a.site.Book.Decisions() { // what begins to be held, or another decision for the same level
		for _, x := range []time.Time{d.Start(), d.Until} {
			if !x.After(a.site.Now) {
				t = later(t, x)
			}
		}
		if end, _ := a.site.Book.End(d.ID); !end.After(a.site.Now) {
			t = later(t, end)
		}
	}
	return t
}

// standing says what holds for a place now.
func (a *api) standing(p *model.Place) Standing {
	st := a.site.Book.At(p, a.site.Now)
	out := Standing{
		Place: PlaceCode(p.ID), Name: a.text(p.Name), Kind: kinds[p.Kind], Level: levelID(st.Level), Since: a.moment(st.Since),
		Until: a.moment(st.Until), Held: st.Held, Advisory: a.recordID(st.Decision),
	}
	if p.Parent != nil {
		out.Parent = PlaceCode(p.Parent.ID)
	}
	if st.Level != nil {
		out.Rank, out.LevelName = &st.Level.Rank, a.text(st.Level.Name)
	}
	out.Highest = levelID(a.highest(p, st.Level))
	for _, part := range a.site.Book.Parts(p, a.site.Now) {
		out.Parts = append(out.Parts, Part{PlaceCode(part.Place.ID), LevelID(part.State.Level.ID), part.State.Held})
	}
	return out
}

// highest gives the highest level of anything inside a place where that is
// higher than its own, else nil.
func (a *api) highest(p *model.Place, own *model.Level) *model.Level {
	top := own
	p.Walk(func(q *model.Place) {
		if l := a.site.Book.At(q, a.site.Now).Level; level.Higher(l, top) {
			top = l
		}
	})
	if top == own {
		return nil
	}
	return top
}

// levelID gives the id of a level; nil is no level.
func levelID(l *model.Level) *LevelID {
	if l == nil {
		return nil
	}
	id := LevelID(l.ID)
	return &id
}

// recordID names the advisory of a decision; nil is none.
func (a *api) recordID(d *level.Decision) RecordID {
	if d == nil {
		return ""
	}
	if r := a.site.Record(d.ID); r != nil {
		return RecordID(r.Stable())
	}
	return RecordID(d.ID)
}

// reasons names the reasons of a change.
var reasons = map[level.Reason]string{level.Set: "set", level.Ended: "ended", level.Withdrawn: "withdrawn", level.Superseded: "superseded"}

// change writes a change of level.
func (a *api) change(c level.Change) Change {
	return Change{
		At: a.moment(c.At), From: levelID(c.From), To: levelID(c.To), Advisory: a.recordID(c.Cause),
		Reason: reasons[c.Reason], Scheduled: c.At.After(a.site.Now),
	}
}

// day is a day on which levels changed.
type day struct {
	date    Date
	at      time.Time // when its levels are told: its end, or now
	changed time.Time // its newest change
	places  []PlaceCode
}

// days lists the days up to now on which a level changed, oldest first.
func (a *api) days() []day {
	var out []day
	for _, c := range a.site.Changes() {
		if c.At.After(a.site.Now) {
			break
		}
		date := a.date(c.At)
		if len(out) == 0 || out[len(out)-1].date != date {
			y, m, d := c.At.In(a.zone).Date()
			end := time.Date(y, m, d+1, 0, 0, 0, 0, a.zone).Add(-time.Second)
			if end.After(a.site.Now) {
				end = a.site.Now
			}
			out = append(out, day{date: date, at: end})
		}
		x := &out[len(out)-1]
		x.changed = c.At
		if id := PlaceCode(c.Place.ID); !slices.Contains(x.places, id) {
			x.places = append(x.places, id)
		}
	}
	return out
}

// historyFiles writes the course of the levels: by day and by place.
func (a *api) historyFiles() []File {
	days := a.days()
	newest, index := a.site.Start(), History{Countries: []CountryHistory{}, Days: []DayFile{}}
	var out []File
	for i, d := range days {
		index.Days = append(index.Days, DayFile{d.date, inAPI(site.DataFileOf("day").At("date", string(d.date)))})
		previous := Date("")
		if i > 0 {
			previous = days[i-1].date
		}
		out = append(out, a.file("day", output.At(d.changed), func(h Head) any { return a.day(h, d, previous) }, "date", string(d.date)))
		newest = d.changed
	}
	for _, c := range a.site.Atlas.Countries {
		changes, changed := 0, a.site.Start()
		c.Walk(func(p *model.Place) {
			for _, x := range a.site.Book.Changes(p) {
				changes++
				changed = later(changed, a.known(x))
			}
		})
		newest = later(newest, changed)
		file := site.DataFileOf("history-country").At("country", c.ID)
		index.Countries = append(index.Countries, CountryHistory{PlaceCode(c.ID), a.text(c.Name), inAPI(file), changes})
		out = append(out, a.file("history-country", output.At(changed), func(h Head) any { return a.placeHistories(h, c) }, "country", c.ID))
	}
	return append(out, a.file("history", output.At(newest), func(h Head) any {
		out := index // the file may be made twice at once
		out.Head = h
		return out
	}))
}

// known is when a change became public: when it took effect, or, of one that
// is to come, when its advisory was issued.
func (a *api) known(c level.Change) time.Time {
	if !c.At.After(a.site.Now) {
		return c.At
	}
	if c.Cause != nil {
		return c.Cause.Issued
	}
	return a.site.Start()
}

// ranked is a place and its number in the order of codes.
type ranked struct {
	*model.Place
	rank int
}

// rankedPlaces lists the places in the order of walk.
func (a *api) rankedPlaces() []ranked {
	places := a.walk()
	out, order := make([]ranked, len(places)), make([]*ranked, len(places))
	for i, p := range places {
		out[i].Place, order[i] = p, &out[i]
	}
	slices.SortFunc(order, func(a, b *ranked) int { return strings.Compare(a.ID, b.ID) })
	for i, p := range order {
		p.rank = i
	}
	return out
}

func (a *api) day(h Head, d day, previous Date) Day {
	places := a.places()
	out := Day{Head: h, OnDate: d.date, PreviousDate: previous, Levels: make(PlaceLevels, len(places)), Changed: d.places}
	for _, p := range places {
		st := a.site.Book.At(p.Place, d.at)
		out.Levels[p.rank].Place = PlaceCode(p.ID)
		if st.Level != nil {
			out.Levels[p.rank].Level = LevelID(st.Level.ID)
		}
		if st.Held {
			out.Held = append(out.Held, PlaceCode(p.ID))
		}
	}
	return out
}

func (a *api) placeHistories(h Head, country *model.Place) PlaceHistories {
	out := PlaceHistories{Head: h, Country: PlaceCode(country.ID), Places: []PlaceHistory{}}
	country.Walk(func(p *model.Place) {
		x := PlaceHistory{Place: PlaceCode(p.ID), Basic: levelID(a.site.Scheme.Level(p.Baseline.ID)), Changes: []Change{}}
		for _, c := range a.site.Book.Changes(p) {
			x.Changes = append(x.Changes, a.change(c))
		}
		out.Places = append(out.Places, x)
	})
	return out
}

// inAPI gives a path as the data name it: below the folder of the API.
func inAPI(path string) FileName { return FileName(path[len(site.API):]) }
