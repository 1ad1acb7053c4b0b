package model

import (
	"encoding/json"
	"fmt"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Map is map.geojson of a country: the outlines of its provinces. Points are
// [longitude, latitude] in degrees, WGS 84 (RFC 7946).
type Map struct {
	Features []Feature
	Path     string
}

// Feature is the outline of a province.
type Feature struct {
	Code     string
	Label    [2]float64 // where a digit can stand
	Polygons []Polygon
}

// Polygon is an outer ring and its holes; the last point of a ring equals the
// first.
type Polygon [][][2]float64

// geoJSON is the part of RFC 7946 that is read.
type geoJSON struct {
	Type     string `json:"type"`
	Features []struct {
		Properties struct {
			Code  string     `json:"code"`
			Label [2]float64 `json:"label"`
		} `json:"properties"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

// DecodeMap reads a map.geojson and checks that it has each province of the
// country once.
func DecodeMap(raw source.Raw, c *Country) (*Map, diag.List) {
	var diags diag.List
	bad := func(hint, format string, args ...any) {
		diags.Add(diag.BadMap.At(diag.Position{File: raw.Path}, format, args...).WithHint("%s", hint))
	}
	var g geoJSON
	if err := json.Unmarshal(raw.Data, &g); err != nil {
		bad("export it again as GeoJSON (RFC 7946)", "file is not GeoJSON: %v", err)
		return nil, diags
	}
	known := map[string]bool{}
	for _, p := range c.Provinces {
		known[p.Code] = false
	}
	m := &Map{Path: raw.Path}
	for i, f := range g.Features {
		code := f.Properties.Code
		done, ok := known[code]
		switch {
		case !ok:
			bad("set the property code to a province's, such as KH-18, or delete the feature", "feature %d has the code %q, which is no province of country.yaml", i+1, code)
			continue
		case done:
			bad("join them into one MultiPolygon", "province %q has two features", code)
			continue
		}
		known[code] = true
		polygons, err := polygonsOf(f.Geometry.Type, f.Geometry.Coordinates)
		if err != nil {
			bad("mend its geometry in a map editor and export it again", "province %q: %v", code, err)
			continue
		}
		m.Features = append(m.Features, Feature{Code: code, Label: f.Properties.Label, Polygons: polygons})
	}
	for _, p := range c.Provinces {
		if !known[p.Code] {
			bad("add a feature with that code, or delete the province", "province %q has no feature", p.Code)
		}
	}
	return m, diags
}

func polygonsOf(kind string, data json.RawMessage) (out []Polygon, err error) {
	switch kind {
	case "Polygon":
		out = make([]Polygon, 1)
		err = json.Unmarshal(data, &out[0])
	case "MultiPolygon":
		err = json.Unmarshal(data, &out)
	default:
		return nil, fmt.Errorf("geometry %q is not Polygon or MultiPolygon", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("coordinates cannot be read: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("it has no outline")
	}
	for _, p := range out {
		if len(p) == 0 {
			return nil, fmt.Errorf("it has no outline")
		}
		for _, ring := range p {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				return nil, fmt.Errorf("a ring is not closed")
			}
			for _, pt := range ring {
				if pt[0] < -180 || pt[0] > 180 || pt[1] < -90 || pt[1] > 90 {
					return nil, fmt.Errorf("point %v is not on earth (longitude comes first)", pt)
				}
			}
		}
	}
	return out, nil
}
