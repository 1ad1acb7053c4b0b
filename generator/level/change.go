package level

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bongsu/generator/model"
)

// Reason says how a decision caused a change of level.
type Reason int

// The reasons.
const (
	Set        Reason = iota // the decision took effect
	Ended                    // the decision ended by itself
	Withdrawn                // the decision was withdrawn
	Superseded               // the decision superseded the one that set the level, and sets none itself
)

// Change is a time at which the level of a place changes.
type Change struct {
	At       time.Time
	Place    *model.Place
	From, To *model.Level // nil: no level
	Cause    *Decision
	Reason   Reason
}

// Raised reports whether the change is to a higher level.
func (c Change) Raised() bool { return Higher(c.To, c.From) }

// Changes lists every change of a place's level, oldest first.
func (b *Book) Changes(p *model.Place) []Change {
	segs := b.segments[p.ID]
	var out []Change
	for i := 1; i < len(segs); i++ {
		old, now := segs[i-1], segs[i]
		if old.Level == now.Level {
			continue
		}
		c := Change{At: now.From, Place: p, From: old.Level, To: now.Level}
		c.Cause, c.Reason = b.cause(old, now)
		out = append(out, c)
	}
	return out
}

// cause tells which decision made one segment follow another.
func (b *Book) cause(old, now Segment) (*Decision, Reason) {
	if now.Decision != nil && now.Decision.Start().Equal(now.From) {
		return now.Decision, Set
	}
	if old.Decision == nil {
		return now.Decision, Set
	}
	if end, by := b.End(old.Decision.ID); end.Equal(now.From) {
		if by != nil {
			return by, Superseded
		}
		return old.Decision, Withdrawn
	}
	return old.Decision, Ended
}

// AllChanges lists the changes of every place, oldest first; at one time in
// the order of the atlas.
func (b *Book) AllChanges() []Change {
	var out []Change
	for _, c := range b.atlas.Countries {
		c.Walk(func(p *model.Place) { out = append(out, b.Changes(p)...) })
	}
	slices.SortStableFunc(out, func(x, y Change) int { return x.At.Compare(y.At) })
	return out
}

// Boundaries lists the times after t at which anything in the book changes.
func (b *Book) Boundaries(after time.Time) []time.Time {
	var out []time.Time
	for _, segs := range b.segments {
		for _, s := range segs {
			if s.From.After(after) {
				out = append(out, s.From)
			}
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// Lowering is a place that a broad measure would lower without naming it
// (rule 3).
type Lowering struct {
	Decision *Decision
	Measure  int
	Broad    *model.Place // the place that the measure names
	Place    *model.Place // the place that would be lowered
	From, To *model.Level
}

// Lowerings lists every silent lowering, in order of effect. A place counts as
// lowered when the level it gets is below what it had just before, or below
// what it would have without the decision. For a crossing area, what the
// provinces it touches have counts too.
func (b *Book) Lowerings() []Lowering {
	var out []Lowering
	for order, d := range b.decisions {
		named := map[*model.Place]bool{}
		for _, m := range d.Measures {
			for _, p := range m.Places {
				named[p] = true
			}
		}
		for i, m := range d.Measures {
			for _, broad := range m.Places {
				if broad.Area != nil {
					continue
				}
				broad.Walk(func(p *model.Place) {
					if p == broad || named[p] || excepted(p, m.Except) {
						return
					}
					s := b.spanOf(p, order)
					if s == nil || s.measure != i {
						return
					}
					if had := b.hadWithout(p, s); Higher(had, m.Level) {
						out = append(out, Lowering{d, i, broad, p, had, m.Level})
					}
				})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Lowering) int {
		return cmp.Or(inOrder(x.Decision, y.Decision), cmp.Compare(x.Measure, y.Measure), strings.Compare(x.Place.ID, y.Place.ID))
	})
	return slices.CompactFunc(out, func(x, y Lowering) bool {
		return x.Decision == y.Decision && x.Measure == y.Measure && x.Place == y.Place
	})
}

// spanOf gives the span of a decision at a place if it decides the level when
// the decision starts.
func (b *Book) spanOf(p *model.Place, order int) *span {
	spans := b.spans[p.ID]
	i := slices.IndexFunc(spans, func(s span) bool { return s.order == order })
	if i < 0 || winner(spans, spans[i].from) != &spans[i] {
		return nil
	}
	return &spans[i]
}

// hadWithout gives the highest of what p had just before s began, what it
// would have then without s, and, for a crossing area, what its provinces have.
func (b *Book) hadWithout(p *model.Place, s *span) *model.Level {
	spans := b.spans[p.ID]
	high := b.at(p, s.from.Add(-time.Nanosecond))
	for i := len(spans) - 1; i >= 0; i-- {
		if &spans[i] != s && spans[i].inForce(s.from) {
			high = higher(high, spans[i].decision.Measures[spans[i].measure].Level)
			break
		}
	}
	for _, t := range p.Touches {
		high = higher(high, b.at(t, s.from))
	}
	return high
}

func (b *Book) at(p *model.Place, t time.Time) *model.Level { return b.At(p, t).Level }

func higher(a, b *model.Level) *model.Level {
	if Higher(b, a) {
		return b
	}
	return a
}
