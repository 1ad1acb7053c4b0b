package site

import (
	"testing"
)

func TestStatus(t *testing.T) {
	w := newWorld().
		add("advisories/plain", "issued: 2026-01-10\ncategories: [crime]").
		add("advisories/until", "issued: 2026-01-10\neffective: 2026-01-12\nuntil: 2026-01-20\ncategories: [crime]").
		add("advisories/old", "issued: 2026-01-05\ncategories: [crime]").
		add("advisories/new", "issued: 2026-01-10\neffective: 2026-01-15\ncategories: [crime]\nsupersedes: [advisories/old]").
		add("advisories/wrong", "issued: 2026-01-10\ncategories: [crime]\nwithdrawn: {at: 2026-01-18T12:00, reason: 잘못}").
		add("scams/s", "issued: 2026-01-10\nwithdrawn: {at: 2026-01-18, reason: 잘못}").
		add("pages/p", "issued: 2026-01-10")
	for _, c := range []struct {
		now, id string
		want    Status // "" where the record is not on the site
	}{
		{"2026-01-09", "advisories/plain", ""},
		{"2026-01-10", "advisories/plain", StatusActive},
		{"2026-01-10", "advisories/until", StatusScheduled},
		{"2026-01-11T23:59", "advisories/until", StatusScheduled},
		{"2026-01-12", "advisories/until", StatusActive},
		{"2026-01-19T23:59", "advisories/until", StatusActive},
		{"2026-01-20", "advisories/until", StatusEnded},
		{"2026-01-14T23:59", "advisories/old", StatusActive},
		{"2026-01-15", "advisories/old", StatusSuperseded},
		{"2026-01-14", "advisories/new", StatusScheduled},
		{"2026-01-18T11:59", "advisories/wrong", StatusActive},
		{"2026-01-18T12:00", "advisories/wrong", StatusWithdrawn},
		{"2026-01-17", "scams/s", StatusActive},
		{"2026-01-18", "scams/s", StatusWithdrawn},
		{"2026-01-09", "pages/p", ""},
		{"2026-01-11", "pages/p", StatusActive},
	} {
		s := w.good(t, c.now)
		r := s.Record(c.id)
		if r == nil {
			if c.want != "" {
				t.Errorf("%s at %s is not on the site", c.id, c.now)
			}
			continue
		}
		if r.Status != c.want || r.Active() != (c.want == StatusActive) {
			t.Errorf("%s at %s: %s, active %v, want %s", c.id, c.now, r.Status, r.Active(), c.want)
		}
	}
	s := w.good(t, "2026-01-15")
	if by := s.Record("advisories/old").EndedBy; by == nil || by.ID != "advisories/new" {
		t.Errorf("ended by %v", by)
	}
	if by := w.good(t, "2026-01-14").Record("advisories/old").EndedBy; by != nil {
		t.Errorf("ended by %v before its time", by.ID)
	}
}

// TestHeld holds that a temporary level past its end keeps its advisory active,
// unless it says lift or something newer decides.
func TestHeld(t *testing.T) {
	const special = "issued: 2026-01-01\nuntil: 2026-01-20\ncategories: [crime]\nurgent: true\nlevels:\n  - {level: special, places: [KH-1]}\n"
	w := newWorld().add("advisories/a", special)
	if r := w.good(t, "2026-01-19").Record("advisories/a"); r.Held || !r.Active() || !r.Urgent() {
		t.Errorf("before its end: %+v", r.Status)
	}
	s := w.good(t, "2026-01-20")
	if r := s.Record("advisories/a"); !r.Held || r.Status != StatusEnded || !r.Active() || !r.Urgent() || levelOf(s, "KH-1") != "special!" {
		t.Errorf("held %v, status %s, active %v, level %s", r.Held, r.Status, r.Active(), levelOf(s, "KH-1"))
	}
	lift := newWorld().add("advisories/a", special+"at_end: lift").good(t, "2026-01-20")
	if r := lift.Record("advisories/a"); r.Held || r.Active() || r.Urgent() || levelOf(lift, "KH-1") != "1" {
		t.Errorf("lifted: held %v, level %s", r.Held, levelOf(lift, "KH-1"))
	}
	w.add("advisories/b", "issued: 2026-01-22\ncategories: [crime]\nlevels:\n  - {level: 3, places: [KH-1, KH-1/poipet]}")
	after := w.good(t, "2026-01-22")
	if r := after.Record("advisories/a"); r.Held || r.Active() || levelOf(after, "KH-1") != "3" {
		t.Errorf("after the next: held %v, level %s", r.Held, levelOf(after, "KH-1"))
	}
}

