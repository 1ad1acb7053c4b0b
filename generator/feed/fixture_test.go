package feed

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/site"
	"bongsu/generator/source"
)

const siteYAML = `
title: {ko: "안전 알림 & <예시>", en: "Safety & <sample>"}
base_url: %s
languages: [ko, en]
time_zone: Asia/Seoul
publisher: {name: {ko: 발행인, en: Publisher}, url: "https://publisher.example/"}
official: {name: {ko: 공식 누리집, en: Official site}, url: "https://official.example/"}
tag_authority: "example.org,2025"
sample: {as_of: 2026-01-31}
`

const levelsYAML = `
- {id: 1, cap: {urgency: Future, severity: Minor, certainty: Possible}, rank: 1, digit: "1", name: {ko: 여행유의, en: Exercise caution}, color: "#1F4E9E", ink: "#FFFFFF", planning: {ko: 준비하십시오., en: Prepare.}, staying: {ko: 준비하십시오., en: Prepare.}}
- {id: 2, cap: {urgency: Future, severity: Moderate, certainty: Likely}, rank: 2, digit: "2", name: {ko: 여행자제, en: Refrain from travel}, color: "#F2C200", ink: "#000000", planning: {ko: 자제하십시오., en: Refrain.}, staying: {ko: 유의하십시오., en: Take care.}}
- {id: special, cap: {urgency: Expected, severity: Moderate, certainty: Likely}, rank: 2.5, digit: {ko: 특, en: S}, name: {ko: 특별여행주의보, en: Special travel advisory}, short: {ko: 특별, en: Special}, color: "#F08A00", ink: "#000000", temporary: true, max_days: 90, planning: {ko: 미루십시오., en: Postpone.}, staying: {ko: 유의하십시오., en: Take care.}}
- {id: 3, cap: {urgency: Expected, severity: Severe, certainty: Likely}, rank: 3, digit: "3", name: {ko: 출국권고, en: Departure recommended}, color: "#C8102E", ink: "#FFFFFF", planning: {ko: 취소하십시오., en: Cancel your trip.}, staying: {ko: 출국하십시오., en: Leave.}}
- {id: 4, cap: {urgency: Immediate, severity: Extreme, certainty: Observed}, rank: 4, digit: "4", name: {ko: 여행금지, en: Travel ban}, color: "#1A1A1A", ink: "#FFFFFF", legal_force: true, planning: {ko: 가지 마십시오., en: Do not go.}, staying: {ko: 대피하십시오., en: Evacuate.}}
`

const countryYAML = `
code: KH
slug: cambodia
name: {ko: 캄보디아, en: Cambodia}
level: 1
areas:
  - {id: border, name: {ko: 태국 국경 지역, en: Thai border area}, touches: [KH-1, KH-2]}
provinces:
  - {code: KH-1, slug: banteay-meanchey, name: {ko: 반테이민체이주, en: Banteay Meanchey}, areas: [{id: poipet, name: {ko: 포이펫시, en: Poipet city}}]}
  - {code: KH-2, slug: battambang, name: {ko: 바탐방주, en: Battambang}}
  - {code: KH-7, slug: kampot, name: {ko: 캄폿주, en: Kampot}, level: 2, areas: [{id: bokor, name: {ko: 보코산 지역, en: Bokor mountain area}}]}
  - {code: KH-9, slug: koh-kong, name: {ko: 코콩주, en: Koh Kong}}
  - {code: KH-12, slug: phnom-penh, name: {ko: 프놈펜시, en: Phnom Penh}}
  - {code: KH-18, slug: preah-sihanouk, name: {ko: 시하누크빌주, en: Preah Sihanouk}, level: 2}
`

// fixture is a site in memory: files by path below content/.
type fixture struct {
	base    string
	now     string
	config  string // further lines of site.yaml
	removed string // removed.yaml
	mapJSON string // map.geojson
	files   map[string]string
}

// newFixture is a site with vocabularies and no records.
func newFixture() *fixture {
	return &fixture{base: "https://example.org/", now: "2026-01-31T00:00:00+09:00", files: map[string]string{}}
}

// add writes a record's file; front matter and body are parted by a line ---.
func (f *fixture) add(file, matter, body string) {
	f.files[file] = "---\n" + strings.TrimSpace(matter) + "\n---\n" + body + "\n"
}

func raw(file, text string) source.Raw { return source.Raw{Path: file, Data: []byte(text)} }

