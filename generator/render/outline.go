package render

import (
	"math"
	"strconv"
	"sync"

	"bongsu/generator/model"
)

// Measures of a map, in units of its viewBox. A map is mapWidth units wide
// unless that would make it higher than mapHeight.
const (
	mapWidth  = 1000.0
	mapHeight = 1150.0
	mapMargin = 26.0 // room for strokes, dots on the border and led-out digits
)

// vertex is a point in units of a viewBox; y grows downward.
type vertex struct{ x, y int }

// outline is the drawn form of a country: its provinces projected to integer
// units. It knows neither levels nor languages, and is shared by all maps of
// that country at that size.
type outline struct {
	width, height int
	provinces     map[string]*shape // by province code
	project       func(lon, lat float64) vertex
	spots         sync.Map // spot to bool: what free found
}

// spot is a disc of a radius around a point.
type spot struct {
	vertex
	radius int
}

// shape is the drawn form of a province.
type shape struct {
	rings [][]vertex // closed: the last vertex is not repeated
	path  string     // the d attribute
	label vertex     // where its digit can stand
	room  float64    // distance from label to the nearest edge
	box   [4]int     // least x and y, greatest x and y
}

// newOutline projects the map of a country (equirectangular, true to scale at
// the middle latitude) into a viewBox at most width by height units.
func newOutline(m *model.Map, width, height, margin float64) *outline {
	west, south, east, north := bounds(m)
	squeeze := math.Cos((south + north) / 2 * math.Pi / 180)
	w, h := (east-west)*squeeze, north-south
	scale := math.Min((width-2*margin)/w, (height-2*margin)/h)
	o := &outline{
		width: int(math.Round(w*scale + 2*margin)), height: int(math.Round(h*scale + 2*margin)),
		provinces: make(map[string]*shape, len(m.Features)),
	}
	o.project = func(lon, lat float64) vertex {
		return vertex{
			int(math.Round((unwrap(lon, west)-west)*squeeze*scale + margin)),
			int(math.Round((north-lat)*scale + margin)),
		}
	}
	for _, f := range m.Features {
		o.provinces[f.Code] = o.shape(f)
	}
	return o
}

// bounds gives the box around a map in degrees. East of the date line,
// longitudes run on above 180.
func bounds(m *model.Map) (west, south, east, north float64) {
	find := func(from float64) {
		west, south, east, north = 540, 90, -540, -90
		each(m, func(p [2]float64) {
			lon := unwrap(p[0], from)
			west, east = math.Min(west, lon), math.Max(east, lon)
			south, north = math.Min(south, p[1]), math.Max(north, p[1])
		})
	}
	find(-180)
	if east-west > 180 {
		find(0)
	}
	if east <= west || north <= south { // a map without extent still gets a box
		west, south, east, north = west-.5, south-.5, west+.5, south+.5
	}
	return west, south, east, north
}

// unwrap moves a longitude east of from.
func unwrap(lon, from float64) float64 {
	if lon < from {
		return lon + 360
	}
	return lon
}

func each(m *model.Map, f func([2]float64)) {
	for _, feature := range m.Features {
		for _, polygon := range feature.Polygons {
			for _, ring := range polygon {
				for _, p := range ring {
					f(p)
				}
			}
		}
	}
}

func (o *outline) shape(f model.Feature) *shape {
	s := &shape{label: o.project(f.Label[0], f.Label[1])}
	var d []byte
	for _, polygon := range f.Polygons {
		for _, ring := range polygon {
			r := o.ring(ring)
			s.rings = append(s.rings, r)
			d = appendRing(d, r)
		}
	}
	s.path = string(d)
	s.box = [4]int{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}
	for _, r := range s.rings {
		for _, v := range r {
			s.box[0], s.box[1] = min(s.box[0], v.x), min(s.box[1], v.y)
			s.box[2], s.box[3] = max(s.box[2], v.x), max(s.box[3], v.y)
		}
	}
	s.room = -s.distance(s.label)
	return s
}

