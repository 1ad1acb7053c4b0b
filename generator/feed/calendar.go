package feed

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// maxDates is how many advisories a calendar shows: those with the newest
// significant change.
const maxDates = 100

// calendars makes the calendar of each country: when alerts begin, are due to
// end, and are reviewed (RFC 5545).
func (e *edition) calendars() []File {
	var out []File
	for _, c := range e.site.Atlas.Countries {
		records := sync.OnceValue(func() []*site.Record { return e.site.Recent(site.ChannelOf(c), maxDates) })
		changed := func() time.Time {
			t := epoch(e.site)
			for _, r := range records() {
				t = latest(t, r.Modified)
			}
			return t
		}
		out = append(out, File{Path: site.Calendar(e.lang, c), Modified: changed, Shows: output.NoBody, Render: func(b *bytes.Buffer) error {
			e.calendar(b, c, records())
			return nil
		}})
	}
	return out
}

func (e *edition) calendar(b *bytes.Buffer, c *model.Place, records []*site.Record) {
	domain, _, _ := strings.Cut(e.site.Config.Authority, ",")
	w := calendarWriter{b: b}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.text("PRODID", "-//"+domain+"//Bongsu//"+strings.ToUpper(e.lang))
	w.line("CALSCALE", "GREGORIAN")
	name := line(e.cat.T("feed.title", "site", e.text(e.site.Config.Title), "channel", e.cat.T("calendar.name", "place", e.text(c.Name))))
	w.text("NAME", name)
	w.text("X-WR-CALNAME", name)
	if n := e.sample; n != "" {
		w.text("DESCRIPTION", n)
	}
	w.line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H")
	for _, r := range records {
		if r.Kind.ID == "advisories" {
			e.dates(&w, domain, r)
		}
	}
	w.line("END", "VCALENDAR")
}

// dates writes the dates of an advisory that has any.
func (e *edition) dates(w *calendarWriter, domain string, r *site.Record) {
	a := r.Source.Advisory
	event := func(what string, at model.Time, cancelled bool) {
		w.line("BEGIN", "VEVENT")
		w.text("UID", what+"-"+strings.ReplaceAll(r.Stable(), "/", "-")+"-"+e.lang+"@"+domain)
		w.line("DTSTAMP", utc(r.Modified))
		w.line("LAST-MODIFIED", utc(r.Modified))
		w.line("SEQUENCE", strconv.Itoa(r.Revision()-1))
		if what == "review" {
			w.line("DTSTART;VALUE=DATE", at.In(e.zone).Format("20060102"))
		} else {
			w.line("DTSTART", utc(at.Time))
		}
		w.text("SUMMARY", line(e.cat.T("calendar."+what, "title", e.titleOf(r.In(e.lang)))))
		w.text("DESCRIPTION", line(r.In(e.lang).Summary))
		w.line("URL", e.site.Links.URL(e.lang, r.Path))
		status := "CONFIRMED"
		if cancelled {
			status = "CANCELLED"
		}
		w.line("STATUS", status)
		w.line("TRANSP", "TRANSPARENT")
		w.line("END", "VEVENT")
	}
	end, _ := e.site.Book.End(r.ID)
	ended := func(t time.Time) bool { return !end.IsZero() && !end.After(e.site.Now) && t.After(end) }
	if len(a.Levels) > 0 || a.Effective.After(r.Issued) {
		event("start", a.Effective, ended(a.Effective.Time))
	}
	if a.Until.Set() {
		event("end", a.Until, ended(a.Until.Time))
	}
	if r.Source.Review.Set() {
		event("review", r.Source.Review, ended(r.Source.Review.Time))
	}
}

// utc writes a time as RFC 5545 section 3.3.5 has it, form 2.
func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// calendarWriter writes content lines (RFC 5545 section 3.1): CRLF at the end,
// folded so that none has more than 75 bytes, never within a character.
type calendarWriter struct{ b *bytes.Buffer }

func (w *calendarWriter) text(name, value string) { w.line(name, calendarText.Replace(clean(value))) }

// calendarText escapes the value of a text property (section 3.3.11).
var calendarText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func (w *calendarWriter) line(name, value string) {
	const most = 75
	used := 0
	for _, r := range name + ":" + value {
		n := utf8.RuneLen(r)
		if used+n > most {
			w.b.WriteString("\r\n ")
			used = 1
		}
		w.b.WriteRune(r)
		used += n
	}
	w.b.WriteString("\r\n")
}
