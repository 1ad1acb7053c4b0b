package render

import (
	"time"

	"bongsu/generator/site"
)

// section makes a page in each language at a path of its own, which the text of
// the page record pages/NAME fills where there is one. view gives the dot of
// the template pages/NAME; it may change the page. prose and record are nil
// without a record.
func (b *builder) section(path, name string, view func(e *edition, p *Page, prose *Words, record *site.Record) any) []File {
	changed, record := b.site.Start, b.site.Record("pages/"+name)
	if record != nil {
		changed = func() time.Time { return later(b.site.Start(), edited(record)()) }
	}
	var out []File
	for _, e := range b.editions {
		out = append(out, e.file(path, changed, name, func() (*Page, any) {
			title, description := e.t("section."+name+".title"), e.t("section."+name+".text")
			var prose *Words
			if record != nil {
				w := e.wordsOf(record)
				prose = &w
				if w.Fallback == "" {
					title, description = w.Title, w.Summary
				}
			}
			p := e.page(name, path, title, description)
			p.Changed = changed()
			p.crumbs(e)
			return p, view(e, p, prose, record)
		}))
	}
	return out
}
