package render

import (
	"html"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// EmbedView is the dot of pages/embed: badges that other sites may show. The
// first page explains them and lists the countries; each country has a page
// with the badges of all its places.
type EmbedView struct {
	Title, Summary string
	Rows           []EmbedRow // of the page of a country; of the first page: one for each country
	Countries      []Link     // of the first page
	Prose          *Words
}

// EmbedRow is a badge: where it stands, and the HTML that shows it elsewhere.
type EmbedRow struct {
	Name, Image, Alt, Snippet, Label string
}

// maxEmbedded is the most badges that the first page shows.
const maxEmbedded = 10

// embedPages makes the pages of badges.
func embedPages(b *builder) []File {
	out := b.section("embed/", "embed", func(e *edition, p *Page, prose *Words, _ *site.Record) any {
		v := EmbedView{Title: p.Title, Summary: p.Description, Prose: prose}
		for i, c := range b.site.Atlas.Countries {
			if i < maxEmbedded {
				v.Rows = append(v.Rows, e.embedRow(c))
			}
			v.Countries = append(v.Countries, Link{e.text(c.Name), e.url(embedPath(c))})
		}
		return v
	})
	for _, e := range b.editions {
		for _, c := range b.site.Atlas.Countries {
			out = append(out, e.file(embedPath(c), b.site.Start, "embed", func() (*Page, any) { return e.embedCountry(c, b.site.Start()) }))
		}
	}
	return out
}

func embedPath(country *model.Place) string { return "embed/" + country.Slug }

func (e *edition) embedCountry(c *model.Place, changed time.Time) (*Page, any) {
	name := e.text(c.Name)
	v := EmbedView{Title: e.t("embed.country_title", "place", name), Summary: e.t("embed.country_text", "place", name)}
	c.Walk(func(p *model.Place) { v.Rows = append(v.Rows, e.embedRow(p)) })
	p := e.page("embed", embedPath(c), v.Title, v.Summary)
	p.Changed = changed
	p.crumbs(e, Link{e.t("section.embed.title"), e.url("embed/")})
	return p, v
}

// embedRow gives the badge of a place. The HTML to copy holds nothing but a
// link and an image: no script, nothing that sets or reads anything.
func (e *edition) embedRow(p *model.Place) EmbedRow {
	file, name := e.site.Links.Root(site.BadgePath(e.lang, p)), e.text(p.Name)
	row := EmbedRow{Name: name, Image: file, Alt: e.t("embed.alt", "place", name), Label: e.t("embed.copy", "place", name)}
	row.Snippet = `<a href="` + html.EscapeString(e.site.Links.Abs(e.url(site.PlacePath(p)))) + "\">\n" +
		`<img src="` + html.EscapeString(e.site.Links.Abs(file)) + `" alt="` + html.EscapeString(row.Alt) + "\">\n</a>"
	return row
}
