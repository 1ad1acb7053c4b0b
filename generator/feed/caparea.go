package feed

import (
	"strconv"
	"strings"

	"bongsu/generator/model"
)

// maxPoints is how many points the outline of a place has in a message at the
// most, and maxAreaDesc the length of its name in characters (CAP-12).
const (
	maxPoints   = 60
	maxAreaDesc = 49
)

// area writes where: the name, the outline of a province, and codes. A named
// area has no known outline; its province's code says where to look.
func (e *edition) area(b []byte, p *model.Place) []byte {
	b = append(b, "<area>\n"...)
	b = plain.element(b, "areaDesc", shorten(e.placeName(p), maxAreaDesc))
	for _, ring := range e.outlines()[p] {
		b = plain.element(b, "polygon", ring)
	}
	codes := []*model.Place{p}
	switch p.Kind {
	case model.AreaPlace:
		codes = []*model.Place{p.Parent}
	case model.CrossingPlace:
		codes = p.Touches
	}
	for _, c := range codes {
		scheme := "ISO3166-2"
		if c.Kind == model.CountryPlace {
			scheme = "ISO3166-1"
		}
		b = pair(b, "geocode", scheme, c.ID)
	}
	b = pair(b, "geocode", e.schemeOf("place"), p.ID)
	return append(b, "</area>\n"...)
}

// outlinesOf writes the outlines of every province that a map has as CAP wants
// them: pairs of latitude and longitude (the reverse of GeoJSON), the last as
// the first.
func outlinesOf(maps map[string]*model.Map, atlas *model.Atlas) map[*model.Place][]string {
	out := map[*model.Place][]string{}
	for _, m := range maps {
		if m == nil {
			continue
		}
		for _, f := range m.Features {
			p := atlas.Place(f.Code)
			for _, polygon := range f.Polygons {
				if ring := reduce(round(polygon[0])); p != nil && len(ring) >= 4 {
					out[p] = append(out[p], written(ring))
				}
			}
		}
	}
	return out
}

func written(ring [][2]float64) string {
	var b strings.Builder
	for i, pt := range ring {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatFloat(pt[1], 'f', -1, 64) + "," + strconv.FormatFloat(pt[0], 'f', -1, 64))
	}
	return b.String()
}

// round keeps three decimals, about 100 metres, which is more than the maps
// know, and drops points that fall together.
func round(ring [][2]float64) [][2]float64 {
	out := make([][2]float64, 0, len(ring))
	for _, pt := range ring {
		for i := range pt {
			pt[i], _ = strconv.ParseFloat(strconv.FormatFloat(pt[i], 'f', 3, 64), 64)
		}
		if len(out) == 0 || out[len(out)-1] != pt {
			out = append(out, pt)
		}
	}
	return out
}

// reduce leaves out the points that matter least, as long as the outline does
// not come to cross itself.
func reduce(ring [][2]float64) [][2]float64 {
	for tolerance := 0.002; len(ring) > maxPoints && tolerance < 1; tolerance *= 1.5 {
		// A closed ring is cut at the point farthest from its first.
		far := 0
		for i, pt := range ring {
			if dist2(pt, ring[0]) > dist2(ring[far], ring[0]) {
				far = i
			}
		}
		less := simplify(simplify(make([][2]float64, 0, len(ring)), ring[:far+1], tolerance), ring[far:], tolerance)
		less = append(less, ring[len(ring)-1])
		if len(less) >= 4 && len(less) <= maxPoints && !crosses(less) {
			return less
		}
	}
	return ring
}

func dist2(a, b [2]float64) float64 {
	x, y := a[0]-b[0], a[1]-b[1]
	return x*x + y*y
}

// simplify is the method of Douglas and Peucker: a line stands for points that
// lie within tolerance (degrees) of it. It appends those that stay, but for the
// last.
func simplify(out, pts [][2]float64, tolerance float64) [][2]float64 {
	if len(pts) < 2 {
		return out
	}
	far, most := 0, 0.0
	for i := 1; i < len(pts)-1; i++ {
		if d := offLine(pts[i], pts[0], pts[len(pts)-1]); d > most {
			far, most = i, d
		}
	}
	if most <= tolerance*tolerance {
		return append(out, pts[0])
	}
	return simplify(simplify(out, pts[:far+1], tolerance), pts[far:], tolerance)
}

// offLine gives the square of the distance of p from the line from a to b.
func offLine(p, a, b [2]float64) float64 {
	length := dist2(a, b)
	if length == 0 {
		return dist2(p, a)
	}
	t := ((p[0]-a[0])*(b[0]-a[0]) + (p[1]-a[1])*(b[1]-a[1])) / length
	t = min(max(t, 0), 1)
	return dist2(p, [2]float64{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
}

// crosses reports whether two sides of a closed ring meet that do not follow
// each other.
func crosses(ring [][2]float64) bool {
	n := len(ring) - 1
	for i := range n {
		for j := i + 2; j < n; j++ {
			if (i > 0 || j < n-1) && meet(ring[i], ring[i+1], ring[j], ring[j+1]) {
				return true
			}
		}
	}
	return false
}

// meet reports whether the lines a-b and c-d have a point in common.
func meet(a, b, c, d [2]float64) bool {
	side := func(p, q, r [2]float64) float64 { return (q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0]) }
	s1, s2, s3, s4 := side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
	if s1*s2 < 0 && s3*s4 < 0 {
		return true
	}
	on := func(p, q, r [2]float64, s float64) bool {
		return s == 0 && min(p[0], q[0]) <= r[0] && r[0] <= max(p[0], q[0]) && min(p[1], q[1]) <= r[1] && r[1] <= max(p[1], q[1])
	}
	return on(a, b, c, s1) || on(a, b, d, s2) || on(c, d, a, s3) || on(c, d, b, s4)
}