// ring projects a ring, leaving out points that fall together. Neighbours share
// their vertices, so what is left out on one side of a border is left out on
// the other. A ring too small to have an area
// becomes a small diamond: islands are never lost.
func (o *outline) ring(points [][2]float64) []vertex {
	var r []vertex
	for _, p := range points[:len(points)-1] {
		v := o.project(p[0], p[1])
		if len(r) == 0 || r[len(r)-1] != v {
			r = append(r, v)
		}
	}
	for len(r) > 1 && r[0] == r[len(r)-1] {
		r = r[:len(r)-1]
	}
	if len(r) < 3 {
		c := r[0]
		return []vertex{{c.x - 2, c.y}, {c.x, c.y - 2}, {c.x + 2, c.y}, {c.x, c.y + 2}}
	}
	return r
}

// appendRing writes a ring as relative path commands, the shortest form that
// SVG knows: a minus sign parts two numbers as well as a space does.
func appendRing(d []byte, r []vertex) []byte {
	d = append(d, 'M')
	d = strconv.AppendInt(d, int64(r[0].x), 10)
	d = append(d, ' ')
	d = strconv.AppendInt(d, int64(r[0].y), 10)
	d = append(d, 'l')
	for i := 1; i < len(r); i++ {
		dx, dy := r[i].x-r[i-1].x, r[i].y-r[i-1].y
		if i > 1 && dx >= 0 {
			d = append(d, ' ')
		}
		d = strconv.AppendInt(d, int64(dx), 10)
		if dy >= 0 {
			d = append(d, ' ')
		}
		d = strconv.AppendInt(d, int64(dy), 10)
	}
	return append(d, 'z')
}

// distance gives how far v lies from the nearest edge of the shape: positive
// outside, negative inside.
func (s *shape) distance(v vertex) float64 {
	best, inside := math.Inf(1), false
	for _, r := range s.rings {
		for i := range r {
			a, b := r[i], r[(i+1)%len(r)]
			best = math.Min(best, segmentDistance(v, a, b))
			if (a.y > v.y) != (b.y > v.y) &&
				float64(v.x) < float64(b.x-a.x)*float64(v.y-a.y)/float64(b.y-a.y)+float64(a.x) {
				inside = !inside
			}
		}
	}
	if inside {
		return -best
	}
	return best
}

// segmentDistance is the distance of v from the line between a and b.
func segmentDistance(v, a, b vertex) float64 {
	dx, dy := float64(b.x-a.x), float64(b.y-a.y)
	px, py := float64(v.x-a.x), float64(v.y-a.y)
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = math.Max(0, math.Min(1, (px*dx+py*dy)/l))
	}
	return math.Hypot(px-t*dx, py-t*dy)
}

// free reports whether a disc around v touches no province and stays in the
// viewBox. The maps of many days ask for the same discs.
func (o *outline) free(v vertex, radius int) bool {
	key := spot{v, radius}
	if known, ok := o.spots.Load(key); ok {
		return known.(bool)
	}
	found := o.find(key)
	o.spots.Store(key, found)
	return found
}

func (o *outline) find(at spot) bool {
	v, radius := at.vertex, at.radius
	if v.x < radius || v.y < radius || v.x > o.width-radius || v.y > o.height-radius {
		return false
	}
	for _, s := range o.provinces {
		if v.x < s.box[0]-radius || v.x > s.box[2]+radius || v.y < s.box[1]-radius || v.y > s.box[3]+radius {
			continue
		}
		if s.distance(v) < float64(radius) {
			return false
		}
	}
	return true
}

// leadOut looks for the nearest place outside every province, and outside the
// discs already taken, where a digit can stand for a province that is too
// small for it.
func (o *outline) leadOut(from vertex, radius int, taken []vertex) (vertex, bool) {
	const steps, turns = 14, 24
	for i := 2; i <= steps; i++ {
		for k := range turns {
			angle := float64(k) / turns * 2 * math.Pi
			far := float64(i * radius / 2)
			v := vertex{from.x + int(math.Round(far*math.Cos(angle))), from.y + int(math.Round(far*math.Sin(angle)))}
			if o.free(v, radius) && !near(v, taken, 2*radius) {
				return v, true
			}
		}
	}
	return vertex{}, false
}

func near(v vertex, others []vertex, distance int) bool {
	for _, o := range others {
		if math.Hypot(float64(v.x-o.x), float64(v.y-o.y)) < float64(distance) {
			return true
		}
	}
	return false
}
