package level

import (
	"slices"
	"sort"
	"time"

	"bongsu/generator/model"
)

// fold turns the spans of one place, in order of effect, and its baseline into
// segments: at every time the last span in force decides (rule 2), and where
// none is in force the baseline (rule 4).
func fold(spans []span, baseline *model.Level) []Segment {
	segments := []Segment{{Level: baseline}}
	for _, t := range boundaries(spans) {
		next := Segment{From: t, Level: baseline}
		if s := winner(spans, t); s != nil {
			next.Level, next.Decision, next.Measure = s.decision.Measures[s.measure].Level, s.decision, s.measure
			next.Held = !s.held.IsZero() && !t.Before(s.held)
		}
		last := &segments[len(segments)-1]
		if last.Level == next.Level && last.Decision == next.Decision && last.Measure == next.Measure && last.Held == next.Held {
			continue
		}
		last.To = t
		segments = append(segments, next)
	}
	return segments
}

// boundaries lists the times at which anything can change, each once.
func boundaries(spans []span) []time.Time {
	var times []time.Time
	for _, s := range spans {
		times = append(times, s.from)
		if !s.to.IsZero() {
			times = append(times, s.to)
		}
		if !s.held.IsZero() && s.held.After(s.from) && (s.to.IsZero() || s.held.Before(s.to)) {
			times = append(times, s.held)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return slices.CompactFunc(times, time.Time.Equal)
}

// winner gives the last span in order of effect that is in force at t. A span
// is in force from its start up to, not including, its end.
func winner(spans []span, t time.Time) *span {
	for i := len(spans) - 1; i >= 0; i-- {
		if s := &spans[i]; s.inForce(t) {
			return s
		}
	}
	return nil
}

func (s *span) inForce(t time.Time) bool {
	return !t.Before(s.from) && (s.to.IsZero() || t.Before(s.to))
}

// State is what holds for a place at a time.
type State struct {
	Level    *model.Level // nil: none
	Decision *Decision    // nil: the baseline
	Since    time.Time    // when this level began; zero: as long as the site knows
	Until    time.Time    // when the measure is due to end; zero: no end set. Past when Held
	Held     bool         // past Until, and no extension or lifting was published
}

// At gives what holds for a place at t.
func (b *Book) At(p *model.Place, t time.Time) State {
	segs := b.segments[p.ID]
	if len(segs) == 0 {
		return State{}
	}
	i := len(segs) - 1
	if i > 0 && t.Before(segs[i].From) { // most ask for the last
		i = max(0, sort.Search(i, func(k int) bool { return t.Before(segs[k].From) })-1)
	}
	s := segs[i]
	st := State{Level: s.Level, Decision: s.Decision, Held: s.Held}
	if s.Decision != nil {
		st.Until = s.Decision.Until
	}
	for i > 0 && segs[i-1].Level == s.Level {
		i--
	}
	st.Since = segs[i].From
	return st
}

// Segments gives the whole course of a place, past and known future.
func (b *Book) Segments(p *model.Place) []Segment { return b.segments[p.ID] }

// Part is an area whose level differs from that of its province.
type Part struct {
	Place *model.Place
	State State
}

// Parts lists the areas of a province or country that have another level than
// it at t, highest first; for a province the crossing areas that touch it too.
func (b *Book) Parts(p *model.Place, t time.Time) []Part {
	own := b.At(p, t)
	var parts []Part
	for _, c := range slices.Concat(p.Children, p.Crossing) {
		if c.Area == nil {
			continue
		}
		if st := b.At(c, t); st.Level != nil && st.Level != own.Level {
			parts = append(parts, Part{c, st})
		}
	}
	slices.SortStableFunc(parts, func(x, y Part) int { return compareRank(y.State.Level, x.State.Level) })
	return parts
}

func compareRank(a, b *model.Level) int {
	switch ra, rb := rank(a), rank(b); {
	case ra < rb:
		return -1
	case ra > rb:
		return 1
	}
	return 0
}

// rank of no level is below every level.
func rank(l *model.Level) float64 {
	if l == nil {
		return -1e9
	}
	return l.Rank
}

// Higher reports whether a is a higher level than b; nil is the lowest.
func Higher(a, b *model.Level) bool { return compareRank(a, b) > 0 }
