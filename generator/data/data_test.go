package data

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bongsu/generator/site"
)

// plain is the sample with an alert that is announced, then called off, a
// record that is removed, and titles that spreadsheets would run.
func plain(t testing.TB) content {
	return sample(t).with(map[string]string{
		"advisories/2026/called-off.ko.md": "---\ntitle: \"+82-2-3210-0404 번호 안내\"\nsummary: 예고되었다가 철회된 공지입니다.\nissued: 2026-01-20T09:00\neffective: 2026-01-29T00:00\ncategories: [crime]\nlevels: [{level: 3, places: [KH-3]}]\nwithdrawn: {at: 2026-01-22T10:00, reason: 잘못 발표되었습니다.}\n---\n본문\n",
		"advisories/2026/called-off.en.md": "---\ntitle: \"=cmd|' /C calc'!A0\"\nsummary: Announced, then withdrawn.\nwithdrawn: {reason: Published by mistake.}\ntranslates: 1\n---\nText\n",
		"scams/raw.ko.md":                  "---\ntitle: 날것\nsummary: 지표가 본문에도 있습니다.\nissued: 2026-01-21T09:00\nplaces: [KH-18]\nindicators: [{type: domain, value: evil-jobs.example, status: confirmed, basis: 경찰 발표, source: \"https://police.example/1\"}, {type: url, value: \"https://evil-jobs.example/apply\", status: confirmed, basis: 경찰 발표, source: \"https://police.example/1\"}]\n---\n이런 주소입니다.\n\n```scam\nhttps://evil-jobs.example/apply\n```\n\n`evil-jobs.example`\n",
		"removed.yaml":                     "- {id: scams/gone, at: 2026-01-25T09:00, reason: privacy}\n",
	})
}

// TestIndicators: no output holds an indicator as it was written.
func TestIndicators(t *testing.T) {
	for name, data := range write(t, plain(t).join(t, "")) {
		if bytes.Contains(data, []byte("evil-jobs.example")) {
			t.Errorf("%s shows a raw indicator", name)
		}
	}
}

// TestTimes: every time has an offset, every field that holds a day alone ends
// in _date, and texts are never copied from another language.
func TestTimes(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	moment := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d`)
	whole := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$`)
	day := regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	var walk func(name, key string, v any)
	walk = func(name, key string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(name, k, x)
			}
		case []any:
			for _, x := range v {
				walk(name, key, x)
			}
		case string:
			if moment.MatchString(v) && !whole.MatchString(v) {
				t.Errorf("%s: %s is %q", name, key, v)
			}
			if day.MatchString(v) != strings.HasSuffix(key, "_date") && v != "" {
				t.Errorf("%s: %s is %q", name, key, v)
			}
		}
	}
	for name, data := range files {
		if path.Ext(name) != ".json" || strings.Contains(name, "/schema/") || name == "data.json" {
			continue
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.HasSuffix(data, []byte("}\n")) || bytes.HasPrefix(data, []byte(mark)) {
			t.Errorf("%s has no line feed at its end, or a byte order mark", name)
		}
		walk(name, "", v)
	}
	var x struct{ Title map[string]string }
	if err := json.Unmarshal(files["api/v1/scams/raw.json"], &x); err != nil || !maps.Equal(x.Title, map[string]string{"ko": "날것"}) {
		t.Errorf("a record without translation has the titles %v (%v)", x.Title, err)
	}
}

