package site

import (
	"strings"
	"testing"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/model"

	"github.com/google/go-cmp/cmp"
)

// TestNext holds that every event at which the output changes with no edit is
// found, and nothing that has passed.
func TestNext(t *testing.T) {
	for _, c := range []struct {
		name, path, front, now, want string
	}{
		{"issue", "scams/a", "issued: 2026-02-01T09:00", "2026-01-01", "2026-02-01T09:00"},
		{"nothing more after it", "scams/a", "issued: 2026-02-01", "2026-02-01", ""},
		{"change", "scams/a", "issued: 2026-01-01\nchanges:\n  - {at: 2026-01-10, note: x}\n  - {at: 2026-02-10, note: y}", "2026-01-15", "2026-02-10T00:00"},
		{"review", "scams/a", "issued: 2026-01-01\nreview: 2026-03-01", "2026-01-15", "2026-03-01T00:00"},
		{"withdrawal", "scams/a", "issued: 2026-01-01\nwithdrawn: {at: 2026-03-02, reason: x}", "2026-01-15", "2026-03-02T00:00"},
		{"effect", "advisories/a", "issued: 2026-01-01\neffective: 2026-01-20\ncategories: [crime]", "2026-01-15", "2026-01-20T00:00"},
		{"end", "advisories/a", "issued: 2026-01-01\nuntil: 2026-01-20\ncategories: [crime]", "2026-01-15", "2026-01-20T00:00"},
		{"end of a temporary level, from when it is held", "advisories/a", "issued: 2026-01-01\nuntil: 2026-01-20\ncategories: [crime]\nlevels: [{level: special, places: [LA]}]", "2026-01-15", "2026-01-20T00:00"},
		{"the nearest of several", "advisories/a", "issued: 2026-01-01\neffective: 2026-02-01\nuntil: 2026-03-01\nreview: 2026-01-31\ncategories: [crime]", "2026-01-15", "2026-01-31T00:00"},
		{"drafts have none", "scams/a", "issued: 2026-02-01\ndraft: true", "2026-01-15", ""},
	} {
		s := newWorld().add(c.path, c.front).good(t, c.now)
		if got := clock(s.Next); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestBeforeItsTime holds that what is scheduled cannot be told from what does
// not exist: a record, its places and levels, and a change.
func TestBeforeItsTime(t *testing.T) {
	without := newWorld().add("advisories/now", "issued: 2026-01-01\ncategories: [crime]\nlevels: [{level: 2, places: [KH-1]}]")
	with := newWorld().add("advisories/now", "issued: 2026-01-01\ncategories: [crime]\nlevels: [{level: 2, places: [KH-1]}]\nchanges: [{at: 2026-02-01, note: x, major: true}]").
		add("advisories/later", "issued: 2026-02-01\ncategories: [crime]\nlevels: [{level: 4, places: [KH-1]}]\nlegal: {basis: x}\nsupersedes: [advisories/now]\nurgent: true")
	with.files["advisories/later.en.md"] = "---\ntitle: a\nsummary: b\nlegal: {basis: x}\n---\n"
	look := func(s *Site) []string {
		out := []string{idsOf(s.Advisories), idsOf(s.At(s.Atlas.Place("KH-1"))), levelOf(s, "KH-1"), levelOf(s, "KH-1/poipet")}
		for _, c := range s.Changes() {
			out = append(out, clock(c.At)+" "+c.Place.ID+" "+c.To.ID)
		}
		for _, a := range s.Alerts() {
			out = append(out, a.ID()+" "+clock(a.At))
		}
		for _, r := range s.Advisories {
			out = append(out, r.ID, string(r.Status), clock(r.Modified), clock(r.Updated))
		}
		return out
	}
	if diff := cmp.Diff(look(without.good(t, "2026-01-31T23:59")), look(with.good(t, "2026-01-31T23:59"))); diff != "" {
		t.Errorf("before (-without +with):\n%s", diff)
	}
	s := with.good(t, "2026-02-01")
	if levelOf(s, "KH-1") != "4" || s.Record("advisories/now").Status != StatusSuperseded || s.Record("advisories/now").Revision() != 2 {
		t.Errorf("at its time: level %s", levelOf(s, "KH-1"))
	}
}

// TestPlaces holds on which pages of places a record stands.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, path, front, want string }{
		{"area", "scams/a", "places: [KH-1/poipet]", "KH KH-1"},
		{"province", "scams/a", "places: [KH-7]", "KH KH-7"},
		{"country alone", "scams/a", "places: [KH]", "KH"},
		{"crossing area", "scams/a", "places: [KH/border]", "KH KH-1"},
		{"a measure for a country", "advisories/a", "categories: [crime]\nlevels: [{level: 3, places: [KH]}]", "KH KH-1 KH-7"},
		{"but its exceptions", "advisories/a", "categories: [crime]\nlevels: [{level: 3, places: [KH], except: [KH-7]}]", "KH KH-1"},
		{"measures and places together", "advisories/a", "categories: [crime]\nlevels: [{level: 3, places: [LA]}]\nplaces: [KH-7/bokor]", "KH KH-7 LA"},
		{"none", "advisories/a", "categories: [crime]", ""},
		{"a page", "pages/a", "", ""},
	} {
		s := newWorld().add(c.path, "issued: 2026-01-01\n"+c.front).good(t, "2026-01-02")
		var got []string
		for _, id := range s.Atlas.IDs() {
			if list := s.At(s.Atlas.Place(id)); len(list) == 1 {
				got = append(got, id)
			} else if len(list) > 1 {
				t.Errorf("%s: twice at %s", c.name, id)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, strings.Join(got, " "), c.want)
		}
	}
}

