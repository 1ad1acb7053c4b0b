package test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// schema is the schema of CAP 1.2 by OASIS; it is not part of this repository.
const schema = root + "/../shared/data/CAP-v1.2.xsd"

// alertFiles builds the sample site and lists its alerts.
func alertFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(build(t, copySite(t)), "cap", "*.xml"))
	if err != nil || len(files) < 15 {
		t.Fatalf("%d alerts, %v", len(files), err)
	}
	return files
}

// TestAlertSchema: every alert follows the schema of OASIS, and that finds what
// is wrong. The rules of package check hold without it (TestSampleIsClean).
func TestAlertSchema(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed: run generator/test/setup.sh")
	}
	if _, err := os.Stat(schema); err != nil {
		t.Skipf("the schema of CAP 1.2 is not at %s; only the program's own checker ran", schema)
	}
	files := alertFiles(t)
	validate := func(files ...string) error {
		out, err := exec.Command("xmllint", append([]string{"--noout", "--nonet", "--schema", schema}, files...)...).CombinedOutput()
		if err != nil {
			t.Logf("%s", out)
		}
		return err
	}
	if err := validate(files...); err != nil {
		t.Error(err)
	}
	good, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	cut := regexpOf(t, `(?s)(<responseType>.*?</responseType>\n)(<urgency>.*?</urgency>\n)`)
	for name, bad := range map[string][]byte{
		"order": cut.ReplaceAll(good, []byte("$2$1")),
		"Z":     regexpOf(t, `<sent>([^+<]*)\+09:00`).ReplaceAll(good, []byte("<sent>${1}Z")),
	} {
		if bytes.Equal(bad, good) {
			t.Fatalf("%s: nothing was changed", name)
		}
		path := filepath.Join(t.TempDir(), "bad.xml")
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if validate(path) == nil {
			t.Errorf("%s: the schema lets it pass", name)
		}
	}
}

// readAlert is what @dec112/cap-ts sees of an alert. Enumerations are numbers
// in the order of their names.
type readAlert struct {
	Identifier, Sender, Sent, References string
	Status, MsgType, Scope               int
	Infos                                []struct {
		Language, Event, Headline, Description, Instruction, Web, Expires, SenderName string
		EventCodes                                                                    []struct{ ValueName, Value string } `json:"eventCode_list"`
		Areas                                                                         []struct {
			AreaDesc string
			Polygons []string                            `json:"polygon_list"`
			Codes    []struct{ ValueName, Value string } `json:"geocode_list"`
		} `json:"area_list"`
	} `json:"info_list"`
}

// TestAlertsReadBack: a library that knows nothing of the program reads every
// alert, and finds both languages, the areas on the map of Cambodia, and the
// chain of the travel ban.
func TestAlertsReadBack(t *testing.T) {
	if _, err := os.Stat("node_modules/@dec112/cap-ts"); err != nil {
		t.Skip("@dec112/cap-ts is not installed: run generator/test/setup.sh")
	}
	all := map[string]readAlert{}
	polygons := 0
	for file, raw := range runParsers(t, "alerts", alertFiles(t)) {
		var a readAlert
		if err := json.Unmarshal(raw, &a); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if a.Identifier+".xml" != filepath.Base(file) || a.Sender != "example.org" || len(a.Infos) != 2 || a.Status != 2 || a.Scope != 1 {
			t.Errorf("%s: %+v", file, a)
			continue
		}
		all[a.Identifier] = a
		for i, info := range a.Infos {
			if want := []string{"ko", "en"}[i]; info.Language != want || !strings.Contains(info.Web, "https://example.org/"+want+"/") {
				t.Errorf("%s: info %d is %q, %q", file, i, info.Language, info.Web)
			}
			if info.Headline == "" || info.Instruction == "" || len(info.Areas) == 0 || len(info.EventCodes) != 1 || info.SenderName == "" {
				t.Errorf("%s: %+v", file, info)
			}
			for _, area := range info.Areas {
				polygons += len(area.Polygons)
				for _, p := range area.Polygons {
					inCambodia(t, file, p)
				}
				if len(area.Codes) < 2 || !strings.HasPrefix(area.Codes[0].Value, "KH-") {
					t.Errorf("%s: codes %v", file, area.Codes)
				}
			}
		}
	}
	if polygons < 100 {
		t.Errorf("only %d polygons", polygons)
	}
	const ban = "example.org-travel-ban-bokor-bavet-poipet-"
	want := ""
	for i, id := range []string{ban + "r1-4", ban + "r2-4", ban + "r3-4"} {
		a := all[id]
		if refs := strings.TrimSpace(want); i > 0 && a.References != refs {
			t.Errorf("%s refers to %q, want %q", id, a.References, refs)
		}
		want += " " + a.Sender + "," + a.Identifier + "," + a.Sent
	}
	if refs := all[ban+"r1-4"].References; !strings.Contains(refs, "special-advisory-sihanoukville-bokor-bavet-r1-special") {
		t.Errorf("the ban refers to %q", refs)
	}
}

