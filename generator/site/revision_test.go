package site

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"bongsu/generator/markup"
	"bongsu/generator/model"

	"github.com/google/go-cmp/cmp"
)

// old makes a kept text of a record.
func old(id, lang string, n int, body string, links ...string) model.Revision {
	kind, slug, _ := strings.Cut(id, "/")
	d := &model.Doc{Kind: model.KindOf(kind), Slug: slug, Lang: lang}
	d.Title, d.Body = lang, model.NewBody(markup.Document{HTML: body})
	for _, dest := range links {
		d.Body.Links = append(d.Body.Links, markup.Link{Dest: dest, Internal: !strings.Contains(dest, ":")})
	}
	return model.Revision{Of: "content/" + id + "." + lang + ".md", Kind: d.Kind, Slug: slug, Lang: lang, N: n, Doc: d}
}

const twice = "issued: 2026-01-01\nchanges:\n  - {at: 2026-01-10, note: x}\n  - {at: 2026-01-20, note: y}"

func TestTextAt(t *testing.T) {
	for _, c := range []struct {
		name, now string
		kept      []model.Revision
		lang      string
		n         int
		want      string // language of the text, with + where it is a fallback; "" none
	}{
		{"kept", "2026-02-01", []model.Revision{old("scams/a", "ko", 1, "")}, "ko", 1, "ko"},
		{"not kept", "2026-02-01", []model.Revision{old("scams/a", "ko", 1, "")}, "ko", 2, ""},
		{"the source stands in", "2026-02-01", []model.Revision{old("scams/a", "ko", 1, "")}, "en", 1, "ko+"},
		{"a translation stands in", "2026-02-01", []model.Revision{old("scams/a", "en", 1, "")}, "ko", 1, "en+"},
		{"own language first", "2026-02-01", []model.Revision{old("scams/a", "ko", 1, ""), old("scams/a", "en", 1, "")}, "en", 1, "en"},
		{"the one that stands", "2026-02-01", nil, "en", 3, "en"},
		{"a change to come: what is kept of the revision that is public", "2026-01-15", []model.Revision{old("scams/a", "ko", 2, "")}, "ko", 2, "ko"},
		{"a change to come: what there is", "2026-01-15", nil, "ko", 2, "ko"},
		{"unread", "2026-02-01", []model.Revision{{Of: "content/scams/a.ko.md", Kind: model.KindOf("scams"), Slug: "a", Lang: "ko", N: 1}}, "ko", 1, ""},
	} {
		in, _ := newWorld().add("scams/a", twice).input(t, c.now)
		in.Revisions = c.kept
		s, diags := Join(in)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		text, ok := s.Record("scams/a").TextAt(c.lang, c.n)
		got := ""
		if ok {
			got = text.Doc.Lang
			if text.Fallback {
				got += "+"
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTextToCome: before the time of a change readers see the text that was
// kept, not the one that the files already hold; afterwards the new one.
func TestTextToCome(t *testing.T) {
	kept := old("scams/a", "ko", 2, "")
	for now, want := range map[string]bool{"2026-01-15": true, "2026-02-01": false} {
		for _, lang := range []string{"ko", "en"} {
			in, _ := newWorld().add("scams/a", twice).input(t, now)
			in.Revisions = []model.Revision{kept}
			for _, d := range in.Docs {
				if d.Lang == "en" {
					d.Translates = 3 // of the text to come
				}
			}
			s, diags := Join(in)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			got := s.Record("scams/a").In(lang)
			if (got.Doc.Title == kept.Doc.Title && got.Doc == kept.Doc) != want || got.Fallback != (want && lang == "en") {
				t.Errorf("at %s in %s: %q, fallback %v, kept %v", now, lang, got.Doc.Title, got.Fallback, want)
			}
		}
	}
}

// TestHistoryPaths holds that no slug can give the address of a page of a
// history, and that texts may link to those that exist.
func TestHistoryPaths(t *testing.T) {
	in, _ := newWorld().add("scams/a", twice).add("pages/help", twice).add("provinces/cambodia/kampot", twice).add("scams/b", "issued: 2026-01-01").input(t, "2026-02-01")
	in.Revisions = []model.Revision{old("scams/a", "ko", 2, "")}
	s, diags := Join(in)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var got []string
	for path := range s.Routes() {
		if strings.Contains(path, "--") {
			got = append(got, path)
		}
	}
	slices.Sort(got)
	want := []string{"help--history", "provinces/cambodia/kampot--history", "scams/a--history", "scams/a--r2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, path := range got {
		kind, name, ok := strings.Cut(path, "/")
		if !ok {
			kind, name = "pages", path
		}
		if _, _, _, d := model.Locate("content/" + kind + "/" + name + ".ko.md"); d == nil {
			t.Errorf("a record may have the address %q", path)
		}
	}
}

// TestEarlierLinks holds how links of a kept text are made to fit.
func TestEarlierLinks(t *testing.T) {
	for _, c := range []struct{ dest, html, want string }{
		{"/scams/b", `<a href="/ko/scams/b.html">x</a>`, `<a href="/ko/scams/b.html">x</a>`},
		{"/scams/gone", `<a href="/ko/scams/gone.html">x <em>y</em></a>.`, `<span class="link-later">x <em>y</em></span>.`},
		{"/scams/later", `<a href="/ko/scams/later.html">x</a>`, `<span class="link-later">x</span>`},
		{"/scams/b#gone", `<a href="/ko/scams/b.html#gone">x</a>`, `<a href="/ko/scams/b.html">x</a>`},
		{"/scams/b#part", `<a href="/ko/scams/b.html#part">x</a>`, `<a href="/ko/scams/b.html#part">x</a>`},
		{"KH-7/bokor", `<a href="/ko/provinces/cambodia/kampot.html#bokor">x</a>`, `<a href="/ko/provinces/cambodia/kampot.html#bokor">x</a>`},
		{"KH-99", `<a href="KH-99">x</a>`, `<span class="link-later">x</span>`},
		{"#here", `<h2 id="here">z</h2><a href="#here">x</a>`, `<h2 id="here">z</h2><a href="#here">x</a>`},
		{"#gone", `<a href="#gone">x</a>`, `<span class="link-later">x</span>`},
		{"/media/map.png", `<img src="/media/map.png" alt="a &quot;b&quot;" loading="lazy">`, `<img src="/media/map.png" alt="a &quot;b&quot;" loading="lazy">`},
		{"/media/gone.png", `<img src="/media/gone.png" alt="a &quot;b&quot;" loading="lazy">`, `<span class="link-later">a &quot;b&quot;</span>`},
		{"https://bait.example/x?a&b", `<a href="https://bait.example/x?a&amp;b" rel="external noreferrer">x</a>`, `<span class="link-later">x</span>`},
		{"https://good.example/", `<a href="https://good.example/" rel="external noreferrer">x</a>`, `<a href="https://good.example/" rel="external noreferrer">x</a>`},
	} {
		in, _ := newWorld().add("scams/a", twice).text("scams/b", "issued: 2026-01-01\nindicators: [{type: domain, value: bait.example, status: alleged, basis: x, source: \"https://a.example/\"}]", "## 가 {#part}").
			add("scams/later", "issued: 2026-03-01").input(t, "2026-02-01")
		in.Media = []string{"map.png"}
		kept := old("scams/a", "ko", 1, c.html, c.dest)
		in.Revisions = []model.Revision{kept}
		s, diags := Join(in)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		text, _ := s.Record("scams/a").TextAt("ko", 1)
		if text.Body.HTML() != c.want {
			t.Errorf("%s: %s, want %s", c.dest, text.Body.HTML(), c.want)
		}
		if kept.Doc.Body.HTML() != c.html {
			t.Errorf("%s: the input was changed", c.dest)
		}
	}
}

// TestLaterLinks holds that a link to what is not public yet is printed as its
// text, in a copy, and appears by itself.
func TestLaterLinks(t *testing.T) {
	front := "issued: 2026-01-01"
	in, diags := newWorld().text("scams/a", front, "x").add("scams/later", "issued: 2026-03-01").add("scams/draft", front+"\ndraft: true").
		text("pages/help", "issued: 2026-03-05", "## 갇힘 {#held}").input(t, "2026-02-01")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	body := `<p><a href="/ko/scams/later.html#x" title="t">나중 <code>z</code></a> <a href="/ko/scams/draft.html">초안</a> <a href="/ko/help/#held">갇힘</a> <a href="/ko/help/">도움</a></p>`
	var doc *model.Doc
	for _, d := range in.Docs {
		if d.Slug == "a" && d.Lang == "ko" {
			doc = d
		}
	}
	doc.Body = model.NewBody(markup.Document{HTML: body, Links: doc.Body.Links})
	for _, dest := range []string{"/scams/later#x", "/scams/draft", "/help/#held", "/help/"} {
		doc.Body.Links = append(doc.Body.Links, markup.Link{Dest: dest, Internal: true})
	}
	for _, c := range []struct {
		now    string
		drafts bool
		want   string
		codes  map[string]int
		linked string
	}{
		{"2026-02-01", false, `<p><span class="link-later">나중 <code>z</code></span> <span class="link-later">초안</span> <a href="/ko/help/">갇힘</a> <a href="/ko/help/">도움</a></p>`, map[string]int{"link-not-public": 3}, ""},
		{"2026-02-01", true, `<p><span class="link-later">나중 <code>z</code></span> <a href="/ko/scams/draft.html">초안</a> <a href="/ko/help/">갇힘</a> <a href="/ko/help/">도움</a></p>`, map[string]int{"link-not-public": 2}, "2026-01-01T00:00"},
		{"2026-03-05", true, body, map[string]int{}, "2026-03-05T00:00"},
	} {
		at, _, _ := model.ParseTime(c.now, in.Config.Zone)
		in.Now, in.Drafts = at, c.drafts
		s, diags := Join(in)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		r := s.Record("scams/a")
		if got := r.In("ko").Body.HTML(); got != c.want {
			t.Errorf("%s: %s", c.now, got)
		}
		if r.Source != r.Docs["ko"] || r.In("ko").Fallback || r.In("ko").Outdated {
			t.Errorf("%s: the copy is not the source", c.now)
		}
		codes := map[string]int{}
		for _, d := range diags {
			if d.Code == "link-not-public" {
				codes[string(d.Code)]++
			}
		}
		if !maps.Equal(codes, c.codes) {
			t.Errorf("%s: %v", c.now, diags)
		}
		if got := clock(r.Linked); got != c.linked {
			t.Errorf("%s: linked %q, want %q", c.now, got, c.linked)
		}
	}
	if doc.Body.HTML() != body || len(doc.Body.Links) != 4 {
		t.Error("the input was changed")
	}
}

// TestDays holds the days of change of a country.
func TestDays(t *testing.T) {
	s := newWorld().add("advisories/a", "issued: 2026-01-01T23:00\ncategories: [crime]\nlevels: [{level: 3, places: [KH-1]}]").
		add("advisories/b", "issued: 2026-01-01T23:30\ncategories: [crime]\nlevels: [{level: 2, places: [KH-1/poipet]}]").
		add("advisories/c", "issued: 2026-01-02T00:30\neffective: 2026-03-01\ncategories: [crime]\nlevels: [{level: 3, places: [LA]}]").good(t, "2026-01-10")
	var got []string
	for _, c := range s.Atlas.Countries {
		for _, d := range s.Days(c) {
			got = append(got, d.Path()+" "+clock(d.End()))
			if s.DayOf(d.Changes[0]) != d.Path() || s.Routes()[d.Path()] != c.ID {
				t.Errorf("%s has no address", d.Path())
			}
		}
	}
	if diff := cmp.Diff([]string{"levels/cambodia/2026-01-01 2026-01-01T23:30", "levels/laos/2026-03-01 2026-03-01T00:00"}, got); diff != "" {
		t.Error(diff)
	}
}
