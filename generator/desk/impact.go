package desk

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Edition is one state of the content, made into sites: as of Now, and as of
// the time at which the last record that is still hidden becomes public.
type Edition struct {
	Now   *site.Site
	Later *site.Site                   // may be Now itself
	Found diag.List                    // of Now
	Files map[string][sha256.Size]byte // sums of the output by path; nil if there is none
}

// Horizon is the time from which nothing of the content is hidden, or Now.
func Horizon(s *site.Site) time.Time {
	t := s.Now
	for _, r := range s.All() {
		if !r.Source.Draft && r.Source.Issued.After(t) {
			t = r.Source.Issued.Time
		}
	}
	return t
}

// Impact is what publishing would change. Its JSON form is a contract; times
// are RFC 3339, lists are never null.
type Impact struct {
	Now          string       `json:"now"`
	Raised       []LevelMove  `json:"raised"`
	Lowered      []LevelMove  `json:"lowered"`
	Later        []LevelMove  `json:"later"`   // changes to come that were not known before
	Dropped      []LevelMove  `json:"dropped"` // changes to come that will not come any more
	Starting     []RecordMove `json:"starting"`
	Ending       []RecordMove `json:"ending"`
	Scheduled    []RecordMove `json:"scheduled"` // new, and not in force or not public yet
	Added        []RecordMove `json:"added"`     // other new records
	Revised      []RecordMove `json:"revised"`
	Removed      []RecordMove `json:"removed"`
	Alerts       []AlertMove  `json:"alerts"` // new items that subscribers get
	Translations []Finding    `json:"translations"`
	Pages        FileMoves    `json:"pages"`
	Feeds        FileMoves    `json:"feeds"`
	Other        FileMoves    `json:"other"`
}

// LevelMove is a place whose level changes.
type LevelMove struct {
	Place    string     `json:"place"`
	Name     model.Text `json:"name"`
	From     string     `json:"from"` // level id; empty: none
	To       string     `json:"to"`
	At       string     `json:"at,omitempty"` // empty: at once
	Advisory string     `json:"advisory,omitempty"`
}

// RecordMove is a record that begins, ends or changes.
type RecordMove struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	File   string `json:"file"`
	Status string `json:"status,omitempty"`
	At     string `json:"at,omitempty"`
}

// AlertMove is an item that subscribers of the alerts get.
type AlertMove struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Record string `json:"record"`
	Title  string `json:"title"`
	At     string `json:"at"`
	Later  bool   `json:"later"` // comes when its time has come, not at once
}

// Finding is a warning that was not there before.
type Finding struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// FileMoves are output files by what happens to them, each sorted.
type FileMoves struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
}

// Count is the number of files.
func (m FileMoves) Count() int { return len(m.Added) + len(m.Changed) + len(m.Removed) }

// None reports whether publishing would change nothing at all.
func (i Impact) None() bool {
	return i.Pages.Count()+i.Feeds.Count()+i.Other.Count()+len(i.Later)+len(i.Dropped)+len(i.Scheduled)+len(i.Revised)+
		len(i.Removed)+len(i.Added)+len(i.Alerts)+len(i.Translations) == 0
}

// NewImpact compares two editions of the content at the same time.
func NewImpact(before, after Edition) Impact {
	i := Impact{
		Now:    after.Now.Now.Format(time.RFC3339),
		Raised: []LevelMove{}, Lowered: []LevelMove{}, Starting: []RecordMove{}, Ending: []RecordMove{}, Scheduled: []RecordMove{},
		Added: []RecordMove{}, Revised: []RecordMove{}, Removed: []RecordMove{}, Alerts: []AlertMove{}, Translations: []Finding{},
	}
	i.levels(before.Now, after.Now)
	i.Later = coming(before.Later, after.Later, after.Now.Now)
	i.Dropped = coming(after.Later, before.Later, after.Now.Now)
	i.records(before.Now, after.Now)
	i.alerts(before.Later, after.Later, after.Now.Now)
	i.translations(before.Found, after.Found)
	i.files(before.Files, after.Files)
	return i
}

// levels compares what holds for each place now.
func (i *Impact) levels(before, after *site.Site) {
	for _, id := range after.Atlas.IDs() {
		p := after.Atlas.Place(id)
		now := after.Book.At(p, after.Now)
		var old level.State
		if q := before.Atlas.Place(id); q != nil {
			old = before.Book.At(q, after.Now)
		}
		if idOf(old.Level) == idOf(now.Level) {
			continue
		}
		m := LevelMove{Place: id, Name: p.Name, From: idOf(old.Level), To: idOf(now.Level)}
		for _, c := range after.Book.Changes(p) { // the newest that has come says why
			if !c.At.After(after.Now) && c.Cause != nil {
				m.Advisory = c.Cause.ID
			}
		}
		if level.Higher(now.Level, old.Level) {
			i.Raised = append(i.Raised, m)
		} else {
			i.Lowered = append(i.Lowered, m)
		}
	}
}

func idOf(l *model.Level) string {
	if l == nil {
		return ""
	}
	return l.ID
}