func TestChannels(t *testing.T) {
	w := newWorld().
		add("advisories/a", "issued: 2026-01-03\ncategories: [crime]\nlevels: [{level: 3, places: [KH-1]}]").
		add("advisories/b", "issued: 2026-01-01\ncategories: [scam]\nplaces: [LA]").
		add("scams/c", "issued: 2026-01-02\nplaces: [KH-1]").
		add("pages/about", "issued: 2026-01-01")
	s := w.good(t, "2026-01-05")
	var ids []string
	for _, c := range s.Channels() {
		ids = append(ids, c.ID)
		want := map[string]string{
			"all": "advisories/a scams/c advisories/b", "advisories": "advisories/a advisories/b", "scams": "scams/c",
			"provinces/cambodia": "advisories/a scams/c", "provinces/cambodia/banteay": "advisories/a scams/c", "provinces/laos": "advisories/b",
			"categories/crime": "advisories/a", "categories/scam": "scams/c advisories/b", "levels/3": "advisories/a",
		}[c.ID]
		if got := idsOf(s.Records(c)); c.Kind != ChannelAlerts && got != want {
			t.Errorf("%s: %q, want %q", c.ID, got, want)
		}
		if c.Place != nil && ChannelOf(c.Place) != c && NowOf(c.Place) != c {
			t.Errorf("channel of %s: %+v", c.Place.ID, ChannelOf(c.Place))
		}
	}
	if diff := cmp.Diff(strings.Fields("alerts all advisories scams provinces/cambodia provinces/laos provinces/cambodia/banteay provinces/cambodia/kampot "+
		"levels-now/cambodia levels-now/laos categories/crime categories/scam levels/1 levels/2 levels/special levels/3 levels/4"), ids); diff != "" {
		t.Error(diff)
	}
	if f := s.Channels()[4].File("en", Formats[1]); f != "en/feeds/provinces/cambodia.atom" {
		t.Error(f)
	}
}

func TestTarget(t *testing.T) {
	s := newWorld().good(t, "2026-01-01")
	for _, c := range []struct {
		dest, path string
		ok         bool
	}{
		{"/advisories/travel-ban", "advisories/travel-ban", true},
		{"/advisories/travel-ban.html", "advisories/travel-ban", true},
		{"/advisories/travel-ban#x", "advisories/travel-ban#x", true},
		{"/", "", true},
		{"/help", "help/", true},
		{"/help/#held", "help/#held", true},
		{"/help#held", "help/#held", true},
		{"/scams/check", "scams/check/", true},
		{"/provinces/cambodia", "provinces/cambodia/", true},
		{"/provinces/cambodia/kampot", "provinces/cambodia/kampot", true},
		{"KH", "provinces/cambodia/", true},
		{"KH-7", "provinces/cambodia/kampot", true},
		{"KH-7/bokor", "provinces/cambodia/kampot#bokor", true},
		{"KH/border", "provinces/cambodia/#border", true},
		{"KH-18", "", false},
		{"KH-7/none", "", false},
		{"advisories/travel-ban", "", false},
		{"", "", false},
	} {
		if path, ok := Target(s.Atlas, c.dest); path != c.path || ok != c.ok {
			t.Errorf("%q: %q %v, want %q %v", c.dest, path, ok, c.path, c.ok)
		}
	}
}

func TestLinks(t *testing.T) {
	html := Links{Host: "https://example.org", Prefix: "/sub/"}
	clean := Links{Host: "https://example.org", Prefix: "/", Clean: true}
	for _, c := range []struct{ path, html, clean, file string }{
		{"", "/sub/ko/", "/ko/", "ko/index.html"},
		{"help/", "/sub/ko/help/", "/ko/help/", "ko/help/index.html"},
		{"scams/a", "/sub/ko/scams/a.html", "/ko/scams/a", "ko/scams/a.html"},
	} {
		if html.Page("ko", c.path) != c.html || clean.Page("ko", c.path) != c.clean || File("ko", c.path) != c.file {
			t.Errorf("%q: %q %q %q", c.path, html.Page("ko", c.path), clean.Page("ko", c.path), File("ko", c.path))
		}
	}
	if got := html.URL("ko", "scams/a#x"); got != "https://example.org/sub/ko/scams/a.html#x" {
		t.Error(got)
	}
}

