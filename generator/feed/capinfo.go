package feed

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// capTime writes a time as CAP 1.2 wants it: with seconds, an offset and no Z;
// UTC is -00:00 (section 3.3.2).
func capTime(t time.Time) string {
	s := t.Format("2006-01-02T15:04:05-07:00")
	if strings.HasSuffix(s, "+00:00") {
		return s[:len(s)-6] + "-00:00"
	}
	return s
}

// sender gives who sends the messages of a site.
func sender(s *site.Site) string {
	domain, _, _ := strings.Cut(s.Config.Authority, ",")
	return cmp.Or(s.Config.Alerting.Sender, domain)
}

// capStatus says how serious the messages of a site are: never Actual unless
// the site says so (CAP-13).
func capStatus(s *site.Site) string {
	if s.Config.Sample != nil {
		return "Exercise"
	}
	return cmp.Or(s.Config.Alerting.Status, "Test")
}

// write writes the whole alert, with the elements in the order of the schema.
func (m *message) write(b []byte, s *site.Site, editions []*edition) []byte {
	b = append(b, declaration+`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">`+"\n"...)
	b = plain.element(b, "identifier", m.id)
	b = plain.element(b, "sender", sender(s))
	b = plain.element(b, "sent", capTime(m.sent.In(editions[0].zone)))
	b = plain.element(b, "status", capStatus(s))
	b = plain.element(b, "msgType", m.kind)
	if s.Config.Official.URL != "" {
		b = plain.element(b, "source", line(editions[0].text(s.Config.Official.Name)+" "+s.Config.Official.URL))
	}
	b = plain.element(b, "scope", "Public")
	var notes, refs []string
	for _, e := range editions {
		if n := e.sample; n != "" {
			notes = append(notes, n)
		}
	}
	if len(notes) > 0 {
		b = plain.element(b, "note", line(strings.Join(notes, " ")))
	}
	for _, r := range m.refs {
		refs = append(refs, sender(s)+","+r.id+","+capTime(r.sent.In(editions[0].zone)))
	}
	if len(refs) > 0 {
		b = plain.element(b, "references", strings.Join(refs, " "))
	}
	for _, e := range editions {
		if m.spokenIn(e) {
			b = m.info(b, e)
		}
	}
	return append(b, "</alert>\n"...)
}

// spokenIn reports whether a message can be said in a language. What is said of
// levels can; the text of a notice must have been translated, because the same
// text in two languages is an error (CAP-08).
func (m *message) spokenIn(e *edition) bool {
	r := m.alert.Record
	return m.level != nil || m.clear || r.Translated(e.lang)
}

// info writes what is said in one language. All but the texts is the same in
// every language.
func (m *message) info(b []byte, e *edition) []byte {
	r := m.alert.Record
	b = append(b, "<info>\n"...)
	b = plain.element(b, "language", e.lang)
	b = plain.element(b, "category", "Security")
	if slices.ContainsFunc(r.Source.Advisory.Categories, func(c model.Ref) bool { return c.ID == "scam" }) {
		b = plain.element(b, "category", "Safety")
	}
	b = plain.element(b, "event", e.event(m))
	grade := m.grade()
	for _, t := range grade.responses {
		b = plain.element(b, "responseType", t)
	}
	b = plain.element(b, "urgency", grade.Urgency)
	b = plain.element(b, "severity", grade.Severity)
	b = plain.element(b, "certainty", grade.Certainty)
	level := m.name()
	b = pair(b, "eventCode", e.schemeOf("level"), level)
	b = plain.element(b, "effective", capTime(m.sent.In(e.zone)))
	b = plain.element(b, "onset", capTime(m.onset().In(e.zone)))
	b = plain.element(b, "expires", capTime(m.expires.In(e.zone)))
	b = plain.element(b, "senderName", line(e.text(e.site.Config.Publisher.Name)))
	b = plain.element(b, "headline", e.capHeadline(m))
	b = plain.element(b, "description", e.capDescription(m))
	b = plain.element(b, "instruction", e.capInstruction(m))
	b = plain.element(b, "web", e.lasting(r))
	if url := e.site.Config.Publisher.URL; url != "" {
		b = plain.element(b, "contact", url)
	}
	b = pair(b, "parameter", e.schemeOf("level"), level)
	for _, old := range m.previous() {
		b = pair(b, "parameter", e.schemeOf("previous-level"), old)
	}
	b = pair(b, "parameter", e.schemeOf("record"), r.Stable())
	for _, p := range m.places {
		b = e.area(b, p)
	}
	return append(b, "</info>\n"...)
}

// pair writes a name and a value, as eventCode, parameter and geocode have them.
func pair(b []byte, tag, name, value string) []byte {
	b = append(append(append(b, '<'), tag...), '>')
	b = append(b, "<valueName>"...)
	b = plain.append(b, name)
	b = append(b, "</valueName><value>"...)
	b = plain.append(b, value)
	return append(append(append(b, "</value></"...), tag...), ">\n"...)
}

// schemeOf gives the URI of a scheme of codes, the same as in the feeds.
func (e *edition) schemeOf(name string) string {
	return "tag:" + e.site.Config.Authority + ":schemes/" + name
}

