package model

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/source"
)

// Kind is a kind of record. A record's id is Kind.ID + "/" + its slug.
type Kind struct {
	ID     string // also the folder below content/
	Nested bool   // slugs keep the folder (provinces/cambodia/kampot)
	fields []field[Doc]
}

// Kinds is the table of the kinds of record. It is read only.
var Kinds = []*Kind{
	{ID: "advisories", fields: slices.Concat(commonFields, advisoryFields)},
	{ID: "scams", fields: slices.Concat(commonFields, scamFields)},
	{ID: "pages", fields: commonFields},
	{ID: "provinces", Nested: true, fields: commonFields},
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
	Text   string                   // the whole file, for excerpts
	Broken bool                     // the file could not be read: only what its path says is known
	Has    map[string]diag.Position // the keys that the file carries

	Common
	Advisory Advisory // of kind advisories
	Scam     Scam     // of kind scams
	Body     markup.Document
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
	{key: "at", set: one("at", func(c *Change) *Time { return &c.At }, decodeTime)},
	{key: "note", need: required, set: one("note", func(c *Change) *string { return &c.Note }, decodeString)},
	{key: "major", set: one("major", func(c *Change) *bool { return &c.Major }, decodeBool)},
}

var sourceFields = []field[Source]{
	{key: "title", need: required, set: one("title", func(s *Source) *string { return &s.Title }, decodeString)},
	{key: "url", set: one("url", func(s *Source) *string { return &s.URL }, decodeURL)},
	{key: "publisher", set: one("publisher", func(s *Source) *string { return &s.Publisher }, decodeString)},
	{key: "date", set: one("date", func(s *Source) *Time { return &s.Date }, decodeTime)},
}

var withdrawnFields = []field[Withdrawn]{
	{key: "at", set: one("at", func(w *Withdrawn) *Time { return &w.At }, decodeTime)},
	{key: "reason", need: required, set: one("reason", func(w *Withdrawn) *string { return &w.Reason }, decodeString)},
}

var commonFields = []field[Doc]{
	{key: "title", need: required, set: one("title", func(d *Doc) *string { return &d.Title }, decodeString)},
	{key: "summary", need: required, set: one("summary", func(d *Doc) *string { return &d.Summary }, decodeSummary)},
	{key: "issued", need: requiredInSource, shared: true, set: one("issued", func(d *Doc) *Time { return &d.Issued }, decodeTime)},
	{key: "changes", set: many("change", func(d *Doc) *[]Change { return &d.Changes }, decodeChange)},
	{key: "review", shared: true, set: one("review", func(d *Doc) *Time { return &d.Review }, decodeTime)},
	{key: "draft", shared: true, set: one("draft", func(d *Doc) *bool { return &d.Draft }, decodeBool)},
	{key: "sources", shared: true, set: many("source", func(d *Doc) *[]Source { return &d.Sources }, decodeSource)},
	{key: "contacts", shared: true, set: many("contact", func(d *Doc) *[]Ref { return &d.Contacts }, decodeRef)},
	{key: "aliases", shared: true, set: func(d *decoder, doc *Doc, v source.Value) {
		many("alias", func(d *Doc) *[]string { return &d.Aliases }, decodeSlug)(d, doc, v)
		for _, item := range v.Items {
			doc.AliasAt = append(doc.AliasAt, item.Pos)
		}
	}},
	{key: "withdrawn", set: one("withdrawn", func(d *Doc) **Withdrawn { return &d.Withdrawn }, decodeWithdrawn)},
	{key: "translates", set: one("translates", func(d *Doc) *int { return &d.Translates }, decodeRevision)},
}

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
	if n := len([]rune(s)); n > maxSummary {
		d.report(diag.LongSummary.At(v.Pos, "summary has %d characters, more than %d", n, maxSummary).
			Wide(v.Width()).WithHint("one or two plain sentences; feeds and share cards cut the rest"))
	}
	return s
}

func decodeSource(d *decoder, v source.Value, what string) Source {
	s := object(sourceFields, func(s *Source, p diag.Position) { s.Pos = p })(d, v, what)
	if _, ok := v.Get("date"); !ok && v.Kind == source.Map {
		d.report(diag.SourceNoDate.At(v.Pos, "source %q has no date", s.Title).WithHint("add the day it was published: \"date: 2025-10-16\""))
	}
	return s
}

