package feed

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bongsu/generator/check"
	"bongsu/generator/diag"

	"github.com/google/go-cmp/cmp"
)

// warn adds an advisory in both languages.
func (f *fixture) warn(slug, matter string) *fixture {
	f.add("advisories/2025/"+slug+".ko.md", "title: "+slug+"\nsummary: 요약.\ncategories: [crime]\n"+matter, "본문")
	f.add("advisories/2025/"+slug+".en.md", "title: "+slug+" (en)\nsummary: Summary.\n", "Text")
	return f
}

// alerts checks every alert of a site by the rules and gives, for each in order
// of its identifier, a line of what a reader acts on.
func alertsOf(t *testing.T, files map[string]string) []string {
	t.Helper()
	var list []check.File
	var out []string
	for file, text := range files {
		if !strings.HasPrefix(file, "cap/") || file == CAPIndex {
			continue
		}
		list = append(list, check.File{Path: file, Data: []byte(text)})
		a := parseXML(t, text)
		info := a.all("info")[0]
		var refs, areas []string
		for _, r := range strings.Fields(first(a, "references")) {
			refs = append(refs, strings.TrimPrefix(strings.Split(r, ",")[1], "example.org-"))
		}
		for _, area := range info.all("area") {
			codes := area.all("geocode")
			areas = append(areas, codes[len(codes)-1].one(t, "value").text)
		}
		out = append(out, fmt.Sprintf("%s %s %s/%s/%s %s [%s] <- %s", strings.TrimPrefix(first(a, "identifier"), "example.org-"), first(a, "msgType"),
			first(info, "urgency"), first(info, "severity"), first(info, "certainty"), first(info, "responseType"), strings.Join(areas, " "), strings.Join(refs, " ")))
	}
	for _, d := range check.Alerts(list) {
		t.Error(d.Error())
	}
	slices.Sort(out)
	return out
}

func first(n *node, name string) string {
	if all := n.all(name); len(all) > 0 {
		return all[0].text
	}
	return ""
}

// index lists the alerts that stand.
func index(t *testing.T, files map[string]string) []string {
	t.Helper()
	out := []string{}
	for _, e := range parseXML(t, files[CAPIndex]).all("atom:entry") {
		id := strings.TrimPrefix(e.one(t, "atom:id").text, "tag:example.org,2025:cap/")
		for _, l := range e.all("atom:link") {
			if l.attrs["rel"] == "alternate" && (l.attrs["href"] != "https://example.org/cap/"+id+".xml" || l.attrs["type"] != "application/cap+xml") {
				t.Errorf("link %v", l.attrs)
			}
		}
		out = append(out, strings.TrimPrefix(id, "example.org-"))
	}
	slices.Sort(out)
	return out
}

