package feed

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// alert makes the entry of one significant change, without its text. It tells what the change
// brought and not how things stand now, so that it is never written again:
// where levels are concerned its words come from levels and places, and the
// title and summary of the record, which are edited, stay out of it.
func (e *edition) alert(a site.Alert) *Entry {
	r := a.Record
	en := e.start(r)
	gs := groups(a.Changes)
	en.ID, en.URL = e.tag(a.ID()), e.lasting(r)
	en.Alternates = nil // a translation that comes later must not change it
	en.Published, en.Updated = a.At.In(e.zone), a.At.In(e.zone)
	en.Alert, en.Revision = string(a.Kind), revisionOf(a)
	en.Levels = levelsOf(gs)
	en.Places = codes(changed(gs, r))
	en.Title = line(e.alertTitle(a, gs))
	summary, in := e.alertSummary(a, gs)
	en.Summary, en.TextLang = line(summary), in
	if a.Kind == site.AlertIssued {
		en.Effective, en.Expires = e.local(r.Source.Advisory.Effective), e.local(r.Source.Advisory.Until)
	}
	return en
}

// revisionOf gives the revision of the record that an alert announces, or that
// was current then.
func revisionOf(a site.Alert) int {
	switch a.Kind {
	case site.AlertIssued:
		return 1
	case site.AlertRevised:
		return a.Change + 2
	}
	n := 1
	for _, c := range a.Record.Changes {
		if !c.At.After(a.At) {
			n++
		}
	}
	return n
}

// changed lists the places that an alert is about: those that changed, or else
// those of the record.
func changed(gs []group, r *site.Record) []*model.Place {
	var out []*model.Place
	for _, g := range gs {
		for _, c := range g.changes {
			out = append(out, c.Place)
		}
	}
	if len(out) == 0 {
		return r.Places
	}
	return out
}

// local gives a written time in the site's zone; zero where none was written.
func (e *edition) local(t model.Time) time.Time {
	if !t.Set() {
		return time.Time{}
	}
	return t.In(e.zone)
}

// alertTitle says on its own what happened, where, and to what level. That of
// a revision carries its note, so that two revisions are told apart.
func (e *edition) alertTitle(a site.Alert, gs []group) string {
	title := e.alertHead(a, gs)
	if a.Kind != site.AlertRevised {
		return title
	}
	note, _ := e.note(a)
	return e.cat.T("feed.alert_note", "title", title, "note", shorten(note, maxNote))
}

// maxNote is the length of a revision's note in a title, in characters.
const maxNote = 80

