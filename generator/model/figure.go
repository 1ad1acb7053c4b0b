package model

import (
	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Figure is an entry of figures.yaml: numbers of one kind, as a chart and a
// table show them.
type Figure struct {
	ID      string
	Title   Text
	Summary Text // what the numbers say, in a sentence
	Unit    Text // after each number, such as 명
	Note    Text // what must not be read into them
	Points  []Point
	Sources []Source // of every point
	Pos     diag.Position
}

// Point is one number of a figure.
type Point struct {
	Label  Text
	Value  int    // at least 0
	Sign   string // exact, about, over or under the value
	Note   Text
	Source *Source // of this number, where it has one of its own
	Pos    diag.Position
}

var pointFields = []field[Point]{
	{key: "label", need: required, set: one("label", func(p *Point) *Text { return &p.Label }, asText)},
	{key: "value", need: required, set: one("value", func(p *Point) *int { return &p.Value }, asInt)},
	{key: "sign", set: one("sign", func(p *Point) *string { return &p.Sign }, oneOf("exact", "about", "over", "under"))},
	{key: "note", set: one("note", func(p *Point) *Text { return &p.Note }, asText)},
	{key: "source", set: one("source", func(p *Point) **Source { return &p.Source }, pointer(asSource))},
}

var figureFields = []field[Figure]{
	{key: "id", need: required, set: one("id", func(f *Figure) *string { return &f.ID }, asSlug)},
	{key: "title", need: required, set: one("title", func(f *Figure) *Text { return &f.Title }, asText)},
	{key: "summary", need: required, set: one("summary", func(f *Figure) *Text { return &f.Summary }, asText)},
	{key: "unit", need: required, set: one("unit", func(f *Figure) *Text { return &f.Unit }, asText)},
	{key: "note", set: one("note", func(f *Figure) *Text { return &f.Note }, asText)},
	{key: "points", need: required, set: many("point", func(f *Figure) *[]Point { return &f.Points }, object("point", pointFields, func(p *Point, at diag.Position) { p.Pos = at }))},
	{key: "sources", set: many("source", func(f *Figure) *[]Source { return &f.Sources }, asSource)},
}

// DecodeFigures reads figures.yaml. Every number has a source: its own or that
// of its figure.
func DecodeFigures(f source.File, c Context) ([]Figure, diag.List) {
	d := c.decoder()
	figures := decodeItems(d, f.Matter, "figure", figureFields, func(f *Figure, p diag.Position) { f.Pos = p }, func(f Figure) string { return f.ID })
	for i := range figures {
		for j := range figures[i].Points {
			p := &figures[i].Points[j]
			if p.Sign == "" {
				p.Sign = "exact"
			}
			if p.Source == nil && len(figures[i].Sources) == 0 {
				d.report(diag.MissingField.At(p.Pos, "figure %q has a number without a source", figures[i].ID).
					WithHint("give the number a source, or the figure sources"))
			}
		}
	}
	return figures, d.diags
}
