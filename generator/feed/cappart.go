package feed

import (
	"slices"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// partsOf parts an alert by level, highest first.
func partsOf(s *site.Site, a site.Alert) []*message {
	var out []*message
	part := func(l *model.Level, clear bool) *message {
		i := slices.IndexFunc(out, func(m *message) bool { return m.level == l && m.clear == clear })
		if i < 0 {
			i = len(out)
			out = append(out, &message{level: l, clear: clear})
		}
		return out[i]
	}
	add := func(m *message, p *model.Place) {
		if !slices.ContainsFunc(m.places, p.Inside) {
			m.places = append(m.places, p)
		}
	}
	decides := a.Kind == site.AlertIssued || a.Kind == site.AlertRevised
	reach := map[*model.Place]*model.Level{}
	if decides {
		reach = s.Decision(a.Record).Reach()
		for _, root := range roots(a.Record.Places) {
			root.Walk(func(p *model.Place) {
				l := reach[p]
				if l == nil || p.Kind == model.CountryPlace && len(p.Provinces()) > 0 || p.Kind == model.AreaPlace && reach[p.Parent] == l {
					return // shown by its parts, or by what it lies in
				}
				add(part(l, false), p)
			})
		}
	}
	for _, c := range outermost(a.Changes) {
		m := out
		if reach[c.Place] != nil {
			m = slices.DeleteFunc(slices.Clone(out), func(m *message) bool { return m.level != c.To })
		} else {
			clear := over(s, c)
			l := c.To
			if clear {
				l = nil
			}
			m = []*message{part(l, clear)}
			add(m[0], c.Place)
		}
		for _, x := range m {
			x.changes = append(x.changes, c)
			x.raised = x.raised || c.Raised()
		}
	}
	if len(out) == 0 {
		m := part(nil, !decides)
		for _, p := range a.Record.Places {
			add(m, p)
		}
	}
	slices.SortStableFunc(out, func(x, y *message) int {
		switch {
		case level.Higher(x.level, y.level):
			return -1
		case level.Higher(y.level, x.level):
			return 1
		}
		return 0
	})
	return out
}

// roots lists the countries of places, each once.
func roots(places []*model.Place) []*model.Place {
	var out []*model.Place
	for _, p := range places {
		if r := p.Root(); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// over reports whether a change leaves a place with no level, or with the
// lowest one that no advisory set.
func over(s *site.Site, c level.Change) bool {
	return c.To == nil || c.To == &s.Scheme.Levels[0] && s.Book.At(c.Place, c.At).Decision == nil
}
