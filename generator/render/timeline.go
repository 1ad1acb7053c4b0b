package render

import (
	"cmp"
	"html/template"
	"slices"

	"bongsu/generator/level"
	"bongsu/generator/model"
)

// TimelineItem is an entry of parts/timeline: a change of level of a place or of
// a named area in it.
type TimelineItem struct {
	At       template.HTML
	Future   bool // announced, not in effect yet
	Move     Move
	Place    *PlaceLink // nil: the place of the page itself
	Reason   string     // how the advisory caused it
	Advisory *Link
	Lang     string // of the advisory's title, where it differs from the page's
	Day      string // address of the levels of all places on that day
}

// maxTimeline is how many changes the page of a place lists; the page of all
// changes has the rest.
const maxTimeline = 40

// timeline lists the changes of level of a place, newest first, changes to come
// included, and those of its areas where they are not the same change.
func (e *edition) timeline(p *model.Place) []TimelineItem {
	own := e.site.Book.Changes(p)
	all := slices.Clone(own)
	for _, a := range slices.Concat(p.Children, p.Crossing) {
		if a.Area == nil {
			continue
		}
		for _, c := range e.site.Book.Changes(a) {
			if !slices.ContainsFunc(own, func(o level.Change) bool { return sameChange(o, c) }) {
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b level.Change) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Place.Kind, b.Place.Kind))
	})
	var out []TimelineItem
	for _, c := range all[:min(len(all), maxTimeline)] {
		it := TimelineItem{At: e.instant(c.At), Future: c.At.After(e.site.Now), Move: e.move(c.From, c.To), Reason: e.reason(c.Reason), Day: e.url(e.site.DayOf(c))}
		if c.Place != p {
			link := e.placeLink(c.Place)
			it.Place = &link
		}
		if c.Cause != nil {
			if r := e.site.Record(c.Cause.ID); r != nil {
				t := r.In(e.lang)
				it.Advisory, it.Lang = &Link{t.Title, e.url(r.Path)}, foreign(t.Lang, e.lang)
			}
		}
		out = append(out, it)
	}
	return out
}

// sameChange reports whether an area only followed its province.
func sameChange(a, b level.Change) bool {
	return a.At.Equal(b.At) && a.From == b.From && a.To == b.To
}

// reason says how an advisory caused a change; nothing where it simply set the
// level.
func (e *edition) reason(r level.Reason) string {
	switch r {
	case level.Ended:
		return e.t("changes.reason.ended")
	case level.Withdrawn:
		return e.t("changes.reason.withdrawn")
	case level.Superseded:
		return e.t("changes.reason.superseded")
	}
	return ""
}