// join makes the site; content errors fail the test unless they are expected.
func (f *fixture) join(t testing.TB) *site.Site {
	t.Helper()
	yaml := func(name, text string) source.File {
		file, diags := source.ParseYAML(raw("content/"+name, text))
		fatal(t, diags)
		return file
	}
	config, diags := model.DecodeSite(yaml("site.yaml", fmt.Sprintf(siteYAML, f.base)+f.config))
	fatal(t, diags)
	c := model.Context{Zone: config.Zone, Languages: config.Languages}
	in := site.Input{Config: config}
	in.Scheme, diags = model.DecodeScheme(yaml("levels.yaml", levelsYAML), c)
	fatal(t, diags)
	in.Categories, diags = model.DecodeCategories(yaml("categories.yaml", "- {id: crime, name: {ko: 범죄, en: Crime}}\n- {id: scam, name: {ko: 사기, en: Scams}}\n"), c)
	fatal(t, diags)
	in.RedFlags, diags = model.DecodeRedFlags(yaml("red-flags.yaml", "- {id: free, text: {ko: 비행기표를 줍니다, en: They pay the flight}, weight: 2}\n"), c)
	fatal(t, diags)
	country, diags := model.DecodeCountry(yaml("provinces/cambodia/country.yaml", countryYAML), c)
	fatal(t, diags)
	in.Countries = []*model.Country{&country}
	links, atlas := site.NewLinks(config), model.NewAtlas(in.Countries)
	r := markup.New()
	for file, text := range f.files {
		kind, slug, l, d := model.Locate("content/" + file)
		if d != nil {
			t.Fatal(d.Error())
		}
		parsed, diags := source.ParseMarkdown(raw("content/"+file, text))
		fatal(t, diags)
		doc, diags := model.DecodeDoc(parsed, kind, slug, l, c)
		fatal(t, diags)
		body, diags := r.Render([]byte(parsed.Body), markup.Options{Lang: l, Link: func(dest string) (string, bool) {
			path, ok := site.Target(atlas, dest)
			return links.Page(l, path), ok
		}})
		fatal(t, diags)
		doc.Body = model.NewBody(body)
		in.Docs = append(in.Docs, doc)
	}
	now, err := time.Parse(time.RFC3339, f.now)
	if err != nil {
		t.Fatal(err)
	}
	in.Now = now
	if f.removed != "" {
		in.Removals, diags = model.DecodeRemovals(yaml("removed.yaml", f.removed), c)
		fatal(t, diags)
	}
	if f.mapJSON != "" {
		m, diags := model.DecodeMap(raw("map.geojson", f.mapJSON), &country)
		fatal(t, diags)
		in.Maps = map[string]*model.Map{"KH": m}
	}
	s, diags := site.Join(in)
	fatal(t, diags)
	return s
}

func fatal(t testing.TB, diags diag.List) {
	t.Helper()
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Fatal(d.Error())
		}
	}
}

// words loads the site's own words.
func words(t testing.TB, langs []string, zone *time.Location) (map[string]*lang.Catalog, map[string]lang.Formatter) {
	t.Helper()
	cats, formats := map[string]*lang.Catalog{}, map[string]lang.Formatter{}
	for _, l := range langs {
		name := "../../templates/strings/" + l + ".yaml"
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		cat, diags := lang.Load(name, data)
		fatal(t, diags)
		cats[l], formats[l] = cat, lang.NewFormatter(cat, zone)
	}
	return cats, formats
}

// write writes every feed of a site, by path.
func write(t testing.TB, s *site.Site) map[string]string {
	t.Helper()
	cats, formats := words(t, s.Langs(), s.Config.Zone)
	out := map[string]string{}
	for _, f := range Files(s, cats, formats) {
		var b bytes.Buffer
		if err := f.Render(&b); err != nil {
			t.Fatal(f.Path, err)
		}
		if _, twice := out[f.Path]; twice {
			t.Fatalf("%s is written twice", f.Path)
		}
		out[f.Path] = b.String()
	}
	return out
}

// sample is a site with every shape of record.
func sample() *fixture {
	f := newFixture()
	f.add("advisories/2025/special.ko.md", `
title: 특별여행주의보
summary: 미루십시오.
issued: 2025-10-10T09:00
until: 2026-01-08T09:00
at_end: lift
categories: [crime]
levels:
  - {level: special, places: [KH-12, KH/border]}
`, "## 내용\n\n본문입니다.")
	f.add("advisories/2025/special.en.md", "title: Special advisory\nsummary: Postpone.\n", "## Text\n\nThe text.")
	f.add("advisories/2025/ban.ko.md", `
title: "금지 A & B <C>"
summary: "가면 처벌받습니다 & <주의>."
issued: 2025-10-15T17:28
effective: 2025-10-16
categories: [crime, scam]
urgent: true
levels:
  - {level: 4, places: [KH-7/bokor, KH-1/poipet]}
  - {level: 3, places: [KH-18]}
  - {level: 2, places: [KH], except: [KH-12, KH/border]}
legal: {basis: 여권법 제17조, penalty: 1년 이하의 징역}
changes:
  - {at: 2025-10-23T21:00, note: 유예기간을 더했습니다., major: true}
  - {at: 2025-10-24T10:00, note: 오타를 고쳤습니다.}
`, "> [!WARNING]\n> 위험합니다.\n\n## 바뀐 내용 {#changed}\n\n[시하누크빌주](KH-18), [위로](#changed), [밖](https://a.example/?x=1&y=2)[^1]\n\n| 가 | 나 |\n| --- | ---: |\n| 1 | 2 |\n\n```scam\nhttps://bad.example 로 연락\n```\n\n[^1]: 각주\n")
	f.add("advisories/2025/ban.en.md", "title: \"Ban A & B <C>\"\nsummary: \"You can be punished & <so on>.\"\nlegal: {basis: Passport Act, penalty: Prison}\nchanges:\n  - {note: Added a grace period.}\n", "Text of [Sihanoukville](KH-18).")
	f.add("advisories/2025/only-korean.ko.md", `
title: 프놈펜 상향
summary: 프놈펜은 출국권고입니다.
issued: 2025-11-01
categories: [crime]
levels: [{level: 3, places: [KH-12]}]
`, "한국어만 있습니다.")
	f.add("advisories/2025/back.ko.md", `
title: 잘못된 공지
summary: 철회했습니다.
issued: 2025-12-01
categories: [crime]
levels: [{level: 3, places: [KH-2]}]
withdrawn: {at: 2025-12-02T00:00, reason: 사실과 달랐습니다.}
`, "본문")
	f.add("scams/office.ko.md", `
title: 사무직 사기
summary: 조심하십시오.
issued: 2025-09-01
places: [KH-1/poipet]
red_flags: [free]
indicators: [{type: domain, value: evil.example, status: confirmed, basis: 경찰 발표, source: "https://police.example/1"}]
`, "본문")
	f.add("advisories/2026/later.ko.md", `
title: 아직 없는 공지
summary: 예약됨.
issued: 2026-03-01
categories: [crime]
`, "본문")
	return f
}
