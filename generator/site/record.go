package site

import (
	"slices"
	"strings"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
)

// Status is where a record stands at the time of the site.
type Status string

// The statuses. Records without times of their own are active or withdrawn.
const (
	StatusScheduled  Status = "scheduled"
	StatusActive     Status = "active"
	StatusEnded      Status = "ended"
	StatusSuperseded Status = "superseded"
	StatusWithdrawn  Status = "withdrawn"
)

// Record is a set of files with one slug: a source file and its translations.
type Record struct {
	ID, Slug string
	Kind     *model.Kind
	Path     string // address within a language
	Source   *model.Doc
	Docs     map[string]*model.Doc // by language, the source included
	Issued   time.Time
	Updated  time.Time // newest significant change: issue, a major change, withdrawal
	Modified time.Time // newest change of any kind
	Changes  []model.Change
	Places   []*model.Place // named by the record, in its order, each once
	Visible  bool           // on the site at Now
	Status   Status
	Held     bool      // decides a level although its end has passed
	EndedBy  *Record   // superseded: what replaced it
	Linked   time.Time // newest issue of a record that its texts link to

	decision *level.Decision // nil: none
	levels   []level.Measure // see Levels
	turned   time.Time       // see Turned

	tags    []string                      // of Docs, sorted
	earlier map[string]map[int]*model.Doc // kept texts by language and revision
}

// Active reports whether the record still says what holds: active, or held.
func (r *Record) Active() bool { return r.Status == StatusActive || r.Held }

// Urgent reports whether the record asks for a banner on every page now.
func (r *Record) Urgent() bool { return r.Source.Advisory.Urgent && r.Active() }

// Revision is the number of the newest public revision, from 1.
func (r *Record) Revision() int { return 1 + len(r.Changes) }

// Text is a record in one language, as it can be shown there.
type Text struct {
	*model.Doc
	Fallback bool // the text is in another language than asked for
	Outdated bool // the translation is older than its source
}

// In gives the text of a record that stands at Now in a language; where there is
// none, the source text, marked as a fallback. A text that a later change brings
// is not shown before its time, as long as the present one is kept.
func (r *Record) In(lang string) Text {
	if r.Coming() {
		if t, ok := r.TextAt(lang, r.Revision()); ok {
			return t
		}
	}
	d, ok := r.Docs[lang]
	if !ok {
		return Text{Doc: r.Source, Fallback: true}
	}
	return Text{Doc: d, Outdated: d != r.Source && translated(d) < r.Revision()}
}

// translated is the revision of the source that a translation renders.
func translated(d *model.Doc) int { return max(d.Translates, 1) }

// Translated reports whether the record has a text of its own in a language.
func (r *Record) Translated(lang string) bool { return r.Docs[lang] != nil }

// Note gives the text of public change i (from 0) in a language, or that of
// the source.
func (r *Record) Note(lang string, i int) string {
	if d := r.Docs[lang]; d != nil && i < len(d.Changes) {
		return d.Changes[i].Note
	}
	return r.Source.Changes[i].Note
}

// Legal gives what the law asks, in a language or else in the source's.
func (r *Record) Legal(lang string) *model.Legal {
	if d := r.Docs[lang]; d != nil && d.Advisory.Legal != nil {
		return d.Advisory.Legal
	}
	return r.Source.Advisory.Legal
}

// WithdrawnReason gives why a record was withdrawn, in a language or else in
// the source's.
func (r *Record) WithdrawnReason(lang string) string {
	if d := r.Docs[lang]; d != nil && d.Withdrawn != nil && d.Withdrawn.Reason != "" {
		return d.Withdrawn.Reason
	}
	if r.Source.Withdrawn == nil {
		return ""
	}
	return r.Source.Withdrawn.Reason
}

// Levels lists the levels that an advisory sets, highest first, each once, with
// the places named for each. The list must not be changed.
func (s *Site) Levels(r *Record) []level.Measure { return r.levels }

