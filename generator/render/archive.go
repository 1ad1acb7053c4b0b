package render

import (
	"fmt"
	"slices"

	"bongsu/generator/site"
)

// Archive is the dot of pages/archive: the years.
type Archive struct {
	Title, Lead string
	Years       []Year
}

// Year is a row of the archive.
type Year struct {
	Link
	Advisories, Scams string
}

// archivePages makes the list of years and the pages of each.
func archivePages(b *builder) []File {
	years := map[int][]*site.Record{}
	for _, list := range [][]*site.Record{b.site.Advisories, b.site.Scams} {
		for _, r := range list {
			y := r.Issued.In(b.site.Config.Zone).Year()
			years[y] = append(years[y], r)
		}
	}
	var order []int
	for y, list := range years {
		order = append(order, y)
		slices.SortStableFunc(list, func(x, z *site.Record) int { return z.Issued.Compare(x.Issued) })
	}
	slices.Sort(order)
	slices.Reverse(order)
	var out []File
	for _, e := range b.editions {
		out = append(out, e.file("archive/", b.latest, "archive", func() (*Page, any) { return e.archive(order, years) }))
		for _, y := range order {
			out = append(out, e.lists(section{
				path: yearPath(y), name: "archive", title: e.t("archive.year_title", "year", y), records: years[y],
				crumbs: []Link{{e.t("archive.title"), e.url("archive/")}},
			})...)
		}
	}
	return out
}

func yearPath(y int) string { return fmt.Sprintf("archive/%d/", y) }

func (e *edition) archive(order []int, years map[int][]*site.Record) (*Page, any) {
	v := &Archive{Title: e.t("archive.title"), Lead: e.t("archive.lead")}
	for _, y := range order {
		row := Year{Link: Link{e.t("archive.year", "year", y), e.url(yearPath(y))}}
		n := 0
		for _, r := range years[y] {
			if r.Kind.ID == "advisories" {
				n++
			}
		}
		if n > 0 {
			row.Advisories = e.t("archive.advisories", "n", n)
		}
		if m := len(years[y]) - n; m > 0 {
			row.Scams = e.t("archive.scams", "n", m)
		}
		v.Years = append(v.Years, row)
	}
	p := e.page("archive", "archive/", v.Title, v.Lead)
	p.crumbs(e)
	p.Data = e.breadcrumbs(p)
	return p, v
}