func TestFragments(t *testing.T) {
	w := newWorld().
		text("scams/a", "issued: 2026-01-01", "[가](#here) [나](/help/#held) [다](/help/) [라](KH-7/bokor) [마](https://a.example/#x) [바](/pages#)").
		text("provinces/cambodia/kampot", "issued: 2026-01-01", "[가](#top)").
		text("scams/later", "issued: 2026-03-01", "[가](#later)")
	s, _ := w.join(t, "2026-01-02")
	var got []string
	for _, f := range s.Fragments() {
		got = append(got, f.Lang+" "+f.Path+" "+f.Fragment)
	}
	want := []string{"ko provinces/cambodia/kampot top", "ko scams/a here", "ko help/ held"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestProse holds which place a text in provinces/ describes.
func TestProse(t *testing.T) {
	s := newWorld().add("provinces/cambodia/cambodia", "issued: 2026-01-01").add("provinces/cambodia/kampot", "issued: 2026-01-01").
		add("provinces/laos/laos", "issued: 2026-02-01").good(t, "2026-01-02")
	for place, want := range map[string]string{"KH": "provinces/cambodia/cambodia", "KH-7": "provinces/cambodia/kampot"} {
		if r := s.Prose(s.Atlas.Place(place)); r == nil || r.ID != want || s.PlaceOf(r).ID != place {
			t.Errorf("%s: %v", place, r)
		}
	}
	for _, place := range []string{"KH-1", "LA"} {
		if r := s.Prose(s.Atlas.Place(place)); r != nil {
			t.Errorf("%s: %s", place, r.ID)
		}
	}
}

func TestRoutes(t *testing.T) {
	s := newWorld().add("scams/a", "issued: 2026-01-01").add("scams/later", "issued: 2026-03-01").add("pages/help", "issued: 2026-01-01").
		add("pages/faq", "issued: 2026-01-01").add("provinces/cambodia/kampot", "issued: 2026-01-01").good(t, "2026-01-02")
	routes := s.Routes()
	for path, want := range map[string]string{
		"": "section", "help/": "pages/help", "faq": "pages/faq", "scams/a": "scams/a", "scams/later": "",
		"provinces/cambodia/": "KH", "provinces/cambodia/kampot": "KH-7", "provinces/laos/": "LA", "pages/faq": "",
	} {
		if routes[path] != want {
			t.Errorf("%q: %q, want %q", path, routes[path], want)
		}
	}
}

// FuzzRecord holds that no file of a record breaks its decoder or the join, and
// that findings stay within the file.
func FuzzRecord(f *testing.F) {
	w := newWorld().add("advisories/base", "issued: 2026-01-01\ncategories: [crime]\nlevels: [{level: 2, places: [KH-1]}]")
	for _, seed := range []string{
		"title: a\nsummary: b\nissued: 2026-01-01\ncategories: [crime]\nlevels: [{level: special, places: [KH, KH-1/poipet], except: [KH-7]}]\nuntil: 2026-02-01\nsupersedes: [advisories/base, advisories/x]",
		"issued: 2199-12-31\nchanges: [{at: 1900-01-01, note: x}, {}]\nwithdrawn: {}\nlegal: {basis: x}\naliases: [x, index, x]",
		"translates: 7\ntitle: [a]\nlevels: [{places: [KH]}, {level: 4}, 3]\nplaces: {KH: 1}\nsources: [{}]\ncontacts: [call, none]",
		"a: &a [*a]\n? b\n: c\n<<: *a",
	} {
		f.Add([]byte(seed), "[x](/advisories/base#y) [z](KH-7/bokor)", "ko")
	}
	in, diags := w.input(f, "2026-01-15")
	if diags.HasErrors() {
		f.Fatal(diags)
	}
	renderer := markup.New()
	context := model.Context{Zone: in.Config.Zone, Languages: in.Config.Languages}
	f.Fuzz(func(t *testing.T, front []byte, body, lang string) {
		name := "content/advisories/x.ko.md"
		if lang != "ko" {
			name = "content/advisories/x.en.md"
		}
		text := "---\n" + string(front) + "\n---\n" + body
		doc, diags := readDoc(renderer, name, []byte(text), context)
		fuzzed := in
		fuzzed.Docs = append(append([]*model.Doc{}, in.Docs...), doc)
		s, more := Join(fuzzed)
		if s == nil {
			t.Fatal("no site")
		}
		lines := strings.Count(text, "\n") + 1
		for _, d := range append(diags, more...) {
			if d.Pos.File == name && d.Pos.Line > lines {
				t.Errorf("finding after the end: %v", d)
			}
			if d.Message == "" || strings.Contains(d.Message, "%!") || strings.Contains(d.Hint, "%!(") {
				t.Errorf("finding %+v", d)
			}
			if _, ok := diag.Codes[d.Code]; !ok {
				t.Errorf("code %q", d.Code)
			}
		}
	})
}