// shorten cuts a text after a word, to at most n characters.
func shorten(s string, n int) string {
	s = line(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.·") + "…"
}

// alertHead is the title of an alert without a note.
func (e *edition) alertHead(a site.Alert, gs []group) string {
	if len(gs) > 0 {
		tag := e.move(gs[0])
		switch a.Kind {
		case site.AlertWithdrawn:
			tag = e.cat.T("feed.tag.withdrawn_with", "tag", tag)
		case site.AlertRevised:
			tag = e.cat.T("feed.tag.revised_with", "tag", tag)
		}
		return e.headline(tag, gs)
	}
	if l, places := e.kept(a); l != nil {
		return e.cat.T("feed.alert", "tag", e.cat.T("feed.tag.kept", "to", e.short(l)),
			"places", e.few(places), "level", e.text(l.Name))
	}
	tag := string(a.Kind)
	if a.Kind == site.AlertIssued && a.Record.Source.Advisory.Urgent {
		tag = "urgent"
	}
	tag = e.cat.T("feed.tag." + tag)
	if l, places := e.named(a.Record); l != nil {
		return e.cat.T("feed.alert", "tag", tag, "places", e.few(places), "level", e.text(l.Name))
	}
	return e.cat.T("feed.alert_text", "tag", tag, "title", e.titleOf(a.Record.In(e.lang)))
}

// named gives the highest level that an advisory sets and the names of the
// places that it sets it for.
func (e *edition) named(r *site.Record) (*model.Level, []string) {
	levels := e.site.Levels(r)
	if len(levels) == 0 {
		return nil, nil
	}
	names := make([]string, len(levels[0].Places))
	for i, p := range levels[0].Places {
		names[i] = e.text(p.Name)
	}
	return levels[0].Level, names
}

// about names what an alert is about: places and level, or the title.
func (e *edition) about(a site.Alert) string {
	if l, places := e.named(a.Record); l != nil {
		return e.cat.T("feed.about_levels", "places", e.few(places), "level", e.full(l))
	}
	return e.titleOf(a.Record.In(e.lang))
}

// note gives the note of a revision and its language.
func (e *edition) note(a site.Alert) (text, in string) {
	r := a.Record
	if d := r.Docs[e.lang]; d != nil && a.Change < len(d.Changes) {
		return r.Note(e.lang, a.Change), e.lang
	}
	return r.Note(e.lang, a.Change), r.Source.Lang
}

// headline writes the first group, and whether there are more.
func (e *edition) headline(tag string, gs []group) string {
	first := gs[0]
	shown := first.to
	if shown == nil {
		shown = first.changes[0].From
	}
	title := e.cat.T("feed.alert", "tag", tag, "places", e.few(e.names(first.changes)), "level", e.text(shown.Name))
	if len(gs) == 1 {
		return title
	}
	return e.cat.T("feed.alert_more", "title", title)
}

// kept gives the highest level that a new advisory sets where its places had
// that level already.
func (e *edition) kept(a site.Alert) (*model.Level, []string) {
	l, names := e.named(a.Record)
	if a.Kind != site.AlertIssued || l == nil {
		return nil, nil
	}
	start := latest(a.Record.Issued, a.Record.Source.Advisory.Effective.Time)
	for _, p := range e.site.Levels(a.Record)[0].Places {
		if e.site.Book.At(p, start.Add(-time.Nanosecond)).Level != l {
			return nil, nil
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return l, names
}

// alertSummary gives the text below the title and its language.
func (e *edition) alertSummary(a site.Alert, gs []group) (text, in string) {
	r := a.Record
	switch a.Kind {
	case site.AlertRevised:
		return e.note(a)
	case site.AlertWithdrawn:
		return e.cat.T("feed.summary.withdrawn", "title", e.about(a), "reason", r.WithdrawnReason(e.lang)), e.lang
	case site.AlertEnded:
		return e.cat.T("feed.summary.ended", "title", e.about(a)), e.lang
	}
	if l := top(gs, e.site.Levels(r)); l != nil {
		return e.levelSummary(a, gs, l), e.lang
	}
	t := r.In(e.lang)
	return t.Summary, t.Lang
}

// levelSummary says what the first group of changes brings, or what stays, and
// what the level asks.
func (e *edition) levelSummary(a site.Alert, gs []group, l *model.Level) string {
	var fact string
	if len(gs) > 0 {
		part := gs[0].byOld()[0]
		fact = e.cat.T("feed.line", "places", e.few(e.names(part.changes)), "from", e.full(part.changes[0].From), "to", e.full(part.to))
	} else {
		_, names := e.named(a.Record)
		fact = e.cat.T("feed.line_same", "places", e.few(names), "to", e.full(l))
	}
	return e.cat.T("feed.summary.levels", "fact", fact, "text", e.text(l.Planning))
}

// top is the highest level that an alert is about.
func top(gs []group, set []level.Measure) *model.Level {
	if len(gs) > 0 && gs[0].to != nil {
		return gs[0].to
	}
	if len(set) > 0 {
		return set[0].Level
	}
	return nil
}

// alertContent writes what changed, what it asks, and where to read on.
func (e *edition) alertContent(w *writer, en *Entry, a site.Alert) {
	gs := groups(a.Changes)
	w.strong(e.sample)
	w.para(en.TextLang, en.Lang, en.Summary)
	e.steps(w, gs)
	var asked []*model.Level
	for _, g := range gs {
		if g.to != nil && !slices.Contains(asked, g.to) {
			asked = append(asked, g.to)
		}
	}
	for _, l := range asked {
		e.asks(w, l)
	}
	if a.Kind == site.AlertIssued && len(a.Record.Source.Advisory.Levels) > 0 {
		e.times(w, a.Record)
	} else if len(gs) > 0 {
		w.para("", "", e.cat.T("feed.since", "time", e.fm.DateTime(a.At)))
	}
	if en.TextLang != en.Lang {
		w.para("", "", e.cat.T("feed.fallback", "language", e.languageName(en.TextLang)))
	}
	w.link(en.URL, e.readOn)
}
