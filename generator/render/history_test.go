package render

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// revised is an advisory of three revisions: the text of the first is kept in
// both languages, that of the second in none.
var revised = map[string]string{
	"advisories/2025/ban.ko.md": `---
title: 북주 여행금지
summary: 북주에 가지 마십시오.
issued: 2025-10-01T09:00+09:00
effective: 2025-10-03T00:00+09:00
categories: [crime]
levels:
  - {level: special, places: [KH-1, KH-2]}
until: 2025-12-20
changes:
  - {at: 2025-10-05T09:00+09:00, note: 남주를 더했습니다., major: true}
sources:
  - {title: 새 공지, url: "https://official.example/2", date: 2025-10-05}
---
## 할 일 {#do}

여행을 미루거나 취소하십시오. [읍](KH-1/town)에 가지 마십시오.

연락하십시오.
`,
	"advisories/2025/ban.en.md": `---
title: Travel ban for North
summary: Do not go to North.
translates: 2
changes:
  - {note: South was added.}
---
## What to do {#do}

Postpone or cancel your trip.
`,
	"advisories/2025/revisions/ban.ko.r1.md": `---
title: 북주 여행금지
summary: 북주에 가지 마십시오.
issued: 2025-10-01T09:00+09:00
effective: 2025-10-02T00:00+09:00
categories: [crime]
levels:
  - {level: special, places: [KH-1]}
until: 2025-12-20
sources:
  - {title: 공지, url: "https://official.example/1", date: 2025-10-01}
---
## 할 일 {#do}

여행을 취소하십시오. [읍](KH-1/town)에 가지 마십시오. [지워진 글](/advisories/gone)과 [지워진 부분](/advisories/ban#gone), [할 일](#do)도 보십시오.
`,
	"advisories/2025/revisions/ban.en.r1.md": `---
title: Travel ban for North
summary: Do not go to North.
translates: 1
---
## What to do {#do}

Cancel your trip.
`,
}

func TestHistory(t *testing.T) {
	files := build(t, "2025-11-01T00:00:00+09:00", revised)
	record := files.page(t, "ko/advisories/ban.html")
	if !linksTo(record, "/sub/ko/advisories/ban--history.html") {
		t.Error("the record does not link to its history")
	}
	doc := files.page(t, "ko/advisories/ban--history.html")
	editions := byClass(doc, "edition")
	if len(editions) != 2 {
		t.Fatalf("%d revisions", len(editions))
	}
	newest := editions[0]
	for _, want := range []string{
		"제2판", "지금의 글", "중요 변경", "2025. 10. 5.(일) 09:00", "남주를 더했습니다.",
		"여행을 [더함] 미루거나 [끝] 취소하십시오.",
		"[더함] 연락하십시오. [끝]",
		"[지움] 2025. 10. 2.(목) 00:00 (한국시간) [끝]", "[더함] 2025. 10. 3.(금) 00:00 (한국시간) [끝]",
		"특별 [더함] 남주 [끝]", "[지움] 공지 [끝] [더함] 새 공지 [끝]",
	} {
		if !strings.Contains(spaced(newest), want) {
			t.Errorf("the newest revision does not say %q:\n%s", want, spaced(newest))
		}
	}
	if text := spaced(newest); strings.Contains(text, "[지움] 북주") || strings.Contains(text, "12. 20.") {
		t.Errorf("shows what did not change: %s", text)
	}
	first := editions[1]
	if !strings.Contains(textOf(first), "처음 발표했습니다.") || !linksTo(first, "/sub/ko/advisories/ban--r1.html") || !linksTo(first, "https://official.example/1") {
		t.Errorf("first revision: %s", textOf(first))
	}
	english := spaced(byClass(files.page(t, "en/advisories/ban--history.html"), "edition")[0])
	for _, want := range []string{"[removed] Cancel [end] [added] Postpone or cancel [end] your trip.", "South was added."} {
		if !strings.Contains(english, want) {
			t.Errorf("English does not say %q:\n%s", want, english)
		}
	}
}

