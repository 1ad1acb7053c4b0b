package model

import (
	"slices"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Kind is a kind of record. A record's id is Kind.ID + "/" + its slug.
type Kind struct {
	ID       string // also the folder below content/
	Nested   bool   // slugs keep the folder (provinces/cambodia/kampot)
	fields   []field[Doc]
	required []string        // keys that a source file must have
	shared   map[string]bool // keys that only a source file may have
}

// Kinds is the table of the kinds of record. It is read only.
var Kinds = []*Kind{
	newKind(Kind{ID: "advisories", fields: slices.Concat(commonFields, advisoryFields)}),
	newKind(Kind{ID: "scams", fields: slices.Concat(commonFields, scamFields)}),
	newKind(Kind{ID: "pages", fields: commonFields}),
	newKind(Kind{ID: "provinces", Nested: true, fields: commonFields}),
}

// newKind sums up the fields of a kind.
func newKind(k Kind) *Kind {
	k.shared = map[string]bool{}
	for _, f := range k.fields {
		if f.need == requiredInSource {
			k.required = append(k.required, f.key)
		}
		if f.shared {
			k.shared[f.key] = true
		}
	}
	return &k
}

// KindOf gives a kind by its id, or nil.
func KindOf(id string) *Kind {
	for _, k := range Kinds {
		if k.ID == id {
			return k
		}
	}
	return nil
}

// Doc is one decoded file of a record: its source file or a translation.
type Doc struct {
	Kind   *Kind
	Slug   string
	Lang   string
	Path   string
	Text   string                   // the whole file, where it was asked for
	Broken bool                     // the file could not be read: only what its path says is known
	Has    map[string]diag.Position // the keys that the file carries

	Common
	Advisory Advisory // of kind advisories
	Scam     Scam     // of kind scams
	Body     Body
}

// Common holds the fields of every record.
type Common struct {
	Title, Summary string
	Issued         Time
	Changes        []Change
	Review         Time
	Draft          bool
	Sources        []Source
	Contacts       []Ref
	Aliases        []string
	AliasAt        []diag.Position // of each alias
	Withdrawn      *Withdrawn
	Translates     int // translations: the revision of the source that they translate
}

// Revision is 1 and the number of changes.
func (c Common) Revision() int { return 1 + len(c.Changes) }

// Change is a public revision note.
type Change struct {
	At    Time
	Note  string
	Major bool
	Pos   diag.Position
	Has   map[string]diag.Position // the keys that it carries
}

// Source is where a fact comes from.
type Source struct {
	Title     string
	URL       string
	Publisher string
	Date      Time
	Pos       diag.Position
}

// Withdrawn marks a record that is taken back.
type Withdrawn struct {
	At     Time
	Reason string
	Has    map[string]diag.Position // the keys that it carries
}

var changeFields = []field[Change]{
	{key: "at", need: requiredInSource, shared: true, set: one("at", func(c *Change) *Time { return &c.At }, asTime)},
	{key: "note", need: required, set: one("note", func(c *Change) *string { return &c.Note }, asString)},
	{key: "major", shared: true, set: one("major", func(c *Change) *bool { return &c.Major }, asBool)},
}

var sourceFields = []field[Source]{
	{key: "title", need: required, set: one("title", func(s *Source) *string { return &s.Title }, asString)},
	{key: "url", set: one("url", func(s *Source) *string { return &s.URL }, asURL)},
	{key: "publisher", set: one("publisher", func(s *Source) *string { return &s.Publisher }, asString)},
	{key: "date", set: one("date", func(s *Source) *Time { return &s.Date }, asTime)},
}

var withdrawnFields = []field[Withdrawn]{
	{key: "at", need: requiredInSource, shared: true, set: one("at", func(w *Withdrawn) *Time { return &w.At }, asTime)},
	{key: "reason", need: required, set: one("reason", func(w *Withdrawn) *string { return &w.Reason }, asString)},
}

var commonFields = []field[Doc]{
	{key: "title", need: required, set: one("title", func(d *Doc) *string { return &d.Title }, asString)},
	{key: "summary", need: required, set: one("summary", func(d *Doc) *string { return &d.Summary }, asSummary)},
	{key: "issued", need: requiredInSource, shared: true, set: one("issued", func(d *Doc) *Time { return &d.Issued }, asTime)},
	{key: "changes", set: many("change", func(d *Doc) *[]Change { return &d.Changes }, asChange)},
	{key: "review", shared: true, set: one("review", func(d *Doc) *Time { return &d.Review }, asTime)},
	{key: "draft", shared: true, set: one("draft", func(d *Doc) *bool { return &d.Draft }, asBool)},
	{key: "sources", shared: true, set: many("source", func(d *Doc) *[]Source { return &d.Sources }, asSource)},
	{key: "contacts", shared: true, set: many("contact", func(d *Doc) *[]Ref { return &d.Contacts }, refTo(ContactIDs))},
	{key: "aliases", shared: true, set: aliases},
	{key: "withdrawn", set: one("withdrawn", func(d *Doc) **Withdrawn { return &d.Withdrawn }, asWithdrawn)},
	{key: "translates", set: one("translates", func(d *Doc) *int { return &d.Translates }, asRevision)},
}

// aliases keeps the position of each alias too.
var aliases = func() setter[Doc] {
	list := many("alias", func(d *Doc) *[]string { return &d.Aliases }, asSlug)
	return setter[Doc]{func(d *decoder, doc *Doc, v source.Value) {
		list.from(d, doc, v)
		for _, item := range v.Items {
			doc.AliasAt = append(doc.AliasAt, item.Pos)
		}
	}, list.form, list.list}
}()

func decodeChange(d *decoder, v source.Value, what string) Change {
	c := Change{Pos: v.Pos, Has: map[string]diag.Position{}}
	decodeMap(d, v, what, changeFields, &c, c.Has)
	return c
}

func decodeWithdrawn(d *decoder, v source.Value, what string) *Withdrawn {
	w := Withdrawn{Has: map[string]diag.Position{}}
	decodeMap(d, v, what, withdrawnFields, &w, w.Has)
	return &w
}

// decodeRevision reads the number of a revision.
func decodeRevision(d *decoder, v source.Value, what string) int {
	n := decodeInt(d, v, what)
	if n == 0 && v.Text == "0" {
		d.badValue(v, what, "is not a revision", "the first revision is 1")
	}
	return n
}

// maxSummary is the length in characters above which a summary is a warning.
const maxSummary = 200

func decodeSummary(d *decoder, v source.Value, what string) string {
	s := decodeString(d, v, what)
	if n := utf8.RuneCountInString(s); n > maxSummary {
		d.report(diag.LongSummary.At(v.Pos, "summary has %d characters, more than %d", n, maxSummary).
			Wide(v.Width()).WithHint("one or two plain sentences; feeds and share cards cut the rest"))
	}
	return s
}

func decodeSource(d *decoder, v source.Value, what string) Source {
	s := Source{Pos: v.Pos}
	decodeMap(d, v, what, sourceFields, &s, nil)
	if _, ok := v.Get("date"); !ok && v.Kind == source.Map {
		d.report(diag.SourceNoDate.At(v.Pos, "source %q has no date", s.Title).WithHint("add the day it was published: \"date: 2025-10-16\""))
	}
	return s
}

// DecodeDoc reads the fields of one file of a record. Whether it is the source
// file or a translation is not known yet, so both sets of fields are taken and
// Check says, later, which may not be there.
func DecodeDoc(f source.File, kind *Kind, slug, lang string, c Context) (*Doc, diag.List) {
	d := c.decoder()
	doc := &Doc{Kind: kind, Slug: slug, Lang: lang, Path: f.Path, Text: f.Text, Has: make(map[string]diag.Position, len(f.Matter.Pairs))}
	f.Matter.Pos = diag.Position{File: f.Path, Line: 1, Col: 1} // where a field is missing, mark the line ---
	decodeMap(d, f.Matter, "front matter", kind.fields, doc, doc.Has)
	if doc.Kind.ID == "advisories" && !doc.Advisory.Effective.Set() {
		doc.Advisory.Effective = doc.Issued
	}
	return doc, d.diags
}
