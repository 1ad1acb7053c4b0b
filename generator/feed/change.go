package feed

import (
	"cmp"
	"slices"
	"strings"

	"bongsu/generator/level"
	"bongsu/generator/model"
)

// group is the changes to one level in one direction.
type group struct {
	to      *model.Level // nil: no level
	raised  bool
	changes []level.Change
}

// groups sorts changes by what becomes of the places: the highest new level
// first, raised before lowered. Places that follow one around them are left
// out. Within a group the order of the atlas stays.
func groups(changes []level.Change) []group {
	var out []group
	for _, c := range outermost(changes) {
		i := slices.IndexFunc(out, func(g group) bool { return g.to == c.To && g.raised == c.Raised() })
		if i < 0 {
			i = len(out)
			out = append(out, group{to: c.To, raised: c.Raised()})
		}
		out[i].changes = append(out[i].changes, c)
	}
	slices.SortStableFunc(out, func(a, b group) int {
		switch {
		case level.Higher(a.to, b.to):
			return -1
		case level.Higher(b.to, a.to):
			return 1
		}
		return cmp.Compare(btoi(b.raised), btoi(a.raised))
	})
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// from gives the level that all places of the group had; one is false where
// they had different ones.
func (g group) from() (l *model.Level, one bool) {
	for _, c := range g.changes {
		if c.From != g.changes[0].From {
			return nil, false
		}
	}
	return g.changes[0].From, true
}

// byOld splits a group by the level that places had, in order of appearance.
func (g group) byOld() []group {
	var out []group
	for _, c := range g.changes {
		i := slices.IndexFunc(out, func(x group) bool { return x.changes[0].From == c.From })
		if i < 0 {
			i = len(out)
			out = append(out, group{to: g.to, raised: g.raised})
		}
		out[i].changes = append(out[i].changes, c)
	}
	return out
}

// outermost leaves out the changes of places that only follow a place around
// them: one with the same old and new level.
func outermost(changes []level.Change) []level.Change {
	if len(changes) < 2 { // most advisories change no level
		return changes
	}
	byPlace := map[*model.Place]level.Change{}
	for _, c := range changes {
		byPlace[c.Place] = c
	}
	return slices.DeleteFunc(slices.Clone(changes), func(c level.Change) bool {
		for p := c.Place.Parent; p != nil; p = p.Parent {
			if o, ok := byPlace[p]; ok && o.To == c.To && o.From == c.From {
				return true
			}
		}
		return false
	})
}

// names names the places of changes: "the rest of" a place where a part of it
// has another level then.
func (e *edition) names(changes []level.Change) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = e.text(c.Place.Name)
		if e.partly(c) {
			out[i] = e.cat.T("feed.rest", "place", out[i])
		}
	}
	return out
}

// partly reports whether something inside the place of a change has another
// level at its time.
func (e *edition) partly(c level.Change) bool {
	found := false
	for _, child := range c.Place.Children {
		child.Walk(func(p *model.Place) {
			l := e.site.Book.At(p, c.At).Level
			found = found || l != nil && l != c.To
		})
	}
	return found
}

// few names at most three of the places, and how many more there are.
func (e *edition) few(names []string) string {
	const most = 3
	if len(names) <= most {
		return e.fm.List(names)
	}
	return e.cat.T("feed.places_more", "places", strings.Join(names[:most], ", "), "n", len(names)-most)
}

// digit gives the number of a level; ok is false for levels without one, such
// as a special advisory.
func (e *edition) digit(l *model.Level) (string, bool) {
	d := e.text(l.Digit)
	return d, d != "" && strings.Trim(d, "0123456789") == ""
}

// short writes a level within a step: its number, or a short name.
func (e *edition) short(l *model.Level) string {
	if d, ok := e.digit(l); ok {
		return e.cat.T("feed.step_n", "n", d)
	}
	if s := e.text(l.Short); s != "" {
		return s
	}
	return e.text(l.Name)
}

// full writes a level with its number and name; nil is no level.
func (e *edition) full(l *model.Level) string {
	if l == nil {
		return e.cat.T("feed.no_level")
	}
	if d, ok := e.digit(l); ok {
		return e.cat.T("feed.level", "n", d, "name", e.text(l.Name))
	}
	return e.text(l.Name)
}

// step writes a change of level in the fewest words: 2→3단계.
func (e *edition) step(from, to *model.Level) string {
	a, okA := e.digit(from)
	b, okB := e.digit(to)
	if okA && okB {
		return e.cat.T("feed.step_both", "from", a, "to", b)
	}
	return e.short(from) + "→" + e.short(to)
}

// move is the tag of a group for titles: direction, old and new level.
func (e *edition) move(g group) string {
	way := "lowered"
	if g.raised {
		way = "raised"
	}
	from, one := g.from()
	switch {
	case g.to == nil && one:
		return e.cat.T("feed.tag.lifted", "from", e.short(from))
	case g.to == nil:
		return e.cat.T("feed.tag.lifted_all")
	case one && from == nil:
		return e.cat.T("feed.tag.set", "to", e.short(g.to))
	case one:
		return e.cat.T("feed.tag."+way, "step", e.step(from, g.to))
	}
	return e.cat.T("feed.tag."+way+"_to", "to", e.short(g.to))
}

// levelsOf lists changes for programs, highest new level first.
func levelsOf(gs []group) []Level {
	var out []Level
	for _, g := range gs {
		for _, part := range g.byOld() {
			l := Level{Level: id(part.to), Previous: id(part.changes[0].From)}
			for _, c := range part.changes {
				l.Places = append(l.Places, c.Place.ID)
			}
			out = append(out, l)
		}
	}
	return out
}

func id(l *model.Level) string {
	if l == nil {
		return ""
	}
	return l.ID
}