// spaced is textOf with spaces around elements.
func spaced(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func linksTo(n *html.Node, url string) bool {
	return len(find(n, func(d *html.Node) bool { return d.DataAtom == atom.A && attr(d, "href") == url })) > 0
}

// TestRevision holds META-13, and that links of a frozen text fit the site of
// today.
func TestRevision(t *testing.T) {
	files := build(t, "2025-11-01T00:00:00+09:00", revised)
	doc := files.page(t, "ko/advisories/ban--r1.html")
	head := func(tag atom.Atom, key, value string) *html.Node {
		found := find(doc, func(d *html.Node) bool { return d.DataAtom == tag && attr(d, key) == value })
		if len(found) != 1 {
			t.Fatalf("%d elements %s=%s", len(found), key, value)
		}
		return found[0]
	}
	if got := attr(head(atom.Link, "rel", "canonical"), "href"); got != "https://example.org/sub/ko/advisories/ban.html" {
		t.Errorf("canonical %s", got)
	}
	if got := attr(head(atom.Meta, "name", "robots"), "content"); got != "noindex" {
		t.Errorf("robots %s", got)
	}
	if strings.Contains(string(files["sitemap.xml"]), "ban--r1") || !strings.Contains(string(files["sitemap.xml"]), "ban--history") {
		t.Error("site map")
	}
	notice := byClass(doc, "former-strip")
	if len(notice) != 1 || !strings.Contains(textOf(notice[0]), "지난 글입니다.") || !linksTo(notice[0], "/sub/ko/advisories/ban.html") {
		t.Error("no notice that leads to the present text")
	}
	if strings.Contains(textOf(doc), "연락하십시오.") && strings.Contains(textOf(byClass(doc, "prose")[0]), "미루거나") {
		t.Error("shows the present text")
	}
	prose := byClass(doc, "prose")[0]
	if later := byClass(prose, "link-later"); len(later) != 1 || textOf(later[0]) != "지워진 글" {
		t.Errorf("links that lead nowhere: %v", len(later))
	}
	for _, url := range []string{"/sub/ko/provinces/land/north.html#town", "/sub/ko/advisories/ban.html", "#do"} {
		if !linksTo(prose, url) {
			t.Errorf("no link to %s", url)
		}
	}
	if n := len(byTag(prose, atom.A)); n != 3 {
		t.Errorf("%d links", n)
	}
}

// TestLostText holds that a revision whose text was not kept still has its
// note, and neither an address nor a difference.
func TestLostText(t *testing.T) {
	lost := map[string]string{}
	for name, text := range revised {
		if !strings.Contains(name, "revisions/") {
			lost[name] = text
		}
	}
	files := build(t, "2025-11-01T00:00:00+09:00", lost)
	doc := files.page(t, "ko/advisories/ban--history.html")
	editions := byClass(doc, "edition")
	if len(editions) != 2 || !strings.Contains(textOf(editions[0]), "남주를 더했습니다.") || !strings.Contains(textOf(editions[0]), "보일 수 없습니다") {
		t.Errorf("%d revisions: %s", len(editions), textOf(editions[0]))
	}
	if !strings.Contains(textOf(editions[1]), "보관하지 않았습니다") || len(byTag(doc, atom.Ins)) > 0 || files["ko/advisories/ban--r1.html"] != nil {
		t.Error("shows what is not there")
	}
}

// TestNoHistory holds that a record that never changed, or not yet, has no
// history.
func TestNoHistory(t *testing.T) {
	files := build(t, "2025-10-02T00:00:00+09:00", revised)
	for name, data := range files {
		if strings.Contains(name, "--history") || strings.Contains(name, "--r") || strings.Contains(string(data), "--history") {
			t.Errorf("%s", name)
		}
	}
}

// TestHistoryOfScam holds that differences of indicators are defanged.
func TestHistoryOfScam(t *testing.T) {
	scam := func(front, body string) string {
		return "---\ntitle: 사기\nsummary: 요약\nissued: 2025-10-01\n" + front + "---\n" + body
	}
	indicator := func(value string) string {
		return "indicators:\n  - {type: domain, value: " + value + ", status: alleged, basis: 보도, source: \"https://official.example/\"}\n"
	}
	files := build(t, "2025-11-01T00:00:00+09:00", map[string]string{
		"scams/bait.ko.md":              scam("changes:\n  - {at: 2025-10-05, note: 고침}\n"+indicator("new-bait.example"), "본문"),
		"scams/revisions/bait.ko.r1.md": scam(indicator("old-bait.example"), "본문 [주소](https://old-bait.example/x) [새](https://WWW.new-bait.example/)"),
	})
	for _, name := range []string{"ko/scams/bait--history.html", "ko/scams/bait--r1.html", "en/scams/bait--r1.html"} {
		text := string(files[name])
		if strings.Contains(text, "old-bait.example") || strings.Contains(text, "href=\"https://www.new-bait.example") || !strings.Contains(text, "old-bait[.]example") {
			t.Errorf("%s shows a live indicator, or none", name)
		}
	}
}

// TestDays holds the pages of the days on which levels change.
func TestDays(t *testing.T) {
	files := build(t, "2025-10-02T12:00:00+09:00", map[string]string{
		"advisories/one.ko.md": advisory("levels:\n  - {level: 4, places: [KH-1]}\nlegal: {basis: 법}\n", "본문"),
		"advisories/two.ko.md": strings.Replace(advisory("effective: 2025-10-10T00:00+09:00\nsupersedes: [advisories/one]\nlevels:\n  - {level: special, places: [KH-1]}\nuntil: 2025-12-01\n", "본문"), "제목", "둘째 제목", 1),
	})
	first := files.page(t, "ko/levels/land/2025-10-01.html")
	rows := func(doc *html.Node) string { return spaced(byClass(doc, "places")[0]) }
	if got := rows(first); !strings.Contains(got, "북주 4 단계 금지") || !strings.Contains(got, "남주 1 단계 유의") || !strings.Contains(got, "2025. 10. 1.(수)") {
		t.Errorf("first day: %s", got)
	}
	if text := textOf(first); !strings.Contains(text, "지금도 그대로입니다") || !linksTo(first, "/sub/ko/levels/land/2025-10-10.html") || !linksTo(first, "/sub/ko/advisories/one.html") {
		t.Errorf("first day: %s", text)
	}
	next := files.page(t, "ko/levels/land/2025-10-10.html")
	if got := rows(next); !strings.Contains(got, "북주 특 특별") {
		t.Errorf("next day: %s", got)
	}
	if text := textOf(next); !strings.Contains(text, "아직 시행하지 않은 단계입니다") || !linksTo(next, "/sub/ko/levels/land/2025-10-01.html") {
		t.Errorf("next day: %s", text)
	}
	list := files.page(t, "ko/levels/land/index.html")
	if days := byClass(list, "day-date"); len(days) != 2 || textOf(days[0]) != "2025. 10. 10.(금)" {
		t.Errorf("%d days in the list", len(days))
	}
	for _, name := range []string{"ko/changes/index.html", "ko/provinces/land/north.html"} {
		if !linksTo(files.page(t, name), "/sub/ko/levels/land/2025-10-01.html") {
			t.Errorf("%s does not lead to the day", name)
		}
	}
	if !linksTo(files.page(t, "ko/provinces/land/index.html"), "/sub/ko/levels/land/") {
		t.Error("the country does not lead to the list of days")
	}
}

// TestBoundedLists holds that a long history and a long list of days stay
// readable: the rest is on other pages.
func TestBoundedLists(t *testing.T) {
	long := map[string]string{}
	var changes strings.Builder
	for n := range 60 {
		fmt.Fprintf(&changes, "  - {at: 2025-10-02T%02d:%02d+09:00, note: 고침 %d}\n", n/30, n%30, n+1)
	}
	paragraphs := func(word string) string {
		var b strings.Builder
		for i := range 30 {
			fmt.Fprintf(&b, "%s\n\n", strings.Repeat(fmt.Sprintf("%s%d ", word, i), 40))
		}
		return b.String()
	}
	long["advisories/2025/long.ko.md"] = advisory("changes:\n"+changes.String(), paragraphs("가"))
	for n := 1; n <= 60; n++ {
		long[fmt.Sprintf("advisories/2025/revisions/long.ko.r%d.md", n)] = advisory("", paragraphs(string(rune('가'+n))))
	}
	for n := range 230 {
		at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
		long[fmt.Sprintf("advisories/2025/d%d.ko.md", n)] = fmt.Sprintf("---\ntitle: %d일\nsummary: 요약\nissued: %s\ncategories: [crime]\nlegal: {basis: 법}\nlevels:\n  - {level: %d, places: [KH-1]}\n---\n본문\n",
			n, at.Format(time.DateOnly), 4-3*(n%2))
	}
	long["advisories/2024/before.ko.md"] = "---\ntitle: 전\nsummary: 요약\nissued: 2024-05-01\ncategories: [crime]\nlegal: {basis: 법}\nlevels:\n  - {level: 4, places: [KH-2]}\n---\n본문\n"
	files := build(t, "2025-11-01T00:00:00+09:00", long)
	if n := len(files["ko/advisories/long--history.html"]); n > 400_000 {
		t.Errorf("the history takes %d bytes", n)
	}
	doc := files.page(t, "ko/advisories/long--history.html")
	if len(byClass(doc, "edition")) != 61 || !strings.Contains(textOf(doc), "그 밖에") || !linksTo(doc, "/sub/ko/advisories/long--r1.html") {
		t.Error("the history lacks revisions, or does not say what it leaves out")
	}
	list := files.page(t, "ko/levels/land/index.html")
	if n := len(byClass(list, "day-date")); n != 200 || !linksTo(list, "/sub/ko/levels/land/2024.html") {
		t.Errorf("the list has %d days, or does not lead to the years", n)
	}
	for name, want := range map[string]int{"ko/levels/land/2024.html": 1, "ko/levels/land/2025.html": 230} {
		if n := len(byClass(files.page(t, name), "day-date")); n != want {
			t.Errorf("%s has %d days, want %d", name, n, want)
		}
	}
}
