package feed

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/site"

	"github.com/mmcdole/gofeed"
)

func TestRules(t *testing.T) {
	for name, f := range map[string]*fixture{"sample": sample(), "empty": newFixture()} {
		t.Run(name, func(t *testing.T) {
			s := f.join(t)
			checkAll(t, s, write(t, s))
		})
	}
}

// Every title of the alerts, newest first, in both languages.
func TestAlertTitles(t *testing.T) {
	f := sample()
	f.add("advisories/2025/kept.ko.md", `
title: 국경 유지
summary: 그대로입니다.
issued: 2025-12-10
categories: [crime]
levels: [{level: special, places: [KH/border]}]
until: 2026-02-10
at_end: lift
`, "본문")
	f.add("advisories/2025/many.ko.md", `
title: 여러 곳
summary: 여러 곳입니다.
issued: 2025-12-20
categories: [crime]
levels: [{level: special, places: [KH-1, KH-2, KH-7, KH-9, KH-18], except: [KH-1/poipet, KH-7/bokor]}]
until: 2026-02-10
at_end: lift
`, "본문")
	f.add("advisories/2025/urgent.ko.md", "title: 총격\nsummary: 피하십시오.\nissued: 2025-12-25\ncategories: [crime]\nurgent: true\nplaces: [KH-12]\n", "본문")
	files := write(t, f.join(t))
	for l, want := range map[string][]string{
		"ko": {
			"[긴급] 총격",
			"[상향 2단계→특별] 반테이민체이주의 나머지 지역, 바탐방주, 캄폿주의 나머지 지역 외 1곳 특별여행주의보 (다른 지역도 바뀜)",
			"[유지 특별] 태국 국경 지역 특별여행주의보",
			"[철회, 하향 3→2단계] 바탐방주 여행자제",
			"[상향 2→3단계] 바탐방주 출국권고",
			"[상향 특별→3단계] 프놈펜시 출국권고",
			"[수정] 보코산 지역, 포이펫시 여행금지: 유예기간을 더했습니다.",
			"[상향 4단계] 포이펫시, 보코산 지역 여행금지 (다른 지역도 바뀜)",
			"[상향 특별] 프놈펜시, 태국 국경 지역 특별여행주의보",
		},
		"en": {
			"[Urgent] [Korean] 총격",
			"[Raised 2→Special] Rest of Banteay Meanchey, Battambang, Rest of Kampot and 1 more: Special travel advisory (other places too)",
			"[Kept Special] Thai border area: Special travel advisory",
			"[Withdrawn, Lowered 3→2] Battambang: Refrain from travel",
			"[Raised 2→3] Battambang: Departure recommended",
			"[Raised Special→3] Phnom Penh: Departure recommended",
			"[Update] Bokor mountain area and Poipet city: Travel ban: Added a grace period.",
			"[Raised to 4] Poipet city and Bokor mountain area: Travel ban (other places too)",
			"[Raised to Special] Phnom Penh and Thai border area: Special travel advisory",
		},
	} {
		var got []string
		for _, it := range parse(t, files[l+"/feeds/alerts.rss"]).Items {
			got = append(got, it.Title)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", l, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

func parse(t testing.TB, text string) *gofeed.Feed {
	t.Helper()
	f, err := gofeed.NewParser().ParseString(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A reader that knows nothing of this program finds the same in all formats.
func TestFormatsAgree(t *testing.T) {
	s := sample().join(t)
	files := write(t, s)
	for _, l := range s.Langs() {
		for _, c := range s.Channels() {
			rss, atom, json := parse(t, files[c.File(l, site.Formats[0])]), parse(t, files[c.File(l, site.Formats[1])]), parse(t, files[c.File(l, site.Formats[2])])
			for _, other := range []*gofeed.Feed{atom, json} {
				if other.Title != rss.Title || other.Language != l || rss.Language != l || len(other.Items) != len(rss.Items) {
					t.Fatalf("%s %s: %q %q, %d and %d items", l, c.ID, rss.Title, other.Title, len(rss.Items), len(other.Items))
				}
				for i, it := range other.Items {
					want := rss.Items[i]
					if it.GUID != want.GUID || it.Title != want.Title || it.Link != want.Link || it.Content != want.Content ||
						it.Description != html.UnescapeString(want.Description) || !it.PublishedParsed.Equal(*want.PublishedParsed) {
						t.Errorf("%s %s item %d differs:\n%+v\n%+v", l, c.ID, i, it, want)
					}
				}
			}
			for i, it := range json.Items {
				if !it.UpdatedParsed.Equal(*atom.Items[i].UpdatedParsed) {
					t.Errorf("%s %s: updated %v, %v", l, c.ID, it.Updated, atom.Items[i].Updated)
				}
			}
		}
	}
}

// Markup and characters that XML forbids stay text in every format.
func TestHostileText(t *testing.T) {
	s := sample().join(t)
	r := s.Record("advisories/ban")
	r.Docs["ko"].Title = "A & B <C> ]]> \"q\" \x0b\x00\ufffe끝"
	r.Docs["ko"].Summary = "<script>alert(1)</script> &amp; \x1b"
	r.Docs["ko"].Body = model.NewBody(markup.Document{HTML: "<p onclick=\"x\" style=\"y\">본문 &amp; ]]&gt; \x0b<script>evil()</script><iframe src=\"/a\">z</iframe><a href=\"javascript:x\">링크</a></p>"})
	files := write(t, s)
	checkAll(t, s, files)
	for _, f := range site.Formats {
		items := parse(t, files["ko/feeds/advisories."+f.ID]).Items
		i := slices.IndexFunc(items, func(it *gofeed.Item) bool { return strings.Contains(it.GUID, "/ban:") })
		it := items[i]
		if want := "A & B <C> ]]> \"q\" \ufffd\ufffd\ufffd끝"; it.Title != want {
			t.Errorf("%s: title %q, want %q", f.ID, it.Title, want)
		}
		if got := it.Description; !strings.HasPrefix(html.UnescapeString(got), "<script>alert(1)</script> &") {
			t.Errorf("%s: summary %q", f.ID, got)
		}
		if want := "<p>본문 &amp; ]]&gt; \ufffd링크</p>"; !strings.Contains(it.Content, want) {
			t.Errorf("%s: content %q lacks %q", f.ID, it.Content, want)
		}
	}
}

var idPattern = regexp.MustCompile(`<(?:id|guid[^>]*)>([^<]*)<`)

func ids(files map[string]string) map[string][]string {
	out := map[string][]string{}
	for file, text := range files {
		for _, m := range idPattern.FindAllStringSubmatch(text, -1) {
			out[file] = append(out[file], m[1])
		}
	}
	return out
}

// Ids stay when the site moves, and when titles and slugs change.
func TestIDsStay(t *testing.T) {
	f := sample()
	before := ids(write(t, f.join(t)))
	f.base = "http://moved.example:8080/sub/"
	for file, text := range f.files {
		f.files[file] = regexp.MustCompile(`(?m)^title: .*$`).ReplaceAllString(text, "title: 다른 제목")
	}
	for _, ext := range []string{".ko.md", ".en.md"} {
		text := f.files["advisories/2025/ban"+ext]
		delete(f.files, "advisories/2025/ban"+ext)
		f.files["advisories/2025/zz-renamed"+ext] = strings.Replace(text, "issued:", "aliases: [ban, later-name]\nissued:", 1)
	}
	sorted := func(m map[string][]string) map[string][]string {
		for _, list := range m {
			slices.Sort(list) // those of one time are in the order of their slugs
		}
		return m
	}
	before = sorted(before)
	after := sorted(ids(write(t, f.join(t))))
	if !maps.EqualFunc(before, after, slices.Equal[[]string]) {
		t.Errorf("ids moved:\n%v\n%v", before["ko/feeds/all.rss"], after["ko/feeds/all.rss"])
	}
	if len(before["ko/feeds/all.rss"]) == 0 || slices.Equal(before["ko/feeds/all.rss"], before["en/feeds/all.rss"]) {
		t.Error("languages share ids")
	}
}

// The bytes depend on nothing but the site; writing twice, at once, or later
// the same day gives the same.
func TestDeterminism(t *testing.T) {
	f := sample()
	want := write(t, f.join(t))
	f.now = "2026-01-31T01:00:00+09:00"
	s := f.join(t)
	cats, formats := words(t, s.Langs(), s.Config.Zone)
	var wg sync.WaitGroup
	for _, file := range Files(s, cats, formats) {
		for range 2 {
			wg.Go(func() {
				var b bytes.Buffer
				if err := file.Render(&b); err != nil || b.String() != want[file.Path] {
					t.Errorf("%s differs (%v)", file.Path, err)
				}
			})
		}
	}
	wg.Wait()
}

// stripped leaves the text of entries out.
func stripped(s string) string {
	return regexp.MustCompile(`(?s)<content .*?</content>`).ReplaceAllString(s, "")
}

// A small correction changes the text of the entry and nothing else; its time
// is that of the file all the same, so that polls get it.
func TestMinorChange(t *testing.T) {
	f := sample()
	s := f.join(t)
	before := write(t, s)
	file := "advisories/2025/special.ko.md"
	f.files[file] = strings.Replace(f.files[file], "본문입니다.", "고친 본문입니다.", 1)
	f.files[file] = strings.Replace(f.files[file], "categories:", "changes: [{at: 2025-10-12T00:00, note: 오타}]\ncategories:", 1)
	s = f.join(t)
	after := write(t, s)
	if before["ko/feeds/alerts.atom"] != after["ko/feeds/alerts.atom"] {
		t.Error("the alerts changed")
	}
	a, b := before["ko/feeds/advisories.atom"], after["ko/feeds/advisories.atom"]
	if a == b || stripped(a) != stripped(b) {
		t.Error("more than the text changed, or nothing")
	}
	cats, formats := words(t, s.Langs(), s.Config.Zone)
	for _, x := range Files(s, cats, formats) {
		// The border advisory ended on 8 January with no edit; that is what
		// the file of the level shows last.
		if want := "2026-01-08T09:00:00"; x.Path == "ko/feeds/levels/special.rss" && x.Modified().Format("2006-01-02T15:04:05") != want {
			t.Errorf("modified %v, want %s", x.Modified(), want)
		}
	}
}

// Raising a level is one new alert and one moved entry.
func TestRaise(t *testing.T) {
	f := newFixture()
	f.add("advisories/2025/first.ko.md", "title: 첫째\nsummary: 첫째.\nissued: 2025-05-01\ncategories: [crime]\nlevels: [{level: 2, places: [KH-12]}]\n", "본문")
	before := ids(write(t, f.join(t)))
	f.add("advisories/2025/raise.ko.md", "title: 둘째\nsummary: 둘째.\nissued: 2025-06-01\ncategories: [crime]\nlevels: [{level: 3, places: [KH-12]}]\n", "본문")
	files := write(t, f.join(t))
	after := ids(files)
	alerts := "ko/feeds/alerts.rss"
	if len(after[alerts]) != len(before[alerts])+1 || !slices.Equal(after[alerts][1:], before[alerts]) {
		t.Errorf("alerts %v, then %v", before[alerts], after[alerts])
	}
	first := parse(t, files[alerts]).Items[0]
	if first.Title != "[상향 2→3단계] 프놈펜시 출국권고" || first.GUID != "tag:example.org,2025:advisories/raise/rev/1:ko" {
		t.Errorf("alert %q %q", first.Title, first.GUID)
	}
	for _, want := range []string{"2단계(여행자제) → 3단계(출국권고)", "취소하십시오.", "출국하십시오."} {
		if !strings.Contains(first.Content, want) {
			t.Errorf("content lacks %q", want)
		}
	}

	// A major change of an old record: a new alert, and the same entry first.
	f.files["advisories/2025/first.ko.md"] = strings.Replace(f.files["advisories/2025/first.ko.md"], "categories:",
		"changes: [{at: 2025-07-01, note: 중요합니다., major: true}]\ncategories:", 1)
	files = write(t, f.join(t))
	if got := ids(files)[alerts]; len(got) != len(after[alerts])+1 || got[0] != "tag:example.org,2025:advisories/first/rev/2:ko" {
		t.Errorf("alerts %v", got)
	}
	if got := ids(files)["ko/feeds/all.rss"]; len(got) != 2 || got[0] != "tag:example.org,2025:advisories/first:ko" {
		t.Errorf("state %v", got)
	}
}

// Without a translation a warning is in the other feed all the same, marked.
func TestFallback(t *testing.T) {
	files := write(t, sample().join(t))
	it := parse(t, files["en/feeds/provinces/cambodia/phnom-penh.json"]).Items[0]
	if it.Title != "[Korean] 프놈펜 상향" || !strings.Contains(it.Content, `<div lang="ko">`) || !strings.Contains(it.Content, "has not been translated") {
		t.Errorf("%q %s", it.Title, it.Content)
	}
	if strings.Contains(files["en/feeds/all.atom"], `hreflang="ko" href="https://example.org/en/`) {
		t.Error("a fallback page counts as a translation")
	}
	if got := parse(t, files["en/feeds/alerts.atom"]); !strings.Contains(got.Items[3].Description, "Cancel your trip.") {
		t.Errorf("alert of a record without English: %q", got.Items[3].Description)
	}
}

// Feeds stay within their limits: the newest entries are whole, and where they
// leave no room the next ones are summaries.
func TestLimits(t *testing.T) {
	f := newFixture()
	long := strings.Repeat("긴 글입니다. ", 1200)
	for i := range 120 {
		body := "짧은 글"
		place := "KH-18"
		if i%2 == 0 {
			body, place = long, "KH-12"
		}
		f.add(fmt.Sprintf("advisories/2025/n-%03d.ko.md", i), fmt.Sprintf("title: 글 %d\nsummary: 요약.\nissued: 2025-01-01T%02d:%02d\ncategories: [crime]\nplaces: [%s]\n", i, i/60, i%60, place), body+"끝")
	}
	s := f.join(t)
	files := write(t, s)
	checkAll(t, s, files)
	short, full := parse(t, files["ko/feeds/provinces/cambodia/preah-sihanouk.rss"]), parse(t, files["ko/feeds/provinces/cambodia/phnom-penh.rss"])
	if len(short.Items) != maxEntries || len(full.Items) != leastEntries {
		t.Errorf("%d and %d items", len(short.Items), len(full.Items))
	}
	whole := 0
	for i, it := range full.Items {
		switch {
		case strings.Contains(it.Content, "긴 글"):
			if whole++; whole != i+1 || !strings.Contains(it.Content, "끝") {
				t.Errorf("entry %d is cut, or an older one whole", i)
			}
		case !strings.Contains(it.Content, "<p>요약.</p>") || !strings.Contains(it.Content, it.Link+`">`):
			t.Errorf("entry %d has no summary and link: %s", i, it.Content)
		}
	}
	if whole < 2 {
		t.Errorf("%d entries are whole", whole)
	}
	for _, it := range short.Items {
		if !strings.Contains(it.Content, "짧은 글") {
			t.Errorf("%s is not whole", it.Title)
		}
	}
	for path, text := range files {
		if strings.Contains(path, "/feeds/provinces/") && len(text) > goodBytes {
			t.Errorf("%s has %d bytes", path, len(text))
		}
	}
	if full.Items[0].Title != "글 118" || short.Items[0].Title != "글 119" {
		t.Errorf("first are %q and %q", full.Items[0].Title, short.Items[0].Title)
	}
}

// What a reader must know before reading on stands before the text.
func TestNotices(t *testing.T) {
	f := newFixture()
	f.add("advisories/2025/held.ko.md", "title: 특별\nsummary: 요약.\nissued: 2025-10-01\nuntil: 2025-12-01\ncategories: [crime]\nlevels: [{level: special, places: [KH-12]}]\n", "본문")
	f.add("advisories/2025/old.ko.md", "title: 옛 공지\nsummary: 요약.\nissued: 2025-10-02\ncategories: [crime]\nlevels: [{level: 3, places: [KH-2]}]\n", "본문")
	f.add("advisories/2025/new.ko.md", "title: 새 공지\nsummary: 요약.\nissued: 2025-10-03\ncategories: [crime]\nlevels: [{level: 4, places: [KH-2]}]\nlegal: {basis: 여권법}\nsupersedes: [advisories/old]\n", "본문")
	f.add("advisories/2026/soon.ko.md", "title: 곧\nsummary: 요약.\nissued: 2026-01-30\neffective: 2026-02-05\ncategories: [crime]\nlevels: [{level: 3, places: [KH-7]}]\n", "본문")
	s := f.join(t)
	files := write(t, s)
	checkAll(t, s, files)
	content := map[string]string{}
	for _, it := range parse(t, files["ko/feeds/all.atom"]).Items {
		content[it.Title] = it.Content
	}
	for title, want := range map[string]string{
		"특별":   "연장이나 해제 공지가 없어",
		"옛 공지": `<a href="https://example.org/ko/advisories/new.html">`,
		"새 공지": "<p>여권법</p>",
		"곧":    "시행 예정",
	} {
		if at := strings.Index(content[title], want); at < 0 || at > strings.Index(content[title], "본문") || !strings.HasPrefix(content[title], "<p><strong>예시 자료") {
			t.Errorf("%s: %s", title, content[title])
		}
	}
	if at := parse(t, files["ko/feeds/alerts.atom"]).Items[0]; at.Title != "[상향 2→3단계] 캄폿주 출국권고" || !strings.Contains(at.Content, "2026. 2. 5.") {
		t.Errorf("scheduled: %s %s", at.Title, at.Content)
	}
}

func TestEmptyFeedTimes(t *testing.T) {
	s := newFixture().join(t)
	if got := newest(s); !got.Equal(s.Config.Sample.AsOf.Time) {
		t.Errorf("sample: %v", got)
	}
	s.Config.Sample = nil
	if got := newest(s); !got.Equal(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("no sample: %v", got)
	}
}

func BenchmarkFiles(b *testing.B) {
	f := newFixture()
	places := []string{"KH-1/poipet", "KH-2", "KH-7/bokor", "KH-12", "KH-18"}
	body := strings.Repeat("## 제목\n\n본문 [링크](/scams/check/) **강조** 그리고 글.\n\n- 하나\n- 둘\n\n", 15)
	for i := range 1000 {
		at := time.Date(2025, 1, 1, i, 0, 0, 0, time.UTC).Format("2006-01-02T15:04")
		name := fmt.Sprintf("advisories/2025/n-%04d", i)
		f.add(name+".ko.md", fmt.Sprintf("title: 글 %d\nsummary: 요약.\nissued: %sZ\ncategories: [crime]\nlevels: [{level: %d, places: [%s]}]\n", i, at, 2+i%2, places[i%5]), body)
		f.add(name+".en.md", "title: Text\nsummary: Summary.\n", body)
	}
	s := f.join(b)
	cats, formats := words(b, s.Langs(), s.Config.Zone)
	b.ResetTimer()
	for b.Loop() {
		n := 0
		for _, file := range Files(s, cats, formats) {
			var buf bytes.Buffer
			_ = file.Render(&buf)
			n += buf.Len()
		}
		b.ReportMetric(float64(n), "bytes")
	}
}

// A part of a place is listed on its own where it had another level before,
// and not where it only follows.
func TestParts(t *testing.T) {
	f := newFixture()
	f.add("advisories/2025/a.ko.md", "title: 가\nsummary: 가.\nissued: 2025-10-01\ncategories: [crime]\nlegal: {basis: 여권법}\nlevels: [{level: 4, places: [KH-1/poipet]}]\n", "본문")
	f.add("advisories/2025/b.ko.md", "title: 나\nsummary: 나.\nissued: 2025-10-02\ncategories: [crime]\nlevels: [{level: 3, places: [KH-1, KH-1/poipet, KH-7, KH-7/bokor]}]\n", "본문")
	it := parse(t, write(t, f.join(t))["ko/feeds/alerts.rss"]).Items[0]
	if want := "[상향 3단계] 반테이민체이주, 캄폿주 출국권고 (다른 지역도 바뀜)"; it.Title != want {
		t.Errorf("title %q, want %q", it.Title, want)
	}
	for _, want := range []string{
		"<li>반테이민체이주: 1단계(여행유의) → 3단계(출국권고)</li>",
		"<li>캄폿주: 2단계(여행자제) → 3단계(출국권고)</li>",
		"<li>포이펫시: 4단계(여행금지) → 3단계(출국권고)</li>",
	} {
		if !strings.Contains(it.Content, want) {
			t.Errorf("%q is not in %s", want, it.Content)
		}
	}
}
