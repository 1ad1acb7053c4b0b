package render

import (
	"html/template"
	"slices"
	"sync"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Item is the dot of parts/item: a record in a list.
type Item struct {
	URL, Title, Summary string
	Lang                string // where the text is in another language than the page
	At                  template.HTML
	Badges              []template.HTML
	Places              string
	Kind                string
	Status              *Tag // where the record no longer, or not yet, says what holds
	Revised             template.HTML
}

// Tag is a word about the state of something.
type Tag struct{ Kind, Text string }

// item gives the list entry of a record. All lists of a language share it.
func (e *edition) item(r *site.Record) template.HTML {
	f, ok := e.items.Load(r)
	if !ok {
		f, _ = e.items.LoadOrStore(r, sync.OnceValue(func() template.HTML { return e.part("parts/item", e.itemView(r)) }))
	}
	return f.(func() template.HTML)()
}

// itemList gives the entries of records.
func (e *edition) itemList(records []*site.Record) []template.HTML {
	out := make([]template.HTML, len(records))
	for i, r := range records {
		out[i] = e.item(r)
	}
	return out
}

// maxPlaces is how many places an entry names; more are counted.
const maxPlaces = 4

func (e *edition) itemView(r *site.Record) Item {
	t := r.In(e.lang)
	it := Item{
		URL: e.url(r.Path), Title: t.Title, Summary: t.Summary, Lang: foreign(t.Lang, e.lang),
		At: e.day(r.Issued), Kind: e.kindName(r), Status: e.statusTag(r),
	}
	if !r.Updated.Equal(r.Issued) {
		it.Revised = e.day(r.Updated)
	}
	for _, m := range e.site.Levels(r) {
		it.Badges = append(it.Badges, e.badge(m.Level, Small))
	}
	named := slices.Clone(r.Places)
	rest := max(len(named)-maxPlaces, 0)
	it.Places = e.placeNames(named[:len(named)-rest])
	if rest > 0 {
		it.Places = e.t("item.places", "places", it.Places, "n", rest)
	}
	return it
}

// day writes a time as its day.
func (e *edition) day(t time.Time) template.HTML {
	return timeHTML(e.format, t, false, false)
}

// moment writes a time with its time of day and zone.
func (e *edition) moment(t model.Time) template.HTML {
	if t.DateOnly {
		return e.day(t.Time)
	}
	return e.instant(t.Time)
}

// instant is moment for times that no editor wrote as a date alone.
func (e *edition) instant(t time.Time) template.HTML {
	return timeHTML(e.format, t, true, true)
}

// kindName says what a record is.
func (e *edition) kindName(r *site.Record) string {
	switch r.Kind.ID {
	case "scams":
		return e.t("kind.scam")
	case "advisories":
		if len(r.Source.Advisory.Levels) == 0 {
			return e.t("kind.notice")
		}
		return e.t("kind.advisory")
	}
	return ""
}

// statusTag marks a record that does not plainly hold.
func (e *edition) statusTag(r *site.Record) *Tag {
	switch {
	case r.Held:
		return &Tag{"held", e.t("status.held")}
	case r.Status == site.StatusActive:
		return nil
	}
	return &Tag{string(r.Status), e.t("status." + string(r.Status))}
}
