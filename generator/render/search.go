package render

import (
	"html/template"

	"bongsu/generator/site"
)

// SearchView is the dot of pages/search. The index below Index is made by
// package search and read by the page's script; without it the page leads to
// the lists.
type SearchView struct {
	Title, Summary string
	Base           string // address that those of results are below
	Index          string // address of the index
	Zone, ZoneName string // the site's time zone, for programs and in words
	Badges         []SearchBadge
	Lists          []Link
	Prose          *Words
}

// SearchBadge is the mark of a level, for results to take.
type SearchBadge struct {
	ID    string
	Badge template.HTML
}

// searchPath is the path of the search page.
const searchPath = "search/"

// searchPages makes the search page.
func searchPages(b *builder) []File {
	return b.section(searchPath, "search", func(e *edition, p *Page, prose *Words, _ *site.Record) any {
		v := &SearchView{Title: p.Title, Summary: p.Description, Base: e.url(""), Index: e.url(searchPath), Zone: e.site.Config.Zone.String(), ZoneName: e.format.Zone(), Prose: prose}
		for i := range e.site.Scheme.Levels {
			l := &e.site.Scheme.Levels[i]
			v.Badges = append(v.Badges, SearchBadge{l.ID, e.badge(l, Small)})
		}
		v.Lists = e.searchLists()
		return v
	})
}

// searchLists gives the lists in which everything stands.
func (e *edition) searchLists() []Link {
	var out []Link
	for _, c := range first(e.countriesByName(), homeListed) {
		l := Link{e.t("home.table", "place", e.text(c.Name)), e.placeURL(c)}
		if len(c.Provinces()) > 0 {
			l.URL += "#page-table"
		}
		out = append(out, l)
	}
	for _, s := range []struct{ path, key string }{
		{"provinces/", "nav.provinces"}, {"advisories/", "nav.advisories"}, {"scams/", "nav.scams"},
		{"changes/", "nav.changes"}, {"archive/", "nav.archive"}, {"help/", "nav.help"},
	} {
		out = append(out, Link{e.t(s.key), e.url(s.path)})
	}
	return out
}
