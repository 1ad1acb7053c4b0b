package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bongsu/generator/model"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// editionOf gives a language of a site with the built-in templates.
func editionOf(t testing.TB, now, tag string) *edition {
	t.Helper()
	s := sampleSite(t, now)
	for _, e := range newBuilder(loadSet(t, s), s).editions {
		if e.lang == tag {
			return e
		}
	}
	t.Fatalf("no language %q", tag)
	return nil
}

func parseFragment(t testing.TB, data string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The map and the table are twins: the same places with the same levels
// (standards A11Y-07).
func TestMapAndTableAgree(t *testing.T) {
	_, files := sample(t)
	for _, tag := range []string{"ko", "en"} {
		doc := files.page(t, tag+"/provinces/cambodia/index.html")
		onMap := map[string]string{}
		for _, a := range byClass(doc, "map-place") {
			onMap[attr(a, "href")] = attr(a, "class")
		}
		rows := 0
		for _, row := range byClass(doc, "place") {
			if slices.Contains(strings.Fields(attr(row, "class")), "place-area") {
				continue
			}
			rows++
			href := attr(byTag(row, atom.A)[0], "href")
			badge := attr(byClass(byClass(row, "place-level")[0], "badge")[0], "class")
			level := badge[strings.LastIndex(badge, "level-"):]
			if !strings.HasSuffix(onMap[href], " "+level) {
				t.Errorf("%s: %s is %q in the table and %q on the map", tag, href, level, onMap[href])
			}
		}
		if rows != 25 || len(onMap) != 25 {
			t.Errorf("%s: %d rows and %d provinces on the map, want 25", tag, rows, len(onMap))
		}
	}
}

func TestMapNamesEveryProvinceInFull(t *testing.T) {
	for _, want := range []struct{ tag, slug, name string }{
		{"ko", "preah-sihanouk", "시하누크빌주, 3단계(출국권고)"},
		{"ko", "kep", "껩주, 1단계(여행유의)"},
		{"ko", "kampot", "캄폿주, 1단계(여행유의), 일부 지역 4단계(여행금지)"},
		{"en", "banteay-meanchey", "Banteay Meanchey, Special travel advisory, in parts Level 4 (Travel ban) and Level 3 (Departure recommended)"},
	} {
		_, files := sample(t)
		doc := files.page(t, want.tag+"/provinces/cambodia/index.html")
		found := ""
		for _, a := range byClass(doc, "map-place") {
			if strings.HasSuffix(attr(a, "href"), "/"+want.slug+".html") {
				found = attr(a, "aria-label")
			}
		}
		if found != want.name {
			t.Errorf("%s is called %q, want %q", want.slug, found, want.name)
		}
	}
}

// Every province shows its level's digit, inside it or led out of it.
func TestMapShowsEveryDigit(t *testing.T) {
	e := editionOf(t, "", "ko")
	country := e.site.Atlas.Countries[0]
	v := e.mapView(country, e.outlines.large(e.site.Maps["KH"], "KH"), "m")
	for _, p := range v.Provinces {
		if p.Digit == nil || p.Digit.Text != e.text(p.Level.Digit) {
			t.Errorf("%s has the digit %v", p.Name, p.Digit)
		}
		if kep := strings.HasSuffix(p.URL, "/kep.html"); kep != (p.Lead != "") {
			t.Errorf("%s: led out %q; only Kep is too small", p.Name, p.Lead)
		}
	}
	if !slices.IsSortedFunc(v.Provinces, func(a, b *mapProvince) int { return compareLevels(b.Level, a.Level) }) {
		t.Error("the focus does not come to the highest levels first")
	}
	forms := map[string]int{}
	for _, m := range v.Marks {
		form := "diamond"
		if strings.Contains(m.Path, "a") {
			form = "disc"
		}
		forms[form+" "+m.Level.ID]++
	}
	if want := fmt.Sprint(map[string]int{"disc 4": 3, "diamond 3": 7}); fmt.Sprint(forms) != want {
		t.Errorf("marks %v, want three banned areas and seven provinces in the border belt: %v", forms, want)
	}
	var notes []string
	for _, n := range v.Notes {
		notes = append(notes, n.Text)
	}
	if got := strings.Join(notes, "; "); !strings.Contains(got, "태국 국경에서 50km 이내 지역") || !strings.Contains(got, "바벳시") || len(notes) != 2 {
		t.Errorf("the legend says %q", got)
	}
}

func TestMapOfAnotherTime(t *testing.T) {
	e := editionOf(t, "2025-07-26T00:00:00+09:00", "en")
	v := e.mapView(e.site.Atlas.Countries[0], e.outlines.large(e.site.Maps["KH"], "KH"), "m")
	if len(v.Marks) != 0 || len(v.Notes) != 0 {
		t.Errorf("marks %v before any part had a level of its own", v.Marks)
	}
	for _, l := range v.Levels {
		if l.Level.ID == "4" || l.Level.ID == "3" {
			t.Errorf("level %s is in the legend before it was in use", l.Level.ID)
		}
	}
}

// Two maps fit on a page, and a map is small and free of what the policy bans.
func TestMapMarkup(t *testing.T) {
	e := editionOf(t, "", "ko")
	country := e.site.Atlas.Countries[0]
	one, two := string(e.countryMap(country, "map-a")), string(e.countryMap(country, "map-b"))
	checkIDs(t, "two maps", parseFragment(t, one+two))
	svg := one[strings.Index(one, "<svg"):]
	svg = svg[:strings.Index(svg, "</svg>")]
	if len(svg) > 25_000 {
		t.Errorf("the map takes %d bytes", len(svg))
	}
	for _, bad := range []string{"style=", "<style", "<script", "ZgotmplZ"} {
		if strings.Contains(one, bad) {
			t.Errorf("the map holds %q", bad)
		}
	}
	doc := parseFragment(t, one)
	ids := map[string]bool{}
	for _, p := range find(doc, func(n *html.Node) bool { return n.Data == "pattern" }) {
		ids["url(#"+attr(p, "id")+")"] = true
	}
	for _, p := range byClass(doc, "map-land") {
		if !ids[attr(p, "fill")] {
			t.Errorf("%s is filled with %q, which is not there", attr(p.Parent, "aria-label"), attr(p, "fill"))
		}
	}
	delete(e.site.Maps, "KH")
	fresh := newBuilder(e.set, e.site).editions[0]
	if fresh.countryMap(country, "m") != "" || fresh.locator(country, country.Provinces()[:1], "x") != "" {
		t.Error("a country without a map file has a map")
	}
}

func TestLocator(t *testing.T) {
	e := editionOf(t, "", "en")
	country := e.site.Atlas.Countries[0]
	for _, c := range []struct {
		places string
		filled int
		rings  int
	}{{"KH-11", 1, 0}, {"KH-23", 1, 1}, {"KH-7/bokor", 1, 0}, {"KH/thai-border-50km", 7, 1}, {"KH", 25, 1}} {
		got := string(e.locator(country, []*model.Place{e.site.Atlas.Place(c.places)}, "Where it is"))
		doc := parseFragment(t, got)
		if n := len(byClass(doc, "locator-place")); n != c.filled {
			t.Errorf("%s fills %d provinces, want %d", c.places, n, c.filled)
		}
		if n := len(byClass(doc, "locator-dot")); c.places != "KH" && n != c.rings {
			t.Errorf("%s has %d rings, want %d", c.places, n, c.rings)
		}
		if svg := byClass(doc, "locator"); len(svg) != 1 || attr(svg[0], "aria-label") != "Where it is" {
			t.Errorf("%s: no named drawing", c.places)
		}
		if c.filled == 1 && len(got) > 3000 {
			t.Errorf("%s takes %d bytes", c.places, len(got))
		}
	}
	if e.locator(country, nil, "x") != "" {
		t.Error("no places have a locator")
	}
}