func TestAlertChains(t *testing.T) {
	const special = "issued: 2025-10-01\nuntil: 2025-12-20\nlevels: [{level: special, places: [KH-12]}]\n"
	for _, c := range []struct {
		name string
		f    *fixture
		now  string
		want []string
		live []string
	}{
		{"raised", newFixture().
			warn("two", "issued: 2025-10-01\nlevels: [{level: 2, places: [KH-12]}]\n").
			warn("three", "issued: 2025-10-10\nlevels: [{level: 3, places: [KH-12]}]\nsupersedes: [advisories/two]\n"), "2025-10-20T00:00:00+09:00",
			[]string{
				"three-r1-3 Update Expected/Severe/Likely Evacuate [KH-12] <- two-r1-2",
				"two-r1-2 Alert Future/Moderate/Likely Avoid [KH-12] <- ",
			}, []string{"three-r1-3"}},
		{"overtaken in all its places", newFixture().
			warn("two", "issued: 2025-10-01\nlevels: [{level: 2, places: [KH-12, KH-2]}]\n").
			warn("part", "issued: 2025-10-05\nlevels: [{level: 3, places: [KH-12]}]\n").
			warn("whole", "issued: 2025-10-10\nlevels: [{level: 4, places: [KH-12, KH-2]}]\nlegal: {basis: x}\n"), "2025-10-20T00:00:00+09:00",
			[]string{
				"part-r1-3 Alert Expected/Severe/Likely Evacuate [KH-12] <- ",
				"two-r1-2 Alert Future/Moderate/Likely Avoid [KH-2 KH-12] <- ",
				"whole-r1-4 Update Immediate/Extreme/Observed Evacuate [KH-2 KH-12] <- two-r1-2 part-r1-3",
			}, []string{"whole-r1-4"}},
		{"extended", newFixture().warn("first", special).
			warn("again", "issued: 2025-12-18\nuntil: 2026-03-01\nlevels: [{level: special, places: [KH-12]}]\nsupersedes: [advisories/first]\n"), "2026-01-31T00:00:00+09:00",
			[]string{
				"again-r1-special Update Expected/Moderate/Likely Avoid [KH-12] <- first-r1-special",
				"first-r1-special Alert Expected/Moderate/Likely Avoid [KH-12] <- ",
			}, []string{"again-r1-special"}},
		{"a renewal of level 3 is no alarm", newFixture().
			warn("a", "issued: 2025-12-01\nlevels: [{level: 3, places: [KH-12]}]\n").
			warn("b", "issued: 2025-12-10\nlevels: [{level: 3, places: [KH-12]}]\nsupersedes: [advisories/a]\n"), "2026-01-31T00:00:00+09:00",
			[]string{
				"a-r1-3 Alert Expected/Severe/Likely Evacuate [KH-12] <- ",
				"b-r1-3 Update Future/Severe/Likely Evacuate [KH-12] <- a-r1-3",
			}, []string{"b-r1-3"}},
		{"three revisions, then withdrawn: lifted", newFixture().
			warn("a", "issued: 2025-12-01\nlevels: [{level: 3, places: [KH-12]}]\nwithdrawn: {at: 2026-01-10, reason: x}\nchanges:\n  - {at: 2025-12-05T00:00, note: 하나, major: true}\n  - {at: 2025-12-06T00:00, note: 오타}\n  - {at: 2025-12-07T00:00, note: 둘, major: true}\n"), "2026-01-31T00:00:00+09:00",
			[]string{
				"a-r1-3 Alert Expected/Severe/Likely Evacuate [KH-12] <- ",
				"a-r2-3 Update Future/Severe/Likely Evacuate [KH-12] <- a-r1-3",
				"a-r4-3 Update Future/Severe/Likely Evacuate [KH-12] <- a-r1-3 a-r2-3",
				"a-withdrawn-over Cancel Past/Minor/Observed AllClear [KH-12] <- a-r1-3 a-r2-3 a-r4-3",
			}, []string{}},
		{"withdrawn to a level that still holds", newFixture().
			warn("a", "issued: 2026-01-01\nlevels: [{level: 4, places: [KH-18]}]\nlegal: {basis: x}\nwithdrawn: {at: 2026-01-10, reason: x}\n"), "2026-01-31T00:00:00+09:00",
			[]string{
				"a-r1-4 Alert Immediate/Extreme/Observed Evacuate [KH-18] <- ",
				"a-withdrawn-2 Update Future/Moderate/Likely Avoid [KH-18] <- a-r1-4",
			}, []string{"a-withdrawn-2"}},
		{"ended by itself", newFixture().warn("a", strings.Replace(special, "until", "at_end: lift\nuntil", 1)), "2026-01-31T00:00:00+09:00",
			[]string{
				"a-end-over Cancel Past/Minor/Observed AllClear [KH-12] <- a-r1-special",
				"a-r1-special Alert Expected/Moderate/Likely Avoid [KH-12] <- ",
			}, []string{}},
		{"lifted by another", newFixture().warn("a", special).
			warn("b", "issued: 2025-11-01\nsupersedes: [advisories/a]\nplaces: [KH-12]\n"), "2026-01-31T00:00:00+09:00",
			[]string{
				"a-r1-special Alert Expected/Moderate/Likely Avoid [KH-12] <- ",
				"b-r1-over Cancel Past/Minor/Observed AllClear [KH-12] <- a-r1-special",
			}, []string{}},
		{"several levels, and some lifted", newFixture().warn("a", "issued: 2025-10-01\nuntil: 2025-12-20\nlevels: [{level: special, places: [KH-12, KH-2]}]\n").
			warn("b", "issued: 2025-11-01\nlevels: [{level: 4, places: [KH-7/bokor]}, {level: 3, places: [KH-12]}]\nlegal: {basis: x}\nsupersedes: [advisories/a]\nreview: 2026-03-01\n"), "2026-01-20T00:00:00+09:00",
			[]string{
				"a-r1-special Alert Expected/Moderate/Likely Avoid [KH-2 KH-12] <- ",
				"b-r1-3 Update Expected/Severe/Likely Evacuate [KH-12] <- a-r1-special",
				"b-r1-4 Update Immediate/Extreme/Observed Evacuate [KH-7/bokor] <- a-r1-special",
				"b-r1-over Update Past/Minor/Observed AllClear [KH-2] <- a-r1-special",
			}, []string{"b-r1-3", "b-r1-4"}},
		{"sent again before it expires, while it is looked after", newFixture().
			warn("a", "issued: 2025-06-01\nlevels: [{level: 3, places: [KH-12]}]\nreview: 2026-03-01\n").
			warn("b", "issued: 2025-06-01\nlevels: [{level: 3, places: [KH-2]}]\n"), "2026-01-20T00:00:00+09:00",
			[]string{
				"a-r1-3 Alert Expected/Severe/Likely Evacuate [KH-12] <- ",
				"a-r1-3-v2 Update Future/Severe/Likely Evacuate [KH-12] <- a-r1-3",
				"a-r1-3-v3 Update Future/Severe/Likely Evacuate [KH-12] <- a-r1-3-v2",
				"b-r1-3 Alert Expected/Severe/Likely Evacuate [KH-2] <- ",
			}, []string{"a-r1-3-v3"}},
		{"what was sent again is replaced", newFixture().
			warn("a", "issued: 2025-06-01\nlevels: [{level: 3, places: [KH-12]}]\nreview: 2026-03-01\n").
			warn("b", "issued: 2025-10-01\nlevels: [{level: 2, places: [KH-12]}]\nreview: 2026-03-01\nsupersedes: [advisories/a]\n"), "2025-10-20T00:00:00+09:00",
			[]string{
				"a-r1-3 Alert Expected/Severe/Likely Evacuate [KH-12] <- ",
				"a-r1-3-v2 Update Future/Severe/Likely Evacuate [KH-12] <- a-r1-3",
				"b-r1-2 Update Future/Moderate/Likely Avoid [KH-12] <- a-r1-3-v2",
			}, []string{"b-r1-2"}},
		{"an urgent notice without a level", newFixture().warn("a", "issued: 2026-01-20\nurgent: true\nplaces: [KH-12]\n"), "2026-01-31T00:00:00+09:00",
			[]string{"a-r1-notice Alert Expected/Moderate/Observed Monitor [KH-12] <- "}, []string{"a-r1-notice"}},
		{"a plain notice is none", newFixture().warn("a", "issued: 2026-01-20\nplaces: [KH-12]\n"), "2026-01-31T00:00:00+09:00", nil, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.f.now = c.now
			files := write(t, c.f.join(t))
			if diff := cmp.Diff(c.want, alertsOf(t, files)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.live, index(t, files)); diff != "" {
				t.Errorf("index (-want +got):\n%s", diff)
			}
		})
	}
}

