package desk

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// Draft is what is known of a record that is to be written. What is left zero
// is written as an empty field with a comment: the check names it until an
// editor fills it in.
type Draft struct {
	Kind     *model.Kind // advisories, scams or pages
	Slug     string
	Title    model.Text // by language
	Summary  model.Text // by language; empty: made of level and places
	Level    *model.Level
	Places   []*model.Place
	Category string
	Issued   time.Time
	From     time.Time  // zero: Issued
	Until    time.Time  // zero: none, or the longest that a temporary level may last
	Why      model.Text // by language; the text below the heading {#why}
	Ends     []string   // ids of the advisories that it supersedes
	Channels []string   // of scams
	RedFlags []string   // of scams
}

// File is a file to be written, below the site's folder.
type File struct {
	Path string
	Text string
}

// Files writes the source file and the translation into each other language of
// the site, in the order of its languages.
func (d Draft) Files(s *site.Site) []File {
	d.Issued = d.Issued.In(s.Config.Zone).Truncate(time.Minute)
	if d.Until.IsZero() && d.Level != nil && d.Level.Temporary && d.Level.MaxDays > 0 {
		from := d.From
		if from.IsZero() {
			from = d.Issued
		}
		d.Until = from.In(s.Config.Zone).AddDate(0, 0, d.Level.MaxDays)
	}
	dir := "content/" + d.Kind.ID
	if d.Kind.ID == "advisories" {
		dir = path.Join(dir, strconv.Itoa(d.Issued.Year()))
	}
	var out []File
	for i, tag := range s.Langs() {
		w := &writer{site: s, draft: d, lang: tag, words: wordsOf(tag)}
		if i == 0 {
			w.source()
		} else {
			w.translation()
		}
		out = append(out, File{path.Join(dir, d.Slug+"."+tag+".md"), w.b.String()})
	}
	return out
}

// writer writes one file of a draft.
type writer struct {
	site  *site.Site
	draft Draft
	lang  string
	words words
	b     strings.Builder
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// remark writes a comment.
func (w *writer) remark(s string) {
	if s != "" {
		w.line("# %s", s)
	}
}

// field writes a field whose value is a text; an empty one is found by check.
func (w *writer) field(key, value string) {
	if value == "" {
		w.line("%s:", key)
		return
	}
	w.line("%s: %s", key, quote(value))
}

func (w *writer) head() {
	w.line("---")
	w.field("title", w.draft.Title[w.lang])
	w.remark(w.words.summary)
	w.field("summary", w.summary())
}

// summary is what the editor gave, or what level and places say.
func (w *writer) summary() string {
	d := w.draft
	switch s := d.Summary[w.lang]; {
	case s != "":
		return s
	case len(d.Places) > 0 && d.Level != nil:
		return fmt.Sprintf(w.words.levelOf, w.names(false), d.Level.Name.Get(w.lang))
	case len(d.Places) > 0 && d.Kind.ID == "advisories":
		return fmt.Sprintf(w.words.about, w.names(false))
	}
	return ""
}

// shownPlaces is how many places a summary names.
const shownPlaces = 5

// names lists the places, in a text as links.
func (w *writer) names(linked bool) string {
	var out []string
	for i, p := range w.draft.Places {
		if i == shownPlaces && !linked {
			out = append(out, fmt.Sprintf(w.words.more, len(w.draft.Places)-i))
			break
		}
		name := p.Name.Get(w.lang)
		if linked {
			name = "[" + name + "](" + p.ID + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

// source writes the file that carries the shared fields.
func (w *writer) source() {
	d := w.draft
	w.head()
	w.remark(w.words.issued)
	w.line("issued: %s", w.time(d.Issued))
	switch d.Kind.ID {
	case "advisories":
		w.advisory()
	case "scams":
		w.scam()
	}
	w.remark(w.words.review)
	w.line("review: %s", d.Issued.AddDate(0, 1, 0).Format(time.DateOnly))
	if k := w.site.Contacts; len(k) > 0 {
		ids := make([]string, len(k))
		for i := range k {
			ids[i] = k[i].ID
		}
		w.remark(w.words.contacts + strings.Join(ids, ", "))
		w.line("contacts: [%s]", ids[0])
	}
	w.remark(w.words.sources)
	w.remark("sources:")
	w.remark(`  - {title: "…", url: "https://…", publisher: "…", date: ` + d.Issued.Format(time.DateOnly) + "}")
	w.open()
	w.line("---")
	w.body()
}

// translation writes a file of texts alone.
func (w *writer) translation() {
	w.head()
	w.remark(w.words.translates)
	w.line("translates: 1")
	if l := w.draft.Level; l != nil && l.LegalForce {
		w.legal(w.lang)
	}
	w.open()
	w.line("---")
	w.body()
}

func (w *writer) time(t time.Time) string {
	return t.In(w.site.Config.Zone).Format("2006-01-02T15:04Z07:00")
}

// body writes the text, as far as level and places tell it. A heading with no
// text under it would reach readers, so those stand in the front matter.
func (w *writer) body() {
	for _, h := range w.words.headings[w.draft.Kind.ID] {
		if text := w.under(h); text != "" {
			w.line("\n%s\n\n%s", h, text)
		}
	}
}

// under is the text below a heading, or nothing.
func (w *writer) under(heading string) string {
	d := w.draft
	switch {
	case strings.HasSuffix(heading, "{#why}"):
		return d.Why[w.lang]
	case strings.HasSuffix(heading, "{#what-changed}") && len(d.Places) > 0 && d.Level != nil:
		return fmt.Sprintf(w.words.levelOf, w.names(true), d.Level.Name.Get(w.lang))
	case strings.HasSuffix(heading, "{#what-changed}") && len(d.Places) > 0:
		return fmt.Sprintf(w.words.about, w.names(true))
	case d.Level == nil:
		return ""
	case strings.HasSuffix(heading, "{#planning}"):
		return d.Level.Planning.Get(w.lang)
	case strings.HasSuffix(heading, "{#staying}"):
		return d.Level.Staying.Get(w.lang)
	}
	return ""
}

// open names the headings that are for the editor to write under.
func (w *writer) open() {
	first := true
	for _, h := range w.words.headings[w.draft.Kind.ID] {
		if w.under(h) != "" {
			continue
		}
		if first {
			w.remark(w.words.headingsOpen)
			first = false
		}
		w.remark("  " + h)
	}
}
