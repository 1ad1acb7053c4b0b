package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// measures is an advisory that bans a town and puts its province under a
// temporary level which nobody ended.
var measures = map[string]string{"advisories/ban.ko.md": advisory(`effective: 2025-10-02T00:00+09:00
until: 2025-12-01T00:00+09:00
legal: {basis: 법 17조, penalty: 징역, exemption: 허가}
levels:
  - {level: 4, places: [KH-1/town]}
  - {level: special, places: [KH-1]}
`, "본문\n")}

func TestProvincePage(t *testing.T) {
	doc := build(t, "2025-11-01T00:00:00Z", measures).page(t, "ko/provinces/land/north.html")
	now := textOf(byClass(doc, "now")[0])
	for _, want := range []string{"특별", "2025. 10. 2.(목)", "2025. 12. 1.(월)", "제목", "읍", "금지"} {
		if !strings.Contains(now, want) {
			t.Errorf("the level now does not say %q: %s", want, now)
		}
	}
	town := find(doc, func(n *html.Node) bool { return attr(n, "id") == "town" })
	if len(town) != 1 {
		t.Fatal("the town has no anchor")
	}
	law := byClass(town[0], "law-box")
	if len(law) != 1 || !strings.Contains(textOf(law[0]), "법 17조") || !strings.Contains(textOf(law[0]), "징역") || !strings.Contains(textOf(law[0]), "허가") {
		t.Errorf("the ban does not say what the law asks: %s", textOf(town[0]))
	}
	if len(byClass(doc, "law-box")) != 1 {
		t.Error("a level without legal force has a law box")
	}
	var steps []string
	for _, n := range byClass(doc, "timeline-item") {
		steps = append(steps, textOf(n))
	}
	if len(steps) != 3 || !strings.Contains(steps[0], "2025. 12. 1.") || !strings.Contains(steps[0], "읍") {
		t.Errorf("timeline %q, want the end of the ban, then the beginnings in the province and the town", steps)
	}
	if links := find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Link && attr(n, "type") == "application/rss+xml" }); attr(links[0], "href") != "/sub/ko/feeds/provinces/land/north.rss" {
		t.Errorf("the first feed is %s", attr(links[0], "href"))
	}
}

// A temporary level past its end is held, and says so wherever it is shown.
func TestHeldLevelSaysSo(t *testing.T) {
	files := build(t, "2026-01-10T00:00:00Z", measures)
	for _, c := range []struct{ page, want string }{
		{"ko/provinces/land/north.html", "2025. 12. 1.(월)에 끝날 예정이었습니다"},
		{"en/provinces/land/north.html", "Was due to end on 1 December 2025"},
		{"ko/provinces/land/index.html", "기한 지남, 유지"},
		{"en/provinces/land/index.html", "Past its end, kept"},
	} {
		if !strings.Contains(textOf(files.page(t, c.page)), c.want) {
			t.Errorf("%s does not say %q", c.page, c.want)
		}
	}
	doc := files.page(t, "ko/provinces/land/north.html")
	if town := find(doc, func(n *html.Node) bool { return attr(n, "id") == "town" }); strings.Contains(textOf(town[0]), "금지") {
		t.Error("a ban that ended is still shown for the town")
	}
}

func TestTimelineShowsWhatIsToCome(t *testing.T) {
	doc := build(t, "2025-10-01T09:00:00Z", measures).page(t, "ko/provinces/land/north.html")
	items := byClass(doc, "timeline-future")
	if len(items) == 0 || !strings.Contains(textOf(items[0]), "예정") {
		t.Error("an announced change is not marked as to come")
	}
	if now := textOf(byClass(doc, "now-badge")[0]); !strings.Contains(now, "유의") {
		t.Errorf("the level now is %q before the change", now)
	}
}

func TestPlaceNamesInThreeLanguages(t *testing.T) {
	_, files := sample(t)
	doc := files.page(t, "ko/provinces/cambodia/preah-sihanouk.html")
	others := byClass(doc, "place-others")[0]
	got := map[string]string{}
	for _, n := range byTag(others, atom.Span) {
		got[attr(n, "lang")] = textOf(n)
	}
	if h1 := textOf(byTag(doc, atom.H1)[0]); h1 != "시하누크빌주" || got["en"] != "Preah Sihanouk" || got["km"] != "ព្រះសីហនុ" {
		t.Errorf("names %q and %q", h1, got)
	}
}

// A level in a table or on a page comes with the text that the levels file
// gives it.
func TestMeansComesFromTheScheme(t *testing.T) {
	s, files := sample(t)
	doc := files.page(t, "ko/provinces/cambodia/preah-sihanouk.html")
	means := textOf(byClass(doc, "means")[0])
	l := s.Scheme.Level("3")
	if !strings.Contains(means, l.Planning["ko"]) || !strings.Contains(means, l.Staying["ko"]) {
		t.Errorf("level 3 asks %q", means)
	}
}

func TestCountryWithoutProvinces(t *testing.T) {
	files := build(t, "2026-01-01T00:00:00Z", map[string]string{
		"provinces/isle/country.yaml": "code: IS\nslug: isle\nname: {ko: 섬, en: Isle}\nlevel: 4\n",
	})
	doc := files.page(t, "en/provinces/isle/index.html")
	if now := byClass(doc, "now"); len(now) != 1 || !strings.Contains(textOf(now[0]), "Ban") {
		t.Error("the level of a country without provinces is not shown")
	}
	if len(byTag(doc, atom.Table)) != 0 || len(byClass(doc, "map")) != 0 {
		t.Error("a country without provinces has a table or map")
	}
	list := textOf(byClass(files.page(t, "en/provinces/index.html"), "countries")[0])
	if !strings.Contains(list, "Isle") || !strings.Contains(list, "Land") {
		t.Errorf("countries: %s", list)
	}
}

// The table is ordered by level, the areas of a level before its provinces; a
// province tells which other levels it holds.
func TestTableOrder(t *testing.T) {
	_, files := sample(t)
	doc := files.page(t, "ko/provinces/cambodia/index.html")
	var groups []string
	for _, b := range byTag(byClass(doc, "places")[0], atom.Tbody) {
		groups = append(groups, attr(b, "id"))
		areas := true
		for _, row := range byTag(b, atom.Tr)[1:] { // after the name of the level
			if is := strings.Contains(attr(row, "class"), "place-area"); is && !areas {
				t.Errorf("%s: %s stands after a province", attr(b, "id"), textOf(row))
			} else {
				areas = is
			}
			level := strings.TrimPrefix(attr(b, "id"), "page-")
			if !strings.HasSuffix(attr(byClass(byClass(row, "place-level")[0], "badge")[0], "class"), level) {
				t.Errorf("%s holds %s", attr(b, "id"), textOf(row))
			}
			if textOf(byTag(row, atom.A)[0]) == "캄폿주" {
				if parts := byClass(row, "place-parts"); len(parts) != 1 || !strings.Contains(textOf(parts[0]), "4") {
					t.Errorf("Kampot does not tell that a part is at level 4: %s", textOf(row))
				}
			}
		}
	}
	if got := strings.Join(groups, " "); got != "page-level-4 page-level-3 page-level-special page-level-2 page-level-1" {
		t.Errorf("groups %q", got)
	}
	for _, a := range byTag(byClass(doc, "filter")[0], atom.A) {
		id := strings.TrimPrefix(attr(a, "href"), "#")
		if len(find(doc, func(n *html.Node) bool { return attr(n, "id") == id })) != 1 {
			t.Errorf("the filter leads to %q, which is not there", id)
		}
	}
}
