package model

import (
	"strings"
	"testing"

	"bongsu/generator/source"
)

const square = `[[102,13],[103,13],[103,14],[102,13]]`

func feature(code, kind, coordinates string) string {
	return `{"type":"Feature","properties":{"code":"` + code + `"},"geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
}

func TestDecodeMap(t *testing.T) {
	c := &Country{Code: "KH", Provinces: []Province{{Code: "KH-1"}, {Code: "KH-7"}}}
	good := feature("KH-7", "MultiPolygon", `[[`+square+`]]`)
	for _, x := range []struct {
		name, data string
		want       []string // in the findings, in order
	}{
		{"good", `{"type":"FeatureCollection","features":[` + feature("KH-1", "Polygon", `[`+square+`,`+square+`]`) + `,` + good + `]}`, nil},
		{"no JSON", `<svg/>`, []string{"not GeoJSON"}},
		{"another form of JSON", `{"features":{}}`, []string{"not GeoJSON"}},
		{"nothing", `{}`, []string{`"KH-1" has no feature`, `"KH-7" has no feature`}},
		{"unknown code", `{"features":[` + feature("KH-1", "Polygon", `[`+square+`]`) + `,` + good + `,` + feature("KH-2", "Polygon", `[`+square+`]`) + `]}`, []string{`feature 3 has the code "KH-2"`}},
		{"twice", `{"features":[` + feature("KH-1", "Polygon", `[`+square+`]`) + `,` + good + `,` + good + `]}`, []string{`"KH-7" has two features`}},
		{"a point", `{"features":[` + feature("KH-1", "Point", `[102,13]`) + `,` + good + `]}`, []string{`"Point" is not Polygon`}},
		{"no geometry", `{"features":[{"properties":{"code":"KH-1"}},` + good + `]}`, []string{`geometry "" is not Polygon`}},
		{"coordinates of another kind", `{"features":[` + feature("KH-1", "Polygon", `[[[[102,13]]]]`) + `,` + good + `]}`, []string{"coordinates cannot be read"}},
		{"no coordinates", `{"features":[{"properties":{"code":"KH-1"},"geometry":{"type":"Polygon"}},` + good + `]}`, []string{"coordinates cannot be read"}},
		{"not closed", `{"features":[` + feature("KH-1", "Polygon", `[[[102,13],[103,13],[103,14],[102,14]]]`) + `,` + good + `]}`, []string{"a ring is not closed"}},
		{"too short", `{"features":[` + feature("KH-1", "Polygon", `[[[102,13],[103,13],[102,13]]]`) + `,` + good + `]}`, []string{"a ring is not closed"}},
		{"an empty outline", `{"features":[` + feature("KH-1", "Polygon", `[]`) + `,` + feature("KH-7", "MultiPolygon", `[[]]`) + `]}`, []string{"has no outline", "has no outline"}},
		{"latitude first", `{"features":[` + feature("KH-1", "Polygon", `[[[13,102],[13,103],[14,103],[13,102]]]`) + `,` + good + `]}`, []string{"is not on earth"}},
	} {
		_, found := DecodeMap(source.Raw{Path: "map.geojson", Data: []byte(x.data)}, c)
		if len(found) != len(x.want) {
			t.Errorf("%s: %v", x.name, found)
			continue
		}
		for i, d := range found {
			if !strings.Contains(d.Message, x.want[i]) || d.Hint == "" {
				t.Errorf("%s: %q, want %q", x.name, d.Message, x.want[i])
			}
		}
	}
}
