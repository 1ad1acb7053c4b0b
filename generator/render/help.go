package render

import (
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// HelpView is the dot of pages/help: numbers first, then what to do.
type HelpView struct {
	Title, Summary string
	Contacts       []Contact
	Prose          *Words
}

// helpPages makes the page for people in trouble. It is kept small: it loads on
// the weakest line.
func helpPages(b *builder) []File {
	return b.section("help/", "help", func(e *edition, p *Page, prose *Words, record *site.Record) any {
		p.Exit = true
		v := HelpView{Title: p.Title, Summary: p.Description, Prose: prose, Contacts: e.contacts(numbersOf(e.site, record))}
		return v
	})
}

// numbersOf names the contacts of a page record, or the first of the site.
func numbersOf(s *site.Site, record *site.Record) []model.Ref {
	if record != nil && len(record.Source.Contacts) > 0 {
		return record.Source.Contacts
	}
	return firstIDs(s, 5)
}
