package feed

import (
	"bytes"
	"slices"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// CAPIndex is the output file that lists the alerts that stand.
const CAPIndex = "cap/index.atom"

// capIndex is an Atom feed of the messages that stand now, in the first
// language of the site, with one entry a message (OASIS CAP Feeds). What is no
// longer listed stands no longer; its file stays.
func capIndex(s *site.Site, e *edition, all []*message) File {
	var live []*message
	var updated time.Time
	for i := len(all) - 1; i >= 0; i-- { // newest first
		m := all[i]
		updated = latest(updated, m.sent)
		if !m.expires.After(s.Now) {
			updated = latest(updated, m.expires)
		}
		if m.live(s.Now) && m.holds(s) {
			live = append(live, m)
		}
	}
	if updated.IsZero() {
		updated = newest(s)
	}
	return File{Path: CAPIndex, Modified: output.At(updated), Shows: output.NoBody, Render: func(b *bytes.Buffer) error {
		b.Write(e.capFeed(b.AvailableBuffer(), live, updated))
		return nil
	}}
}

// holds reports whether some place of a message has its level now, or will get
// it: an advisory may be overtaken by another in all its places.
func (m *message) holds(s *site.Site) bool {
	if m.level == nil || m.onset().After(s.Now) {
		return true
	}
	return slices.ContainsFunc(m.places, func(p *model.Place) bool { return s.Book.At(p, s.Now).Level == m.level })
}

func (e *edition) capFeed(b []byte, live []*message, updated time.Time) []byte {
	s, l := e.site, e.site.Links
	f := &Feed{
		ID: "tag:" + s.Config.Authority + ":cap", Lang: e.lang, Home: l.URL(e.lang, "changes/"),
		Title:       line(e.cat.T("feed.title", "site", e.text(s.Config.Title), "channel", e.cat.T("cap.index"))),
		Description: line(e.sample + " " + e.cat.T("cap.about")),
		Author:      line(e.text(s.Config.Publisher.Name)), AuthorURL: s.Config.Publisher.URL,
		Updated: updated.In(e.zone), Complete: true, Hub: s.Config.Hub,
	}
	b = openAtom(b, f, l.Abs(l.Root(CAPIndex)), nil)
	for _, m := range live {
		b = append(b, "<entry>\n"...)
		b = plain.element(b, "id", "tag:"+s.Config.Authority+":cap/"+m.id)
		b = plain.element(b, `title type="text"`, e.capHeadline(m))
		b = plain.element(b, "published", rfc3339(m.sent.In(e.zone)))
		b = plain.element(b, "updated", rfc3339(m.sent.In(e.zone)))
		b = empty(b, "link", "rel", "alternate", "type", "application/cap+xml", "href", l.Abs(l.Root(m.path())))
		b = empty(b, "link", "rel", "related", "type", "text/html", "hreflang", e.lang, "href", e.lasting(m.alert.Record))
		b = empty(b, "category", "term", m.name(), "scheme", e.schemeOf("level"))
		for _, p := range codes(m.places) {
			b = empty(b, "category", "term", p, "scheme", e.schemeOf("place"))
		}
		b = plain.element(b, `summary type="text"`, line(e.capDescription(m)))
		b = append(b, "</entry>\n"...)
	}
	return append(b, "</feed>\n"...)
}