// The shapes of the names of files: SLUG.LANG.md, and SLUG.LANG.rN.md for the
// text of an earlier revision.
var (
	fileName     = regexp.MustCompile(`^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md$`)
	revisionName = regexp.MustCompile(`^(.+)\.r([1-9][0-9]{0,3})\.md$`)
)

// Revision is the file of an earlier text of a record, kept as it was.
type Revision struct {
	Path string
	Of   string // path of the file whose text it was
	Kind *Kind
	Slug string
	Lang string
	N    int // the revision that it showed
}

// LocateRevision tells what the earlier text at a path belongs to
// (…/revisions/SLUG.LANG.rN.md beside the record's files).
func LocateRevision(file string) (r Revision, d *diag.Diagnostic) {
	dir, name := path.Split(file)
	m := revisionName.FindStringSubmatch(name)
	if m == nil || path.Base(dir) != "revisions" {
		x := diag.BadFileName.At(diag.Position{File: file}, "file name %q is not revisions/SLUG.LANG.rN.md", path.Join(path.Base(dir), name)).
			WithHint("N is the revision that the text showed: revisions/travel-ban.ko.r1.md")
		return r, &x
	}
	r.Path, r.Of = file, path.Join(path.Dir(path.Clean(dir)), m[1]+".md")
	r.N, _ = strconv.Atoi(m[2]) // digits only
	r.Kind, r.Slug, r.Lang, d = Locate(r.Of)
	if d != nil {
		d.Pos.File = file
	}
	return r, d
}

// Locate tells the kind, slug and language of a Markdown file from its path
// (content/KIND/[FOLDER/]SLUG.LANG.md).
func Locate(file string) (kind *Kind, slug, lang string, d *diag.Diagnostic) {
	fail := func(c diag.Code, format string, args ...any) diag.Diagnostic {
		return c.At(diag.Position{File: file}, format, args...)
	}
	parts := strings.Split(file, "/")
	if len(parts) < 3 {
		x := fail(diag.UnknownKind, "file %q lies in no folder of records", file).
			WithHint("put it into %s", kindFolders())
		return nil, "", "", &x
	}
	if kind = KindOf(parts[1]); kind == nil {
		x := fail(diag.UnknownKind, "folder %q is not a kind of record", parts[1]).
			WithHint("use %s", kindFolders())
		return nil, "", "", &x
	}
	m := fileName.FindStringSubmatch(parts[len(parts)-1])
	if m == nil {
		x := fail(diag.BadFileName, "file name %q is not SLUG.LANG.md", parts[len(parts)-1]).
			WithHint("use a-z, 0-9 and hyphens, then the language: travel-ban.ko.md")
		return nil, "", "", &x
	}
	middle := parts[2 : len(parts)-1]
	if kind.Nested {
		if len(middle) != 1 {
			x := fail(diag.BadFileName, "%q must lie in the folder of its country", file).
				WithHint("such as content/provinces/cambodia/kampot.ko.md")
			return nil, "", "", &x
		}
		return kind, middle[0] + "/" + m[1], strings.ToLower(m[2]), nil
	}
	if len(middle) > 1 {
		x := fail(diag.BadFileName, "folder %q is too deep", path.Join(middle...)).
			WithHint("one folder, such as the year, may stand below %s/", kind.ID)
		return nil, "", "", &x
	}
	return kind, m[1], strings.ToLower(m[2]), nil
}

func kindFolders() string {
	var s []string
	for _, k := range Kinds {
		s = append(s, "content/"+k.ID+"/")
	}
	return strings.Join(s, ", ")
}

// DecodeDoc reads the fields of one file of a record. Whether it is the source
// file or a translation is not known yet, so both sets of fields are taken and
// Check says, later, which may not be there.
func DecodeDoc(f source.File, kind *Kind, slug, lang string, c Context) (Doc, diag.List) {
	d := c.decoder()
	doc := Doc{Kind: kind, Slug: slug, Lang: lang, Path: f.Path, Text: f.Text, Has: make(map[string]diag.Position, len(f.Matter.Pairs))}
	f.Matter.Pos = diag.Position{File: f.Path, Line: 1, Col: 1} // where a field is missing, mark the line ---
	decodeMap(d, f.Matter, "front matter", kind.fields, &doc, doc.Has)
	if doc.Kind.ID == "advisories" && !doc.Advisory.Effective.Set() {
		doc.Advisory.Effective = doc.Issued
	}
	return doc, d.diags
}

