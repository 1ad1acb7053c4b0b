package level

import "bongsu/generator/model"

// choice is the measure of a decision that applies to a place, and how
// specific the place is that the measure names.
type choice struct {
	measure int
	kind    model.PlaceKind
}

// choices resolves a decision to places: within it the most specific measure
// wins, whatever the order.
func (d *Decision) choices() map[*model.Place]choice {
	best := map[*model.Place]choice{}
	for i, m := range d.Measures {
		for _, named := range m.Places {
			named.Walk(func(p *model.Place) {
				if excepted(p, m.Except) && p != named {
					return
				}
				if old, ok := best[p]; !ok || specificity(named) > old.kind {
					best[p] = choice{i, specificity(named)}
				}
			})
		}
	}
	return best
}

// Reach gives the level that the decision asks for at each place that it
// covers, whatever other decisions say and whether it has begun or not.
func (d *Decision) Reach() map[*model.Place]*model.Level {
	out := map[*model.Place]*model.Level{}
	for p, c := range d.choices() {
		out[p] = d.Measures[c.measure].Level
	}
	return out
}

// Decisions lists the decisions of the book in order of effect. The list must
// not be changed.
func (b *Book) Decisions() []*Decision { return b.decisions }
