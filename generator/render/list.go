package render

import (
	"fmt"
	"html/template"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// perPage is how many records stand on a page of a list.
const perPage = 50

// List is the dot of pages/list: a page of records, grouped by month.
type List struct {
	Title, Lead string
	Intro       template.HTML // text of the page record of the section
	Count       string
	Pinned      []template.HTML // what is in force, on the first page
	PinnedTitle string
	Months      []Month
	Pager       *Pager
	Call        *Call // a row that leads on
}

// Call is a row with a link that helps readers on.
type Call struct {
	Link
	Note string
}

// Month is the records of a month, newest first.
type Month struct {
	Name  string
	Items []template.HTML
}

// Pager leads through the pages of a list.
type Pager struct {
	Text                   string
	Previous, Next         string
	PreviousText, NextText string
}

// section is a list of records at a path of its own.
type section struct {
	path    string // with a final slash
	name    string // first part of the keys of its texts, and slug of its page record
	title   string // "": the text NAME.title
	records []*site.Record
	pinned  []*site.Record
	call    *Call
	crumbs  []Link
}

// advisoryLists makes the pages of the list of advisories. What decides the
// level of a place now stands first: no more than there are places.
func advisoryLists(b *builder) []File {
	deciding := map[string]bool{}
	for _, c := range b.site.Atlas.Countries {
		c.Walk(func(p *model.Place) {
			if st := b.site.Book.At(p, b.site.Now); st.Decision != nil {
				deciding[st.Decision.ID] = true
			}
		})
	}
	var pinned []*site.Record
	for _, r := range b.site.Advisories {
		if deciding[r.ID] && r.Active() && len(pinned) < perPage {
			pinned = append(pinned, r)
		}
	}
	var out []File
	for _, e := range b.editions {
		out = append(out, e.lists(section{path: "advisories/", name: "advisories", records: b.site.Advisories, pinned: pinned})...)
	}
	return out
}

// scamLists makes the pages of the list of recruitment-scam warnings.
func scamLists(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		call := &Call{Link{e.t("scams.check"), e.url("scams/check/")}, e.t("scams.check_note")}
		out = append(out, e.lists(section{path: "scams/", name: "scams", records: b.site.Scams, call: call})...)
	}
	return out
}

func (e *edition) lists(s section) []File {
	total := max((len(s.records)+perPage-1)/perPage, 1)
	var out []File
	for n := 1; n <= total; n++ {
		out = append(out, e.file(listPath(s.path, n), e.latest, "list", func() (*Page, any) { return e.list(s, n, total) }))
	}
	return out
}

// listPath gives the path of page n of a list, from 1.
func listPath(section string, n int) string {
	if n == 1 {
		return section
	}
	return fmt.Sprintf("%spage-%d", section, n)
}

func (e *edition) list(s section, n, total int) (*Page, any) {
	title := s.title
	if title == "" {
		title = e.t(s.name + ".title")
	}
	v := &List{Title: title, Lead: e.t(s.name + ".lead"), Count: e.t("list.count", "n", len(s.records)), Call: s.call}
	if n == 1 && s.title == "" {
		v.Pinned = e.itemList(s.pinned)
		v.PinnedTitle = e.t("advisories.in_force")
		v.Intro = e.intro(s.name)
	}
	v.Months = e.months(s.records[(n-1)*perPage : min(n*perPage, len(s.records))])
	if total > 1 {
		v.Pager = &Pager{Text: e.t("list.page_of", "n", n, "total", total)}
		if n > 1 {
			v.Pager.Previous = e.url(listPath(s.path, n-1))
		}
		if n < total {
			v.Pager.Next = e.url(listPath(s.path, n+1))
		}
	}
	name := title
	if n > 1 {
		name = title + ", " + e.t("list.page", "n", n)
	}
	p := e.page("list", listPath(s.path, n), name, v.Lead)
	p.crumbs(e, s.crumbs...)
	p.Data = e.breadcrumbs(p)
	return p, v
}

// intro gives the text of the page record that fills a section, if there is one
// in the language.
func (e *edition) intro(slug string) template.HTML {
	r := e.site.Record("pages/" + slug)
	if r == nil || !r.Translated(e.lang) {
		return ""
	}
	text := template.HTML(r.In(e.lang).Body.HTML())
	if url := e.historyURL(r); url != "" {
		text += e.part("parts/history", url)
	}
	return text
}

// months groups records, newest first, by the month in which they were issued.
func (e *edition) months(records []*site.Record) []Month {
	var out []Month
	for _, r := range records {
		name := e.format.MonthYear(r.Issued)
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, Month{Name: name})
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, e.item(r))
	}
	return out
}

// yearOf gives the year of a record in the site's zone.
func (e *edition) yearOf(r *site.Record) int { return r.Issued.In(e.zone()).Year() }

func (e *edition) zone() *time.Location { return e.site.Config.Zone }
