package model

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"bongsu/generator/source"

	"github.com/google/go-cmp/cmp"
)

func levelYAML(id, rank string) string {
	return "- {id: " + id + ", rank: " + rank + `, digit: "1", name: x, color: "#000000", ink: "#FFFFFF", planning: x, staying: x}` + "\n"
}

func TestDecodeScheme(t *testing.T) {
	s, diags := DecodeScheme(yaml(t, levelYAML("4", "4")+levelYAML("special", "2.5")+levelYAML("0", "-1")+levelYAML("3", "3")), context)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if diff := cmp.Diff([]string{"0", "special", "3", "4"}, s.IDs()); diff != "" {
		t.Errorf("not by rank: %s", diff)
	}
	l := s.Level("special")
	if l == nil || l.Rank != 2.5 || l.Pattern != "none" || l.Short.Get("ko") != "x" || l != &s.Levels[1] {
		t.Errorf("level %+v", l)
	}
	if s.Level("5") != nil {
		t.Error("a level that is not there")
	}
	for _, c := range []struct{ yaml, want string }{
		{"", "1:1 missing-field"},
		{"[]", "1:1 missing-field"},
		{"id: 1", "1:1 wrong-type"},
		{levelYAML("1", "1") + levelYAML("2", "1"), "2:3 duplicate-id"},
		{levelYAML("1", "1") + levelYAML("1", "2"), "2:8 duplicate-id"},
		{levelYAML("1", "NaN"), "1:17 bad-value"},
		{levelYAML("1", "1e99"), "1:17 bad-value"},
	} {
		if _, diags := DecodeScheme(yaml(t, c.yaml), context); codes(diags) != c.want {
			t.Errorf("%q: %s, want %s", c.yaml, codes(diags), c.want)
		}
	}
}

// TestCountryPositions holds that faults of a country are reported at the value
// that is wrong.
func TestCountryPositions(t *testing.T) {
	const head = "code: KH\nslug: cambodia\nname: x\nlevel: 1\n"
	for _, c := range []struct{ yaml, want string }{
		{head, ""},
		{head + "provinces:\n  - {code: KH-1, slug: a, name: x}\n  - {code: KH-2, slug: a, name: x}\n", "7:24 duplicate-id"},
		{head + "provinces:\n  - {code: KH-1, slug: a, name: x}\n  - {code: KH-1, slug: b, name: x}\n", "7:12 duplicate-id"},
		{head + "provinces:\n  - {code: TH-1, slug: a, name: x}\n", "6:12 bad-value"},
		{head + "provinces:\n  - {code: KH-1/a, slug: a, name: x}\n", "6:12 bad-value"},
		{head + "provinces:\n  - {code: KH-1, slug: cambodia, name: x}\n", "6:24 duplicate-route"},
		{head + "provinces:\n  - {code: KH-1, slug: a, name: x, areas: [{id: b, name: x}, {id: b, name: x}]}\n  - {code: KH-2, slug: b, name: x, areas: [{id: b, name: x}]}\n", "6:67 duplicate-id"},
		{head + "areas:\n  - {id: b, name: x}\n", "6:5 missing-field"},
		{head + "areas:\n  - {id: b, name: x, touches: [KH-1], point: [200, 10]}\n", "6:46 bad-value"},
		{"code: kh\nslug: cambodia\nname: x\nlevel: 1\nprovinces:\n  - {code: KH-1, slug: a, name: x}\n", "1:7 bad-value"},
		{head + "provinces: [a, {code: KH-1, slug: a, name: x}, [b]]\n", "5:13 wrong-type, 5:48 wrong-type"},
	} {
		if _, diags := DecodeCountry(yaml(t, c.yaml), context); codes(diags) != c.want {
			t.Errorf("%s: %s, want %s", c.yaml, codes(diags), c.want)
		}
	}
}

// FuzzScheme holds that no levels.yaml breaks its decoder, and that levels come
// out by rank, each id once.
func FuzzScheme(f *testing.F) {
	f.Add([]byte(levelYAML("1", "1") + levelYAML("special", "2.5")))
	f.Add([]byte(levelYAML("2", "1") + levelYAML("2", "-1e8")))
	f.Add([]byte("- id: [1]\n- rank: .inf\n-\n- {cap: {urgency: Past}, max_days: 99999999999}"))
	f.Add([]byte("level: {id: 1}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, _ := source.ParseYAML(source.Raw{Path: "content/levels.yaml", Data: data})
		s, diags := DecodeScheme(file, context)
		if !slices.IsSortedFunc(s.Levels, func(a, b Level) int { return int(max(-1, min(1, (a.Rank-b.Rank)*1e9))) }) {
			t.Errorf("not by rank: %v", s.IDs())
		}
		seen := map[string]bool{}
		for i := range s.Levels {
			l := &s.Levels[i]
			if seen[l.ID] || s.Level(l.ID) != l {
				t.Errorf("id %q is not unique", l.ID)
			}
			seen[l.ID] = true
		}
		if file.Matter.Kind == source.Null {
			return // nothing was read, as the findings of source say
		}
		lines := strings.Count(file.Text, "\n") + 1
		for _, d := range diags {
			if d.Pos.Line > lines || d.Pos.File != "content/levels.yaml" || strings.Contains(strconv.Quote(d.Message), "%!") {
				t.Errorf("finding %+v", d)
			}
		}
	})
}
