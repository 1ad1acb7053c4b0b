package site

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// listPage is the name of a further page of a list.
var listPage = regexp.MustCompile(`^page-[0-9]+$`)

// taken tells what of the site itself stands at the address of a slug, or
// nothing.
func taken(kind *model.Kind, slug string) string {
	switch {
	case slug == "index":
		return "the first page of its folder"
	case (kind.ID == "advisories" || kind.ID == "scams") && listPage.MatchString(slug):
		return "a page of the list"
	}
	for _, s := range Sections {
		if s.Path != "" && strings.TrimSuffix(s.Path, "/") == kind.ID+"/"+slug {
			return "the page /" + s.Path
		}
	}
	return ""
}

// route checks that nothing else stands at the address of a record.
func (c *checker) route(r *Record) {
	if what := taken(r.Kind, r.Slug); what != "" && !r.Kind.Nested {
		c.report(diag.DuplicateRoute.At(diag.Position{File: r.Source.Path}, "slug %q gives an address that %s has", r.Slug, what).
			WithHint("rename the files of this record"))
	}
}

// aliases checks that the old slugs of a record are free; seen holds those of
// the records before it.
func (c *checker) aliases(r *Record, seen map[string]string) {
	src := r.Source
	if r.Kind.Nested && len(src.Aliases) > 0 {
		c.report(diag.UnknownField.At(src.Has["aliases"], "the text of a place has no %q of its own", "aliases").
			Wide(len("aliases")).WithHint("its address is made of the slugs in country.yaml"))
		return
	}
	for i, a := range src.Aliases {
		report := func(code diag.Code, format string, args ...any) {
			c.report(code.At(src.AliasAt[i], format, args...).Wide(len(a)).
				WithHint("delete it; an alias is an old slug of this record that nothing else uses"))
		}
		id := r.Kind.ID + "/" + a
		what := taken(r.Kind, a)
		if section, ok := SectionOf(a); ok && r.Kind.ID == "pages" {
			what = "the page /" + section
		}
		switch {
		case what != "":
			report(diag.DuplicateRoute, "alias %q gives an address that %s has", a, what)
		case id == r.ID:
			report(diag.DuplicateSlug, "alias %q is the slug of this record itself", a)
		case c.site.byID[id] != nil:
			report(diag.DuplicateSlug, "alias %q is the slug of %s", a, c.site.byID[id].Source.Path)
		case seen[id] != "":
			report(diag.DuplicateSlug, "alias %q is an alias of %s too", a, seen[id])
		}
		seen[id] = src.Path
	}
}

// revisions checks that earlier texts belong to a file that has moved on.
func (c *checker) revisions(list []model.Revision) {
	for _, old := range list {
		pos := diag.Position{File: old.Path}
		r := c.site.byID[old.Kind.ID+"/"+old.Slug]
		switch {
		case r == nil || !slices.ContainsFunc(r.tags, func(l string) bool { return r.Docs[l].Path == old.Of }):
			c.report(diag.UnknownRecord.At(pos, "earlier text belongs to no file; %s does not exist", old.Of).
				WithHint("keep it in the folder revisions/ beside the file that it was copied from"))
		case !r.Source.Broken && old.N >= r.Source.Revision():
			c.report(diag.BadValue.At(pos, "earlier text is of revision %d, but %s is at %d", old.N, r.Source.Path, r.Source.Revision()).
				WithHint("write what changed into changes, which makes the next revision, or delete this file"))
		default:
			r.take(old)
		}
	}
	for _, r := range c.site.all {
		if n := r.Revision(); r.Visible && r.Coming() && r.earlier[r.Source.Lang][n] == nil {
			c.report(diag.TextEarly.At(r.Source.Changes[n-1].At.Pos, "this change is still to come, but the text until then is not kept").
				Wide(r.Source.Changes[n-1].At.Width).
				WithHint("copy the present text to revisions/%s.%s.r%d.md beside this file; until then readers see the new text at once", path.Base(r.Slug), r.Source.Lang, n))
		}
	}
}
