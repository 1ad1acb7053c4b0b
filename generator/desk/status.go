// Package desk is what editors need beside the site itself: what waits for
// them, what a new record looks like, how a revision is noted, and what
// publishing would change.
//
// In: a Site with its diagnostics, or the texts of files. Out: reports and
// texts. It is pure: it must not read or write files, nor read the clock; the
// rules of what is wrong stay in package site, whose findings it sorts.
package desk

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/site"
)

// State is what a row of the status says of a record or contact.
type State string

// The states, in the order in which they are shown.
const (
	Held      State = "held"      // a temporary level past its end, still in force
	EndsSoon  State = "ends-soon" // ends within 14 days
	Review    State = "review"    // the date of its review has passed
	Missing   State = "missing"   // has no text in a language of the site
	Behind    State = "behind"    // has a translation that is older than its source
	Contact   State = "contact"   // a contact that was not verified for 180 days
	Scheduled State = "scheduled" // becomes public, or takes effect, later
	Drafted   State = "draft"     // not for the public yet
	Active    State = "active"    // holds now
)

// States lists the states in the order in which they are shown. It is read only.
var States = []State{Held, EndsSoon, Review, Missing, Behind, Contact, Scheduled, Drafted, Active}

// Item is one row of the status. Its JSON form is a contract.
type Item struct {
	State  State  `json:"state"`
	ID     string `json:"id"` // of the record; contacts/ID for a contact
	Title  string `json:"title"`
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	At     string `json:"at"`     // the time that Days counts from, RFC 3339
	Days   int    `json:"days"`   // whole days since At; negative: days until then
	Editor bool   `json:"editor"` // an editor has something to do
	Note   string `json:"note,omitempty"`
}

// Status is what waits for editors at the time of a site.
type Status struct {
	Now    string        `json:"now"` // RFC 3339
	Editor bool          `json:"editor"`
	Counts map[State]int `json:"counts"`
	Items  []Item        `json:"items"` // by state, then by date: what is oldest first, what holds newest first
}

// findings are the diagnostics that say that an editor has something to do.
var findings = map[diag.Code]State{
	diag.Held: Held, diag.EndsSoon: EndsSoon, diag.ReviewOverdue: Review,
	diag.MissingTranslation: Missing, diag.OldTranslation: Behind, diag.ContactStale: Contact,
}

// NewStatus sorts a site and what was found in it into the rows of a status.
func NewStatus(s *site.Site, found diag.List) Status {
	b := &statusBuilder{site: s, records: map[string]*site.Record{}}
	for _, r := range s.All() {
		for _, d := range r.Docs {
			b.records[d.Path] = r
		}
	}
	seen := map[string]bool{} // ends-soon by record
	for _, d := range found {
		if state, ok := findings[d.Code]; ok {
			if it, ok := b.finding(state, d); ok {
				b.items = append(b.items, it)
				seen[string(state)+it.ID] = true
			}
		}
	}
	for _, r := range s.All() {
		for _, it := range b.standing(r) {
			if !seen[string(it.State)+it.ID] {
				b.items = append(b.items, it)
			}
		}
	}
	return b.status()
}

type statusBuilder struct {
	site    *site.Site
	records map[string]*site.Record // by file
	items   []Item
}

func (b *statusBuilder) status() Status {
	out := Status{Now: b.site.Now.Format(time.RFC3339), Counts: map[State]int{}, Items: []Item{}}
	for _, st := range States {
		out.Counts[st] = 0
	}
	for _, it := range b.items {
		out.Counts[it.State]++
		out.Editor = out.Editor || it.Editor
		out.Items = append(out.Items, it)
	}
	slices.SortStableFunc(out.Items, func(x, y Item) int {
		days := cmp.Compare(y.Days, x.Days)
		if x.State == Active || x.State == Scheduled {
			days = cmp.Compare(max(x.Days, -x.Days), max(y.Days, -y.Days)) // nearest to now first
		}
		return cmp.Or(cmp.Compare(slices.Index(States, x.State), slices.Index(States, y.State)),
			days, strings.Compare(x.ID, y.ID), strings.Compare(x.File, y.File))
	})
	return out
}

