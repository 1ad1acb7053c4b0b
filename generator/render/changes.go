package render

import (
	"html/template"
	"slices"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/site"
)

// Changes is the dot of pages/changes: changes of level, newest first.
type Changes struct {
	Title, Lead string
	Years       []ChangeYear
	Earlier     []Link // lists of days by country, where the page cannot hold all changes
	Removals    *Removals
}

// maxEvents is how many changes the page of changes holds.
const maxEvents = 300

// ChangeYear is the changes of a year.
type ChangeYear struct {
	Name   string
	Events []Event
}

// Event is what one advisory changed at one moment.
type Event struct {
	At     template.HTML
	Future bool
	Reason string
	Cause  *Link
	Shifts []Shift
	Days   []Link // show the levels of all places of a country on that day
}

// changePages makes the page of all changes of level.
func changePages(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		out = append(out, e.file("changes/", func() time.Time { return later(b.latest(), b.newestRemoval()) }, "changes", func() (*Page, any) { return e.changes() }))
	}
	return out
}

func (e *edition) changes() (*Page, any) {
	v := &Changes{Title: e.t("changes.title"), Lead: e.t("changes.lead"), Removals: e.removals()}
	groups := byCause(e.site.Changes())
	slices.Reverse(groups)
	if len(groups) > maxEvents {
		groups = groups[:maxEvents]
		for _, c := range e.countriesByName() {
			if len(e.site.Days(c)) > 0 {
				v.Earlier = append(v.Earlier, Link{e.text(c.Name), e.url(site.DaysPath(c))})
			}
		}
	}
	for _, g := range groups {
		year := e.t("archive.year", "year", g[0].At.In(e.zone()).Year())
		if len(v.Years) == 0 || v.Years[len(v.Years)-1].Name != year {
			v.Years = append(v.Years, ChangeYear{Name: year})
		}
		last := &v.Years[len(v.Years)-1]
		event := e.event(g, 0)
		event.Days = e.daysOf(g)
		last.Events = append(last.Events, event)
	}
	p := e.page("changes", "changes/", v.Title, v.Lead)
	p.crumbs(e)
	p.Data = e.breadcrumbs(p)
	return p, v
}

// byCause cuts a list of changes, sorted by time, into those of one moment and
// one advisory.
func byCause(changes []level.Change) [][]level.Change {
	var out [][]level.Change
	for _, moment := range byMoment(changes) {
		first := len(out)
		for _, c := range moment {
			i := first
			for i < len(out) && (out[i][0].Cause != c.Cause || out[i][0].Reason != c.Reason) {
				i++
			}
			if i == len(out) {
				out = append(out, nil)
			}
			out[i] = append(out[i], c)
		}
	}
	return out
}

// reasons are the keys of the words for why a level changed.
var reasons = map[level.Reason]string{
	level.Set: "changes.reason.set", level.Ended: "changes.reason.ended",
	level.Withdrawn: "changes.reason.withdrawn", level.Superseded: "changes.reason.superseded",
}

// event shows changes of one moment and cause, with at the most limit places
// for each; 0 is all.
func (e *edition) event(g []level.Change, limit int) Event {
	c := g[0]
	v := Event{At: e.instant(c.At), Future: c.At.After(e.site.Now), Reason: e.t(reasons[c.Reason]), Shifts: e.shifts(g, limit)}
	if c.Cause != nil {
		if r := e.site.Record(c.Cause.ID); r != nil {
			v.Cause = &Link{r.In(e.lang).Title, e.url(r.Path)}
		}
	}
	return v
}

// recentPlaces is how many places a recent change names.
const recentPlaces = 6

// recentEvents gives the newest changes up to now, n events at the most.
func (e *edition) recentEvents(n int) []Event {
	groups := byCause(e.site.Changes())
	var out []Event
	for i := len(groups) - 1; i >= 0 && len(out) < n; i-- {
		if !groups[i][0].At.After(e.site.Now) {
			out = append(out, e.event(groups[i], recentPlaces))
		}
	}
	return out
}
