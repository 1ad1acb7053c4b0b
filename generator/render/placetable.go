package render

import (
	"html/template"
	"slices"
	"sync"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// PlaceTable is the dot of parts/places: the provinces and areas of a country by
// level, the twin of its map.
type PlaceTable struct {
	Caption string
	Groups  []PlaceGroup // highest level first
}

// PlaceGroup is the places of one level.
type PlaceGroup struct {
	ID    string        // anchor
	Badge template.HTML // its flag alone
	Name  template.HTML // badge with the name
	Count int
	Rows  []PlaceRow // named areas, then provinces, each by name
}

// PlaceRow is a place with what holds there, and why.
type PlaceRow struct {
	ID       string // anchor, where the row is the place's own
	Place    PlaceLink
	Within   string // the province of a named area
	Area     bool   // a named area or one that crosses provinces
	Badge    template.HTML
	Parts    []template.HTML // badges of the other levels inside a province, highest first
	Standing Standing
	Touches  []PlaceLink // of a crossing area
}

// Standing is what holds for a place: since when, until when, by which
// advisory.
type Standing struct {
	Since    template.HTML // empty: since before the records begin
	Until    template.HTML // when the measure is due to end; empty where no end is set
	Held     string        // notice of a measure that is held past its end
	Advisory *Link         // nil: no advisory, the level is the basic one
	Lang     string        // of the advisory's title, where it differs from the page's
}

// standing tells the times and the advisory behind a state.
func (e *edition) standing(st level.State) Standing {
	s := Standing{}
	if !st.Since.IsZero() {
		s.Since = e.day(st.Since)
	}
	if st.Decision == nil {
		return s
	}
	if r := e.site.Record(st.Decision.ID); r != nil {
		t := r.In(e.lang)
		s.Advisory, s.Lang = &Link{t.Title, e.url(r.Path)}, foreign(t.Lang, e.lang)
	}
	switch {
	case st.Until.IsZero():
	case st.Held:
		s.Held = e.t("advisory.held", "date", e.format.Date(st.Until))
	default:
		s.Until = e.day(st.Until)
	}
	return s
}

// placeTable gives the table of a country's provinces and areas, each at its own
// level: what is banned stands first, wherever it lies.
func (e *edition) placeTable(country *model.Place) *PlaceTable {
	t := &PlaceTable{Caption: e.t("places.caption", "country", e.text(country.Name))}
	at := e.placesByLevel(country, true)
	for _, l := range e.levelsDown() {
		g := PlaceGroup{ID: "page-level-" + levelOr(l).ID, Badge: e.badge(l, Square), Name: e.badge(l, Small)}
		e.sortPlaces(at[l])
		sortBy(at[l], func(a, b *model.Place) bool { return a.Area != nil && b.Area == nil })
		for _, p := range at[l] {
			g.Rows = append(g.Rows, e.tableRow(p))
		}
		if g.Count = len(g.Rows); g.Count > 0 {
			t.Groups = append(t.Groups, g)
		}
	}
	return t
}

// levelsDown lists the levels of the scheme, highest first, and then none.
func (e *edition) levelsDown() []*model.Level {
	var out []*model.Level
	for i := range e.site.Scheme.Levels {
		out = append(out, &e.site.Scheme.Levels[i])
	}
	slices.Reverse(out)
	return append(out, nil)
}

func (e *edition) tableRow(p *model.Place) PlaceRow {
	row := e.placeRow(p)
	row.Badge = e.badge(e.site.Book.At(p, e.site.Now).Level, Square)
	if row.Area = p.Area != nil; row.Area {
		if p.Kind != model.CrossingPlace {
			row.Within = e.text(p.Parent.Name)
		}
		return row
	}
	own := e.site.Book.At(p, e.site.Now).Level
	var others []*model.Level
	for _, part := range e.site.Book.Parts(p, e.site.Now) {
		if l := part.State.Level; l != own && !slices.Contains(others, l) {
			others = append(others, l)
		}
	}
	sortBy(others, level.Higher)
	for _, l := range others {
		row.Parts = append(row.Parts, e.badge(l, Square))
	}
	return row
}

func (e *edition) placeRow(p *model.Place) PlaceRow {
	st := e.site.Book.At(p, e.site.Now)
	return PlaceRow{Place: e.placeLink(p), Badge: e.badge(st.Level, Small), Standing: e.standing(st)}
}

// areasOf lists the named areas of a province and the crossing areas that touch
// it, highest level first; a crossing area without a level is left out.
func (e *edition) areasOf(p *model.Place) []*model.Place {
	now := func(a *model.Place) *model.Level { return e.site.Book.At(a, e.site.Now).Level }
	var out []*model.Place
	for _, a := range slices.Concat(p.Children, p.Crossing) {
		if a.Area != nil && now(a) != nil {
			out = append(out, a)
		}
	}
	e.sortPlaces(out)
	sortBy(out, func(a, b *model.Place) bool { return level.Higher(now(a), now(b)) })
	return out
}

// crossings lists the crossing areas of a country, each with its anchor and the
// provinces that it touches: all of them, to which texts may link, or those that
// have a level.
func (e *edition) crossings(country *model.Place, all bool) []PlaceRow {
	var out []PlaceRow
	for _, p := range country.Children {
		if p.Kind != model.CrossingPlace || !all && e.site.Book.At(p, e.site.Now).Level == nil {
			continue
		}
		row := e.placeRow(p)
		row.ID = p.Slug
		touches := slices.Clone(p.Touches)
		e.sortPlaces(touches)
		for _, t := range touches {
			row.Touches = append(row.Touches, e.placeNow(t))
		}
		out = append(out, row)
	}
	return out
}

// span gives the lowest and the highest level inside a place, named areas
// included; both nil where none has a level.
func (e *edition) span(p *model.Place) (low, high *model.Level) {
	first := true
	p.Walk(func(x *model.Place) {
		if x == p && len(p.Children) > 0 {
			return // its provinces say more
		}
		l := e.site.Book.At(x, e.site.Now).Level
		if l == nil && x.Kind == model.CrossingPlace {
			return
		}
		if first || level.Higher(l, high) {
			high = l
		}
		if first || level.Higher(low, l) {
			low = l
		}
		first = false
	})
	return low, high
}

// Span is the levels inside a place.
type Span struct {
	Low, High template.HTML // badges; Low is empty where all is at one level
	Text      string
}

func (e *edition) spanView(p *model.Place, size Size) Span {
	low, high := e.span(p)
	if low == high {
		return Span{High: e.badge(high, size), Text: e.levelName(high)}
	}
	return Span{e.badge(low, size), e.badge(high, size), e.t("places.span", "low", e.levelName(low), "high", e.levelName(high))}
}

// countriesByName lists the countries as the language orders them.
func (e *edition) countriesByName() []*model.Place {
	out := slices.Clone(e.site.Atlas.Countries)
	lang.Sort(e.lang, out, func(p *model.Place) string { return e.text(p.Name) }, func(p *model.Place) string { return p.ID })
	return out
}

// placeChanged gives placeChanged of a place, found once, when first asked for.
func (b *builder) placeChanged(p *model.Place) func() time.Time {
	f, ok := b.changed.Load(p)
	if !ok {
		f, _ = b.changed.LoadOrStore(p, sync.OnceValue(func() time.Time { return placeChanged(b.site, p) }))
	}
	return f.(func() time.Time)
}

// levelsChanged gives the newest time at which the page of any country changed.
func (b *builder) levelsChanged() time.Time {
	out := b.site.Start()
	for _, c := range b.site.Atlas.Countries {
		out = later(out, b.placeChanged(c)())
	}
	return out
}

// placeChanged gives the newest time, up to now, at which what the page of a
// place shows changed: its levels, its records and its own text.
func placeChanged(s *site.Site, p *model.Place) time.Time {
	out := s.Start()
	note := func(t time.Time) {
		if !t.After(s.Now) {
			out = later(out, t)
		}
	}
	places := append([]*model.Place{}, p.Crossing...)
	p.Walk(func(x *model.Place) { places = append(places, x) })
	for _, x := range places {
		for _, segment := range s.Book.Segments(x) { // a hold begins without a change of level
			note(segment.From)
		}
		for _, c := range s.Book.Changes(x) {
			if c.Cause != nil {
				note(c.Cause.Issued) // a change to come is shown when it is announced
			}
		}
	}
	for _, r := range s.At(p) {
		note(r.Modified)
		note(r.Source.Advisory.Until.Time)
		if end, _ := s.Book.End(r.ID); !end.IsZero() {
			note(end)
		}
	}
	if r := s.Prose(p); r != nil {
		note(r.Modified)
		note(r.Linked)
	}
	return out
}