// item makes a row; at is the time that its days count from.
func (b *statusBuilder) item(st State, r *site.Record, at time.Time) Item {
	it := Item{State: st, ID: r.ID, Title: r.Source.Title, File: r.Source.Path}
	return b.dated(it, at)
}

func (b *statusBuilder) dated(it Item, at time.Time) Item {
	if !at.IsZero() {
		it.At = at.In(b.site.Config.Zone).Format(time.RFC3339)
		it.Days = int(math.Trunc(b.site.Now.Sub(at).Hours() / 24))
	}
	return it
}

// finding makes the row of a diagnostic; ok is false where what it speaks of is
// not known.
func (b *statusBuilder) finding(st State, d diag.Diagnostic) (it Item, ok bool) {
	if st == Contact {
		for i := range b.site.Contacts {
			k := &b.site.Contacts[i]
			if k.VerifiedOn.Pos == d.Pos {
				it = b.dated(Item{State: st, ID: "contacts/" + k.ID, Title: k.Name.Get(b.site.Langs()[0])}, k.VerifiedOn.Time)
				it.File, it.Line, it.Editor, it.Note = d.Pos.File, d.Pos.Line, true, k.Number
				return it, true
			}
		}
		return it, false
	}
	r := b.records[d.Pos.File]
	if r == nil {
		return it, false
	}
	at := r.Issued
	switch st {
	case Held, EndsSoon:
		at = r.Source.Advisory.Until.Time
	case Review:
		at = r.Source.Review.Time
	case Behind:
		if doc := r.Docs[languageOf(r, d.Pos.File)]; doc != nil {
			if i := max(doc.Translates, 1) - 1; i < len(r.Changes) {
				at = r.Changes[i].At.Time // the first change that it lacks
			}
		}
	}
	it = b.item(st, r, at)
	it.File, it.Line, it.Editor, it.Note = d.Pos.File, d.Pos.Line, true, d.Message
	return it, true
}

func languageOf(r *site.Record, file string) string {
	for tag, d := range r.Docs {
		if d.Path == file {
			return tag
		}
	}
	return ""
}

// endsSoonDays is how far ahead an end is shown; package site warns as early
// where the end would change a level.
const endsSoonDays = 14

// standing gives the rows that say where a record stands by itself.
func (b *statusBuilder) standing(r *site.Record) []Item {
	s, a := b.site, r.Source.Advisory
	if r.Source.Draft {
		return []Item{b.item(Drafted, r, r.Issued)}
	}
	if !r.Visible {
		it := b.item(Scheduled, r, r.Issued)
		it.Note = "becomes public then"
		return []Item{it}
	}
	if r.Kind.ID != "advisories" && r.Kind.ID != "scams" {
		return nil
	}
	switch {
	case r.Status == site.StatusScheduled:
		it := b.item(Scheduled, r, a.Effective.Time)
		it.Note = "is public, takes effect then"
		return []Item{it}
	case !r.Active():
		return nil
	}
	out := []Item{b.item(Active, r, r.Issued)}
	out[0].Note = levels(s, r)
	if u := a.Until; r.Status == site.StatusActive && u.Set() && u.Before(s.Now.AddDate(0, 0, endsSoonDays)) {
		it := b.item(EndsSoon, r, u.Time)
		it.Line, it.Note = u.Pos.Line, "ends by itself; no level depends on it alone"
		out = append(out, it)
	}
	return out
}

// levels says in a few words what an advisory sets.
func levels(s *site.Site, r *site.Record) string {
	var parts []string
	for _, m := range s.Levels(r) {
		ids := make([]string, 0, len(m.Places))
		for _, p := range m.Places {
			ids = append(ids, p.ID)
		}
		if n := len(ids); n > 3 {
			ids = append(ids[:3], fmt.Sprintf("and %d more", n-3))
		}
		parts = append(parts, "level "+m.Level.ID+" for "+strings.Join(ids, ", "))
	}
	return strings.Join(parts, "; ")
}