// lines decodes a log.
func lines(t testing.TB, log []byte) []Line {
	t.Helper()
	var out []Line
	scan := bufio.NewScanner(bytes.NewReader(log))
	for scan.Scan() {
		var l Line
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// TestChain follows the sums of the log as a reader would.
func TestChain(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	log := files["api/v1/changes.jsonl"]
	previous, n := strings.Repeat("0", 64), 0
	for text := range bytes.Lines(log) {
		n++
		var l Line
		if err := json.Unmarshal(text, &l); err != nil {
			t.Fatal(err)
		}
		if l.Seq != n || string(l.Previous) != previous {
			t.Fatalf("line %d: seq %d, previous %s, want %s", n, l.Seq, l.Previous, previous)
		}
		sum := sha256.Sum256(bytes.TrimSuffix(text, []byte("\n")))
		previous = hex.EncodeToString(sum[:])
	}
	var fresh Freshness
	if err := json.Unmarshal(files["api/v1/freshness.json"], &fresh); err != nil {
		t.Fatal(err)
	}
	if string(fresh.Head256) != previous || fresh.Changes != n || n < 80 {
		t.Errorf("freshness names %d lines up to %s, the log has %d up to %s", fresh.Changes, fresh.Head256, n, previous)
	}
	var kinds []string
	for _, l := range lines(t, log)[n-4:] {
		kinds = append(kinds, l.Kind+" "+string(l.Place)+idOf(l.From)+">"+idOf(l.To)+" "+l.Reason+string(l.Removed))
	}
	want := []string{"changed KH/thai-border-50km>3 set", "announced KH-31>3 set", "cancelled KH-33>1 withdrawn", "removed > privacyscams/gone"}
	if !slices.Equal(kinds, want) {
		t.Errorf("the log ends %q, want %q", kinds, want)
	}
}

// TestLogGrows: as time passes and advisories appear, change, end and are
// withdrawn, the log only grows.
func TestLogGrows(t *testing.T) {
	c := plain(t)
	log := func(now string) []byte { return write(t, c.join(t, now))["api/v1/changes.jsonl"] }
	whole := log("2026-06-30T00:00:00+09:00")
	last, grew, seen := []byte{}, 0, Moment("")
	for _, l := range lines(t, whole) {
		if l.Time == seen {
			continue
		}
		seen = l.Time
		at, err := time.Parse(time.RFC3339, string(l.Time))
		if err != nil {
			t.Fatal(err)
		}
		for _, now := range []time.Time{at.Add(-time.Second), at} {
			got := log(now.Format(time.RFC3339))
			if !bytes.HasPrefix(got, last) || !bytes.HasPrefix(whole, got) {
				t.Fatalf("at %v lines were rewritten:\n%s\nwas\n%s", now, got, last)
			}
			if len(got) > len(last) {
				grew++
			}
			last = got
		}
	}
	if grew < 8 {
		t.Errorf("the log grew only %d times", grew)
	}
}

// TestLogAddition: a new advisory, a named area and the edit of a text add
// lines or leave the log alone.
func TestLogAddition(t *testing.T) {
	c := sample(t)
	log := func(c content) []byte { return write(t, c.join(t, ""))["api/v1/changes.jsonl"] }
	before := log(c)
	for name, after := range map[string]content{
		"advisory": c.with(map[string]string{"advisories/2026/new.ko.md": "---\ntitle: 새\nsummary: 새\nissued: 2026-01-30T09:00\ncategories: [crime]\nlevels: [{level: 3, places: [KH-3]}]\n---\n본문\n"}),
		"area":     c.edit(t, "provinces/cambodia/country.yaml", "capital: {ko: 바탐방, en: Battambang}", "capital: {ko: 바탐방, en: Battambang}\n    areas: [{id: new, name: {ko: 새, en: New}}]"),
		"title":    c.edit(t, "advisories/2025/phnom-penh-lowered.ko.md", "title: ", "title: 고친 "),
	} {
		got := log(after)
		if !bytes.HasPrefix(got, before) {
			t.Errorf("%s: lines were rewritten", name)
		}
		if grown := len(got) > len(before); grown != (name == "advisory") {
			t.Errorf("%s: the log grew: %v", name, grown)
		}
	}
}

// TestStable: neither the address of the site, nor a title, nor a new slug
// with the old one as alias moves an id or the address of a file.
func TestStable(t *testing.T) {
	c := sample(t)
	moved := c.edit(t, "site.yaml", "https://example.org/", "https://other.example/sub/").
		edit(t, "advisories/2025/phnom-penh-lowered.ko.md", "title: ", "title: 고친 ").
		edit(t, "advisories/2025/phnom-penh-lowered.ko.md", "---\n", "---\naliases: [phnom-penh-lowered]\n")
	for _, l := range []string{"ko", "en"} {
		old := "advisories/2025/phnom-penh-lowered." + l + ".md"
		moved = moved.with(map[string]string{"advisories/2025/renamed." + l + ".md": moved[old], old: ""})
	}
	for name, text := range moved { // links inside follow the new name
		moved[name] = strings.ReplaceAll(text, "/advisories/phnom-penh-lowered", "/advisories/renamed")
	}
	for name, text := range moved {
		if strings.Contains(text, "supersedes:") {
			moved[name] = strings.ReplaceAll(text, "advisories/phnom-penh-lowered", "advisories/renamed")
		}
	}
	before, after := write(t, c.join(t, "")), write(t, moved.join(t, ""))
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
		t.Error("files have other addresses")
	}
	if !bytes.Equal(before["api/v1/changes.jsonl"], after["api/v1/changes.jsonl"]) {
		t.Error("the log differs")
	}
	ids := regexp.MustCompile(`"(?:id|advisory|superseded_by|place|identifier|dcterms:identifier)": ?"[^"]*"`)
	for name, data := range before {
		if want, got := ids.FindAll(data, -1), ids.FindAll(after[name], -1); !slices.EqualFunc(want, got, bytes.Equal) {
			t.Errorf("%s: ids moved", name)
		}
	}
}

// TestTables opens the CSV files again.
func TestTables(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	for name, want := range map[string]int{"levels.csv": 30, "advisories.csv": 60, "changes.csv": 80} {
		data := files["api/v1/"+name]
		if !bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) || bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
			t.Errorf("%s has no byte order mark, or lines that do not end in CR LF", name)
		}
		rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll()
		if err != nil || len(rows) < want {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					t.Errorf("%s has the cell %q", name, cell)
				}
			}
		}
	}
	for _, want := range []string{",'+82-2-3210-0404 번호 안내,'=cmd|' /C calc'!A0,", ",반테이민체이주,"} {
		if !bytes.Contains(files["api/v1/advisories.csv"], []byte(want)) {
			t.Errorf("advisories.csv lacks %q", want)
		}
	}
}

