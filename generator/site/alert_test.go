package site

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// alerts lists the alerts of a site, newest first: id, kind, time, and the
// changes of level that each brings.
func alerts(s *Site) []string {
	var out []string
	for _, a := range s.Alerts() {
		line := a.ID() + " " + string(a.Kind) + " " + clock(a.At)
		for _, c := range a.Changes {
			line += " " + c.Place.ID + ":" + c.From.ID + ">" + c.To.ID
		}
		out = append(out, line)
	}
	return out
}

func TestAlerts(t *testing.T) {
	const head = "categories: [crime]\n"
	for _, c := range []struct {
		name string
		w    *world
		now  string
		want []string
	}{
		{"an advisory that sets levels", newWorld().add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 3, places: [KH-7]}]"), "2026-01-02",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00 KH-7:2>3 KH-7/bokor:2>3"}},
		{"one that takes effect later is announced when it is issued", newWorld().add("advisories/a", head+"issued: 2026-01-01\neffective: 2026-01-10\nlevels: [{level: 3, places: [LA]}]"), "2026-01-02",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"one that lowers", newWorld().add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 1, places: [LA]}]"), "2026-01-02",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>1"}},
		{"an urgent one", newWorld().add("advisories/a", head+"issued: 2026-01-01\nurgent: true"), "2026-01-02",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00"}},
		{"a plain one is none", newWorld().add("advisories/a", head+"issued: 2026-01-01"), "2026-01-02", nil},
		{"a scam warning is none, its major change is", newWorld().add("scams/a", "issued: 2026-01-01\nchanges:\n  - {at: 2026-01-03, note: x}\n  - {at: 2026-01-04, note: y, major: true}"), "2026-01-05",
			[]string{"scams/a/rev/3 revised 2026-01-04T00:00"}},
		{"a major change, not a minor one", newWorld().add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 3, places: [LA]}]\nchanges:\n  - {at: 2026-01-03, note: x, major: true}\n  - {at: 2026-01-04, note: y}"), "2026-01-05",
			[]string{"advisories/a/rev/2 revised 2026-01-03T00:00", "advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"a change of the future is none", newWorld().add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 3, places: [LA]}]\nchanges:\n  - {at: 2026-01-03, note: x, major: true}"), "2026-01-02",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"a withdrawal, with the levels that fall", newWorld().add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 3, places: [LA]}]\nwithdrawn: {at: 2026-01-05, reason: x}"), "2026-01-06",
			[]string{"advisories/a/withdrawn withdrawn 2026-01-05T00:00 LA:3>2", "advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"a scam warning taken back", newWorld().add("scams/a", "issued: 2026-01-01\nwithdrawn: {at: 2026-01-05, reason: x}"), "2026-01-06",
			[]string{"scams/a/withdrawn withdrawn 2026-01-05T00:00"}},
		{"an end by itself", newWorld().add("advisories/a", head+"issued: 2026-01-01\nuntil: 2026-01-05\nlevels: [{level: 3, places: [LA]}]"), "2026-01-05",
			[]string{"advisories/a/end ended 2026-01-05T00:00 LA:3>2", "advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"not before it", newWorld().add("advisories/a", head+"issued: 2026-01-01\nuntil: 2026-01-05\nlevels: [{level: 3, places: [LA]}]"), "2026-01-04",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"an end that changes no level is none", newWorld().add("advisories/a", head+"issued: 2026-01-01\nuntil: 2026-01-05\nurgent: true"), "2026-01-06",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00"}},
		{"a temporary level is lifted", newWorld().add("advisories/a", head+"issued: 2026-01-01\nuntil: 2026-01-05\nat_end: lift\nlevels: [{level: special, places: [LA]}]"), "2026-01-06",
			[]string{"advisories/a/end ended 2026-01-05T00:00 LA:special>2", "advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>special"}},
		{"a temporary level is held: nothing ends", newWorld().add("advisories/a", head+"issued: 2026-01-01\nuntil: 2026-01-05\nlevels: [{level: special, places: [LA]}]"), "2026-01-06",
			[]string{"advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>special"}},
		{"one that supersedes without levels of its own, urgent", newWorld().
			add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 3, places: [LA]}]").
			add("advisories/b", head+"issued: 2026-01-05\nurgent: true\nsupersedes: [advisories/a]"), "2026-01-06",
			[]string{"advisories/b/rev/1 issued 2026-01-05T00:00 LA:3>2", "advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
		{"one that lifts a level, and no more", newWorld().
			add("advisories/a", head+"issued: 2026-01-01\nlevels: [{level: 3, places: [LA]}]").
			add("advisories/b", head+"issued: 2026-01-05\nsupersedes: [advisories/a]"), "2026-01-06",
			[]string{"advisories/b/rev/1 issued 2026-01-05T00:00 LA:3>2", "advisories/a/rev/1 issued 2026-01-01T00:00 LA:2>3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, alerts(c.w.good(t, c.now))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAlertsStay holds that an alert, once given, keeps its id, time and changes
// whatever comes after, and wherever the site moves.
func TestAlertsStay(t *testing.T) {
	w := newWorld().
		add("advisories/a", "categories: [crime]\nissued: 2026-01-01\nuntil: 2026-01-20\nlevels: [{level: 3, places: [KH-7, LA]}]\nchanges:\n  - {at: 2026-01-03, note: x, major: true}").
		add("advisories/b", "categories: [crime]\nissued: 2026-01-10\nlevels: [{level: 2, places: [KH-7, KH-7/bokor]}]")
	var before []string
	for _, now := range []string{"2026-01-02", "2026-01-04", "2026-01-11", "2026-01-20", "2026-03-01"} {
		got := alerts(w.good(t, now))
		if len(got) < len(before) {
			t.Fatalf("%s: an alert is gone: %v", now, got)
		}
		if diff := cmp.Diff(before, got[len(got)-len(before):], cmp.Transformer("", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
			t.Errorf("%s (-before +now):\n%s", now, diff)
		}
		before = got
	}
	if len(before) != 4 { // issued, changed, lowered, ended
		t.Errorf("alerts %v", before)
	}
	w.base, w.title = "https://elsewhere.example/sub/", "다른 이름"
	w.files["advisories/a.ko.md"] = "---\ntitle: 새 제목" + w.files["advisories/a.ko.md"][len("---\ntitle: 가"):]
	s := w.good(t, "2026-03-01")
	if diff := cmp.Diff(before, alerts(s)); diff != "" {
		t.Errorf("after the move:\n%s", diff)
	}
	if s.Config.Authority != "example.org,2025" {
		t.Errorf("authority %q", s.Config.Authority)
	}
}
