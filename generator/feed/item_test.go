package feed

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"bongsu/generator/quote"
)

// The written items are what encoding/json would write of these.
type jsonItem struct {
	ID        string        `json:"id"`
	URL       string        `json:"url"`
	Title     string        `json:"title"`
	Summary   string        `json:"summary,omitempty"`
	HTML      string        `json:"content_html"`
	Published string        `json:"date_published"`
	Updated   string        `json:"date_modified"`
	Language  string        `json:"language,omitempty"`
	Tags      []string      `json:"tags"`
	Bongsu    jsonExtension `json:"_bongsu"`
}

type jsonExtension struct {
	About      string   `json:"about"`
	Kind       string   `json:"kind"`
	Record     string   `json:"record"`
	Revision   int      `json:"revision"`
	Alert      string   `json:"alert,omitempty"`
	Status     string   `json:"status,omitempty"`
	Levels     []Level  `json:"levels,omitempty"`
	Areas      []string `json:"areas,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Effective  string   `json:"effective,omitempty"`
	Expires    string   `json:"expires,omitempty"`
}

// Whatever the texts, an item is the same as encoding/json writes.
func FuzzItem(f *testing.F) {
	for _, s := range []string{"", "글 <b>&\"\\/", "a\tb\nc\r\u2028\u2029\u00a0\u007f", "\x00\x0b\xff\ufffe\ufffd", "“봉수” · 🚨"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	at := time.Date(2026, 1, 31, 9, 0, 0, 0, time.FixedZone("KST", 9*3600))
	f.Fuzz(func(t *testing.T, s string, all bool) {
		s = clean(s)
		html := string((origin{"https://h.example", "https://h.example/p"}).portable(nil, s))
		e := Entry{ID: "tag:example.org,2025:a:ko", URL: "https://h.example/p", Lang: "ko", TextLang: "ko", Title: s, Summary: s,
			Published: at, Updated: at, Kind: "advisories", Record: s, Revision: 3, About: "https://h.example/data"}
		want := jsonItem{ID: e.ID, URL: e.URL, Title: s, Summary: s, HTML: html, Published: rfc3339(at), Updated: rfc3339(at), Tags: []string{"kind:advisories"},
			Bongsu: jsonExtension{About: e.About, Kind: e.Kind, Record: s, Revision: 3}}
		if all {
			e.TextLang, e.Alert, e.Status, e.Places, e.Categories, e.Effective, e.Expires = "en", "issued", "active", []string{s, "KH"}, []string{s}, at, at.Add(time.Hour)
			e.Levels = []Level{{"3", "", []string{"KH-1", s}}, {"2", "special", []string{"KH"}}}
			want.Language, want.Bongsu.Alert, want.Bongsu.Status, want.Bongsu.Areas, want.Bongsu.Categories = "en", "issued", "active", e.Places, e.Categories
			want.Bongsu.Levels, want.Bongsu.Effective, want.Bongsu.Expires = e.Levels, rfc3339(e.Effective), rfc3339(e.Expires)
			want.Tags = append(want.Tags, "alert:issued", "level:3", "level:2", "place:"+s, "place:KH", "category:"+s)
		}
		for _, t := range e.Tags() {
			e.labels = append(e.labels, newLabel(authority(e.ID), t))
		}
		e.stamp()
		text := string(quote.JSONText(nil, html))
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(want); err != nil {
			t.Fatal(err)
		}
		if got := string(entryJSON(nil, &e, text)) + "\n"; got != b.String() {
			t.Fatalf("got %s\nwant %s", got, &b)
		}
	})
}
