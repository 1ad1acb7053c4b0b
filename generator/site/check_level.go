package site

import (
	"slices"

	"bongsu/generator/diag"
	"bongsu/generator/level"
	"bongsu/generator/markup"
	"bongsu/generator/model"
)

// levels reports silent lowerings, also of advisories that are not public yet:
// they must not stop the site when their time comes.
func (c *checker) levels() {
	s := c.site
	book, changes := s.Book, s.changes
	if hidden := s.scheduled(); len(hidden) > 0 {
		all := hidden
		for _, r := range s.all {
			if d := r.decision; d != nil {
				all = append(all, d)
			}
		}
		book = level.NewBook(s.Scheme, s.Atlas, all)
		changes = book.AllChanges()
	}
	for _, low := range book.Lowerings() {
		c.lowering(low)
	}
	c.reasons(changes)
}

// why is the name of the heading below which an advisory says why it does what
// it does.
const why = "why"

// reasons reports advisories that lower a level and do not say why. A level that
// falls because its time is over, or because its advisory was withdrawn, which
// has a reason of its own, needs none.
func (c *checker) reasons(changes []level.Change) {
	told := map[string]bool{}
	for _, change := range changes {
		if change.Cause == nil || !level.Higher(change.From, change.To) || change.Reason != level.Set && change.Reason != level.Superseded || told[change.Cause.ID] {
			continue
		}
		told[change.Cause.ID] = true
		src := c.site.byID[change.Cause.ID].Source
		if slices.ContainsFunc(src.Body.Headings, func(h markup.Heading) bool { return h.ID == why }) {
			continue
		}
		pos, width := lowers(src, change)
		c.report(diag.LoweringNoReason.At(pos, "this lowers %s (%s) from level %q, and the text does not say why",
			change.Place.ID, change.Place.Name.Get(c.site.Langs()[0]), change.From.ID).Wide(width).
			WithHint("add a heading that is named so, such as ## 이유 {#why}, and the reason below it"))
	}
}

// lowers finds the field by which an advisory causes a change: the place that a
// measure names, or the advisory that it supersedes.
func lowers(src *model.Doc, change level.Change) (pos diag.Position, width int) {
	a := &src.Advisory
	for p := change.Place; p != nil; p = p.Parent {
		for _, m := range a.Levels {
			for _, ref := range m.Places {
				if ref.ID == p.ID {
					return ref.Pos, ref.Width()
				}
			}
		}
	}
	if len(a.Supersedes) > 0 {
		return a.Supersedes[0].Pos, a.Supersedes[0].Width()
	}
	return diag.Position{File: src.Path}, 0
}

// scheduled gives the decisions of the advisories that are not issued yet.
func (s *Site) scheduled() []*level.Decision {
	var out []*level.Decision
	for _, r := range s.all {
		if r.Kind.ID == "advisories" && !r.Visible && r.Issued.After(s.Now) && !r.Source.Draft {
			out = append(out, s.decision(r))
		}
	}
	return out
}

func (c *checker) lowering(low level.Lowering) {
	src := c.site.byID[low.Decision.ID].Source
	measure := src.Advisory.Levels[low.Measure]
	pos, width := measure.Pos, 1
	for _, p := range measure.Places {
		if p.ID == low.Broad.ID {
			pos, width = p.Pos, p.Width()
		}
	}
	c.report(diag.SilentLowering.At(pos, "level %q for %q would lower %s (%s) from level %q", low.To.ID, low.Broad.ID,
		low.Place.ID, low.Place.Name.Get(c.site.Langs()[0]), low.From.ID).Wide(width).
		WithHint("if that is meant, list %s in places; if not, add it to except", low.Place.ID))
}
