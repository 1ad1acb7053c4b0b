package model

import (
	"strings"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Country is country.yaml: a country, its provinces, and named areas that
// cross them.
type Country struct {
	Code      string
	Slug      string
	Name      Text
	Aliases   []string
	Level     Ref // baseline
	Provinces []Province
	Areas     []Area // named areas that cross provinces
	MapCredit Text
	Path      string // of country.yaml
	Pos       diag.Position
}

// Province is a first-level division, by its ISO 3166-2 code.
type Province struct {
	Code    string
	Slug    string
	Name    Text
	Aliases []string
	Capital Text
	Level   Ref // baseline; without an ID: the country's
	Areas   []Area
	Pos     diag.Position
}

// Area is a named part of a province, or of a country across provinces.
type Area struct {
	ID      string
	Name    Text
	Aliases []string
	Point   []float64 // longitude, latitude in degrees (WGS 84); empty if unknown
	Touches []Ref     // crossing areas: the provinces they lie in
	Buffer  *Buffer
	Pos     diag.Position
}

// Buffer says that an area is a belt along a border; informative.
type Buffer struct {
	KM int
	Of string // code of the neighbour
}

var bufferFields = []field[Buffer]{
	{key: "km", need: required, set: one("km", func(b *Buffer) *int { return &b.KM }, decodeInt)},
	{key: "of", need: required, set: one("of", func(b *Buffer) *string { return &b.Of }, decodeString)},
}

var areaFields = []field[Area]{
	{key: "id", need: required, set: one("id", func(a *Area) *string { return &a.ID }, decodeSlug)},
	{key: "name", need: required, set: one("name", func(a *Area) *Text { return &a.Name }, decodeText)},
	{key: "aliases", set: many("aliases", func(a *Area) *[]string { return &a.Aliases }, decodeString)},
	{key: "point", set: one("point", func(a *Area) *[]float64 { return &a.Point }, decodePoint)},
}

var crossingFields = append([]field[Area]{
	{key: "touches", need: required, set: many("touches", func(a *Area) *[]Ref { return &a.Touches }, decodeRef)},
	{key: "buffer", set: one("buffer", func(a *Area) **Buffer { return &a.Buffer }, pointer(object(bufferFields, nil)))},
}, areaFields...)

func areaPos(a *Area, p diag.Position) { a.Pos = p }

var provinceFields = []field[Province]{
	{key: "code", need: required, set: one("code", func(p *Province) *string { return &p.Code }, decodeString)},
	{key: "slug", need: required, set: one("slug", func(p *Province) *string { return &p.Slug }, decodeSlug)},
	{key: "name", need: required, set: one("name", func(p *Province) *Text { return &p.Name }, decodeText)},
	{key: "aliases", set: many("aliases", func(p *Province) *[]string { return &p.Aliases }, decodeString)},
	{key: "capital", set: one("capital", func(p *Province) *Text { return &p.Capital }, decodeText)},
	{key: "level", set: one("level", func(p *Province) *Ref { return &p.Level }, decodeRef)},
	{key: "areas", set: many("area", func(p *Province) *[]Area { return &p.Areas }, object(areaFields, areaPos))},
}

var countryFields = []field[Country]{
	{key: "code", need: required, set: one("code", func(c *Country) *string { return &c.Code }, decodeString)},
	{key: "slug", need: required, set: one("slug", func(c *Country) *string { return &c.Slug }, decodeSlug)},
	{key: "name", need: required, set: one("name", func(c *Country) *Text { return &c.Name }, decodeText)},
	{key: "aliases", set: many("aliases", func(c *Country) *[]string { return &c.Aliases }, decodeString)},
	{key: "level", need: required, set: one("level", func(c *Country) *Ref { return &c.Level }, decodeRef)},
	{key: "provinces", set: many("province", func(c *Country) *[]Province { return &c.Provinces }, object(provinceFields, func(p *Province, at diag.Position) { p.Pos = at }))},
	{key: "areas", set: many("area", func(c *Country) *[]Area { return &c.Areas }, object(crossingFields, areaPos))},
	{key: "map_credit", set: one("map_credit", func(c *Country) *Text { return &c.MapCredit }, decodeText)},
}

func decodePoint(d *decoder, v source.Value, what string) []float64 {
	if v.Kind != source.Sequence || len(v.Items) != 2 {
		d.wrongType(v, what, "two numbers [longitude, latitude]")
		return nil
	}
	p := []float64{decodeNumber(d, v.Items[0], "longitude"), decodeNumber(d, v.Items[1], "latitude")}
	if p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 {
		d.report(diag.BadValue.At(v.Pos, "point [%v, %v] is not on earth", p[0], p[1]).WithHint("longitude comes first"))
		return nil
	}
	return p
}

// DecodeCountry reads a country.yaml.
func DecodeCountry(f source.File, c Context) (Country, diag.List) {
	d := c.decoder()
	country := Country{Path: f.Path, Pos: f.Matter.Pos}
	decodeMap(d, f.Matter, "country.yaml", countryFields, &country, nil)
	seen := map[string]string{}
	unique := func(kind, key string, pos diag.Position) {
		if key == "" {
			return
		}
		if seen[kind+key] != "" {
			d.report(diag.DuplicateID.At(pos, "%s %q is used twice in this country", kind, key))
		}
		seen[kind+key] = key
	}
	for _, p := range country.Provinces {
		if p.Code != "" && (!placePattern.MatchString(p.Code) || !strings.HasPrefix(p.Code, country.Code+"-")) {
			d.report(diag.BadValue.At(p.Pos, "province code %q does not begin with %q", p.Code, country.Code+"-").
				Wide(utf8.RuneCountInString(p.Code)).WithHint("use the ISO 3166-2 code, such as KH-18"))
		}
		unique("province code ", p.Code, p.Pos)
		unique("province slug ", p.Slug, p.Pos)
		for _, a := range p.Areas {
			unique("area "+p.Code+"/", a.ID, a.Pos)
		}
	}
	for _, a := range country.Areas {
		unique("area "+country.Code+"/", a.ID, a.Pos)
	}
	return country, d.diags
}
