// Package corpus writes a made-up site of any size for benchmarks: the same
// site for the same size on every machine.
//
// In: a folder, a size, and the content folder whose settings, vocabularies and
// countries are taken over. Out: files below content/. The texts mean nothing.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// shared are the files taken over from the model site.
var shared = []string{
	"site.yaml", "levels.yaml", "categories.yaml", "red-flags.yaml", "contacts.yaml",
	"provinces/cambodia/country.yaml", "provinces/cambodia/map.geojson",
	"pages/help.ko.md", "pages/help.en.md",
}

// Write makes a site of n advisories and a tenth as many scam warnings in two
// languages below dir/content. Every twentieth advisory sets a level.
func Write(dir, model string, n int) error {
	w := writer{dir: filepath.Join(dir, "content"), rng: rand.New(rand.NewPCG(1, uint64(n)))}
	for _, name := range shared {
		data, err := os.ReadFile(filepath.Join(model, name))
		if err != nil {
			return err
		}
		w.write(name, string(data))
	}
	for i := range n {
		w.advisory(i, n)
	}
	for i := range n / 10 {
		w.scam(i, n/10)
	}
	return w.err
}

type writer struct {
	dir string
	rng *rand.Rand
	err error
}

func (w *writer) write(name, text string) {
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil && w.err == nil {
		w.err = err
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil && w.err == nil {
		w.err = err
	}
}

// last is the time of the newest record; the sample's as_of lies after it.
var last = time.Date(2026, 1, 30, 9, 0, 0, 0, time.FixedZone("KST", 9*3600))

// issued spreads n records over four years.
func issued(i, n int) time.Time {
	return last.Add(-time.Duration(n-1-i) * (4 * 365 * 24 * time.Hour / time.Duration(n)))
}

var categories = []string{"security", "crime", "scam", "health", "disaster", "conflict", "transport", "law"}

func (w *writer) advisory(i, n int) {
	at := issued(i, n)
	name := fmt.Sprintf("advisories/%d/notice-%05d", at.Year(), i)
	province := 1 + w.rng.IntN(25)
	place := fmt.Sprintf("places: [KH-%d]\n", province)
	if i%20 == 0 {
		place = fmt.Sprintf("levels:\n  - {level: %d, places: [KH-%d], except: [%s]}\n", 1+w.rng.IntN(3), province, areas[province])
		if areas[province] == "" {
			place = strings.Replace(place, ", except: []", "", 1)
		}
	}
	w.write(name+".ko.md", fmt.Sprintf("---\ntitle: 제%d호 지역 안전공지\nsummary: %s\nissued: %s\ncategories: [%s]\n%sreview: 2027-01-01\ncontacts: [consular-call-centre]\nsources:\n  - {title: 보도, url: \"https://news.example/%d\", publisher: 예시, date: %s}\n---\n%s",
		i, w.sentence(ko), at.Format(time.RFC3339), categories[w.rng.IntN(len(categories))], place, i, at.Format(time.DateOnly), w.body(ko, province, i)))
	w.write(name+".en.md", fmt.Sprintf("---\ntitle: Safety notice %d\nsummary: %s\ntranslates: 1\n---\n%s", i, w.sentence(en), w.body(en, province, i)))
}

// areas are the named areas that a measure for their province must except.
var areas = map[int]string{1: "KH-1/poipet", 7: "KH-7/bokor", 20: "KH-20/bavet"}

func (w *writer) scam(i, n int) {
	at := issued(i, n)
	name := fmt.Sprintf("scams/offer-%05d", i)
	w.write(name+".ko.md", fmt.Sprintf("---\ntitle: 일자리 사기 %d\nsummary: %s\nissued: %s\nchannels: [telegram]\nplaces: [KH-%d]\nred_flags: [telegram-only, prepaid-flight]\n---\n%s",
		i, w.sentence(ko), at.Format(time.RFC3339), 1+w.rng.IntN(25), w.body(ko, 18, i)))
	w.write(name+".en.md", fmt.Sprintf("---\ntitle: Job scam %d\nsummary: %s\ntranslates: 1\n---\n%s", i, w.sentence(en), w.body(en, 18, i)))
}

// words of a language, and its headings.
type words struct{ list, headings []string }

var ko = words{
	strings.Fields("여행자는 국경 지역 방문을 자제하고 현지 안내를 확인하십시오 공관은 상황을 지켜보며 필요한 조치를 알립니다 일자리 제안을 받으면 회사와 계약을 먼저 살피십시오 야간 이동을 피하고 여권 사본을 가족에게 남기십시오 도로 통제와 항공편 변경이 있을 수 있습니다"),
	[]string{"현재 상황", "해야 할 일", "연락할 곳", "이유"},
}

var en = words{
	strings.Fields("travellers should avoid the border area and follow local guidance the embassy watches the situation and will announce what is needed check the company and the contract before you accept a job do not travel at night and leave a copy of your passport with your family roads may be closed and flights may change"),
	[]string{"What is happening", "What to do", "Whom to call", "Why"},
}

func (w *writer) sentence(l words) string {
	var b strings.Builder
	for i := range 8 + w.rng.IntN(8) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(l.list[w.rng.IntN(len(l.list))])
	}
	return b.String() + "."
}

// body writes 300 to 900 words with headings, a list, a table and links.
func (w *writer) body(l words, province, i int) string {
	var b strings.Builder
	left := 300 + w.rng.IntN(600)
	for s, h := range l.headings {
		name := fmt.Sprintf("part-%d", s+1)
		if s == len(l.headings)-1 {
			name = "why" // a level that is lowered needs it
		}
		fmt.Fprintf(&b, "## %s {#%s}\n\n", h, name)
		for range left / 4 / 48 {
			for range 4 {
				b.WriteString(w.sentence(l) + " ")
			}
			b.WriteString("**" + l.list[w.rng.IntN(len(l.list))] + "**.\n\n")
		}
		switch s {
		case 0:
			fmt.Fprintf(&b, "| A | B |\n| --- | --- |\n| [KH](KH-%d) | %d |\n| %s | 2 |\n\n", province, i, l.list[0])
		case 1:
			for range 4 {
				b.WriteString("- " + w.sentence(l) + "\n")
			}
			b.WriteString("\n> [!WARNING]\n> " + w.sentence(l) + "\n\n")
		case 2:
			b.WriteString("[1](/help/#held), [2](/levels/), [3](https://news.example/)\n\n")
		}
	}
	return b.String()
}
