package render

import (
	"html/template"
	"slices"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Advisory is the dot of pages/advisory.
type Advisory struct {
	Words
	Kind       string
	Past       bool // it no longer holds
	Strip      *Strip
	Measures   []Measure
	Legal      *model.Legal // where a measure has legal force
	Shifts     []ShiftsAt
	Facts      []Fact
	Places     []PlaceLink // places of an advisory that sets no level
	Replaces   []Link
	Map        template.HTML // where it sets levels
	References References
}

// Strip says at the top of a page that the record does not plainly hold.
type Strip struct {
	Kind, Text string
	Word       string // status in a word
	Reason     string
	By         *Link // what replaced it
}

// Measure is a level and the places that an advisory gives it.
type Measure struct {
	Level             string // id, of the class
	Badge             template.HTML
	Places            []PlaceLink
	Except            []PlaceLink
	Planning, Staying string
	Since             []PlaceLink // named places that have another level now, with it
	SomeSince         string      // address of the levels now, where only parts changed
}

// ShiftsAt lists what changed at one moment.
type ShiftsAt struct {
	At     template.HTML
	Shifts []Shift
}

// Fact is a row of a list of facts.
type Fact struct {
	Label string
	Value template.HTML
}

// advisoryPages makes a page for each advisory.
func advisoryPages(b *builder) []File {
	out := make([]File, 0, len(b.editions)*len(b.site.Advisories))
	for _, e := range b.editions {
		for _, r := range b.site.Advisories {
			out = append(out, e.recordFile(r, e.changedAt(r), "advisory", func() (*Page, any) { return e.advisory(r) }))
		}
	}
	return out
}

func (e *edition) advisory(r *site.Record) (*Page, any) {
	v := &Advisory{Words: e.wordsOf(r), Kind: e.kindName(r), Past: !r.Active(), Strip: e.strip(r), Facts: e.advisoryFacts(r)}
	for _, m := range e.measures(r) {
		v.Measures = append(v.Measures, e.measure(r, m))
		if m.Level.LegalForce {
			v.Legal = r.Legal(e.lang)
		}
	}
	if len(v.Measures) == 0 {
		for _, p := range r.Places {
			v.Places = append(v.Places, e.placeNow(p))
		}
	}
	v.Shifts = e.shiftsBy(r)
	for _, ref := range r.Source.Advisory.Supersedes {
		if old := e.site.Record(ref.ID); old != nil {
			v.Replaces = append(v.Replaces, Link{old.In(e.lang).Title, e.url(old.Path)})
		}
	}
	v.References = e.references(r)
	v.Map = e.mapOf(r)
	title := v.Title
	if tag := e.statusTag(r); tag != nil && v.Past {
		title = "[" + tag.Text + "] " + title
	}
	p := e.bare("advisory", r.Path, title, v.Summary)
	p.OGType = "article"
	p.of(e, r)
	p.Preview, p.Plain = e.preview(e.recordPicture(r)), e.textURL(r.Path)
	p.crumbs(e, Link{e.t("advisories.title"), e.url("advisories/")})
	p.Data = e.articleData(p, r)
	if r.Urgent() {
		p.Urgent = e.urgent(r)
	}
	return p, v
}

// changedAt gives changed of a record, found when asked for.
func (e *edition) changedAt(r *site.Record) func() time.Time {
	return func() time.Time { return e.changed(r) }
}

// changed gives the newest time at which the page of a record changed: by its
// editor, or because it took effect, ended or was replaced.
func (e *edition) changed(r *site.Record) (out time.Time) {
	out = e.site.Turned(r)
	for _, p := range r.Places { // the page shows what the places have now
		if since := e.site.Book.At(p, e.site.Now).Since; !since.After(e.site.Now) {
			out = later(out, since)
		}
	}
	return out
}

// measures gives what an advisory sets, highest level first, measures of one
// level together, with their exceptions.
func (e *edition) measures(r *site.Record) []level.Measure {
	out := slices.Clone(e.site.Levels(r))
	for i, m := range out {
		for _, written := range r.Source.Advisory.Levels {
			if written.Level.ID != m.Level.ID {
				continue
			}
			for _, ref := range written.Except {
				if p := e.site.Atlas.Place(ref.ID); p != nil {
					out[i].Except = append(out[i].Except, p)
				}
			}
		}
	}
	return out
}

func (e *edition) measure(r *site.Record, m level.Measure) Measure {
	v := Measure{Level: m.Level.ID, Badge: e.badge(m.Level, Large), Planning: e.text(m.Level.Planning), Staying: e.text(m.Level.Staying)}
	rest := len(m.Except) > 0 || len(r.Source.Advisory.Levels) > 1
	for _, p := range m.Places {
		l := e.placeLink(p)
		if rest && p.Kind == model.CountryPlace {
			l.Text = e.t("advisory.rest", "place", l.Text)
		}
		v.Places = append(v.Places, l)
		e.since(&v, p, m)
	}
	for _, p := range m.Except {
		v.Except = append(v.Except, e.placeLink(p))
	}
	return v
}

// since notes where what a measure set for a place is not what holds now.
func (e *edition) since(v *Measure, p *model.Place, m level.Measure) {
	switch all, some := e.moved(p, m); {
	case all:
		v.Since = append(v.Since, e.placeNow(p))
	case some:
		v.SomeSince = e.placeURL(p)
	}
}

// moved reports whether a place, or some of its provinces, have another level
// now than a measure gave them.
func (e *edition) moved(p *model.Place, m level.Measure) (all, some bool) {
	if e.site.Book.At(p, e.site.Now).Level != m.Level {
		return true, false
	}
	return false, slices.ContainsFunc(p.Provinces(), func(c *model.Place) bool {
		return !slices.Contains(m.Except, c) && e.site.Book.At(c, e.site.Now).Level != m.Level
	})
}

// mapOf shows where the provinces of an advisory lie. The map has the colours
// that hold now, so it is left out where they are not what the advisory set, or
// where a part of a province would fill all of it.
func (e *edition) mapOf(r *site.Record) template.HTML {
	var country *model.Place
	for _, m := range e.site.Levels(r) {
		for _, p := range m.Places {
			if p.Kind != model.ProvincePlace || e.site.Book.At(p, e.site.Now).Level != m.Level {
				return ""
			}
			if country == nil {
				country = p.Parent
			}
			if p.Parent != country {
				return ""
			}
		}
	}
	if country == nil {
		return ""
	}
	return e.locator(country, r.Places, e.t("map.locator", "place", e.placeNames(r.Places), "country", e.text(country.Name)))
}

// shiftsBy lists the changes of level that an advisory brought, by moment.
func (e *edition) shiftsBy(r *site.Record) []ShiftsAt {
	var out []ShiftsAt
	for _, group := range byMoment(e.site.ChangesBy(r)) {
		out = append(out, ShiftsAt{e.instant(group[0].At), e.shifts(group, 0)})
	}
	return out
}

// byMoment cuts a list of changes, sorted by time, where the time changes.
func byMoment(changes []level.Change) [][]level.Change {
	var out [][]level.Change
	for i, c := range changes {
		if i == 0 || !c.At.Equal(changes[i-1].At) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

func (e *edition) advisoryFacts(r *site.Record) []Fact {
	a := r.Source.Advisory
	facts := []Fact{{e.t("record.issued"), e.moment(r.Source.Issued)}}
	add := func(key string, value template.HTML) { facts = append(facts, Fact{e.t(key), value}) }
	if !a.Effective.Equal(r.Issued) {
		add("advisory.effective", e.moment(a.Effective))
	}
	switch {
	case a.Until.Set():
		add("advisory.until", e.moment(a.Until))
	case len(a.Levels) > 0:
		add("advisory.until", escape(e.t("advisory.until_open")))
	}
	return append(facts, e.commonFacts(r)...)
}

// strip tells what has become of a record; nothing where it plainly holds.
func (e *edition) strip(r *site.Record) *Strip {
	a := r.Source.Advisory
	s := &Strip{Kind: string(r.Status)}
	if tag := e.statusTag(r); tag != nil {
		s.Word = tag.Text
	}
	when := func(t time.Time) string { return e.format.DateTime(t) }
	switch {
	case r.Held:
		s.Kind, s.Text = "held", e.t("advisory.held", "date", when(a.Until.Time))
	case r.Status == site.StatusScheduled:
		s.Text = e.t("advisory.state.scheduled", "date", when(a.Effective.Time))
	case r.Status == site.StatusEnded:
		s.Text = e.t("advisory.state.ended", "date", when(a.Until.Time))
	case r.Status == site.StatusSuperseded:
		end, _ := e.site.Book.End(r.ID)
		s.Text = e.t("advisory.state.superseded", "date", when(end))
		if r.EndedBy != nil {
			s.By = &Link{r.EndedBy.In(e.lang).Title, e.url(r.EndedBy.Path)}
		}
	case r.Status == site.StatusWithdrawn:
		s.Text = e.t("advisory.state.withdrawn", "date", when(r.Source.Withdrawn.At.Time))
		s.Reason = r.WithdrawnReason(e.lang)
	default:
		return nil
	}
	return s
}
