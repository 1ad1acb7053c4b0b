package feed

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"bongsu/generator/site"
)

// many adds n notices, one a day from the day from (from 1).
func (f *fixture) many(from, n int, extra string) {
	for i := range n {
		day := from + i
		f.add(fmt.Sprintf("advisories/2025/n-%03d.ko.md", day),
			fmt.Sprintf("title: 글 %d\nsummary: 요약.\nissued: 2025-%02d-%02d\ncategories: [crime]\nplaces: [KH-12]\n%s", day, 1+day/28, 1+day%28, extra), "본문 끝")
	}
}

// chain walks from a feed through its archives and gives their addresses and
// the ids of all entries.
func chain(t *testing.T, files map[string]string, start string) (pages []string, ids map[string]int) {
	t.Helper()
	ids = map[string]int{}
	for at := start; at != ""; {
		if slices.Contains(pages, at) {
			t.Fatalf("%s comes twice", at)
		}
		pages = append(pages, at)
		root := parseXML(t, files[at])
		kind, entry, id := "atom:feed", "atom:entry", "atom:id"
		if root.name == "rss" {
			root = root.one(t, "channel")
			kind, entry, id = "channel", "item", "guid"
		}
		if root.name != kind {
			t.Fatalf("%s is no feed", at)
		}
		for _, e := range root.all(entry) {
			ids[e.one(t, id).text]++
		}
		rels := map[string]string{}
		for _, l := range root.all("atom:link") {
			rels[l.attrs["rel"]] = strings.TrimPrefix(l.attrs["href"], "https://example.org/")
		}
		if archive := at != start; archive != (len(root.all("fh:archive")) == 1) || archive != (rels["current"] == start) {
			t.Errorf("%s: archive %v, links %v", at, archive, rels)
		}
		at = rels["prev-archive"]
	}
	return pages, ids
}

// Feed and archives hold every entry, whatever changed last; a full archive
// stays as it is when entries are added.
func TestArchives(t *testing.T) {
	f := newFixture()
	f.many(1, 60, "changes: [{at: 2025-12-30T09:00, note: 바뀜, major: true}]\n")
	f.many(61, 12, "")
	before := write(t, f.join(t))
	for _, ext := range []string{".atom", ".rss"} {
		for start, n := range map[string]int{"advisories": 72, "all": 72, "alerts": 60} {
			pages, ids := chain(t, before, "ko/feeds/"+start+ext)
			if len(ids) != n || len(pages) != 3 {
				t.Errorf("%s: %d entries in %d files", start, len(ids), len(pages))
			}
		}
	}
	f.many(73, 2, "")
	after := write(t, f.join(t))
	for file, text := range before {
		changed := after[file] != text
		if changed && strings.Contains(file, "/archive/") {
			t.Errorf("%s changed", file)
		}
		if !changed && file == "ko/feeds/all.atom" {
			t.Error("the feed did not change")
		}
	}
	f.many(75, 1, "")
	full := write(t, f.join(t))
	if full["ko/feeds/archive/all/3.atom"] == "" || after["ko/feeds/archive/all/3.atom"] != "" {
		t.Error("an archive is written when it is full, and not before")
	}
	if full["ko/feeds/archive/all/3.json"] != "" || full["ko/feeds/archive/categories/crime/1.atom"] != "" || full["ko/feeds/archive/provinces/cambodia/1.atom"] != "" {
		t.Error("what has no archives has some")
	}
	checkAll(t, f.join(t), full)
	if !strings.Contains(full["ko/feeds/archive/all/2.atom"], `rel="next-archive"`) || strings.Contains(full["ko/feeds/archive/all/3.atom"], `rel="next-archive"`) {
		t.Error("links to the next archive")
	}
}

// A correction of what is archived comes again in the feed.
func TestArchivedCorrection(t *testing.T) {
	f := newFixture()
	f.many(1, 80, "")
	file := "advisories/2025/n-003.ko.md"
	if strings.Contains(write(t, f.join(t))["ko/feeds/all.atom"], "advisories/n-003:ko") {
		t.Fatal("the old entry is in the feed already")
	}
	f.files[file] = strings.Replace(f.files[file], "categories:", "changes: [{at: 2025-12-01T00:00, note: 고침, major: true}]\ncategories:", 1)
	if got := parse(t, write(t, f.join(t))["ko/feeds/all.atom"]).Items[0].GUID; !strings.Contains(got, "n-003") {
		t.Errorf("first is %s", got)
	}
}