// TestTimes holds which times a record gets from its changes: major ones and
// withdrawal move Updated, all of them Modified, those of the future neither.
func TestTimes(t *testing.T) {
	w := newWorld().add("advisories/a", `issued: 2026-01-01
categories: [crime]
changes:
  - {at: 2026-01-05, note: 큰, major: true}
  - {at: 2026-01-07, note: 작은}
  - {at: 2026-02-01, note: 다음, major: true}
withdrawn: {at: 2026-02-10, reason: 잘못}`)
	for _, c := range []struct {
		now, updated, modified string
		revision               int
	}{
		{"2026-01-01", "2026-01-01T00:00", "2026-01-01T00:00", 1},
		{"2026-01-04T23:59", "2026-01-01T00:00", "2026-01-01T00:00", 1},
		{"2026-01-05", "2026-01-05T00:00", "2026-01-05T00:00", 2},
		{"2026-01-07", "2026-01-05T00:00", "2026-01-07T00:00", 3},
		{"2026-01-31", "2026-01-05T00:00", "2026-01-07T00:00", 3},
		{"2026-02-01", "2026-02-01T00:00", "2026-02-01T00:00", 4},
		{"2026-02-10", "2026-02-10T00:00", "2026-02-10T00:00", 4},
	} {
		r := w.good(t, c.now).Record("advisories/a")
		if clock(r.Updated) != c.updated || clock(r.Modified) != c.modified || r.Revision() != c.revision {
			t.Errorf("%s: updated %s, modified %s, revision %d", c.now, clock(r.Updated), clock(r.Modified), r.Revision())
		}
	}
	r := w.good(t, "2026-02-10").Record("advisories/a")
	if r.Note("en", 0) != "큰" || r.WithdrawnReason("en") != "잘못" {
		t.Errorf("texts that are not translated: %q, %q", r.Note("en", 0), r.WithdrawnReason("en"))
	}
}

// TestIn holds what a reader of each language gets.
func TestIn(t *testing.T) {
	w := newWorld().add("scams/a", "issued: 2026-01-01\nchanges:\n  - {at: 2026-01-05, note: 고침}")
	w.files["scams/a.en.md"] = "---\ntitle: a\nsummary: b\nchanges:\n  - {note: Changed}\n---\n"
	w.add("scams/b", "issued: 2026-01-01")
	delete(w.files, "scams/b.en.md")
	s := w.good(t, "2026-01-04")
	if x := s.Record("scams/a").In("en"); x.Title != "a" || x.Outdated || x.Fallback {
		t.Errorf("before the change: %+v", x)
	}
	s = w.good(t, "2026-01-05")
	if x := s.Record("scams/a").In("en"); !x.Outdated || x.Fallback {
		t.Errorf("after the change: outdated %v", x.Outdated)
	}
	if x := s.Record("scams/a").In("ko"); x.Outdated || x.Title != "가" {
		t.Errorf("the source: %+v", x)
	}
	if x := s.Record("scams/b").In("en"); !x.Fallback || x.Title != "가" || s.Record("scams/b").Translated("en") {
		t.Errorf("not translated: fallback %v, title %q", x.Fallback, x.Title)
	}
	if n := s.Record("scams/a").Note("en", 0); n != "Changed" {
		t.Error(n)
	}
}

// TestDrafts holds that drafts are on no site unless asked for.
func TestDrafts(t *testing.T) {
	w := newWorld().add("scams/a", "issued: 2026-01-01\ndraft: true")
	if s := w.good(t, "2026-01-05"); s.Record("scams/a") != nil || len(s.Scams) > 0 || !s.Next.IsZero() {
		t.Error("a draft is on the site")
	}
	w.drafts = true
	if s := w.good(t, "2026-01-05"); s.Record("scams/a") == nil {
		t.Error("a draft that was asked for is not on the site")
	}
}
