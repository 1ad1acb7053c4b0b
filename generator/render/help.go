package render

import (
	"html/template"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// HelpView is the dot of pages/help: numbers first, then what to do.
type HelpView struct {
	Title, Summary string
	Contacts       []Contact
	Headings       []Link // of the text: each is a situation
	Urgent         template.HTML
	Prose          *Words
	Card           HelpCard
}

// HelpCard is what the page prints to cut out and carry.
type HelpCard struct {
	Site, Address string
	QR            template.HTML // code of the address; empty where it is too long for one
}

// helpPages makes the page for people in trouble. It is kept small, since it
// loads on the weakest line, and the first screen of a phone shows a number:
// what other pages have above their text stands below the numbers here.
func helpPages(b *builder) []File {
	return b.section("help/", "help", func(e *edition, p *Page, prose *Words, record *site.Record) any {
		v := HelpView{
			Title: p.Title, Summary: p.Description, Prose: prose, Urgent: p.Urgent,
			Contacts: e.contacts(numbersOf(e.site, record)), Card: HelpCard{Site: e.text(e.site.Config.Title), Address: p.Canonical},
		}
		if record != nil {
			v.Headings = contents(record.In(e.lang))
		}
		if code, err := qrCode(p.Canonical, e.t("help.code")); err == nil {
			v.Card.QR = code
		}
		p.Exit, p.Urgent, p.Crumbs = true, "", nil
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