// inCambodia: latitude 9 to 15 comes first, longitude 102 to 108 second.
func inCambodia(t *testing.T, file, polygon string) {
	t.Helper()
	points := strings.Fields(polygon)
	if len(points) < 4 || points[0] != points[len(points)-1] {
		t.Errorf("%s: polygon of %d points is not closed", file, len(points))
	}
	for _, p := range points {
		lat, lon, _ := strings.Cut(p, ",")
		if number(t, lat) < 9 || number(t, lat) > 15 || number(t, lon) < 102 || number(t, lon) > 108 {
			t.Errorf("%s: %s is not in Cambodia", file, p)
			return
		}
	}
}

// TestAlertsStay: a month later, with a later advisory, an edited summary and a
// moved review date, every alert that was sent is the same, byte for byte, and
// the index holds what stands.
func TestAlertsStay(t *testing.T) {
	dir := copySite(t)
	read := func() map[string]string {
		out := build(t, dir)
		all := map[string]string{}
		files, _ := filepath.Glob(filepath.Join(out, "cap", "*"))
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(f)] = string(data)
		}
		return all
	}
	before := read()
	for name, pairs := range map[string][]string{
		"site.yaml": {"as_of: 2026-01-31", "as_of: 2026-03-15"},
		"advisories/2025/travel-ban-bokor-bavet-poipet.ko.md": {"review: 2026-03-31", "review: 2026-08-31", "summary: ", "summary: 새로 쓴 "},
	} {
		path := filepath.Join(dir, "content", name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer(pairs...).Replace(string(data))
		if text == string(data) {
			t.Fatalf("%s has none of %q", name, pairs)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	after := read()
	date := strings.NewReplacer("2026. 1. 31.(토)", "2026. 3. 15.(일)", "31 January 2026", "15 March 2026") // of the sample, in a note
	for name, text := range before {
		if name != "index.atom" && after[name] != date.Replace(text) {
			t.Errorf("%s was written again", name)
		}
	}
	const again = "example.org-travel-ban-bokor-bavet-poipet-r3-4-v2"
	if !strings.Contains(after[again+".xml"], "<msgType>Update</msgType>") || !strings.Contains(after["index.atom"], again+".xml") ||
		strings.Contains(after["index.atom"], "poipet-r3-4.xml") {
		t.Error("the ban was not sent again before it expired")
	}
	live := func(index string) []string {
		var out []string
		for _, m := range regexpOf(t, `/cap/([^"]+)\.xml`).FindAllStringSubmatch(index, -1) {
			out = append(out, m[1])
		}
		return out
	}
	for _, id := range live(after["index.atom"]) {
		expires := regexpOf(t, `<expires>([^<]+)<`).FindStringSubmatch(after[id+".xml"])[1]
		if at, err := time.Parse(time.RFC3339, expires); err != nil || !at.After(time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)) {
			t.Errorf("%s is in the index but expired at %s", id, expires)
		}
	}
	if n := len(slices.Compact(live(before["index.atom"]))); n < 4 {
		t.Errorf("only %d alerts stand", n)
	}
}
