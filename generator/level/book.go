// Package level derives the level of every place at every time from the
// baselines and the measures of advisories (content-model.md, "How a place's
// level is derived").
//
// In: the level scheme, the atlas and the decisions of advisories. Out: a Book
// that answers what holds where and when, and why. It is pure: it must not
// know about languages, pages or the clock.
package level

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bongsu/generator/model"
)

// Decision is what one advisory decides about levels.
type Decision struct {
	ID         string // of the advisory
	Issued     time.Time
	Effective  time.Time
	Until      time.Time // zero: no end by itself
	Lift       bool      // temporary levels end at Until instead of being held
	Withdrawn  time.Time // zero: not withdrawn
	Supersedes []string  // ids of decisions that end when this one takes effect
	Measures   []Measure
}

// Measure sets Level for Places and everything inside them but Except.
type Measure struct {
	Level  *model.Level
	Places []*model.Place
	Except []*model.Place
}

// Start is when the decision begins to apply: never before it was issued.
func (d *Decision) Start() time.Time {
	if d.Issued.After(d.Effective) {
		return d.Issued
	}
	return d.Effective
}

// Segment is a time in which a place's level, the decision behind it and
// whether it is held stay the same. From is zero in the first segment, To is
// zero in the last.
type Segment struct {
	From, To time.Time
	Level    *model.Level // nil: no level (a crossing area that no measure names)
	Decision *Decision    // nil: the baseline
	Measure  int          // index into Decision.Measures
	Held     bool         // a temporary level past its Until
}

// Book holds the levels of every place at every time.
type Book struct {
	scheme    model.Scheme
	atlas     *model.Atlas
	decisions []*Decision          // in order of effect
	ends      map[string]time.Time // when decisions end for good by withdrawal or supersession
	endedBy   map[string]*Decision // the decision that superseded another, where that ended it
	spans     map[string][]span    // by place id, in order of effect
	segments  map[string][]Segment // by place id
}

// span is a measure as it applies to one place.
type span struct {
	decision *Decision
	order    int // position of the decision in the order of effect
	measure  int
	named    bool // the measure names the place itself
	from, to time.Time
	held     time.Time // when the hold begins; zero: never
}

// NewBook derives all levels. Decisions that end before they begin have no
// effect. The order of the argument does not matter.
func NewBook(scheme model.Scheme, atlas *model.Atlas, decisions []*Decision) *Book {
	b := &Book{
		scheme: scheme, atlas: atlas, decisions: slices.Clone(decisions),
		ends: map[string]time.Time{}, endedBy: map[string]*Decision{},
		spans: map[string][]span{}, segments: map[string][]Segment{},
	}
	slices.SortFunc(b.decisions, inOrder)
	b.findEnds()
	for i, d := range b.decisions {
		b.addSpans(i, d)
	}
	for _, c := range atlas.Countries {
		c.Walk(func(p *model.Place) {
			b.segments[p.ID] = fold(b.spans[p.ID], scheme.Level(p.Baseline.ID))
		})
	}
	return b
}

// inOrder orders decisions by effect, then issue, then id (rule 1 of the fold).
func inOrder(a, b *Decision) int {
	return cmp.Or(a.Effective.Compare(b.Effective), a.Issued.Compare(b.Issued), strings.Compare(a.ID, b.ID))
}

// findEnds notes when each decision ends by withdrawal or supersession. A
// decision that is withdrawn before it takes effect supersedes nothing.
func (b *Book) findEnds() {
	for _, d := range b.decisions {
		if !d.Withdrawn.IsZero() {
			b.ends[d.ID] = d.Withdrawn
		}
	}
	for _, d := range b.decisions {
		start := d.Start()
		if !d.Withdrawn.IsZero() && !d.Withdrawn.After(start) {
			continue
		}
		for _, old := range d.Supersedes {
			if end, ok := b.ends[old]; !ok || start.Before(end) {
				b.ends[old] = start
				b.endedBy[old] = d
			}
		}
	}
}

// End gives the time at which a decision ends for good (zero: it does not) and
// the decision that superseded it, where that is the reason.
func (b *Book) End(id string) (time.Time, *Decision) { return b.ends[id], b.endedBy[id] }

// addSpans adds what a decision sets for each place.
func (b *Book) addSpans(order int, d *Decision) {
	for p, c := range d.choices() {
		s := span{decision: d, order: order, measure: c.measure, named: specificity(p) == c.kind, from: d.Start(), to: b.ends[d.ID]}
		if !d.Until.IsZero() {
			if d.Measures[c.measure].Level.Temporary && !d.Lift {
				s.held = d.Until
			} else if s.to.IsZero() || d.Until.Before(s.to) {
				s.to = d.Until
			}
		}
		if s.to.IsZero() || s.from.Before(s.to) {
			b.spans[p.ID] = append(b.spans[p.ID], s)
		}
	}
}

func excepted(p *model.Place, except []*model.Place) bool {
	return slices.ContainsFunc(except, p.Inside)
}

// specificity makes a crossing area as specific as an area.
func specificity(p *model.Place) model.PlaceKind { return min(p.Kind, model.AreaPlace) }
