package site

import (
	"cmp"
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// remove takes in the removals that are public at Now.
func (s *Site) remove(all []model.Removal) {
	for _, r := range all {
		if !r.At.After(s.Now) {
			s.Removals = append(s.Removals, r)
		}
	}
	slices.SortFunc(s.Removals, func(a, b model.Removal) int {
		return cmp.Or(b.At.Compare(a.At.Time), strings.Compare(a.ID, b.ID))
	})
}

// RemovedPath gives the path at which a removed record stood, where a notice
// stands now.
func RemovedPath(r model.Removal) string {
	kind, slug, _ := strings.Cut(r.ID, "/")
	return RecordPath(model.KindOf(kind), slug)
}

// removals checks that nothing of a removed record is left.
func (c *checker) removals(list []model.Removal) {
	for _, r := range list {
		if r.ID == "" {
			continue
		}
		if left := c.site.byID[r.ID]; left != nil {
			c.report(diag.DuplicateSlug.At(r.Pos, "removed record %q still has the file %s", r.ID, left.Source.Path).
				WithHint("delete the files of the record, those below revisions/ too; or, to keep a page that says why, write withdrawn into it instead"))
			continue
		}
		kind, slug, _ := strings.Cut(r.ID, "/")
		if what := taken(model.KindOf(kind), slug); what != "" {
			c.report(diag.DuplicateRoute.At(r.Pos, "removed record %q has an address that %s has", r.ID, what).WithHint("delete this entry"))
		}
	}
}