// TestGeometry checks the map against RFC 7946.
func TestGeometry(t *testing.T) {
	c := sample(t)
	// Rings that run the wrong way and coordinates that are too fine.
	c = c.edit(t, "provinces/cambodia/map.geojson", "[103.017,14.239]", "[103.0170000001,14.239]")
	c = c.edit(t, "provinces/cambodia/map.geojson", "[103.017,14.239]]]", "[103.0170000001,14.239]]]")
	var g struct {
		Features []struct {
			ID       string
			Geometry *struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	data := write(t, c.join(t, ""))["api/v1/levels.geojson"]
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte(`"crs"`)) || regexp.MustCompile(`\d\.\d{6}`).Match(data) {
		t.Error("the map has a crs, or more than five decimals")
	}
	count := map[string]int{}
	for _, f := range g.Features {
		if f.Geometry == nil {
			count["null"]++
			continue
		}
		count[f.Geometry.Type]++
		var polygons [][][][2]float64
		switch f.Geometry.Type {
		case "Polygon":
			polygons = make([][][][2]float64, 1)
			if err := json.Unmarshal(f.Geometry.Coordinates, &polygons[0]); err != nil {
				t.Fatal(err)
			}
		case "MultiPolygon":
			if err := json.Unmarshal(f.Geometry.Coordinates, &polygons); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range polygons {
			for i, ring := range p {
				if (area(ring) > 0) != (i == 0) || ring[0] != ring[len(ring)-1] {
					t.Errorf("%s: ring %d runs the wrong way or is open", f.ID, i)
				}
				for _, pt := range ring {
					if pt[0] < 100 || pt[0] > 110 || pt[1] < 9 || pt[1] > 16 {
						t.Errorf("%s: %v is not in Cambodia", f.ID, pt)
					}
				}
			}
		}
	}
	if count["Polygon"]+count["MultiPolygon"] != 25 || count["Point"] < 3 || count["null"] != 1 {
		t.Errorf("the map has %v", count)
	}
}

// TestWinding: rings are turned where they run the wrong way.
func TestWinding(t *testing.T) {
	clockwise := [][2]float64{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}
	hole := [][2]float64{{.2, .2}, {.8, .2}, {.8, .8}, {.2, .8}, {.2, .2}}
	got := string(appendPolygon(nil, [][][2]float64{clockwise, hole}))
	want := "[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[0.2,0.2],[0.2,0.8],[0.8,0.8],[0.8,0.2],[0.2,0.2]]]"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSums: SHA256SUMS names every file of the API but the two that tell of
// it, and freshness.json its own sum.
func TestSums(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	manifest := files["api/v1/SHA256SUMS"]
	n := 0
	for line := range strings.Lines(string(manifest)) {
		digest, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sum := sha256.Sum256(files[site.API+name])
		if hex.EncodeToString(sum[:]) != digest {
			t.Errorf("%s has another sum", name)
		}
		n++
	}
	want := 0
	for name := range files {
		if strings.HasPrefix(name, site.API) && name != "api/v1/SHA256SUMS" && name != "api/v1/freshness.json" {
			want++
		}
	}
	var fresh Freshness
	if err := json.Unmarshal(files["api/v1/freshness.json"], &fresh); err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(manifest); n != want || fresh.Files != n || string(fresh.Manifest) != hex.EncodeToString(sum[:]) {
		t.Errorf("%d sums for %d files; freshness says %d files and %s", n, want, fresh.Files, fresh.Manifest)
	}
}

// TestClock: an hour later, with nothing due in between, no byte differs.
func TestClock(t *testing.T) {
	c := plain(t)
	before, after := write(t, c.join(t, "2026-01-31T12:00:00+09:00")), write(t, c.join(t, "2026-01-31T13:00:00+09:00"))
	for name, data := range before {
		if !bytes.Equal(data, after[name]) {
			t.Errorf("%s differs an hour later", name)
		}
	}
}

// TestHidden: what is not public yet shows nowhere, not even as a time.
func TestHidden(t *testing.T) {
	c := sample(t)
	more := c.with(map[string]string{"advisories/2026/secret.ko.md": "---\ntitle: 비밀\nsummary: 아직\nissued: 2026-02-10T09:00\ncategories: [crime]\nlevels: [{level: 3, places: [KH-3]}]\n---\n본문\n"})
	before, after := write(t, c.join(t, "")), write(t, more.join(t, ""))
	for name, data := range after {
		if !bytes.Equal(data, before[name]) {
			t.Errorf("%s shows that an advisory is to come", name)
		}
	}
}

// TestDay: the file of a day tells what held at its end.
func TestDay(t *testing.T) {
	var d struct {
		PreviousDate Date                   `json:"previous_date"`
		Levels       map[PlaceCode]*LevelID `json:"levels"`
		Changed      []PlaceCode            `json:"changed"`
	}
	if err := json.Unmarshal(write(t, sample(t).join(t, ""))["api/v1/levels/2025-10-16.json"], &d); err != nil {
		t.Fatal(err)
	}
	for place, want := range map[PlaceCode]LevelID{"KH-18": "3", "KH-7/bokor": "4", "KH-12": "special", "KH": "2"} {
		if got := d.Levels[place]; got == nil || *got != want {
			t.Errorf("%s was at %v, want %s", place, idOf(got), want)
		}
	}
	if d.PreviousDate != "2025-10-10" || !slices.Contains(d.Changed, "KH-18") || slices.Contains(d.Changed, "KH-12") {
		t.Errorf("the day follows %s and changed %v", d.PreviousDate, d.Changed)
	}
}

// TestPages: lists of more records than one file takes are split, and each
// record stands in exactly one file of its year.
func TestPages(t *testing.T) {
	files := map[string]string{}
	for i := range 1100 {
		at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
		files[fmt.Sprintf("advisories/2024/n-%04d.ko.md", i)] = fmt.Sprintf("---\ntitle: 공지\nsummary: 공지\nissued: %s\ncategories: [crime]\nplaces: [KH-3]\n---\n본문\n", at.Format(time.RFC3339))
	}
	out := write(t, sample(t).with(files).join(t, ""))
	var list List[AdvisoryRow]
	if err := json.Unmarshal(out["api/v1/advisories.json"], &list); err != nil {
		t.Fatal(err)
	}
	seen := map[RecordID]bool{}
	for _, y := range list.Years {
		var page ListPage[AdvisoryRow]
		if err := json.Unmarshal(out[site.API+string(y.File)], &page); err != nil {
			t.Fatal(y.File, err)
		}
		if len(page.Records) != y.Count || y.Count > 500 || page.Year != y.Year {
			t.Errorf("%s has %d records of %d, not %d", y.File, len(page.Records), page.Year, y.Count)
		}
		for _, r := range page.Records {
			if seen[r.ID] || out[site.API+string(r.File)] == nil {
				t.Errorf("%s stands twice, or its file is missing", r.ID)
			}
			seen[r.ID] = true
		}
	}
	if len(list.Records) != 100 || list.Count != len(seen) || list.Count < 1100 {
		t.Errorf("the list names %d of %d records; the years hold %d", len(list.Records), list.Count, len(seen))
	}
	if _, err := fs.Stat(asFS(out), "api/v1/advisories/by-year/2024-3.json"); err != nil {
		t.Error(err)
	}
}
