package lang

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"bongsu/generator/diag"
)

func TestT(t *testing.T) {
	ko, en := mustLoad(t, "ko.yaml"), mustLoad(t, "en.yaml")
	for _, row := range []struct {
		cat  *Catalog
		key  string
		args []any
		want string
	}{
		{ko, "home.title", nil, "캄보디아 여행경보"},
		{ko, "feed.raised", []any{"place", "시하누크빌주", "from", "2", "to", "3"}, "시하누크빌주가 2단계에서 3단계로 올랐습니다"},
		{ko, "feed.raised", []any{"to", 4, "from", 3, "place", "보코산 지역(캄폿주)"}, "보코산 지역(캄폿주)이 3단계에서 4단계로 올랐습니다"},
		{ko, "feed.raised", []any{"from", "2", "to", "3", "place", "ក្រុងព្រះសីហនុ"}, "ក្រុងព្រះសីហនុ이(가) 2단계에서 3단계로 올랐습니다"},
		{ko, "feed.moved", []any{"place", "시아누크빌"}, "시아누크빌로 옮겼습니다"},
		{ko, "feed.level", []any{"n", 3}, "경보 3은 유효합니다"},
		{ko, "feed.level", []any{"n", int64(2)}, "경보 2는 유효합니다"},
		{ko, "feed.level", nil, "경보 ⟦n⟧은 유효합니다"},
		{ko, "feed.level", []any{"n"}, "경보 ⟦n⟧은 유효합니다"},
		{ko, "feed.level", []any{1, "n", "n", ""}, "경보 는 유효합니다"},
		{ko, "count.places", []any{"n", 1}, "1곳"},
		{ko, "braces", nil, "{이름}"},
		{ko, "empty", nil, ""},
		{ko, "home", nil, "⟦home⟧"},
		{ko, "home.titel", nil, "⟦home.titel⟧"},
		{en, "count.places", []any{"n", 1}, "1 place"},
		{en, "count.places", []any{"n", "1"}, "1 place"},
		{en, "count.places", []any{"n", 0}, "0 places"},
		{en, "count.places", []any{"n", "1,001"}, "1,001 places"},
		{en, "count.places", nil, "⟦n⟧ places"},
		{en, "home.welcome", []any{"place", "<b>{n}{은/는}"}, "Welcome to <b>{n}{은/는}"},
	} {
		if got := row.cat.T(row.key, row.args...); got != row.want {
			t.Errorf("%s %v: %q, want %q", row.key, row.args, got, row.want)
		}
	}
}

func TestBraces(t *testing.T) {
	c, list := Load("ko.yaml", []byte(`{a: "{{{n}}}", b: "{{}}", c: "가{은/는}{n}나{을/를}"}`))
	if len(list) > 0 {
		t.Fatal(list)
	}
	for key, want := range map[string]string{"a": "{폿}", "b": "{}", "c": "가는폿나를"} {
		if got := c.T(key, "n", "폿"); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

func TestPluralRules(t *testing.T) {
	for file, want := range map[string]string{"fr.yaml": "one one other", "de.yaml": "other one other", "en-GB.yaml": "other one other"} {
		c, list := Load(file, []byte("a: {one: one, other: other}"))
		if len(list) > 0 {
			t.Errorf("%s: %v", file, list)
		}
		if got := strings.Join([]string{c.T("a", "n", 0), c.T("a", "n", 1), c.T("a", "n", 2)}, " "); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

func TestFallback(t *testing.T) {
	en, _ := Load("strings/en.yaml", []byte("home: {title: Home, text: \"To {place}\"}\nfoot: Foot\nn: {one: one, other: \"{n}\"}\nformat: {date: \"{day}\"}\n"))
	ko, list := Load("strings/ko.yaml", []byte("home:\n  text: \"{palce} {other_thing}\"\nformat: {date: \"{year}\"}\n"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	full, list := ko.WithFallback(en)
	var got []string
	for _, d := range list.Sort() {
		got = append(got, d.Pos.String()+" "+string(d.Code))
	}
	want := []string{"strings/ko.yaml missing-string", "strings/ko.yaml missing-string", "strings/ko.yaml:1:1 missing-string", "strings/ko.yaml:2:3 bad-value", "strings/ko.yaml:2:3 bad-value"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Hint == "did you mean {place}?" }) {
		t.Errorf("no hint in %v", list)
	}
	if full.T("home.title") != "Home" || full.T("n", "n", 1) != "one" || full.Lang() != "ko" || !slices.Equal(full.Keys(), en.Keys()) {
		t.Errorf("%q %q %q", full.T("home.title"), full.T("n", "n", 1), full.Keys())
	}
	if ko.Has("foot") || full.Pos("foot").File != "strings/en.yaml" || !slices.Equal(full.Args("home.text"), []string{"other_thing", "palce"}) {
		t.Error("the original changed, or places and arguments are wrong")
	}
}

func TestOverlay(t *testing.T) {
	base, _ := Load("ko.yaml", []byte("home: {title: 봉수, text: 글}\n"))
	site, _ := Load("site/ko.yaml", []byte("home.title: 우리 봉수\nown: 새\n"))
	c := base.Overlay(site)
	if c.T("home.title") != "우리 봉수" || c.T("home.text") != "글" || c.T("own") != "새" || base.T("home.title") != "봉수" {
		t.Errorf("%q %q %q %q", c.T("home.title"), c.T("home.text"), c.T("own"), base.T("home.title"))
	}
	if got := c.Pos("home.title").String() + " " + c.Pos("home.text").String() + " " + c.Pos("home.none").String(); got != "site/ko.yaml:1:1 ko.yaml:1:19 ko.yaml:1:1" {
		t.Error(got)
	}
}

// TestConcurrent is for the race detector.
func TestConcurrent(t *testing.T) {
	c := mustLoad(t, "ko.yaml")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				c.T("feed.raised", "place", "캄폿", "from", 1, "to", 2)
			}
		})
	}
	wg.Wait()
}

func FuzzT(f *testing.F) {
	c := mustLoad(f, "ko.yaml")
	f.Add("캄폿주", "2", "3")
	f.Add("(", "{n}", "\xff")
	f.Fuzz(func(t *testing.T, place, from, to string) {
		got := c.T("feed.raised", "place", place, "from", from, "to", to)
		want := place + Particle(place, "이", "가") + " " + from + "단계에서 " + to + "단계로 올랐습니다"
		if got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func BenchmarkT(b *testing.B) {
	c := mustLoad(b, "ko.yaml")
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.T("home.title")
		}
	})
	b.Run("particle", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.T("feed.raised", "place", "시하누크빌주", "from", "2", "to", "3")
		}
	})
	b.Run("latin", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.T("feed.raised", "place", "Phnom Penh (프놈펜)", "from", "2", "to", "3")
		}
	})
}