// byLevel puts the measures of one level together, the highest first.
func byLevel(measures []level.Measure) []level.Measure {
	var out []level.Measure
	for _, m := range measures {
		i := slices.IndexFunc(out, func(o level.Measure) bool { return o.Level == m.Level })
		if i < 0 {
			out = append(out, level.Measure{Level: m.Level, Places: slices.Clone(m.Places)})
			continue
		}
		out[i].Places = append(out[i].Places, m.Places...)
	}
	slices.SortStableFunc(out, func(a, b level.Measure) int {
		switch {
		case level.Higher(a.Level, b.Level):
			return -1
		case level.Higher(b.Level, a.Level):
			return 1
		}
		return 0
	})
	return out
}

// ChangesBy lists the changes of level that an advisory causes, by time, then
// in the order of the atlas.
func (s *Site) ChangesBy(r *Record) []level.Change { return s.causedBy[r.ID] }

// status tells where a record stands at Now (content-model.md, "Advisory").
func (s *Site) status(r *Record) Status {
	if w := r.Source.Withdrawn; w != nil && !w.At.After(s.Now) {
		return StatusWithdrawn
	}
	if r.Kind.ID != "advisories" {
		return StatusActive
	}
	if end, by := s.Book.End(r.ID); by != nil && !end.After(s.Now) {
		return StatusSuperseded
	}
	a := r.Source.Advisory
	switch {
	case a.Until.Set() && !a.Until.After(s.Now):
		return StatusEnded
	case a.Effective.After(s.Now):
		return StatusScheduled
	}
	return StatusActive
}

// pair groups files into records and tells source files from translations.
func (s *Site) pair(docs []*model.Doc, drafts bool, c *checker) {
	for _, d := range docs {
		id := d.Kind.ID + "/" + d.Slug
		r := s.byID[id]
		if r == nil {
			r = &Record{ID: id, Slug: d.Slug, Kind: d.Kind, Path: RecordPath(d.Kind, d.Slug), Docs: map[string]*model.Doc{}}
			s.byID[id] = r
			s.all = append(s.all, r)
		}
		if other := r.Docs[d.Lang]; other != nil {
			c.duplicate(d, other)
			continue
		}
		r.Docs[d.Lang] = d
	}
	slices.SortFunc(s.all, func(a, b *Record) int { return strings.Compare(a.ID, b.ID) })
	c.each(func(c *checker, r *Record) {
		r.tags = sorted(r.Docs)
		s.choose(r, c)
		s.date(r, drafts)
	})
}

// choose finds the source file of a record and checks the others against it.
func (s *Site) choose(r *Record, c *checker) {
	for _, l := range s.Langs() {
		if d := r.Docs[l]; d != nil {
			r.Source = d
			break
		}
	}
	if r.Source == nil { // only languages that the site lacks: reported by the checker
		for _, d := range r.Docs {
			if r.Source == nil || d.Lang < r.Source.Lang {
				r.Source = d
			}
		}
	}
	c.pairing(r)
}

// date derives the times of a record from its source file.
func (s *Site) date(r *Record, drafts bool) {
	src := r.Source
	r.Issued, r.Updated, r.Modified = src.Issued.Time, src.Issued.Time, src.Issued.Time
	for _, ch := range src.Changes {
		if ch.At.After(s.Now) {
			continue
		}
		r.Changes = append(r.Changes, ch)
		r.Modified = later(r.Modified, ch.At.Time)
		if ch.Major {
			r.Updated = later(r.Updated, ch.At.Time)
		}
	}
	if w := src.Withdrawn; w != nil && !w.At.After(s.Now) {
		r.Modified, r.Updated = later(r.Modified, w.At.Time), later(r.Updated, w.At.Time)
	}
	r.Visible = src.Issued.Set() && !src.Issued.After(s.Now) && (drafts || !src.Draft)
	var refs []model.Ref
	for _, m := range src.Advisory.Levels {
		refs = append(refs, m.Places...)
	}
	refs = append(append(refs, src.Advisory.Places...), src.Scam.Places...)
	for _, p := range s.places(refs) {
		if !slices.Contains(r.Places, p) {
			r.Places = append(r.Places, p)
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