// The feed of present levels is whole, and what is lifted goes from it.
func TestLevelsNow(t *testing.T) {
	f := sample()
	s := f.join(t)
	files := write(t, s)
	text := files["ko/feeds/levels-now/cambodia.atom"]
	if !strings.Contains(text, "<fh:complete/>") || strings.Contains(text, "archive") {
		t.Error("not marked complete")
	}
	titles := map[string]string{}
	for _, it := range parse(t, text).Items {
		titles[it.GUID] = it.Title
	}
	want := map[string]string{}
	for _, p := range s.Atlas.IDs() {
		place := s.Atlas.Place(p)
		l := s.Book.At(place, s.Now).Level
		if p == "KH" || l == nil || place.Area != nil && strings.Contains(p, "-") && s.Book.At(place.Parent, s.Now).Level == l {
			continue
		}
		name := place.Name.Get("ko")
		if place.Area != nil && strings.Contains(p, "-") {
			name += "(" + place.Parent.Name.Get("ko") + ")"
		}
		digit := l.Digit.Get("ko") + "단계(" + l.Name.Get("ko") + ")"
		if l.ID == "special" {
			digit = l.Name.Get("ko")
		}
		want["tag:example.org,2025:levels/"+p+":ko"] = name + ": " + digit
	}
	if !maps.Equal(titles, want) {
		t.Errorf("entries %v\nwant %v", titles, want)
	}
	f.add("advisories/2026/lift.ko.md", "title: 해제\nsummary: 해제.\nissued: 2026-01-30\ncategories: [crime]\nsupersedes: [advisories/ban]\n", "본문")
	after := write(t, f.join(t))["ko/feeds/levels-now/cambodia.atom"]
	if strings.Contains(after, "levels/KH-7/bokor") || strings.Contains(after, "levels/KH-1/poipet") || !strings.Contains(after, "levels/KH-7:ko") {
		t.Error("what was lifted is still there, or more went")
	}
	if !strings.Contains(after, "<updated>2026-01-30T00:00:00+09:00</updated>") {
		t.Error("the feed does not say that it changed")
	}
}

// A removed record leaves a mark in Atom feeds, in those of alerts for each of
// its revisions, and nothing else.
func TestTombstones(t *testing.T) {
	f := sample()
	delete(f.files, "scams/office.ko.md")
	f.removed = "- {id: scams/office, at: 2026-01-20T10:00, reason: privacy, revision: 2}\n- {id: pages/later, at: 2026-05-01, reason: error}\n"
	s := f.join(t)
	files := write(t, s)
	checkAll(t, s, files)
	stones := func(file string) (out []string) {
		for _, e := range parseXML(t, files[file]).all("at:deleted-entry") {
			out = append(out, e.attrs["ref"]+" "+e.attrs["when"]+" "+e.one(t, "at:comment").text)
		}
		return out
	}
	mark := " 2026-01-20T10:00:00+09:00 삭제(개인의 권리 보호)"
	if got := stones("ko/feeds/scams.atom"); !slices.Equal(got, []string{"tag:example.org,2025:scams/office:ko" + mark}) {
		t.Errorf("scams: %q", got)
	}
	want := []string{}
	for _, key := range []string{"rev/1", "rev/2", "end", "withdrawn"} {
		want = append(want, "tag:example.org,2025:scams/office/"+key+":ko"+mark)
	}
	if got := stones("ko/feeds/alerts.atom"); !slices.Equal(got, want) {
		t.Errorf("alerts: %q", got)
	}
	if got := parse(t, files["ko/feeds/scams.atom"]); !got.UpdatedParsed.Equal(s.Removals[0].At.Time) || len(got.Items) != 0 {
		t.Errorf("updated %v, %d items", got.UpdatedParsed, len(got.Items))
	}
	for file, text := range files {
		if strings.Contains(text, "사무직") {
			t.Errorf("%s still shows the removed record", file)
		}
	}
}

