package render

import (
	"bongsu/generator/site"
)

// StandingPage is the dot of pages/page: a standing page.
type StandingPage struct {
	Words
	Lead       string // where the page has no text
	Headings   []Link
	References References
}

// ownPages are the sections whose pages are more than their text.
var ownPages = map[string]bool{
	"home": true, "advisories": true, "provinces": true, "scams": true, "check": true, "help": true,
	"levels": true, "changes": true, "archive": true, "subscribe": true, "data": true, "figures": true,
}

// standingPages makes the pages that are a text and nothing else. The page
// about the site exists even with no text.
func standingPages(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		for _, r := range b.site.Pages {
			if !ownPages[r.Slug] {
				out = append(out, e.recordFile(r, edited(r), "page", func() (*Page, any) { return e.standingPage(r) }))
			}
		}
		if b.site.Record("pages/about") == nil {
			out = append(out, e.file("about/", b.latest, "page", func() (*Page, any) {
				v := &StandingPage{Words: Words{Title: e.t("about.title"), Summary: e.t("about.lead")}}
				p := e.page("page", "about/", v.Title, v.Summary)
				p.crumbs(e)
				return p, v
			}))
		}
	}
	return out
}

func (e *edition) standingPage(r *site.Record) (*Page, any) {
	v := &StandingPage{Words: e.wordsOf(r), Headings: contents(r.In(e.lang)), References: e.references(r)}
	v.References.Share = ""
	p := e.bare("page", r.Path, v.Title, v.Summary)
	p.of(e, r)
	p.crumbs(e)
	p.Data = e.articleData(p, r)
	return p, v
}

// minContents is the number of headings from which a text has a list of them.
const minContents = 4

// contents links the main headings of a text.
func contents(t site.Text) []Link {
	var out []Link
	for _, h := range t.Body.Headings {
		if h.Level == 2 {
			out = append(out, Link{h.Text, "#" + h.ID})
		}
	}
	if len(out) < minContents {
		return nil
	}
	return out
}
