package feed

import (
	"slices"
	"strings"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// state makes the entry of a record as it stands now, without its text.
func (e *edition) state(r *site.Record) *Entry {
	en := e.start(r)
	t := r.In(e.lang)
	en.ID = e.tag(r.Stable())
	en.TextLang = t.Lang
	en.Title, en.Summary = line(e.titleOf(t)), line(t.Summary)
	en.Published, en.Updated = r.Issued.In(e.zone), r.Updated.In(e.zone)
	en.Status = string(r.Status)
	en.Places = codes(r.Places)
	if r.Kind.ID == "advisories" {
		en.Effective, en.Expires = e.local(r.Source.Advisory.Effective), e.local(r.Source.Advisory.Until)
		en.Levels = e.measures(r)
	}
	return en
}

// set lists the changes that an advisory brings when it takes effect.
func (e *edition) set(r *site.Record) []level.Change {
	return slices.DeleteFunc(slices.Clone(e.site.ChangesBy(r)), func(c level.Change) bool {
		return c.Reason != level.Set && c.Reason != level.Superseded
	})
}

// measures lists the levels of an advisory for programs: the changes, and then
// what it names without a change.
func (e *edition) measures(r *site.Record) []Level {
	set := e.set(r)
	out := levelsOf(groups(set))
	for _, m := range e.unchanged(r, set) {
		l := Level{Level: m.Level.ID}
		for _, p := range m.Places {
			l.Places = append(l.Places, p.ID)
		}
		out = append(out, l)
	}
	return out
}

// unchanged lists the places that an advisory names and whose level it does
// not change.
func (e *edition) unchanged(r *site.Record, set []level.Change) []level.Measure {
	moves := func(p *model.Place) bool {
		return slices.ContainsFunc(set, func(c level.Change) bool { return c.Place == p })
	}
	var out []level.Measure
	for _, m := range e.site.Levels(r) {
		left := level.Measure{Level: m.Level}
		for _, p := range m.Places {
			if !moves(p) {
				left.Places = append(left.Places, p)
			}
		}
		if len(left.Places) > 0 {
			out = append(out, left)
		}
	}
	return out
}

// stateContent writes notices, the facts of the record, and its full text.
func (e *edition) stateContent(w *writer, en *Entry, r *site.Record) {
	t := r.In(e.lang)
	w.strong(e.sample)
	e.notices(w, r, t)
	if r.Kind.ID == "advisories" {
		e.facts(w, r)
	}
	if r.Kind.ID == "scams" {
		e.redFlags(w, r)
	}
	body := origin{e.site.Links.Host, en.URL}
	if !t.Fallback {
		w.b = body.portable(w.b, t.Body.HTML())
		return
	}
	w.raw("<div")
	w.lang(t.Lang)
	w.raw(">\n<p>")
	w.text(t.Summary)
	w.raw("</p>\n")
	w.b = body.portable(w.b, t.Body.HTML())
	w.raw("</div>\n")
}

// notices says what a reader must know before reading on.
func (e *edition) notices(w *writer, r *site.Record, t site.Text) {
	if wd := r.Source.Withdrawn; r.Status == site.StatusWithdrawn && wd != nil {
		w.strong(e.cat.T("feed.withdrawn", "time", e.fm.DateTime(wd.At.Time), "reason", r.WithdrawnReason(e.lang)))
	}
	if by := r.EndedBy; by != nil {
		l := e.site.Links
		w.link(l.URL(e.lang, by.Path), e.cat.T("feed.replaced", "title", e.titleOf(by.In(e.lang))))
	}
	switch {
	case t.Fallback:
		w.strong(e.cat.T("feed.fallback", "language", e.languageName(t.Lang)))
	case t.Outdated:
		w.strong(e.cat.T("feed.outdated", "language", e.languageName(r.Source.Lang)))
	}
}

// facts writes the levels, times, status and legal force of an advisory.
func (e *edition) facts(w *writer, r *site.Record) {
	set := e.set(r)
	e.steps(w, groups(set))
	for _, m := range e.unchanged(r, set) {
		names := make([]string, len(m.Places))
		for i, p := range m.Places {
			names[i] = e.text(p.Name)
		}
		w.para("", "", e.cat.T("feed.line_same", "places", e.fm.List(names), "to", e.full(m.Level)))
	}
	if len(r.Source.Advisory.Levels) == 0 {
		return
	}
	e.times(w, r)
	status := "feed.status." + string(r.Status)
	if r.Held {
		status = "feed.status.held"
	}
	w.para("", "", e.cat.T("feed.status_line", "status", e.cat.T(status)))
	if legal := r.Legal(e.lang); legal != nil {
		for _, text := range []string{legal.Basis, legal.Penalty, legal.Exemption} {
			w.para("", "", text)
		}
	}
}

// steps writes a list of changes: places, old and new level.
func (e *edition) steps(w *writer, gs []group) {
	var lines []string
	for _, g := range gs {
		for _, part := range g.byOld() {
			lines = append(lines, e.cat.T("feed.line", "places", e.fm.List(e.names(part.changes)),
				"from", e.full(part.changes[0].From), "to", e.full(part.to)))
		}
	}
	w.list(lines)
}

// asks writes what a level asks of readers.
func (e *edition) asks(w *writer, l *model.Level) {
	w.strong(e.full(l))
	w.list([]string{
		e.cat.T("feed.planning", "text", e.text(l.Planning)),
		e.cat.T("feed.staying", "text", e.text(l.Staying)),
	})
}

// times writes when an advisory begins and ends to apply.
func (e *edition) times(w *writer, r *site.Record) {
	a := r.Source.Advisory
	parts := []string{e.cat.T("feed.effective", "time", e.fm.DateTime(a.Effective.Time))}
	if a.Until.Set() {
		parts = append(parts, e.cat.T("feed.until", "time", e.fm.DateTime(a.Until.Time)))
	}
	w.para("", "", strings.Join(parts, " · "))
}

// redFlags lists the signs of a scam that a warning names.
func (e *edition) redFlags(w *writer, r *site.Record) {
	var lines []string
	for _, ref := range r.Source.Scam.RedFlags {
		if f := e.site.RedFlag(ref.ID); f != nil {
			lines = append(lines, e.text(f.Text))
		}
	}
	if len(lines) > 0 {
		w.strong(e.cat.T("feed.red_flags"))
		w.list(lines)
	}
}
