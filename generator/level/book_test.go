package level

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bongsu/generator/model"
)

// scheme is the five levels of Korea's foreign ministry.
var scheme = model.NewScheme([]model.Level{
	{ID: "1", Rank: 1}, {ID: "2", Rank: 2}, {ID: "special", Rank: 2.5, Temporary: true, MaxDays: 90},
	{ID: "3", Rank: 3}, {ID: "4", Rank: 4, LegalForce: true},
})

func ref(id string) model.Ref { return model.Ref{ID: id} }

// atlas has a country with three provinces, an area in two of them, and a belt
// across two.
func atlas() *model.Atlas {
	return model.NewAtlas([]*model.Country{{
		Code: "KH", Slug: "cambodia", Level: ref("1"),
		Provinces: []model.Province{
			{Code: "KH-1", Slug: "a", Areas: []model.Area{{ID: "poipet"}}},
			{Code: "KH-7", Slug: "b", Areas: []model.Area{{ID: "bokor"}}},
			{Code: "KH-18", Slug: "c", Level: ref("2")},
		},
		Areas: []model.Area{{ID: "belt", Touches: []model.Ref{ref("KH-1"), ref("KH-7")}}},
	}})
}

func day(n int) time.Time { return time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// set makes a measure from a level and place codes; codes after "-" are
// exceptions.
func set(a *model.Atlas, level string, codes ...string) Measure {
	m := Measure{Level: scheme.Level(level)}
	list := &m.Places
	for _, c := range codes {
		if c == "-" {
			list = &m.Except
			continue
		}
		p := a.Place(c)
		if p == nil {
			panic("no place " + c)
		}
		*list = append(*list, p)
	}
	return m
}

func decide(id string, from int, measures ...Measure) *Decision {
	return &Decision{ID: id, Issued: day(from), Effective: day(from), Measures: measures}
}

func TestFold(t *testing.T) {
	a := atlas()
	type want map[string]string // place -> level, "" none, suffix ! held
	tests := []struct {
		name      string
		decisions []*Decision
		at        int
		want      want
	}{
		{"baseline", nil, 5, want{"KH": "1", "KH-1": "1", "KH-18": "2", "KH-1/poipet": "1", "KH/belt": ""}},
		{"a province sets its areas", []*Decision{decide("x", 1, set(a, "3", "KH-1"))}, 1,
			want{"KH-1": "3", "KH-1/poipet": "3", "KH-7": "1", "KH": "1", "KH/belt": ""}},
		{"not before it starts", []*Decision{decide("x", 2, set(a, "3", "KH-1"))}, 1, want{"KH-1": "1"}},
		{"a country sets everything but its exceptions", []*Decision{decide("x", 1, set(a, "2", "KH", "-", "KH-1"))}, 2,
			want{"KH": "2", "KH-1": "1", "KH-1/poipet": "1", "KH-7": "2", "KH-7/bokor": "2", "KH/belt": "2"}},
		{"specific over broad in one decision, broad written last",
			[]*Decision{decide("x", 1, set(a, "4", "KH-7/bokor"), set(a, "3", "KH-7"), set(a, "2", "KH"))}, 1,
			want{"KH-7/bokor": "4", "KH-7": "3", "KH-18": "2", "KH": "2"}},
		{"specific over broad, broad written first",
			[]*Decision{decide("x", 1, set(a, "2", "KH"), set(a, "3", "KH-7"), set(a, "4", "KH-7/bokor"))}, 1,
			want{"KH-7/bokor": "4", "KH-7": "3", "KH-18": "2"}},
		{"the latest wins, broad over specific of an earlier one",
			[]*Decision{decide("a", 1, set(a, "4", "KH-7/bokor")), decide("b", 2, set(a, "2", "KH"))}, 3,
			want{"KH-7/bokor": "2", "KH-7": "2"}},
		{"an excepted area keeps what it had",
			[]*Decision{decide("a", 1, set(a, "4", "KH-7/bokor")), decide("b", 2, set(a, "2", "KH-7", "-", "KH-7/bokor"))}, 3,
			want{"KH-7/bokor": "4", "KH-7": "2"}},
		{"at one time the id decides", []*Decision{decide("b", 1, set(a, "3", "KH-1")), decide("a", 1, set(a, "2", "KH-1"))}, 1, want{"KH-1": "3"}},
		{"an end uncovers what was before",
			[]*Decision{decide("a", 1, set(a, "2", "KH-1")), {ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Measures: []Measure{set(a, "3", "KH-1")}}}, 4,
			want{"KH-1": "2"}},
		{"a temporary level is held",
			[]*Decision{{ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Measures: []Measure{set(a, "special", "KH-1")}}}, 9,
			want{"KH-1": "special!", "KH-1/poipet": "special!"}},
		{"a temporary level is lifted where the editor says so",
			[]*Decision{{ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Lift: true, Measures: []Measure{set(a, "special", "KH-1")}}}, 4,
			want{"KH-1": "1"}},
		{"in one decision the temporary level is held and the other ends",
			[]*Decision{{ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Measures: []Measure{set(a, "special", "KH-1"), set(a, "3", "KH-7")}}}, 4,
			want{"KH-1": "special!", "KH-7": "1"}},
		{"a later decision ends a hold",
			[]*Decision{{ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Measures: []Measure{set(a, "special", "KH-1")}}, decide("c", 6, set(a, "2", "KH-1"))}, 6,
			want{"KH-1": "2"}},
		{"supersedes ends a hold",
			[]*Decision{{ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Measures: []Measure{set(a, "special", "KH-1")}}, {ID: "c", Issued: day(6), Effective: day(6), Supersedes: []string{"b"}}}, 6,
			want{"KH-1": "1"}},
		{"withdrawn: as if it had never been",
			[]*Decision{decide("a", 1, set(a, "2", "KH-1")), {ID: "b", Issued: day(2), Effective: day(2), Withdrawn: day(3), Measures: []Measure{set(a, "3", "KH-1")}}}, 3,
			want{"KH-1": "2"}},
		{"withdrawn before it starts: supersedes nothing",
			[]*Decision{decide("a", 1, set(a, "3", "KH-1")), {ID: "b", Issued: day(2), Effective: day(5), Withdrawn: day(3), Supersedes: []string{"a"}}}, 6,
			want{"KH-1": "3"}},
		{"superseded: its end is the start of the other",
			[]*Decision{decide("a", 1, set(a, "3", "KH-1")), {ID: "b", Issued: day(2), Effective: day(5), Supersedes: []string{"a"}}}, 4,
			want{"KH-1": "3"}},
		{"never before it is issued",
			[]*Decision{{ID: "a", Issued: day(5), Effective: day(1), Measures: []Measure{set(a, "3", "KH-1")}}}, 4, want{"KH-1": "1"}},
		{"a crossing area has a level once it is named",
			[]*Decision{decide("a", 1, set(a, "3", "KH/belt"))}, 1, want{"KH/belt": "3", "KH-1": "1"}},
		{"a province gives a crossing area nothing",
			[]*Decision{decide("a", 1, set(a, "3", "KH-1"))}, 1, want{"KH/belt": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := NewBook(scheme, a, tt.decisions)
			for code, want := range tt.want {
				if got := show(b.At(a.Place(code), day(tt.at))); got != want {
					t.Errorf("%s: level %q, want %q", code, got, want)
				}
			}
		})
	}
}

func show(s State) string {
	if s.Level == nil {
		return ""
	}
	if s.Held {
		return s.Level.ID + "!"
	}
	return s.Level.ID
}

func TestStateTimes(t *testing.T) {
	a := atlas()
	b := NewBook(scheme, a, []*Decision{
		{ID: "a", Issued: day(1), Effective: day(1), Until: day(31), Measures: []Measure{set(a, "special", "KH-1")}},
		{ID: "b", Issued: day(20), Effective: day(20), Until: day(60), Measures: []Measure{set(a, "special", "KH-1")}},
	})
	st := b.At(a.Place("KH-1"), day(40))
	if !st.Since.Equal(day(1)) || !st.Until.Equal(day(60)) || st.Decision.ID != "b" || st.Held {
		t.Errorf("extended level: since %v until %v by %v held %v", st.Since, st.Until, st.Decision.ID, st.Held)
	}
	if st := b.At(a.Place("KH-1"), day(60)); !st.Held || !st.Since.Equal(day(1)) {
		t.Errorf("at its end: held %v since %v", st.Held, st.Since)
	}
	if st := b.At(a.Place("KH-18"), day(40)); !st.Since.IsZero() || st.Decision != nil {
		t.Errorf("baseline: since %v decision %v", st.Since, st.Decision)
	}
	if got := len(b.Changes(a.Place("KH-1"))); got != 1 {
		t.Errorf("an extension is no change of level: %d changes", got)
	}
}

func TestParts(t *testing.T) {
	a := atlas()
	b := NewBook(scheme, a, []*Decision{decide("a", 1, set(a, "2", "KH-1"), set(a, "3", "KH/belt"), set(a, "4", "KH-1/poipet"))})
	var got []string
	for _, p := range b.Parts(a.Place("KH-1"), day(2)) {
		got = append(got, p.Place.ID+"="+p.State.Level.ID)
	}
	if want := []string{"KH-1/poipet=4", "KH/belt=3"}; !slices.Equal(got, want) {
		t.Errorf("parts %v, want %v", got, want)
	}
}

func TestChanges(t *testing.T) {
	a := atlas()
	b := NewBook(scheme, a, []*Decision{
		decide("a", 1, set(a, "3", "KH-1", "-", "KH-1/poipet")),
		{ID: "b", Issued: day(2), Effective: day(2), Until: day(4), Measures: []Measure{set(a, "4", "KH-1", "-", "KH-1/poipet")}},
		{ID: "c", Issued: day(6), Effective: day(6), Supersedes: []string{"a"}},
	})
	type row struct {
		day            int
		from, to, by   string
		reason         Reason
		raised, lowers bool
	}
	want := []row{{1, "1", "3", "a", Set, true, false}, {2, "3", "4", "b", Set, true, false}, {4, "4", "3", "b", Ended, false, true}, {6, "3", "1", "c", Superseded, false, true}}
	got := b.Changes(a.Place("KH-1"))
	if len(got) != len(want) {
		t.Fatalf("%d changes, want %d: %v", len(got), len(want), got)
	}
	for i, w := range want {
		g := got[i]
		if !g.At.Equal(day(w.day)) || g.From.ID != w.from || g.To.ID != w.to || g.Cause.ID != w.by || g.Reason != w.reason || g.Raised() != w.raised {
			t.Errorf("change %d: %v %s→%s by %s (%d), want %+v", i, g.At, g.From.ID, g.To.ID, g.Cause.ID, g.Reason, w)
		}
	}
}

func TestLowerings(t *testing.T) {
	a := atlas()
	raised := decide("a", 1, set(a, "4", "KH-7/bokor"), set(a, "3", "KH-18"), set(a, "special", "KH-1"))
	tests := []struct {
		name string
		next *Decision
		want []string // places lowered
	}{
		{"a country over higher places", decide("b", 2, set(a, "2", "KH")), []string{"KH-1", "KH-1/poipet", "KH-18", "KH-7/bokor"}},
		{"a crossing area below a province it touches", decide("b", 2, set(a, "2", "KH", "-", "KH-1", "KH-18", "KH-7/bokor")), []string{"KH/belt"}},
		{"excepted", decide("b", 2, set(a, "2", "KH", "-", "KH-1", "KH-18", "KH-7/bokor", "KH/belt")), nil},
		{"named, at whatever level", decide("b", 2, set(a, "2", "KH", "-", "KH-1", "KH/belt"), set(a, "2", "KH-18", "KH-7/bokor")), nil},
		{"a province over its area", decide("b", 2, set(a, "2", "KH-7")), []string{"KH-7/bokor"}},
		{"a province over its excepted area", decide("b", 2, set(a, "2", "KH-7", "-", "KH-7/bokor")), nil},
		{"raising is no lowering", decide("b", 2, set(a, "4", "KH-18", "KH-1")), nil},
		{"a named province covers its area no further", decide("b", 2, set(a, "1", "KH-1")), []string{"KH-1/poipet"}},
		{"at the same time, later by id", decide("b", 1, set(a, "2", "KH", "-", "KH-1", "KH/belt", "KH-7/bokor")), []string{"KH-18"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := NewBook(scheme, a, []*Decision{raised, tt.next})
			var got []string
			for _, l := range b.Lowerings() {
				if l.Decision.ID != "b" {
					t.Errorf("lowering by %s", l.Decision.ID)
				}
				got = append(got, l.Place.ID)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("lowered %v, want %v", got, tt.want)
			}
		})
	}
}

// oracle derives the level of a place straight from the words of
// content-model.md: go through every decision that is active, in order, and
// let the most specific of its measures that covers the place set the level.
func oracle(a *model.Atlas, decisions []*Decision, p *model.Place, t time.Time) string {
	level := ""
	if base := scheme.Level(p.Baseline.ID); base != nil {
		level = base.ID
	}
	ordered := slices.Clone(decisions)
	slices.SortFunc(ordered, func(x, y *Decision) int {
		if c := x.Effective.Compare(y.Effective); c != 0 {
			return c
		}
		if c := x.Issued.Compare(y.Issued); c != 0 {
			return c
		}
		if x.ID < y.ID {
			return -1
		}
		return 1
	})
	begins := func(d *Decision) time.Time {
		if d.Issued.After(d.Effective) {
			return d.Issued
		}
		return d.Effective
	}
	for _, d := range ordered {
		if t.Before(begins(d)) || (!d.Withdrawn.IsZero() && !t.Before(d.Withdrawn)) {
			continue
		}
		gone := false
		for _, o := range decisions {
			takesEffect := o.Withdrawn.IsZero() || o.Withdrawn.After(begins(o))
			if takesEffect && slices.Contains(o.Supersedes, d.ID) && !t.Before(begins(o)) {
				gone = true
			}
		}
		if gone {
			continue
		}
		best, bestRank := "", -1
		for _, m := range d.Measures {
			for _, n := range m.Places {
				covers := p == n || (p.Inside(n) && !slices.ContainsFunc(m.Except, func(e *model.Place) bool { return p == e || p.Inside(e) }))
				rank := map[bool]int{true: 2, false: int(n.Kind)}[n.Area != nil]
				if !covers || rank <= bestRank {
					continue
				}
				bestRank, best = rank, m.Level.ID
				past := !d.Until.IsZero() && !t.Before(d.Until)
				if past && m.Level.Temporary && !d.Lift {
					best += "!"
				} else if past {
					best = "gone"
				}
			}
		}
		if best != "" && best != "gone" {
			level = best
		}
	}
	return level
}

// TestFoldProperty compares the book with the oracle on random decisions.
func TestFoldProperty(t *testing.T) {
	a := atlas()
	for seed := range uint64(1500) {
		rng := rand.New(rand.NewPCG(seed, 1))
		decisions := randomDecisions(rng, a)
		b := NewBook(scheme, a, decisions)
		shuffled := slices.Clone(decisions)
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		b2 := NewBook(scheme, a, shuffled)
		for d := -1; d < 30; d++ {
			for _, id := range a.IDs() {
				p := a.Place(id)
				want := oracle(a, decisions, p, day(d))
				if got := show(b.At(p, day(d))); got != want {
					t.Fatalf("seed %d day %d %s: level %q, want %q", seed, d, id, got, want)
				}
				if got := show(b2.At(p, day(d))); got != want {
					t.Fatalf("seed %d day %d %s: level depends on the order of the input", seed, d, id)
				}
			}
		}
		checkSegments(t, seed, a, b)
	}
}

// checkSegments: segments join without gaps, and consecutive ones differ.
func checkSegments(t *testing.T, seed uint64, a *model.Atlas, b *Book) {
	t.Helper()
	for _, id := range a.IDs() {
		segs := b.Segments(a.Place(id))
		if !segs[0].From.IsZero() || !segs[len(segs)-1].To.IsZero() {
			t.Fatalf("seed %d %s: the course does not cover all time", seed, id)
		}
		for i := 1; i < len(segs); i++ {
			if !segs[i].From.Equal(segs[i-1].To) || !segs[i].From.After(segs[i-1].From) {
				t.Fatalf("seed %d %s: segments %d and %d do not join", seed, id, i-1, i)
			}
		}
		for _, c := range b.Changes(a.Place(id)) {
			if c.From == c.To || c.Cause == nil {
				t.Fatalf("seed %d %s: change without change or cause: %+v", seed, id, c)
			}
		}
	}
}

func randomDecisions(rng *rand.Rand, a *model.Atlas) []*Decision {
	ids := a.IDs()
	var out []*Decision
	for i := range 1 + rng.IntN(6) {
		d := &Decision{ID: string(rune('a' + i)), Effective: day(rng.IntN(20))}
		d.Issued = d.Effective.AddDate(0, 0, rng.IntN(4)-2)
		if rng.IntN(2) == 0 {
			d.Until = d.Effective.AddDate(0, 0, 1+rng.IntN(10))
			d.Lift = rng.IntN(3) == 0
		}
		if rng.IntN(5) == 0 {
			d.Withdrawn = d.Issued.AddDate(0, 0, rng.IntN(12))
		}
		if i > 0 && rng.IntN(4) == 0 {
			d.Supersedes = []string{string(rune('a' + rng.IntN(i)))}
		}
		used := map[string]bool{}
		for range rng.IntN(4) {
			id := ids[rng.IntN(len(ids))]
			if used[id] {
				continue // a place is named once in a decision; check refuses more
			}
			used[id] = true
			m := set(a, scheme.IDs()[rng.IntN(5)], id)
			if rng.IntN(2) == 0 {
				m.Except = append(m.Except, a.Place(ids[rng.IntN(len(ids))]))
			}
			d.Measures = append(d.Measures, m)
		}
		out = append(out, d)
	}
	return out
}
