package render

import (
	"fmt"
	"html/template"
	"time"

	"bongsu/generator/output"
	"bongsu/generator/site"
)

// History is the dot of pages/history: every revision of a record, newest
// first, with what changed.
type History struct {
	Title     string
	TitleLang string // where it differs from the page's
	URL       string // of the record
	Revisions []Edition
}

// Edition is a revision of a record.
type Edition struct {
	ID         string // anchor
	Name       string
	At         template.HTML
	Now        bool // the one that stands
	Major      bool
	Note       string
	NoteLang   string // where it differs from the page's
	Text       string // address of its text; empty: not kept
	First      bool
	Missing    bool   // nothing can be compared, because a text was not kept
	Equal      bool   // compared, and no word differs
	Lang       string // of what changed, where it differs from the page's
	Foreign    string // says so
	Fields     []FieldChange
	Passages   []Passage
	More       string // how many changed passages are not shown
	Sources    []Source
	SourceLang string
}

// What the page of a history shows of changes, from the newest revision: in how
// many revisions, and how many characters of changed lines. Older ones have
// their notes and texts.
const (
	maxCompared = 40
	maxChanged  = 24_000
)

// historyPages makes, for every record that has changed, the page of its
// revisions and one for each earlier text that is kept.
func historyPages(b *builder) []File {
	var out []File
	for _, r := range b.site.All() {
		if !r.Visible || len(r.Changes) == 0 {
			continue
		}
		changed := edited(r)
		for _, e := range b.editions {
			f := e.recordFile(r, changed, "history", func() (*Page, any) { return e.history(r) })
			f.Path, f.path = site.File(e.lang, site.HistoryPath(r)), site.HistoryPath(r)
			f.Shows = output.BodyOf(r.ID) // what one language lacks is shown in another
			out = append(out, f)
			for n := 1; n < r.Revision(); n++ {
				if r.Kept(n) {
					out = append(out, e.revisionFile(r, n, changed))
				}
			}
		}
	}
	return out
}

// historyURL gives the address of a record's history, or nothing where it never
// changed.
func (e *edition) historyURL(r *site.Record) string {
	if len(r.Changes) == 0 {
		return ""
	}
	return e.url(site.HistoryPath(r))
}

// recordURL gives the address of the page that shows a record.
func (e *edition) recordURL(r *site.Record) string {
	if p := e.site.PlaceOf(r); r.Kind.ID == "provinces" && p != nil {
		return e.placeURL(p)
	}
	return e.url(r.Path)
}

func (e *edition) history(r *site.Record) (*Page, any) {
	t := r.In(e.lang)
	v := &History{Title: t.Title, TitleLang: foreign(t.Lang, e.lang), URL: e.recordURL(r)}
	room := maxChanged
	for n := r.Revision(); n >= 1; n-- {
		edition := e.revision(r, n)
		if n > 1 && r.Revision()-n < maxCompared {
			room -= e.compare(&edition, r, n, room)
		}
		v.Revisions = append(v.Revisions, edition)
	}
	p := e.page("history", site.HistoryPath(r), e.t("history.title", "title", t.Title), e.t("history.description", "title", t.Title))
	p.Changed = r.Modified
	if !r.Translated(e.lang) {
		p.Alternates, p.Robots = nil, "noindex"
	} else {
		p.Alternates = e.alternatesOf(site.HistoryPath(r), translatedInto(e, r))
	}
	e.historyCrumbs(p, r)
	p.Data = e.breadcrumbs(p)
	return p, v
}

// translatedInto lists the languages of the site that have a record's text.
func translatedInto(e *edition, r *site.Record) []string {
	var out []string
	for _, tag := range e.site.Langs() {
		if r.Translated(tag) {
			out = append(out, tag)
		}
	}
	return out
}

// historyCrumbs sets the way to a page about a record.
func (e *edition) historyCrumbs(p *Page, r *site.Record, more ...Link) {
	var way []Link
	switch r.Kind.ID {
	case "advisories", "scams":
		way = append(way, Link{e.t(r.Kind.ID + ".title"), e.url(r.Kind.ID + "/")})
	case "provinces":
		way = append(way, Link{e.t("nav.provinces"), e.url("provinces/")})
	}
	way = append(way, Link{r.In(e.lang).Title, e.recordURL(r)})
	p.crumbs(e, append(way, more...)...)
}

