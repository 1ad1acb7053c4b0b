package render

import (
	"bytes"
	"slices"

	"bongsu/generator/output"
	"bongsu/generator/site"
)

// Redirect is the dot of pages/redirect, a page without the frame of the
// others.
type Redirect struct {
	Lang, Title, URL, Canonical string
	Refresh                     string // value of the refresh header
}

// redirects makes a page at each old address of a record.
func redirects(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		for _, list := range [][]*site.Record{b.site.Advisories, b.site.Scams, b.site.Pages} {
			for _, r := range list {
				for _, old := range slices.Compact(slices.Sorted(slices.Values(r.Source.Aliases))) {
					out = append(out, e.redirect(site.RecordPath(r.Kind, old), r))
				}
			}
		}
	}
	return out
}

func (e *edition) redirect(path string, r *site.Record) File {
	name := site.File(e.lang, path)
	return File{File: output.File{Path: name, Modified: output.At(r.Modified), Shows: output.NoBody, Render: func(b *bytes.Buffer) error {
		url := e.url(r.Path)
		v := Redirect{e.lang, r.In(e.lang).Title, url, e.site.Links.Abs(url), "0; url=" + url}
		if err := e.tmpl.Execute(b, "pages/redirect", v); err != nil {
			return &fileError{name, err}
		}
		return nil
	}}}
}
