package render

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fixture is the smallest site that has every kind of record: one country with
// a province and an area, and words in two languages.
func fixture(more map[string]string) fstest.MapFS {
	files := map[string]string{
		"site.yaml": `title: {ko: 시험, en: Test}
base_url: https://example.org/sub/
languages: [ko, en]
time_zone: Asia/Seoul
publisher: {name: {ko: 발행, en: Pub}, url: https://example.org/}
official: {name: {ko: 공식, en: Official}, url: https://official.example/}
`,
		"levels.yaml": `- {id: 1, rank: 1, digit: "1", name: {ko: 유의, en: Caution}, color: "#1F4E9E", ink: "#FFFFFF", planning: {ko: 가, en: A}, staying: {ko: 나, en: B}}
- {id: special, rank: 2.5, digit: {ko: 특, en: S}, name: {ko: 특별, en: Special}, color: "#F08A00", ink: "#000000", pattern: diagonal, temporary: true, max_days: 90, planning: {ko: 가, en: A}, staying: {ko: 나, en: B}}
- {id: 4, rank: 4, digit: "4", name: {ko: 금지, en: Ban}, color: "#1A1A1A", ink: "#FFFFFF", pattern: solid, legal_force: true, planning: {ko: 가, en: A}, staying: {ko: 나, en: B}}
`,
		"categories.yaml": "- {id: crime, name: {ko: 범죄, en: Crime}}\n",
		"red-flags.yaml":  "- {id: fee, text: {ko: 수수료, en: A fee}, weight: 3}\n- {id: far, text: {ko: 멀리, en: Far}, weight: 1}\n",
		"contacts.yaml":   `- {id: call, name: {ko: 콜센터, en: Call centre}, number: "+82-2-3210-0404", hours: {ko: 언제나, en: Always}, verified_on: 2025-10-30, source: "https://official.example/"}` + "\n",
		"provinces/land/country.yaml": `code: KH
slug: land
name: {ko: 나라, en: Land}
level: 1
provinces:
  - {code: KH-1, slug: north, name: {ko: 북주, en: North}, areas: [{id: town, name: {ko: 읍, en: Town}}]}
  - {code: KH-2, slug: south, name: {ko: 남주, en: South}}
`,
	}
	for name, text := range more {
		files[name] = text
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func build(t *testing.T, now string, more map[string]string) rendered {
	t.Helper()
	s := loadSite(t, fixture(more), now)
	return renderAll(t, loadSet(t, s), s)
}

func advisory(fields, body string) string {
	return "---\ntitle: 제목\nsummary: 요약\nissued: 2025-10-01T09:00+09:00\ncategories: [crime]\n" + fields + "---\n" + body
}

// TestEmptySite checks that every page can be made of nothing but vocabularies.
func TestEmptySite(t *testing.T) {
	files := build(t, "2026-01-01T00:00:00Z", nil)
	for _, name := range []string{"ko/index.html", "en/advisories/index.html", "en/scams/index.html", "ko/archive/index.html", "ko/changes/index.html", "ko/about/index.html"} {
		doc := files.page(t, name)
		if len(byTag(doc, atom.H1)) != 1 {
			t.Errorf("%s has no heading", name)
		}
		if strings.Contains(string(files[name]), "⟦") {
			t.Errorf("%s lacks a word", name)
		}
	}
}

func TestAdvisoryPage(t *testing.T) {
	text := advisory(`effective: 2025-10-02T00:00+09:00
until: 2025-12-01T00:00+09:00
levels:
  - {level: 4, places: [KH-1/town]}
  - {level: special, places: [KH], except: [KH-1]}
legal: {basis: 여권법, penalty: 벌금}
contacts: [call]
sources: [{title: 출처문서, url: "https://official.example/x", publisher: 기관, date: 2025-10-01}]
changes: [{at: 2025-10-05T09:00+09:00, note: 고쳤음, major: true}]
`, "## 할 일 {#do}\n\n본문\n")
	doc := build(t, "2025-10-10T00:00:00Z", map[string]string{"advisories/a.ko.md": text}).page(t, "ko/advisories/a.html")
	want := map[string][]string{
		"measure-badge":  {"4단계 금지", "특 특별"}, // highest first
		"measure-places": {"읍 (북주)", "나라 나머지 지역"},
		"measure-except": {"제외: 북주"},
	}
	for class, texts := range want {
		got := textsOf(byClass(doc, class))
		if strings.Join(got, "|") != strings.Join(texts, "|") {
			t.Errorf("%s: %q, want %q", class, got, texts)
		}
	}
	for class, part := range map[string]string{
		"facts": "2025. 10. 2.(목) 00:00 (한국시간)", "law": "여권법", "history": "고쳤음", "sources": "출처문서", "contact-call": "+82-2-3210-0404",
	} {
		if got := strings.Join(textsOf(byClass(doc, class)), " "); !strings.Contains(got, part) {
			t.Errorf("%s lacks %q: %q", class, part, got)
		}
	}
	if len(byClass(doc, "strip")) != 0 {
		t.Error("an advisory in force says that it is not")
	}
	canonical := find(doc, func(n *html.Node) bool { return attr(n, "rel") == "canonical" })
	if got := attr(canonical[0], "href"); got != "https://example.org/sub/ko/advisories/a.html" {
		t.Errorf("canonical address %q", got)
	}
}

func textsOf(nodes []*html.Node) []string {
	var out []string
	for _, n := range nodes {
		out = append(out, textOf(n))
	}
	return out
}

// TestStrip checks what is said of an advisory that does not plainly hold.
func TestStrip(t *testing.T) {
	plain := advisory("levels: [{level: 1, places: [KH-1]}]\n", "본문\n")
	special := advisory("until: 2025-11-01T00:00+09:00\nlevels: [{level: special, places: [KH-1]}]\n", "본문\n")
	other := "---\ntitle: 새 공지\nsummary: 요약\nissued: 2025-11-05T00:00+09:00\ncategories: [crime]\nlevels: [{level: 1, places: [KH-1]}]\nsupersedes: [advisories/a]\n---\n본문\n"
	for _, c := range []struct{ name, now, text, other, word, part string }{
		{"scheduled", "2025-10-05T00:00:00Z", strings.Replace(plain, "levels", "effective: 2025-12-01T00:00+09:00\nlevels", 1), "", "시행 예정", "2025. 12. 1."},
		{"ended", "2025-12-05T00:00:00Z", strings.Replace(plain, "levels", "until: 2025-12-01T00:00+09:00\nlevels", 1), "", "종료", "2025. 12. 1."},
		{"held", "2025-12-05T00:00:00Z", special, "", "기한 지남", "2025. 11. 1."},
		{"lifted", "2025-12-05T00:00:00Z", strings.Replace(special, "until", "at_end: lift\nuntil", 1), "", "종료", "2025. 11. 1."},
		{"superseded", "2025-12-05T00:00:00Z", special, other, "대체됨", "새 공지"},
		{"withdrawn", "2025-12-05T00:00:00Z", strings.Replace(plain, "levels", "withdrawn: {at: 2025-11-11T00:00+09:00, reason: 잘못}\nlevels", 1), "", "철회", "잘못"},
	} {
		t.Run(c.name, func(t *testing.T) {
			more := map[string]string{"advisories/a.ko.md": c.text}
			if c.other != "" {
				more["advisories/b.ko.md"] = c.other
			}
			files := build(t, c.now, more)
			strips := byClass(files.page(t, "ko/advisories/a.html"), "strip")
			if len(strips) != 1 {
				t.Fatalf("%d strips", len(strips))
			}
			if got := textOf(strips[0]); !strings.Contains(got, c.word) || !strings.Contains(got, c.part) {
				t.Errorf("strip %q lacks %q or %q", got, c.word, c.part)
			}
			if list := string(files["ko/advisories/index.html"]); !strings.Contains(list, c.word) {
				t.Errorf("the list does not say %q", c.word)
			}
		})
	}
}

// TestFallback checks the page of a record that is not translated, and of one
// whose translation is old.
func TestFallback(t *testing.T) {
	source := advisory("changes: [{at: 2025-10-05T09:00+09:00, note: 고쳤음}]\nlevels: [{level: 1, places: [KH-1]}]\n", "본문입니다\n")
	files := build(t, "2026-01-01T00:00:00Z", map[string]string{
		"advisories/a.ko.md": source,
		"advisories/b.ko.md": source,
		"advisories/b.en.md": "---\ntitle: Old\nsummary: S\ntranslates: 1\n---\nText\n",
	})
	doc := files.page(t, "en/advisories/a.html")
	if got := attr(byTag(doc, atom.H1)[0], "lang"); got != "ko" {
		t.Errorf("the Korean heading is marked %q", got)
	}
	if len(byClass(doc, "notice-fallback")) != 1 {
		t.Error("no notice of the fallback")
	}
	for _, l := range byTag(doc, atom.Link) {
		if attr(l, "rel") == "canonical" && !strings.Contains(attr(l, "href"), "/ko/advisories/a.html") {
			t.Errorf("canonical %q is not the original", attr(l, "href"))
		}
		if attr(l, "hreflang") != "" {
			t.Errorf("a fallback announces %q", attr(l, "hreflang"))
		}
	}
	for _, l := range byTag(files.page(t, "ko/advisories/a.html"), atom.Link) {
		if attr(l, "hreflang") == "en" {
			t.Error("the original announces a translation that is not there")
		}
	}
	if strings.Contains(string(files["sitemap.xml"]), "/en/advisories/a.html") {
		t.Error("the site map lists a fallback")
	}
	old := byClass(files.page(t, "en/advisories/b.html"), "notice-outdated")
	if len(old) != 1 || !strings.Contains(textOf(old[0]), "5 October 2025") {
		t.Errorf("no dated notice of an old translation: %q", textsOf(old))
	}
}

func TestScamPage(t *testing.T) {
	text := `---
title: 수법
summary: 요약
issued: 2025-10-01
offer: {roles: [{ko: 상담원, en: Agent}], pay: {ko: 천만 원, en: Ten million}}
channels: [telegram, other]
asks_for: [passport]
red_flags: [far, fee]
places: [KH-1/town]
reports: {count: 3, as_of: 2025-10-02}
indicators:
  - {type: url, value: "https://bad.example/join", seen: 2025-10-01, status: alleged, basis: 경찰 발표, source: "https://official.example/y"}
  - {type: handle, value: "@bad.name", status: confirmed, basis: 판결, source: "https://official.example/z"}
---
본문
`
	files := build(t, "2026-01-01T00:00:00Z", map[string]string{"scams/s.ko.md": text})
	raw := string(files["en/scams/s.html"])
	for _, bad := range []string{"bad.example", "bad.name"} {
		if strings.Contains(raw, bad) {
			t.Errorf("the page holds the live indicator %q", bad)
		}
	}
	doc := files.page(t, "en/scams/s.html")
	if got := textsOf(byTag(byClass(doc, "indicators")[0], atom.Code)); strings.Join(got, " ") != "hxxps://bad[.]example/join @bad[.]name" {
		t.Errorf("indicators %q", got)
	}
	if got := textsOf(byTag(byClass(doc, "flags")[0], atom.Li)); got[0] != "A fee Refuse at once" || got[1] != "Far" {
		t.Errorf("the strong sign does not come first: %q", got)
	}
	if got := textOf(byClass(doc, "offer")[0]); !strings.Contains(got, "Agent") || !strings.Contains(got, "Telegram, Other ways") {
		t.Errorf("offer %q", got)
	}
	if got := textOf(byClass(doc, "leads-places")[0]); !strings.Contains(got, "Level 1 Caution Town (North)") {
		t.Errorf("places %q", got)
	}
}

func TestRedirect(t *testing.T) {
	files := build(t, "2026-01-01T00:00:00Z", map[string]string{
		"advisories/a.ko.md": advisory("aliases: [old-name]\nlevels: [{level: 1, places: [KH-1]}]\n", "본문\n"),
	})
	data := string(files["en/advisories/old-name.html"])
	if !strings.Contains(data, `content="0; url=/sub/en/advisories/a.html"`) || !strings.Contains(data, `href="/sub/en/advisories/a.html"`) || !strings.Contains(data, "noindex") {
		t.Errorf("redirect page:\n%s", data)
	}
}

func TestListPages(t *testing.T) {
	more := map[string]string{}
	for i := range 51 {
		slug := "a" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		more["advisories/"+slug+".ko.md"] = advisory("places: [KH-1]\n", "본문\n")
	}
	files := build(t, "2026-01-01T00:00:00Z", more)
	for name, want := range map[string]int{"ko/advisories/index.html": 50, "ko/advisories/page-2.html": 1} {
		if got := len(byClass(files.page(t, name), "item")); got != want {
			t.Errorf("%s lists %d, want %d", name, got, want)
		}
	}
	if _, ok := files["ko/advisories/page-3.html"]; ok {
		t.Error("an empty page")
	}
	pager := byClass(files.page(t, "ko/advisories/page-2.html"), "pager")
	if len(pager) != 1 || attr(byTag(pager[0], atom.A)[0], "href") != "/sub/ko/advisories/" {
		t.Error("page 2 does not lead back")
	}
	title := textOf(byTag(files.page(t, "ko/advisories/page-2.html"), atom.Title)[0])
	if !strings.Contains(title, "2쪽") {
		t.Errorf("title %q does not name the page", title)
	}
}

func TestHostileText(t *testing.T) {
	text := strings.ReplaceAll(advisory("levels: [{level: 1, places: [KH-1]}]\n", "본문\n"), "제목", `'</script><script>alert(1)</script> "><img src=x>'`)
	files := build(t, "2026-01-01T00:00:00Z", map[string]string{"advisories/a.ko.md": text})
	for _, name := range []string{"ko/advisories/a.html", "ko/advisories/index.html", "ko/index.html"} {
		doc := files.page(t, name)
		for _, s := range byTag(doc, atom.Script) {
			if attr(s, "type") != "application/ld+json" && !strings.HasPrefix(attr(s, "src"), "/sub/assets/") {
				t.Errorf("%s: a title became a script", name)
			}
		}
		if len(find(doc, func(n *html.Node) bool { return attr(n, "src") == "x" })) > 0 {
			t.Errorf("%s: a title became an image", name)
		}
	}
}

func TestUrgent(t *testing.T) {
	files := build(t, "2026-01-01T00:00:00Z", map[string]string{
		"advisories/a.ko.md": advisory("urgent: true\nlevels: [{level: 1, places: [KH-1]}]\n", "본문\n"),
		"advisories/b.ko.md": advisory("urgent: true\nuntil: 2025-11-01T00:00+09:00\nplaces: [KH-1]\n", "본문\n"),
	})
	if got := len(byClass(files.page(t, "en/index.html"), "urgent-line")); got != 1 {
		t.Errorf("%d urgent notices on the home page, want the one in force", got)
	}
	if got := len(byClass(files.page(t, "ko/advisories/a.html"), "urgent")); got != 0 {
		t.Error("an advisory gives notice of itself")
	}
}