// onset is when what is announced begins: never before it was announced.
func (m *message) onset() time.Time {
	if m.renewed || m.alert.Kind != site.AlertIssued {
		return m.sent
	}
	return latest(m.sent, m.alert.Record.Source.Advisory.Effective.Time)
}

// previous lists the levels that places had before, highest first, each once.
func (m *message) previous() []string {
	var out []string
	for _, l := range levelsOf(groups(m.changes)) {
		if l.Previous != "" && !slices.Contains(out, l.Previous) {
			out = append(out, l.Previous)
		}
	}
	return out
}

// grade is what CAP says of how bad something is.
type grade struct {
	model.CAP
	responses []string
}

// gradePast is the grade of what is over.
var gradePast = model.CAP{Urgency: "Past", Severity: "Minor", Certainty: "Observed"}

// gradeNotice is the grade of an urgent notice without a level.
var gradeNotice = model.CAP{Urgency: "Expected", Severity: "Moderate", Certainty: "Observed"}

// responses says by severity what a level asks. It is read only.
var responses = map[string][]string{
	"Extreme": {"Evacuate", "Avoid"}, "Severe": {"Evacuate", "Avoid"},
	"Moderate": {"Avoid", "Monitor"}, "Minor": {"Monitor"},
}

// grade maps a message by levels.yaml (standards section 2). A standing level
// that is urgent when a place is raised to it is not when it is renewed.
func (m *message) grade() grade {
	switch {
	case m.clear:
		return grade{gradePast, []string{"AllClear"}}
	case m.level == nil || m.level.CAP.Severity == "":
		return grade{gradeNotice, []string{"Monitor"}}
	}
	g := grade{m.level.CAP, responses[m.level.CAP.Severity]}
	switch {
	case m.level.Temporary:
		g.responses = []string{"Avoid", "Prepare"}
	case g.Urgency == "Expected" && !m.raised:
		g.Urgency = "Future"
	}
	return g
}

// lasting gives the address of a record's page by its first slug, from which
// the reader is led on when the record was renamed.
func (e *edition) lasting(r *site.Record) string {
	l := e.site.Links
	return l.URL(e.lang, site.RecordPath(r.Kind, r.Name()))
}

// event names what a message is about.
func (e *edition) event(m *message) string {
	switch {
	case m.clear:
		return e.cat.T("cap.event.over")
	case m.level == nil:
		return e.cat.T("cap.event.notice")
	}
	return e.cat.T("cap.event.level", "level", e.full(m.level))
}

// maxHeadline is the length of a headline, in characters (CAP-10).
const maxHeadline = 139

func (e *edition) capHeadline(m *message) string {
	names := e.few(e.areaNames(m))
	tag := "cap.headline.kept"
	gs := groups(m.changes)
	switch {
	case m.clear:
		tag = "cap.headline.over"
	case m.level == nil:
		return shorten(e.cat.T("feed.alert_text", "tag", e.cat.T("feed.tag.urgent"), "title", m.alert.Record.In(e.lang).Title), maxHeadline)
	case m.raised:
		tag = "cap.headline.raised"
	case len(gs) > 0:
		tag = "cap.headline.lowered"
	}
	return shorten(e.cat.T(tag, "places", names, "level", e.full(m.level)), maxHeadline)
}

// areaNames names the places of a message.
func (e *edition) areaNames(m *message) []string {
	out := make([]string, len(m.places))
	for i, p := range m.places {
		out[i] = e.text(p.Name)
	}
	return out
}

// capDescription says what changed or what stays, and when.
func (e *edition) capDescription(m *message) string {
	r := m.alert.Record
	var out []string
	if m.level == nil && !m.clear {
		out = append(out, line(r.In(e.lang).Summary))
	}
	for _, g := range groups(m.changes) {
		for _, part := range g.byOld() {
			out = append(out, e.cat.T("feed.line", "places", e.fm.List(e.names(part.changes)), "from", e.full(part.changes[0].From), "to", e.full(part.to)))
		}
	}
	if len(out) == 0 {
		out = append(out, e.cat.T("feed.line_same", "places", e.fm.List(e.areaNames(m)), "to", e.full(m.level)))
	}
	switch {
	case m.renewed:
		out = append(out, e.cat.T("cap.renewed"))
	case m.alert.Kind == site.AlertRevised:
		if note, in := e.note(m.alert); in == e.lang {
			out = append(out, line(note))
		}
	case m.alert.Kind == site.AlertWithdrawn:
		out = append(out, e.cat.T("cap.withdrawn"))
	case m.alert.Kind == site.AlertEnded:
		out = append(out, e.cat.T("cap.ended"))
	}
	out = append(out, e.cat.T("feed.since", "time", e.fm.DateTime(m.onset())))
	return strings.Join(out, "\n")
}

// capInstruction says what to do.
func (e *edition) capInstruction(m *message) string {
	if m.level == nil {
		key := "cap.instruction.notice"
		if m.clear {
			key = "cap.instruction.over"
		}
		return e.cat.T(key)
	}
	return e.cat.T("feed.planning", "text", e.text(m.level.Planning)) + "\n" + e.cat.T("feed.staying", "text", e.text(m.level.Staying))
}
