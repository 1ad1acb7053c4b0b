package data

import (
	"math"
	"slices"
	"strconv"

	"bongsu/generator/model"
)

// coords are the coordinates of a geometry, as nested arrays in JSON.
type coords []byte

// MarshalJSON gives the arrays as they are.
func (c coords) MarshalJSON() ([]byte, error) { return c, nil }

// geoFiles writes the levels in force on a map.
func (a *api) geoFiles() []File {
	return []File{a.file("levels-geojson", a.levelTime, func(h Head) any {
		out := Collection{Type: "FeatureCollection", Head: h, Credits: []Credit{}, Features: []Feature{}}
		for _, c := range a.site.Atlas.Countries {
			if t := a.text(c.Country.MapCredit); t != nil {
				out.Credits = append(out.Credits, Credit{PlaceCode(c.ID), t})
			}
			outlines := a.outlines(c)
			c.Walk(func(p *model.Place) {
				if p == c && len(c.Provinces()) > 0 {
					return
				}
				g := outlines[p.ID]
				if p.Area != nil && len(p.Area.Point) == 2 {
					g = &Geometry{"Point", appendPoint(nil, p.Area.Point[0], p.Area.Point[1])}
				}
				out.Features = append(out.Features, Feature{"Feature", PlaceCode(p.ID), a.standing(p), g})
			})
		}
		return out
	})}
}

// outlines gives the geometry of the provinces of a country that has a map.
func (a *api) outlines(c *model.Place) map[string]*Geometry {
	out := map[string]*Geometry{}
	m := a.site.Maps[c.ID]
	if m == nil {
		return out
	}
	for _, f := range m.Features {
		g := &Geometry{Type: "MultiPolygon"}
		if len(f.Polygons) == 1 {
			g.Type = "Polygon"
		} else {
			g.Coordinates = append(g.Coordinates, '[')
		}
		for i, p := range f.Polygons {
			if i > 0 {
				g.Coordinates = append(g.Coordinates, ',')
			}
			g.Coordinates = appendPolygon(g.Coordinates, p)
		}
		if len(f.Polygons) != 1 {
			g.Coordinates = append(g.Coordinates, ']')
		}
		out[f.Code] = g
	}
	return out
}

// appendPolygon writes a polygon with its outer ring against the clock and its
// holes with it (RFC 7946 section 3.1.6).
func appendPolygon(b []byte, p model.Polygon) []byte {
	b = append(b, '[')
	for i, ring := range p {
		if (area(ring) < 0) == (i == 0) {
			ring = slices.Clone(ring)
			slices.Reverse(ring)
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, pt := range ring {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendPoint(b, pt[0], pt[1])
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

// area is twice the area of a closed ring in square degrees, positive where it
// runs against the clock.
func area(ring [][2]float64) float64 {
	sum := 0.0
	for i := 1; i < len(ring); i++ {
		p, q := ring[i-1], ring[i]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum
}

// appendPoint writes a position with at the most five decimals, about a metre.
func appendPoint(b []byte, lon, lat float64) []byte {
	b = append(b, '[')
	b = strconv.AppendFloat(b, round(lon), 'f', -1, 64)
	b = append(b, ',')
	b = strconv.AppendFloat(b, round(lat), 'f', -1, 64)
	return append(b, ']')
}

func round(x float64) float64 { return math.Round(x*1e5) / 1e5 }

// boundaryCredit names where the boundaries of every country come from.
func (a *api) boundaryCredit() Text {
	out := Text{}
	for _, c := range a.site.Atlas.Countries {
		for tag, s := range a.text(c.Country.MapCredit) {
			if out[tag] != "" {
				out[tag] += " "
			}
			out[tag] += s
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
