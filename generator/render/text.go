package render

import (
	"bytes"
	"slices"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// textPath is the address of the plain text of a path: for chats, text messages
// and lines on which no page loads (OFF-06).
func textPath(lang, path string) string { return lang + "/" + strings.TrimSuffix(path, "/") + ".txt" }

// firstPart is how many bytes of a text are sure to arrive: what decides comes
// before it ends, the numbers to call included.
const firstPart = 1024

// textURL gives the address of the plain text of a path.
func (e *edition) textURL(path string) string { return e.site.Links.Root(textPath(e.lang, path)) }

// textFiles makes the plain text of each advisory and country.
func textFiles(b *builder) []File {
	out := make([]File, 0, len(b.editions)*(len(b.site.Advisories)+len(b.site.Atlas.Countries)))
	for _, e := range b.editions {
		for _, r := range b.site.Advisories {
			out = append(out, File{File: output.File{Path: textPath(e.lang, r.Path), Modified: e.changedAt(r), Shows: e.bodyOf(r), Render: func(buf *bytes.Buffer) error {
				e.recordText(buf, r)
				return nil
			}}})
		}
		for _, c := range b.site.Atlas.Countries {
			out = append(out, File{File: output.File{Path: textPath(e.lang, site.PlacePath(c)), Modified: b.placeChanged(c), Shows: output.NoBody, Render: func(buf *bytes.Buffer) error {
				e.countryText(buf, c)
				return nil
			}}})
		}
	}
	return out
}

// recordText writes what an advisory says: what decides first, then its words.
func (e *edition) recordText(b *bytes.Buffer, r *site.Record) {
	t := r.In(e.lang)
	e.textHead(b, t.Title)
	if s := e.strip(r); s != nil {
		writeLine(b, s.Text)
	}
	for _, line := range e.levelLines(r) {
		writeLine(b, line)
	}
	writeLine(b, e.t("record.issued"), " ", e.format.DateTime(r.Issued))
	if a := r.Source.Advisory; !a.Effective.Equal(r.Issued) && a.Effective.Set() {
		writeLine(b, e.t("advisory.effective"), " ", e.format.DateTime(a.Effective.Time))
	}
	foot := e.textFoot(r.Source.Contacts, r.Path)
	writeLine(b, clip(t.Summary, firstPart-b.Len()-len(foot)))
	b.WriteString(foot)
	b.WriteByte('\n')
	writeLine(b, t.Body.Text())
}

// countryText writes the levels of a country, highest first.
func (e *edition) countryText(b *bytes.Buffer, c *model.Place) {
	e.textHead(b, e.t("country.title", "country", e.text(c.Name)))
	b.WriteString(e.textFoot(nil, site.PlacePath(c)) + "\n")
	groups := map[*model.Level][]string{}
	c.Walk(func(p *model.Place) {
		if p == c && len(c.Provinces()) > 0 {
			return
		}
		l := e.site.Book.At(p, e.site.Now).Level
		if p.Kind == model.AreaPlace && p.Parent != c && e.site.Book.At(p.Parent, e.site.Now).Level == l {
			return
		}
		groups[l] = append(groups[l], e.text(p.Name))
	})
	for i := len(e.site.Scheme.Levels) - 1; i >= -1; i-- {
		var l *model.Level
		if i >= 0 {
			l = &e.site.Scheme.Levels[i]
		}
		if len(groups[l]) > 0 {
			b.WriteString(e.levelName(l) + ": " + strings.Join(groups[l], ", ") + "\n")
		}
	}
}

func (e *edition) textHead(b *bytes.Buffer, title string) {
	writeLine(b, title)
	writeLine(b, e.signed())
	b.WriteByte('\n')
}

// signature is the site that a text comes from.
func (e *edition) signature() string {
	name := e.text(e.site.Config.Title)
	if s := e.site.Config.Sample; s != nil {
		name += ". " + e.t("sample.notice") + " " + e.t("sample.as_of", "date", e.format.Date(s.AsOf.Time))
	}
	return name
}

// writeLine writes the parts of a line.
func writeLine(b *bytes.Buffer, parts ...string) {
	for _, p := range parts {
		b.WriteString(p)
	}
	b.WriteByte('\n')
}

// textFoot says whom to call and where the page is.
func (e *edition) textFoot(contacts []model.Ref, path string) string {
	if len(contacts) == 0 {
		contacts = firstIDs(e.site, 3)
	}
	b := append(make([]byte, 0, 256), '\n')
	for _, ref := range contacts[:min(3, len(contacts))] {
		if c := e.site.Contact(ref.ID); c != nil {
			b = append(append(append(append(b, e.text(c.Name)...), ' '), c.Number...), '\n')
		}
	}
	return string(append(append(b, e.site.Links.URL(e.lang, path)...), '\n'))
}

// levelLines gives the levels that a record sets and where, highest first.
func (e *edition) levelLines(r *site.Record) []string {
	var out []string
	for _, m := range e.measures(r) {
		line := e.levelName(m.Level) + ": " + e.placeNames(m.Places)
		if slices.ContainsFunc(m.Places, func(p *model.Place) bool { all, some := e.moved(p, m); return all || some }) {
			line += " (" + e.t("preview.since") + ")"
		}
		out = append(out, line)
	}
	return out
}

// clip cuts a text between characters so that it has at most n bytes.
func clip(s string, n int) string {
	const mark = "…"
	if len(s) <= n {
		return s
	}
	end := 0
	for i := range s {
		if i+len(mark) > n {
			break
		}
		end = i
	}
	return s[:end] + mark
}
