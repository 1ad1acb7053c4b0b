package model

import (
	"cmp"
	"slices"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Level is a row of the level scheme.
type Level struct {
	ID         string
	Rank       float64 // orders levels; higher is more dangerous
	Digit      Text    // what the badge shows
	Name       Text
	Short      Text
	Color      string // #RRGGBB, fill of badge and map
	Ink        string // #RRGGBB, text on Color
	Pattern    string // none, dots, diagonal, cross, solid
	Planning   Text   // what it asks of those who plan a trip
	Staying    Text   // what it asks of those who are there
	LegalForce bool
	CAP        CAP
	Temporary  bool
	MaxDays    int // of a temporary level; 0: no limit
	Pos        diag.Position
}

// CAP is how a level maps to the Common Alerting Protocol 1.2, section 3.2.2.
type CAP struct{ Urgency, Severity, Certainty string }

// Scheme is levels.yaml: the levels, lowest rank first.
type Scheme struct {
	Levels []Level
	byID   map[string]*Level
}

// Level gives a level by id, or nil.
func (s Scheme) Level(id string) *Level { return s.byID[id] }

// IDs lists the level ids, lowest first.
func (s Scheme) IDs() []string {
	ids := make([]string, len(s.Levels))
	for i, l := range s.Levels {
		ids[i] = l.ID
	}
	return ids
}

// NewScheme orders levels by rank.
func NewScheme(levels []Level) Scheme {
	s := Scheme{Levels: slices.Clone(levels), byID: make(map[string]*Level, len(levels))}
	slices.SortStableFunc(s.Levels, func(a, b Level) int { return cmp.Compare(a.Rank, b.Rank) })
	for i := range s.Levels {
		s.byID[s.Levels[i].ID] = &s.Levels[i]
	}
	return s
}

var capFields = []field[CAP]{
	{key: "urgency", need: required, set: one("urgency", func(c *CAP) *string { return &c.Urgency }, oneOf("Immediate", "Expected", "Future", "Past", "Unknown"))},
	{key: "severity", need: required, set: one("severity", func(c *CAP) *string { return &c.Severity }, oneOf("Extreme", "Severe", "Moderate", "Minor", "Unknown"))},
	{key: "certainty", need: required, set: one("certainty", func(c *CAP) *string { return &c.Certainty }, oneOf("Observed", "Likely", "Possible", "Unlikely", "Unknown"))},
}

var levelFields = []field[Level]{
	{key: "id", need: required, set: one("id", func(l *Level) *string { return &l.ID }, asSlug)},
	{key: "rank", need: required, set: one("rank", func(l *Level) *float64 { return &l.Rank }, asNumber)},
	{key: "digit", need: required, set: one("digit", func(l *Level) *Text { return &l.Digit }, asText)},
	{key: "name", need: required, set: one("name", func(l *Level) *Text { return &l.Name }, asText)},
	{key: "short", set: one("short", func(l *Level) *Text { return &l.Short }, asText)},
	{key: "color", need: required, set: one("color", func(l *Level) *string { return &l.Color }, asColor)},
	{key: "ink", need: required, set: one("ink", func(l *Level) *string { return &l.Ink }, asColor)},
	{key: "pattern", set: one("pattern", func(l *Level) *string { return &l.Pattern }, oneOf("none", "dots", "diagonal", "cross", "solid"))},
	{key: "planning", need: required, set: one("planning", func(l *Level) *Text { return &l.Planning }, asText)},
	{key: "staying", need: required, set: one("staying", func(l *Level) *Text { return &l.Staying }, asText)},
	{key: "legal_force", set: one("legal_force", func(l *Level) *bool { return &l.LegalForce }, asBool)},
	{key: "cap", set: one("cap", func(l *Level) *CAP { return &l.CAP }, object("cap", capFields, nil))},
	{key: "temporary", set: one("temporary", func(l *Level) *bool { return &l.Temporary }, asBool)},
	{key: "max_days", set: one("max_days", func(l *Level) *int { return &l.MaxDays }, asInt)},
}

func decodeColor(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !colorPattern.MatchString(s) {
		d.badValue(v, what, "is not a colour", "write it as \"#F08A00\", in quotes")
		return ""
	}
	return s
}

// DecodeScheme reads levels.yaml.
func DecodeScheme(f source.File, c Context) (Scheme, diag.List) {
	d := c.decoder()
	levels := decodeItems(d, f.Matter, "level", levelFields, func(l *Level, p diag.Position) { l.Pos = p }, func(l Level) string { return l.ID })
	for i := range levels {
		if levels[i].Short == nil {
			levels[i].Short = levels[i].Name
		}
		if levels[i].Pattern == "" {
			levels[i].Pattern = "none"
		}
		for _, other := range levels[:i] {
			if other.Rank == levels[i].Rank {
				d.report(diag.DuplicateID.At(levels[i].Pos, "levels %q and %q have the same rank %v", other.ID, levels[i].ID, other.Rank).
					WithHint("give each level a rank of its own; ranks decide which level is higher"))
			}
		}
	}
	if len(levels) == 0 && !d.diags.HasErrors() {
		d.report(diag.MissingField.At(f.Matter.Pos, "levels.yaml has no level").WithHint("define at least one, the lowest first"))
	}
	return NewScheme(levels), d.diags
}

// decodeItems reads a file that is a list of things with an id of their own.
func decodeItems[T any](d *decoder, v source.Value, what string, table []field[T], pos func(*T, diag.Position), id func(T) string) []T {
	if v.Kind == source.Map && len(v.Pairs) == 0 {
		return nil
	}
	if v.Kind != source.Sequence {
		d.wrongType(v, "the file", "a list of items", "begin each item with - id:")
		return nil
	}
	var out []T
	seen := map[string]int{}
	for _, item := range v.Items {
		t := object(what, table, pos).read(d, item, what)
		name := id(t)
		if name == "" {
			continue
		}
		if first, ok := seen[name]; ok {
			at, _ := item.Get("id")
			d.report(diag.DuplicateID.At(at.Pos, "%s %q is defined twice, first in line %d", what, name, first).
				Wide(at.Width()).WithHint("write another id, or delete one of the two"))
			continue
		}
		seen[name] = item.Pos.Line
		out = append(out, t)
	}
	return out
}

// Category is a row of categories.yaml: a kind of danger.
type Category struct {
	ID   string
	Name Text
}

var categoryFields = []field[Category]{
	{key: "id", need: required, set: one("id", func(c *Category) *string { return &c.ID }, asSlug)},
	{key: "name", need: required, set: one("name", func(c *Category) *Text { return &c.Name }, asText)},
}

// DecodeCategories reads categories.yaml.
func DecodeCategories(f source.File, c Context) ([]Category, diag.List) {
	d := c.decoder()
	return decodeItems(d, f.Matter, "category", categoryFields, nil, func(c Category) string { return c.ID }), d.diags
}

// RedFlag is a row of red-flags.yaml: a sign of a recruitment scam. Weight is 1
// to 3; 3 means walk away at once.
type RedFlag struct {
	ID     string
	Text   Text
	Weight int
}

var redFlagFields = []field[RedFlag]{
	{key: "id", need: required, set: one("id", func(r *RedFlag) *string { return &r.ID }, asSlug)},
	{key: "text", need: required, set: one("text", func(r *RedFlag) *Text { return &r.Text }, asText)},
	{key: "weight", need: required, set: one("weight", func(r *RedFlag) *int { return &r.Weight }, asWeight)},
}

func decodeWeight(d *decoder, v source.Value, what string) int {
	n := decodeInt(d, v, what)
	if n < 1 || n > 3 {
		d.badValue(v, what, "is not 1, 2 or 3", "3 means: walk away at once")
	}
	return n
}

// DecodeRedFlags reads red-flags.yaml.
func DecodeRedFlags(f source.File, c Context) ([]RedFlag, diag.List) {
	d := c.decoder()
	return decodeItems(d, f.Matter, "red flag", redFlagFields, nil, func(r RedFlag) string { return r.ID }), d.diags
}

// Contact is a row of contacts.yaml: whom to call. Number is as it is dialled,
// in global form where it has one.
type Contact struct {
	ID         string
	Name       Text
	Number     string
	Hours      Text
	Note       Text
	Languages  []string
	VerifiedOn Time
	Source     string
	Pos        diag.Position
}

var contactFields = []field[Contact]{
	{key: "id", need: required, set: one("id", func(c *Contact) *string { return &c.ID }, asSlug)},
	{key: "name", need: required, set: one("name", func(c *Contact) *Text { return &c.Name }, asText)},
	{key: "number", need: required, set: one("number", func(c *Contact) *string { return &c.Number }, asPhone)},
	{key: "hours", set: one("hours", func(c *Contact) *Text { return &c.Hours }, asText)},
	{key: "note", set: one("note", func(c *Contact) *Text { return &c.Note }, asText)},
	{key: "languages", set: many("language", func(c *Contact) *[]string { return &c.Languages }, asTag)},
	{key: "verified_on", need: required, set: one("verified_on", func(c *Contact) *Time { return &c.VerifiedOn }, asTime)},
	{key: "source", need: required, set: one("source", func(c *Contact) *string { return &c.Source }, asURL)},
}

// DecodeContacts reads contacts.yaml.
func DecodeContacts(f source.File, c Context) ([]Contact, diag.List) {
	d := c.decoder()
	return decodeItems(d, f.Matter, "contact", contactFields, func(c *Contact, p diag.Position) { c.Pos = p }, func(c Contact) string { return c.ID }), d.diags
}

// Context is what decoding a file needs from site.yaml.
type Context struct {
	Zone      *time.Location
	Languages []string // the first is the source language
}

func (c Context) decoder() *decoder { return &decoder{zone: c.Zone, langs: c.Languages} }
