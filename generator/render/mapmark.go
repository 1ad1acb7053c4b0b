package render

import (
	"fmt"
	"slices"
	"strings"

	"bongsu/generator/level"
	"bongsu/generator/model"
)

// dot marks a named area at its point.
func (c *cartographer) dot(at vertex, part level.Part) {
	c.taken = append(c.taken, at)
	c.mark(at, "", disc, part)
}

// diamond marks a province of which a part without a point has another level,
// and gives where the province's own digit stands then.
func (c *cartographer) diamond(s *shape, part level.Part) vertex {
	at := s.label
	if s.room >= 2*markRadius-4 {
		c.mark(vertex{at.x + markRadius + 2, at.y}, "", diamond, part)
		return vertex{at.x - markRadius, at.y}
	}
	if out, ok := c.outline.leadOut(at, markRadius+2, c.taken); ok {
		c.taken = append(c.taken, out)
		c.mark(out, leadLine(at, digitRoom+3, out, markRadius+ringWidth), diamond, part)
		return at
	}
	c.mark(vertex{at.x + markRadius, at.y - markRadius}, "", diamond, part)
	return at
}

func (c *cartographer) mark(at vertex, lead string, form func(vertex, int) string, part level.Part) {
	l := part.State.Level
	m := mapMark{
		Level: l, Digit: c.text(l.Digit), X: at.x, Y: at.y + digitMiddle - 1, Lead: lead,
		Path: form(at, markRadius-ringWidth), Ring: form(at, markRadius),
	}
	c.used[l] = true
	c.view.Marks = append(c.view.Marks, m)
	c.note(form, part)
}

// note adds a part to the line of the legend for marks of its form and level.
func (c *cartographer) note(form func(vertex, int) string, part level.Part) {
	if slices.Contains(c.names, part.Place.ID) {
		return
	}
	c.names = append(c.names, part.Place.ID)
	l, middle := part.State.Level, vertex{26, 26}
	path, name := form(middle, markRadius-ringWidth), c.text(part.Place.Name)
	for i, n := range c.view.Notes {
		if n.Path == path && n.Level == l {
			c.view.Notes[i].Text = c.t("map.also", "names", n.Text, "name", name)
			return
		}
	}
	c.view.Notes = append(c.view.Notes, mapMark{
		Level: l, Digit: c.text(l.Digit), Y: middle.y + digitMiddle - 1, Path: path, Ring: form(middle, markRadius),
		Text: c.t("map.note", "level", c.levelName(l), "name", name),
	})
}

func disc(at vertex, r int) string {
	return fmt.Sprintf("M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0 %d 0z", at.x-r, at.y, r, r, 2*r, r, r, -2*r)
}

func diamond(at vertex, r int) string {
	r += r / 5 // looks as large as the disc
	return fmt.Sprintf("M%d %dl%d %d %d %d %d %dz", at.x, at.y-r, r, r, -r, r, -r, -r)
}

// patternOf gives the pattern of a level, under an id.
func patternOf(l *model.Level, id string) mapLevel {
	m := mapLevel{Level: l, Fill: id, Tile: 10}
	if h, ok := hatches[l.Pattern]; ok {
		m.Tile, m.Hatch = h.tile, &hatch{h.path, l.Ink, h.width}
	}
	return m
}

// legend lists the levels in use, lowest first, and the patterns of those that
// fill provinces.
func (c *cartographer) legend() {
	levels := make([]*model.Level, 0, len(c.site.Scheme.Levels)+1)
	levels = append(levels, noLevel)
	for i := range c.site.Scheme.Levels {
		levels = append(levels, &c.site.Scheme.Levels[i])
	}
	for _, l := range levels {
		if !c.used[l] {
			continue
		}
		c.view.Legend = append(c.view.Legend, c.badge(orNil(l), Small))
		if !slices.ContainsFunc(c.view.Provinces, func(p *mapProvince) bool { return p.Level == l }) {
			continue
		}
		c.view.Levels = append(c.view.Levels, patternOf(l, c.fill(l)))
	}
	slices.SortStableFunc(c.view.Notes, func(a, b mapMark) int {
		if d := compareLevels(b.Level, a.Level); d != 0 {
			return d
		}
		return strings.Compare(a.Path, b.Path)
	})
}