// revision shows revision n of a record, without what changed.
func (e *edition) revision(r *site.Record, n int) Edition {
	v := Edition{ID: anchor(n), Name: e.t("history.name", "n", n), At: e.revisedAt(r, n), Now: n == r.Revision(), First: n == 1}
	v.Note = e.t("record.first")
	if n > 1 {
		v.Note, v.NoteLang, v.Major = r.Note(e.lang, n-2), e.noteLang(r, n-2), r.Changes[n-2].Major
	}
	switch {
	case v.Now:
		v.Text = e.recordURL(r)
	case r.Kept(n):
		v.Text = e.url(site.RevisionPath(r, n))
	}
	if src, ok := r.TextAt(r.Source.Lang, n); ok && src.Lang == r.Source.Lang {
		v.SourceLang = foreign(src.Lang, e.lang)
		for _, s := range src.Sources {
			v.Sources = append(v.Sources, Source{Link{s.Title, s.URL}, s.Publisher, e.day(s.Date.Time)})
		}
	}
	return v
}

// anchor is the id of revision n on the page of the history.
func anchor(n int) string { return fmt.Sprintf("page-r%d", n) }

// revisedAt writes the time of revision n as its editor wrote it.
func (e *edition) revisedAt(r *site.Record, n int) template.HTML {
	if n == 1 {
		return e.moment(r.Source.Issued)
	}
	return e.moment(r.Changes[n-2].At)
}

// Former is the dot of pages/revision: an earlier text of a record, as it was.
type Former struct {
	Words
	Name    string
	Notice  string
	Current string // address of the text that stands
	History string
	Facts   []Fact
	Sources []Source
	// SourceLang is the language of the sources, where it differs from the page's.
	SourceLang string
}

// revisionFile makes the page of an earlier text. It is not for search engines:
// they are sent to the text that stands (META-13).
func (e *edition) revisionFile(r *site.Record, n int, changed func() time.Time) File {
	path := site.RevisionPath(r, n)
	f := e.file(path, changed, "revision", func() (*Page, any) {
		t, _ := r.TextAt(e.lang, n)
		v := &Former{
			Words:   Words{Lang: foreign(t.Lang, e.lang), Title: t.Title, Summary: t.Summary, Body: template.HTML(t.Body.HTML())},
			Name:    e.t("history.name", "n", n),
			Notice:  e.t("history.notice", "from", e.format.DateTime(r.RevisedAt(n)), "to", e.format.DateTime(r.RevisedAt(n+1))),
			Current: e.recordURL(r), History: e.historyURL(r) + "#" + anchor(n),
		}
		switch {
		case t.Fallback:
			v.Fallback = e.t("record.fallback", "language", e.nameOfLanguage(t.Lang))
		case t.Outdated:
			v.Outdated = e.t("record.outdated", "date", e.format.Date(r.RevisedAt(n)))
			v.Original, v.OriginalLang = Link{e.languageName(r.Source.Lang), e.site.Links.Page(r.Source.Lang, path)}, r.Source.Lang
		}
		for _, f := range e.fieldsOf(r, n, t) {
			if f.id != "title" && f.id != "summary" && f.id != "sources" {
				v.Facts = append(v.Facts, Fact{f.label, escape(f.text(e))})
			}
		}
		of := e.revision(r, n)
		v.Sources, v.SourceLang = of.Sources, of.SourceLang
		p := e.page("revision", path, e.t("history.former", "title", v.Title, "name", v.Name), v.Summary)
		p.Robots, p.Alternates, p.OGType = "noindex", nil, "article"
		p.Canonical = e.site.Links.Abs(v.Current)
		p.Changed = r.RevisedAt(n + 1)
		e.historyCrumbs(p, r, Link{e.t("record.history"), e.historyURL(r)})
		return p, v
	})
	f.langs, f.Shows = nil, output.BodyOf(r.ID) // not in the site map
	return f
}