// coming lists the changes of level after now that one site knows and another
// does not, by time.
func coming(without, with *site.Site, now time.Time) []LevelMove {
	type key struct{ place, to, at string }
	of := func(c level.Change) key { return key{c.Place.ID, idOf(c.To), c.At.UTC().String()} }
	known := map[key]bool{}
	for _, c := range without.Changes() {
		known[of(c)] = true
	}
	out := []LevelMove{}
	for _, c := range with.Changes() {
		if !c.At.After(now) || known[of(c)] {
			continue
		}
		m := LevelMove{Place: c.Place.ID, Name: c.Place.Name, From: idOf(c.From), To: idOf(c.To), At: written(with, c.At)}
		if c.Cause != nil {
			m.Advisory = c.Cause.ID
		}
		out = append(out, m)
	}
	return out
}

func written(s *site.Site, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.Config.Zone).Format(time.RFC3339)
}

// records compares the records of two sites.
func (i *Impact) records(before, after *site.Site) {
	old := map[string]*site.Record{}
	for _, r := range before.All() {
		if !r.Source.Draft {
			old[r.ID] = r
		}
	}
	for _, r := range after.All() {
		if r.Source.Draft {
			continue
		}
		was := old[r.ID]
		delete(old, r.ID)
		i.record(after, was, r)
	}
	for _, r := range before.All() {
		if old[r.ID] == r {
			i.Removed = append(i.Removed, move(before, r, time.Time{}))
		}
	}
}

// record files what became of one record; was is nil for a new one.
func (i *Impact) record(s *site.Site, was, r *site.Record) {
	advisory := r.Kind.ID == "advisories"
	active := r.Visible && r.Active()
	before := was != nil && was.Visible && was.Active()
	waits := !r.Visible || r.Status == site.StatusScheduled
	switch {
	case waits && (was == nil || was.Visible && was.Status != site.StatusScheduled || !was.Source.Issued.Equal(r.Source.Issued.Time)):
		at := r.Issued
		if r.Visible {
			at = r.Source.Advisory.Effective.Time
		}
		i.Scheduled = append(i.Scheduled, move(s, r, at))
	case advisory && active && !before:
		i.Starting = append(i.Starting, move(s, r, time.Time{}))
	case advisory && !active && before:
		i.Ending = append(i.Ending, move(s, r, time.Time{}))
	case was == nil && !waits:
		i.Added = append(i.Added, move(s, r, time.Time{}))
	}
	if was != nil && was.Source.Revision() < r.Source.Revision() {
		i.Revised = append(i.Revised, move(s, r, r.Source.Changes[len(r.Source.Changes)-1].At.Time))
	}
}

func move(s *site.Site, r *site.Record, at time.Time) RecordMove {
	return RecordMove{ID: r.ID, Title: r.Source.Title, File: r.Source.Path, Status: string(r.Status), At: written(s, at)}
}

// alerts lists the items that subscribers did not have, oldest first.
func (i *Impact) alerts(before, after *site.Site, now time.Time) {
	known := map[string]bool{}
	for _, a := range before.Alerts() {
		known[a.ID()] = true
	}
	for _, a := range slices.Backward(after.Alerts()) {
		if !known[a.ID()] {
			i.Alerts = append(i.Alerts, AlertMove{
				ID: a.ID(), Kind: string(a.Kind), Record: a.Record.ID, Title: a.Record.Source.Title,
				At: written(after, a.At), Later: a.At.After(now),
			})
		}
	}
}

// translations lists what is missing or behind and was not before.
func (i *Impact) translations(before, after diag.List) {
	known := map[string]bool{}
	key := func(d diag.Diagnostic) string { return string(d.Code) + "\x00" + d.Pos.File + "\x00" + d.Message }
	for _, d := range before {
		known[key(d)] = true
	}
	for _, d := range after {
		if (d.Code == diag.MissingTranslation || d.Code == diag.OldTranslation) && !known[key(d)] {
			i.Translations = append(i.Translations, Finding{d.Pos.File, d.Pos.Line, d.Message})
		}
	}
}

// files compares the output.
func (i *Impact) files(before, after map[string][sha256.Size]byte) {
	for _, m := range []*FileMoves{&i.Pages, &i.Feeds, &i.Other} {
		*m = FileMoves{[]string{}, []string{}, []string{}}
	}
	for path, sum := range after {
		m := i.sort(path)
		if old, ok := before[path]; !ok {
			m.Added = append(m.Added, path)
		} else if old != sum {
			m.Changed = append(m.Changed, path)
		}
	}
	for path := range before {
		if _, ok := after[path]; !ok {
			m := i.sort(path)
			m.Removed = append(m.Removed, path)
		}
	}
	for _, m := range []*FileMoves{&i.Pages, &i.Feeds, &i.Other} {
		for _, l := range [][]string{m.Added, m.Changed, m.Removed} {
			slices.SortFunc(l, cmp.Compare)
		}
	}
}

func (i *Impact) sort(path string) *FileMoves {
	switch {
	case strings.HasSuffix(path, ".html"):
		return &i.Pages
	case strings.Contains(path, "/feeds/"):
		return &i.Feeds
	}
	return &i.Other
}
