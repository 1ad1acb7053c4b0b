package cli

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// dates are the times at which the ministry changed levels in 2025.
var dates = []string{
	"2025-07-25T12:00+09:00", "2025-07-27T12:00+09:00", "2025-09-16T17:00+09:00", "2025-10-10T21:00+09:00",
	"2025-10-16T00:00+09:00", "2025-12-04T16:00+09:00", "2025-12-10T17:00+09:00",
}

// history is the status of each place after each change ("" as before), from
// the notices that the sample content cites.
var history = []struct {
	places string
	levels [7]string
}{
	{"KH-13 KH-22", [7]string{"special"}},
	{"KH-1 KH-2 KH-9 KH-15 KH-24", [7]string{"2", "special"}},
	{"KH/thai-border-50km", [7]string{"none", "", "", "", "", "", "3"}},
	{"KH-1/poipet", [7]string{"2", "special", "", "", "4"}},
	{"KH-12", [7]string{"1", "", "2", "special", "", "2"}},
	{"KH-18", [7]string{"1", "", "special", "", "3"}},
	{"KH-7/bokor KH-20/bavet", [7]string{"1", "", "special", "", "4"}},
	{"KH-7 KH-20 KH-3 KH-4 KH-5 KH-6 KH-8 KH-10 KH-11 KH-14 KH-16 KH-17 KH-19 KH-21 KH-23 KH-25", [7]string{"1", "", "", "", "2", "1"}},
}

func bongsu(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = Main(args, &out, &errs)
	return out.String(), errs.String(), status
}

// TestSampleLevels: the sample content gives the published levels at each date.
func TestSampleLevels(t *testing.T) {
	want := map[string]string{}
	places := 0
	for i, date := range dates {
		for _, h := range history {
			for p := range strings.FieldsSeq(h.places) {
				if h.levels[i] != "" {
					want[p] = h.levels[i]
				}
			}
		}
		out, errs, status := bongsu(t, "-C", "../..", "levels", "--json", "--at", date, "KH")
		if status != 0 {
			t.Fatalf("status %d: %s", status, errs)
		}
		var rows []levelRow
		if err := json.Unmarshal([]byte(out), &rows); err != nil {
			t.Fatal(err)
		}
		places = len(rows)
		for _, r := range rows {
			w, ok := want[r.Place]
			if w == "none" {
				w = ""
			}
			if !ok || r.Level != w {
				t.Errorf("%s %s: level %q, want %q", date, r.Place, r.Level, w)
			}
		}
	}
	if places != len(want) {
		t.Errorf("%d places, want %d", places, len(want))
	}
}

// TestSampleParts: a province lists what its parts have.
func TestSampleParts(t *testing.T) {
	out, _, _ := bongsu(t, "-C", "../..", "levels", "--json", "--at", dates[6])
	var rows []levelRow
	if err := json.Unmarshal([]byte(out), &rows); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(r levelRow) bool { return r.Place == "KH-1" })
	if i < 0 {
		t.Fatal("no KH-1")
	}
	var parts []string
	for _, p := range rows[i].Parts {
		parts = append(parts, p.Place+"="+p.Level)
	}
	if want := []string{"KH-1/poipet=4", "KH/thai-border-50km=3"}; !slices.Equal(parts, want) {
		t.Errorf("parts %v, want %v", parts, want)
	}
	if r := rows[i]; r.Advisory == "" || r.Since == "" || r.Until == "" || r.Name["ko"] == "" || r.Rank != 2.5 {
		t.Errorf("incomplete row %+v", r)
	}
}