const square = `{"type":"Feature","properties":{"code":"%s","label":[104,12]},"geometry":{"type":"Polygon","coordinates":[[[%[2]d.123456789,11.5],[%[2]d.9,11.5],[%[2]d.9,12.25],[%[2]d.123456789,12.25],[%[2]d.123456789,11.5]]]}}`

// One alert, element by element.
func TestAlertText(t *testing.T) {
	f := newFixture().warn("raise", "issued: 2025-12-01T09:00\neffective: 2025-12-02\nlevels: [{level: 3, places: [KH-12, KH-1/poipet, KH/border]}]\nreview: 2026-03-01\n")
	var features []string
	for i, code := range []string{"KH-1", "KH-2", "KH-7", "KH-9", "KH-12", "KH-18"} {
		features = append(features, fmt.Sprintf(square, code, 102+i))
	}
	f.mapJSON = `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + "]}"
	text := write(t, f.join(t))["cap/example.org-raise-r1-3.xml"]
	want, err := os.ReadFile(filepath.Join("testdata", "raise.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := check.Alerts([]check.File{{Path: "cap/example.org-raise-r1-3.xml", Data: []byte(text)}}); len(got) > 0 {
		t.Error(got)
	}
}

// The status is Actual only where the site says so.
func TestAlertStatus(t *testing.T) {
	for config, want := range map[string]string{"": "Exercise", "cap: {status: Actual, sender: alerts@example.org}\n": "Exercise"} {
		f := newFixture().warn("a", "issued: 2025-12-01\nlevels: [{level: 3, places: [KH-12]}]\n")
		f.config = config
		s := f.join(t)
		if got := write(t, s)["cap/example.org-a-r1-3.xml"]; !strings.Contains(got, "<status>"+want+"</status>") {
			t.Errorf("sample with %q: no status %s", config, want)
		}
		s.Config.Sample = nil
		want = "Test"
		if config != "" {
			want = "Actual"
		}
		got := write(t, s)["cap/example.org-a-r1-3.xml"]
		if !strings.Contains(got, "<status>"+want+"</status>") || (config != "") != strings.Contains(got, "<sender>alerts@example.org</sender>") {
			t.Errorf("%q: no status %s", config, want)
		}
	}
}

// The checker finds what the rules forbid.
func TestCheckerFinds(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "raise.xml"))
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	swap := func(old, now string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the alert", old)
		}
		return strings.Replace(good, old, now, 1)
	}
	for name, text := range map[string]string{
		"order":     strings.Replace(swap("<responseType>Evacuate</responseType>\n", ""), "</urgency>\n", "</urgency>\n<responseType>Evacuate</responseType>\n", 1),
		"Z":         swap("<sent>2025-12-01T09:00:00+09:00", "<sent>2025-12-01T00:00:00Z"),
		"fraction":  swap("<sent>2025-12-01T09:00:00+", "<sent>2025-12-01T09:00:00.5+"),
		"sender":    swap("<sender>example.org", "<sender>example, org"),
		"name":      swap("<identifier>example.org-raise", "<identifier>example.org-other"),
		"markup":    swap("<headline>", "<headline>&lt;b&gt;"),
		"entity":    swap("<description>", "<description>&amp;nbsp;"),
		"reference": swap("<info>", "<references>example.org,gone,2025-11-01T00:00:00+09:00</references>\n<info>"),
		"language":  swap("<language>en", "<language>ko"),
		"urgency":   swap("<urgency>Expected", "<urgency>Future"),
		"same text": swap("Poipet city, Phnom Penh and Thai border area: raised to Level 3 (Departure recommended)", "포이펫시, 프놈펜시, 태국 국경 지역 3단계(출국권고)로 올림"),
		"open ring": swap(" 11.5,106.123</polygon>", " 11.6,106.123</polygon>"),
		"crossing":  swap("11.5,106.9 12.25,106.9", "12.25,106.9 11.5,106.9"),
		"decimals":  swap("11.5,106.123 ", "11.5,106.1234567 "),
		"empty":     swap("<value>KH-12</value>", "<value></value>"),
		"long":      swap("<areaDesc>프놈펜시", "<areaDesc>"+strings.Repeat("프", 50)),
		"expired":   swap("<expires>2026", "<expires>2024"),
		"status":    swap("<status>Exercise", "<status>Real"),
		"missing":   swap("<senderName>발행인</senderName>\n", ""),
		"space":     swap("cap:1.2", "cap:1.1"),
	} {
		if got := check.Alerts([]check.File{{Path: "cap/example.org-raise-r1-3.xml", Data: []byte(text)}}); len(got) == 0 || got[0].Code != diag.BadAlert {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestCAPTime(t *testing.T) {
	at := time.Date(2025, 10, 16, 0, 0, 0, 999, time.UTC)
	for zone, want := range map[*time.Location]string{time.UTC: "2025-10-16T00:00:00-00:00", time.FixedZone("", 9*3600): "2025-10-16T09:00:00+09:00", time.FixedZone("", -5*3600): "2025-10-15T19:00:00-05:00"} {
		if got := capTime(at.In(zone)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// An outline is shortened, stays closed and does not come to cross itself.
func TestReduce(t *testing.T) {
	var ring [][2]float64
	for i := range 400 {
		a, b := float64(i%100)/100, 0.003*float64(i%7)
		ring = append(ring, [][2]float64{{a, b}, {1 + b, a}, {1 - a, 1 + b}, {b, 1 - a}}[i/100])
	}
	ring = append(ring, ring[0])
	got := reduce(round(ring))
	if len(got) > maxPoints || len(got) < 4 || got[0] != got[len(got)-1] || crosses(got) {
		t.Errorf("%d points, crosses %v", len(got), crosses(got))
	}
	for _, pt := range ring {
		near := 1.0
		for i := range got[:len(got)-1] {
			near = min(near, offLine(pt, got[i], got[i+1]))
		}
		if near > 0.03*0.03 {
			t.Errorf("point %v is %v off", pt, near)
		}
	}
}
