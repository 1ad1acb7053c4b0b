package render

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"

	"bongsu/generator/model"
	"bongsu/generator/source"
)

// square is a province of one ring.
func square(code string, west, south, size float64) model.Feature {
	return model.Feature{Code: code, Label: [2]float64{west + size/2, south + size/2}, Polygons: []model.Polygon{{ring(west, south, size)}}}
}

func ring(west, south, size float64) [][2]float64 {
	east, north := west+size, south+size
	return [][2]float64{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}

func TestOutlineIsTrueToScaleAtTheMiddleLatitude(t *testing.T) {
	m := &model.Map{Features: []model.Feature{square("XX-1", 10, 59.5, 1)}}
	o := newOutline(m, 1000, 1000, 0)
	got := float64(o.width) / float64(o.height)
	if want := math.Cos(60 * math.Pi / 180); math.Abs(got-want) > .01 {
		t.Errorf("a degree square at 60 N is %d by %d, ratio %.3f, want %.3f", o.width, o.height, got, want)
	}
	if s := o.provinces["XX-1"]; s.distance(s.label) >= 0 {
		t.Errorf("the label %v lies outside its province", s.label)
	}
}

func TestOutlineFitsItsBox(t *testing.T) {
	for _, tall := range []bool{false, true} {
		f := square("XX-1", 100, 10, 1)
		other := square("XX-2", 105, 10, 1)
		if tall {
			other = square("XX-2", 100, 20, 1)
		}
		o := newOutline(&model.Map{Features: []model.Feature{f, other}}, 300, 200, 10)
		if o.width > 300 || o.height > 200 || (o.width < 299 && o.height < 199) {
			t.Errorf("tall %v: %d by %d does not fill 300 by 200", tall, o.width, o.height)
		}
		for code, s := range o.provinces {
			if s.box[0] < 10 || s.box[1] < 10 || s.box[2] > o.width-10 || s.box[3] > o.height-10 {
				t.Errorf("tall %v: %s %v reaches into the margin", tall, code, s.box)
			}
		}
	}
}

func TestOutlineCrossesTheDateLine(t *testing.T) {
	m := &model.Map{Features: []model.Feature{square("XX-1", 178, 0, 1), square("XX-2", -180, 0, 1)}}
	o := newOutline(m, 1000, 1000, 0)
	if west, east := o.provinces["XX-1"], o.provinces["XX-2"]; west.box[2] >= east.box[0] || o.height < 100 {
		t.Errorf("provinces at 178 E and 180 W lie at %v and %v, height %d", west.box, east.box, o.height)
	}
}

func TestOutlineKeepsIslands(t *testing.T) {
	f := square("XX-1", 0, 0, 10)
	f.Polygons = append(f.Polygons, model.Polygon{ring(12, 5, .0001)})
	s := newOutline(&model.Map{Features: []model.Feature{f}}, 100, 100, 5).provinces["XX-1"]
	if len(s.rings) != 2 || len(s.rings[1]) < 3 {
		t.Fatalf("rings: %v", s.rings)
	}
	if area := ringArea(s.rings[1]); area == 0 {
		t.Error("the island has no area")
	}
}

func ringArea(r []vertex) int {
	sum := 0
	for i := range r {
		j := (i + 1) % len(r)
		sum += r[i].x*r[j].y - r[j].x*r[i].y
	}
	return sum
}

var numberOfPath = regexp.MustCompile(`-?\d+|[Mlz]`)

// readPath follows the commands of a path back to its rings.
func readPath(t *testing.T, d string) (rings [][]vertex) {
	t.Helper()
	at := vertex{}
	tokens := numberOfPath.FindAllString(d, -1)
	for i := 0; i < len(tokens); i++ {
		switch tokens[i] {
		case "M":
			at = vertex{number(t, tokens[i+1]), number(t, tokens[i+2])}
			rings = append(rings, []vertex{at})
			i += 2
		case "l", "z":
		default:
			at = vertex{at.x + number(t, tokens[i]), at.y + number(t, tokens[i+1])}
			rings[len(rings)-1] = append(rings[len(rings)-1], at)
			i++
		}
	}
	return rings
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPathDrawsItsRings(t *testing.T) {
	rings := [][]vertex{{{5, 5}, {5, 9}, {-3, 9}, {0, 0}}, {{20, 1}, {22, -4}, {30, 1}}}
	var d []byte
	for _, r := range rings {
		d = appendRing(d, r)
	}
	got := readPath(t, string(d))
	for i, r := range rings {
		for j, v := range r {
			if got[i][j] != v {
				t.Fatalf("%s draws %v, want %v", d, got, rings)
			}
		}
	}
}

func TestLeadOutLandsOutsideEveryProvince(t *testing.T) {
	m := &model.Map{Features: []model.Feature{square("XX-1", 0, 0, 10), square("XX-2", 10, 4, .5)}}
	o := newOutline(m, 400, 400, 60)
	small := o.provinces["XX-2"]
	v, ok := o.leadOut(small.label, 20, nil)
	if !ok {
		t.Fatal("no place found beside a coast")
	}
	for code, s := range o.provinces {
		if d := s.distance(v); d < 20 {
			t.Errorf("the digit at %v is %.1f from %s, want 20", v, d, code)
		}
	}
	second, ok := o.leadOut(small.label, 20, []vertex{v})
	if !ok || math.Hypot(float64(second.x-v.x), float64(second.y-v.y)) < 40 {
		t.Errorf("a second digit stands at %v, on the first at %v", second, v)
	}
}

func TestSilhouetteDropsInnerBorders(t *testing.T) {
	m := &model.Map{Features: []model.Feature{square("XX-1", 0, 0, 1), square("XX-2", 1, 0, 1)}}
	o := newOutline(m, 220, 220, 10)
	rings := readPath(t, o.silhouette([]string{"XX-1", "XX-2"}))
	if len(rings) != 1 {
		t.Fatalf("two neighbours have %d outlines: %v", len(rings), rings)
	}
	if got, want := abs(ringArea(rings[0])), abs(ringArea(o.provinces["XX-1"].rings[0]))+abs(ringArea(o.provinces["XX-2"].rings[0])); got != want {
		t.Errorf("the outline holds %d, the provinces %d", got, want)
	}
}

func abs(n int) int { return max(n, -n) }

// The sample's own map is the budget's measure (standards OFF-02).
func TestSampleMapIsSmall(t *testing.T) {
	o := newOutline(sampleMap(t), mapWidth, mapHeight, mapMargin)
	n := 0
	for _, s := range o.provinces {
		n += len(s.path)
	}
	if len(o.provinces) != 25 || n > 12_000 {
		t.Errorf("%d provinces take %d bytes of paths", len(o.provinces), n)
	}
	for code, s := range o.provinces {
		if s.room <= 0 {
			t.Errorf("%s: the label lies outside", code)
		}
	}
}

const sampleMapFile = "../../content/provinces/cambodia/map.geojson"

func sampleBytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(sampleMapFile)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sampleMap(t *testing.T) *model.Map {
	t.Helper()
	c := &model.Country{Code: "KH"}
	for n := 1; n <= 25; n++ {
		c.Provinces = append(c.Provinces, model.Province{Code: "KH-" + strconv.Itoa(n)})
	}
	m, diags := model.DecodeMap(source.Raw{Path: "map.geojson", Data: sampleBytes(t)}, c)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return m
}
