package model

import (
	"strings"

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
	CodePos   diag.Position
	SlugPos   diag.Position
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
	{key: "km", need: required, set: one("km", func(b *Buffer) *int { return &b.KM }, asInt)},
	{key: "of", need: required, set: one("of", func(b *Buffer) *string { return &b.Of }, asString)},
}

var areaFields = []field[Area]{
	{key: "id", need: required, set: one("id", func(a *Area) *string { return &a.ID }, asSlug)},
	{key: "name", need: required, set: one("name", func(a *Area) *Text { return &a.Name }, asText)},
	{key: "aliases", set: many("alias", func(a *Area) *[]string { return &a.Aliases }, asString)},
	{key: "point", set: one("point", func(a *Area) *[]float64 { return &a.Point }, asPoint)},
}

var crossingFields = append([]field[Area]{
	{key: "touches", need: required, set: many("province", func(a *Area) *[]Ref { return &a.Touches }, refTo(ProvinceCodes))},
	{key: "buffer", set: one("buffer", func(a *Area) **Buffer { return &a.Buffer }, pointer(object("buffer", bufferFields, nil)))},
}, areaFields...)

func areaPos(a *Area, p diag.Position) { a.Pos = p }

var provinceFields = []field[Province]{
	{key: "code", need: required, set: one("code", func(p *Province) *string { return &p.Code }, asProvinceCode)},
	{key: "slug", need: required, set: one("slug", func(p *Province) *string { return &p.Slug }, asSlug)},
	{key: "name", need: required, set: one("name", func(p *Province) *Text { return &p.Name }, asText)},
	{key: "aliases", set: many("alias", func(p *Province) *[]string { return &p.Aliases }, asString)},
	{key: "capital", set: one("capital", func(p *Province) *Text { return &p.Capital }, asText)},
	{key: "level", set: one("level", func(p *Province) *Ref { return &p.Level }, refTo(LevelIDs))},
	{key: "areas", set: many("area", func(p *Province) *[]Area { return &p.Areas }, object("area", areaFields, areaPos))},
}

var countryFields = []field[Country]{
	{key: "code", need: required, set: one("code", func(c *Country) *string { return &c.Code }, asCountryCode)},
	{key: "slug", need: required, set: one("slug", func(c *Country) *string { return &c.Slug }, asSlug)},
	{key: "name", need: required, set: one("name", func(c *Country) *Text { return &c.Name }, asText)},
	{key: "aliases", set: many("alias", func(c *Country) *[]string { return &c.Aliases }, asString)},
	{key: "level", need: required, set: one("level", func(c *Country) *Ref { return &c.Level }, refTo(LevelIDs))},
	{key: "provinces", set: many("province", func(c *Country) *[]Province { return &c.Provinces }, object("province", provinceFields, func(p *Province, at diag.Position) { p.Pos = at }))},
	{key: "areas", set: many("area", func(c *Country) *[]Area { return &c.Areas }, object("crossing", crossingFields, areaPos))},
	{key: "map_credit", set: one("map_credit", func(c *Country) *Text { return &c.MapCredit }, asText)},
}

func decodePoint(d *decoder, v source.Value, what string) []float64 {
	if v.Kind != source.Sequence || len(v.Items) != 2 {
		d.wrongType(v, what, "two numbers", "write [longitude, latitude], such as [104.92, 11.56]")
		return nil
	}
	p := []float64{decodeNumber(d, v.Items[0], "longitude"), decodeNumber(d, v.Items[1], "latitude")}
	if p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 {
		d.report(diag.BadValue.At(v.Pos, "point [%v, %v] is not on earth", p[0], p[1]).WithHint("longitude comes first: [104.92, 11.56]"))
		return nil
	}
	return p
}

// DecodeCountry reads a country.yaml.
func DecodeCountry(f source.File, c Context) (Country, diag.List) {
	d := c.decoder()
	country := Country{Path: f.Path, Pos: f.Matter.Pos}
	decodeMap(d, f.Matter, "country.yaml", countryFields, &country, nil)
	at := func(item source.Value, key string) source.Value {
		v, _ := item.Get(key)
		return v
	}
	country.CodePos, country.SlugPos = at(f.Matter, "code").Pos, at(f.Matter, "slug").Pos
	if v := at(f.Matter, "code"); country.Code != "" && !countryPattern.MatchString(country.Code) {
		d.report(diag.BadValue.At(v.Pos, "country code %q is not two capital letters", country.Code).
			Wide(v.Width()).WithHint("use the ISO 3166-1 code, such as KH"))
	}
	u := unique{d: d, seen: map[string]diag.Position{}}
	for i, item := range at(f.Matter, "provinces").Items {
		p := country.Provinces[i]
		u.check("province code", p.Code, "", at(item, "code"))
		u.check("province slug", p.Slug, "", at(item, "slug"))
		switch v := at(item, "code"); {
		case p.Code == "" || !countryPattern.MatchString(country.Code):
		case !provincePattern.MatchString(p.Code) || !strings.HasPrefix(p.Code, country.Code+"-"):
			d.report(diag.BadValue.At(v.Pos, "province code %q is not %q and up to three letters or digits", p.Code, country.Code+"-").
				Wide(v.Width()).WithHint("use the ISO 3166-2 code, such as %s-18", country.Code))
		}
		if v := at(item, "slug"); p.Slug != "" && (p.Slug == country.Slug || p.Slug == "index") {
			d.report(diag.DuplicateRoute.At(v.Pos, "province slug %q would give the address of its country", p.Slug).
				Wide(v.Width()).WithHint("write another, such as %s-province", p.Slug))
		}
		for j, area := range at(item, "areas").Items {
			u.check("area", p.Areas[j].ID, p.Code, at(area, "id"))
		}
	}
	for i, item := range at(f.Matter, "areas").Items {
		u.check("area", country.Areas[i].ID, country.Code, at(item, "id"))
	}
	return country, d.diags
}

// unique finds names that are used twice in one file.
type unique struct {
	d    *decoder
	seen map[string]diag.Position
}

// check notes a name of a kind of thing; in is the place that it must be
// unique in.
func (u *unique) check(kind, name, in string, v source.Value) {
	if name == "" {
		return
	}
	key := kind + " " + in + "/" + name
	if first, ok := u.seen[key]; ok {
		u.d.report(diag.DuplicateID.At(v.Pos, "%s %q is used twice, first in line %d", kind, name, first.Line).
			Wide(v.Width()).WithHint("write another, or delete one of the two"))
		return
	}
	u.seen[key] = v.Pos
}