// A hub is named in every feed where the site has one, and nowhere else.
func TestHub(t *testing.T) {
	f := sample()
	f.config = "hub: https://hub.example/\n"
	s := f.join(t)
	files := write(t, s)
	checkAll(t, s, files)
	for _, c := range s.Channels() {
		for _, format := range site.Formats {
			want := `rel="hub" href="https://hub.example/"`
			if format.ID == "json" {
				want = `"hubs":[{"type":"WebSub","url":"https://hub.example/"}]`
			}
			if !strings.Contains(files[c.File("ko", format)], want) {
				t.Errorf("%s does not name the hub", c.File("ko", format))
			}
		}
	}
	for file, text := range write(t, sample().join(t)) {
		if strings.Contains(text, `rel="hub"`) || strings.Contains(text, `"hubs"`) {
			t.Errorf("%s names a hub", file)
		}
	}
}

// An alert stays as it was, whatever is edited later: title and summary of its
// record, review date, a translation of its text, a new address of the record.
func TestAlertsAreFrozen(t *testing.T) {
	f := newFixture()
	f.add("advisories/2025/a.ko.md", "title: 제목\nsummary: 요약.\nissued: 2025-10-01\ncategories: [crime]\nlevels: [{level: 3, places: [KH-12]}]\nchanges: [{at: 2025-10-05T00:00, note: 처음 고침, major: true}]\n", "본문")
	f.add("advisories/2025/b.ko.md", "title: 해제\nsummary: 요약.\nissued: 2025-11-01\ncategories: [crime]\nlevels: [{level: 2, places: [KH-12]}]\nwithdrawn: {at: 2025-12-01, reason: 잘못}\n", "본문")
	f.add("advisories/2025/a.en.md", "title: First title\nsummary: Summary.\nchanges: [{note: Corrected first}]\n", "Text")
	before := write(t, f.join(t))
	a := f.files["advisories/2025/a.ko.md"]
	delete(f.files, "advisories/2025/a.ko.md")
	for old, now := range map[string]string{"title: 제목": "title: 새 제목\naliases: [a]", "summary: 요약.": "summary: 새 요약.\nreview: 2026-04-01", "본문": "새 본문"} {
		a = strings.Replace(a, old, now, 1)
	}
	f.files["advisories/2025/renamed.ko.md"] = a
	delete(f.files, "advisories/2025/a.en.md")
	f.add("advisories/2025/b.en.md", "title: Second\nsummary: Summary.\n", "Text")
	f.add("advisories/2025/renamed.en.md", "title: Title\nsummary: Summary.\nchanges: [{note: Corrected first}]\n", "Text")
	f.add("advisories/2025/c.ko.md", "title: 새 공지\nsummary: 요약.\nissued: 2026-01-05\ncategories: [crime]\nlevels: [{level: 4, places: [KH-12]}]\nlegal: {basis: 법}\n", "본문")
	after := write(t, f.join(t))
	for _, file := range []string{"ko/feeds/alerts.atom", "ko/feeds/alerts.rss", "ko/feeds/alerts.json", "en/feeds/alerts.atom"} {
		old, now := items(before[file]), items(after[file])
		if len(old) != 4 || len(now) != 5 || !slices.Equal(old, now[1:]) {
			t.Errorf("%s: an alert was written again:\n%s\n%s", file, strings.Join(old, "\n"), strings.Join(now, "\n"))
		}
	}
	for file, text := range before {
		if strings.HasPrefix(file, "cap/") && file != CAPIndex && after[file] != text {
			t.Errorf("%s was written again:\n%s\n%s", file, text, after[file])
		}
	}
}

// items cuts a feed into its entries, as they are written.
func items(feed string) []string {
	var out []string
	for _, sep := range []string{"<entry>", "<item>", "\n{\"id\""} {
		if parts := strings.Split(feed, sep); len(parts) > 1 {
			for _, p := range parts[1:] {
				p = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(p), "]}"), "</channel>\n</rss>")
				out = append(out, strings.TrimRight(strings.TrimSuffix(p, "</feed>"), ",\n "))
			}
		}
	}
	return out
}
