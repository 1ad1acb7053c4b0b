package render

import (
	"strings"

	"bongsu/generator/site"
)

// OpenRow is a kind of file of the open data on the page of the guide.
type OpenRow struct {
	Title, Text string
	Path        string // of a kind with many files: a pattern, not a link
	URL         string // of the file, or of an example
	Many        bool
	Type        string
	Schema      string // address; empty: none
	Set         string // begins a data set: its name
}

// openRows lists the files of the open data, set by set.
func (e *edition) openRows() []OpenRow {
	var out []OpenRow
	set := ""
	for i := range site.DataFiles {
		f := &site.DataFiles[i]
		row := OpenRow{
			Title: e.t("open.title." + f.ID), Text: e.t("open.text." + f.ID), Path: e.site.Links.Root(f.Path),
			Many: f.Many(), Type: f.Type,
		}
		if path := e.openExample(f); path != "" {
			row.URL = e.site.Links.Root(path)
		}
		if f.Schema != "" {
			row.Schema = e.site.Links.Root(site.DataFileOf("schema").At("schema", f.Schema))
		}
		if f.Set != set || i == 0 {
			if set = f.Set; set == "" {
				row.Set = e.t("open.set.about")
			} else {
				row.Set = e.t("open.set." + set)
			}
		}
		out = append(out, row)
	}
	return out
}

// openExample gives the path of a file of a kind, or nothing where the site
// has none.
func (e *edition) openExample(f *site.DataFile) string {
	if !f.Many() {
		return f.Path
	}
	s := e.site
	switch f.ID {
	case "badge":
		if len(s.Atlas.Countries) > 0 {
			return site.BadgePath(e.lang, s.Atlas.Countries[0])
		}
	case "history-country":
		if len(s.Atlas.Countries) > 0 {
			return f.At("country", s.Atlas.Countries[0].ID)
		}
	case "day":
		if c := s.Changes(); len(c) > 0 && !c[0].At.After(s.Now) {
			return f.At("date", e.format.MachineDate(c[0].At))
		}
	case "advisory", "advisories-year":
		return openRecord(e, f, s.Advisories)
	case "scam", "scams-year":
		return openRecord(e, f, s.Scams)
	case "schema":
		return f.At("schema", "levels")
	}
	return ""
}

// openRecord gives the file of the oldest record of a list, or of its year.
func openRecord(e *edition, f *site.DataFile, list []*site.Record) string {
	if len(list) == 0 {
		return ""
	}
	r := list[len(list)-1]
	return f.At("name", r.Name(), "page", e.format.MachineDate(r.Issued)[:4])
}

// pageData is the table of pages that have their content as a file for
// programs too (DATA-11). It is read only.
var pageData = map[string]string{
	"": "levels", "provinces/": "levels", "levels/": "vocabulary", "changes/": "history",
	"advisories/": "advisories", "scams/": "scams", "data/": "index",
}

// dataOf gives the address of the data of the page at a path, or nothing.
func (e *edition) dataOf(path string) string {
	id, ok := pageData[path]
	if !ok && strings.HasPrefix(path, "provinces/") {
		id, ok = "levels", true
	}
	if !ok {
		return ""
	}
	return e.site.Links.Root(site.DataFileOf(id).Path)
}
