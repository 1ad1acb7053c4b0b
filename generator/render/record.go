package render

import (
	"html/template"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// References is the dot of parts/references: what stands at the foot of every
// record.
type References struct {
	Contacts template.HTML
	Sources  []Source
	History  []Revision
	Earlier  string // lists the earlier texts; empty: the record never changed
	Share    string
	// SourceLang is the language of sources and indicators, which are not
	// translated, where it differs from the page's.
	SourceLang string
}

// Source is where a fact comes from.
type Source struct {
	Link
	Publisher string
	Date      template.HTML
}

// Revision is an entry of a record's history.
type Revision struct {
	At    template.HTML
	Note  string
	Major bool
	Lang  string // of the note, where it differs from the page's
}

// references gathers contacts, sources and history, newest first.
func (e *edition) references(r *site.Record) References {
	v := References{Contacts: e.contactList(r.Source.Contacts), Share: e.share(r), SourceLang: foreign(r.Source.Lang, e.lang)}
	for _, s := range r.Source.Sources {
		v.Sources = append(v.Sources, Source{Link{s.Title, s.URL}, s.Publisher, e.day(s.Date.Time)})
	}
	for i := len(r.Changes) - 1; i >= 0; i-- {
		c := r.Changes[i]
		v.History = append(v.History, Revision{e.moment(c.At), r.Note(e.lang, i), c.Major, e.noteLang(r, i)})
	}
	if len(v.History) > 0 {
		v.History = append(v.History, Revision{e.moment(r.Source.Issued), e.t("record.first"), false, ""})
		v.Earlier = e.historyURL(r)
	}
	return v
}

// noteLang gives the language of a revision note where it is not the page's.
func (e *edition) noteLang(r *site.Record, i int) string {
	if d := r.Docs[e.lang]; d != nil && i < len(d.Changes) {
		return ""
	}
	return foreign(r.Source.Lang, e.lang)
}

// share gives a text that readers can pass on: what, since when, where to read.
func (e *edition) share(r *site.Record) string {
	t := r.In(e.lang)
	lines := []string{"[" + e.text(e.site.Config.Title) + "] " + t.Title}
	if r.Active() {
		lines = append(lines, e.levelLines(r)...)
	}
	lines = append(lines, t.Summary, e.t("record.issued")+" "+e.format.DateTime(r.Issued))
	return strings.Join(append(lines, e.site.Links.URL(e.lang, r.Path)), "\n")
}

// commonFacts are the facts that every kind of record has.
func (e *edition) commonFacts(r *site.Record) []Fact {
	var facts []Fact
	if !r.Modified.Equal(r.Issued) {
		facts = append(facts, Fact{e.t("record.updated"), e.instant(r.Modified)})
	}
	if review := r.Source.Review; review.Set() {
		facts = append(facts, Fact{e.t("record.reviewed"), e.day(review.Time)})
	}
	var names []string
	for _, ref := range r.Source.Advisory.Categories {
		if c := e.site.Category(ref.ID); c != nil {
			names = append(names, e.text(c.Name))
		}
	}
	if len(names) > 0 {
		facts = append(facts, Fact{e.t("record.categories"), escape(e.format.List(names))})
	}
	return facts
}

// escape makes text HTML.
func escape(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }

// texts gives a list of texts in the edition's language.
func (e *edition) texts(list []model.Text) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = e.text(t)
	}
	return out
}