// CheckSource lists what a source file lacks.
func (doc *Doc) CheckSource() diag.List {
	var l diag.List
	for _, f := range doc.Kind.fields {
		if _, ok := doc.Has[f.key]; !ok && f.need == requiredInSource {
			l.Add(diag.MissingField.At(diag.Position{File: doc.Path, Line: 1, Col: 1}, "front matter lacks the field %q", f.key).
				WithHint("add \"%s: …\"", f.key))
		}
	}
	if pos, ok := doc.Has["translates"]; ok {
		l.Add(diag.UnknownField.At(pos, "field %q belongs in a translation; this is the source file", "translates").
			Wide(len("translates")).WithHint("delete it"))
	}
	for _, c := range doc.Changes {
		if _, ok := c.Has["at"]; !ok {
			l.Add(diag.MissingField.At(c.Pos, "change lacks the field %q", "at").WithHint("add the time at which it was published: \"at: 2025-10-16T09:00\""))
		}
	}
	if w := doc.Withdrawn; w != nil && w.Has["at"].Line == 0 {
		l.Add(diag.MissingField.At(doc.Has["withdrawn"], "withdrawn lacks the field %q", "at").
			Wide(len("withdrawn")).WithHint("add the time from which it no longer holds: \"at: 2025-10-16T09:00\""))
	}
	return l
}

// Shared reports whether the file carries any field that only a source file may
// carry.
func (doc *Doc) Shared() bool {
	return slices.ContainsFunc(doc.Kind.fields, func(f field[Doc]) bool {
		_, ok := doc.Has[f.key]
		return ok && f.shared
	})
}

// CheckTranslation lists the fields that only the source file may carry, and
// what does not fit the source.
func (doc *Doc) CheckTranslation(src *Doc) diag.List {
	var l diag.List
	for _, f := range doc.Kind.fields {
		pos, ok := doc.Has[f.key]
		if !ok || !f.shared {
			continue
		}
		d := diag.SharedField.At(pos, "field %q belongs in the source file", f.key).Wide(len(f.key))
		if p, ok := src.Has[f.key]; ok {
			l.Add(d.WithHint("delete it here; it stands in %s", p))
		} else {
			l.Add(d.WithHint("move it to %s", src.Path))
		}
	}
	text := func(what, key string, pos diag.Position) {
		l.Add(diag.SharedField.At(pos, "field %q of %s belongs in the source file", key, what).Wide(len(key)).
			WithHint("keep the text alone here; the rest stands in %s", src.Path))
	}
	for _, c := range doc.Changes {
		for _, key := range []string{"at", "major"} {
			if pos, ok := c.Has[key]; ok {
				text("a change", key, pos)
			}
		}
	}
	if w := doc.Withdrawn; w != nil {
		if pos, ok := w.Has["at"]; ok {
			text("withdrawn", "at", pos)
		}
	}
	if !src.Broken {
		l.Add(doc.compare(src)...)
	}
	return l
}

// compare lists the texts of a translation that have no counterpart in src.
func (doc *Doc) compare(src *Doc) diag.List {
	var l diag.List
	if n := len(src.Changes); len(doc.Changes) > n {
		l.Add(diag.BadValue.At(doc.Changes[n].Pos, "the translation has %d changes, the source %d", len(doc.Changes), n).
			WithHint("write one note for each change of %s, in its order", src.Path))
	}
	if doc.Translates > src.Revision() {
		l.Add(diag.BadValue.At(doc.Has["translates"], "translates revision %d, but the source is at %d", doc.Translates, src.Revision()).
			Wide(len("translates")).WithHint("the revision is 1 and the number of changes in %s", src.Path))
	}
	for _, key := range []string{"withdrawn", "legal"} {
		pos, ok := doc.Has[key]
		if _, inSource := src.Has[key]; ok && !inSource {
			l.Add(diag.SharedField.At(pos, "field %q is not in the source file", key).Wide(len(key)).
				WithHint("write it in %s first, or delete it here", src.Path))
		}
	}
	return l
}
