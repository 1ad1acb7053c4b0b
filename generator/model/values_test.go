package model

import (
	"strings"
	"testing"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/source"

	"github.com/google/go-cmp/cmp"
)

var seoul = zone("Asia/Seoul")

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

var context = Context{Zone: seoul, Languages: []string{"ko", "en"}}

// yaml parses a text that is good YAML.
func yaml(t testing.TB, text string) source.File {
	t.Helper()
	f, diags := source.ParseYAML(source.Raw{Path: "content/x.yaml", Data: []byte(text)})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return f
}

// codes lists findings as line:col code.
func codes(l diag.List) string {
	var out []string
	for _, d := range l {
		out = append(out, strings.TrimPrefix(d.Pos.String(), d.Pos.File+":")+" "+string(d.Code))
	}
	return strings.Join(out, ", ")
}

func TestParseTime(t *testing.T) {
	paris := zone("Europe/Paris")
	for _, c := range []struct {
		text string
		zone *time.Location
		want string // RFC 3339 in the zone, "" for none
		date bool
	}{
		{"2025-10-16", seoul, "2025-10-16T00:00:00+09:00", true},
		{"2025-10-16", time.UTC, "2025-10-16T00:00:00Z", true},
		{"2025-10-16T09:30", seoul, "2025-10-16T09:30:00+09:00", false},
		{"2025-10-16T09:30:15", seoul, "2025-10-16T09:30:15+09:00", false},
		{"2025-10-16 09:30", seoul, "2025-10-16T09:30:00+09:00", false},
		{"2025-10-16 09:30:15", seoul, "2025-10-16T09:30:15+09:00", false},
		{"2025-10-16T00:30Z", seoul, "2025-10-16T09:30:00+09:00", false},
		{"2025-10-16T00:30:00Z", seoul, "2025-10-16T09:30:00+09:00", false},
		{"2025-10-15T20:30-04:00", seoul, "2025-10-16T09:30:00+09:00", false},
		{"2025-10-16T09:30:15.5+09:00", seoul, "2025-10-16T09:30:15+09:00", false}, // fractions are read and not shown
		{"2025-07-01T12:00", paris, "2025-07-01T12:00:00+02:00", false},            // summer time
		{"2025-12-01T12:00", paris, "2025-12-01T12:00:00+01:00", false},
		{"2024-02-29", seoul, "2024-02-29T00:00:00+09:00", true},
		{"2025-02-29", seoul, "", false},
		{"2025-13-01", seoul, "", false},
		{"2025-1-2", seoul, "", false},
		{"16.10.2025", seoul, "", false},
		{"2025. 10. 16.", seoul, "", false},
		{"2025-10-16T25:00", seoul, "", false},
		{"2025-10-16T09:30 KST", seoul, "", false},
		{"0205-10-16", seoul, "", false}, // a slip of the finger
		{"20251-10-16", seoul, "", false},
		{"", seoul, "", false},
	} {
		got, date, ok := ParseTime(c.text, c.zone)
		text := ""
		if ok {
			text = got.Format(time.RFC3339)
		}
		if text != c.want || date != c.date {
			t.Errorf("%q in %v: got %q date %v, want %q %v", c.text, c.zone, text, date, c.want, c.date)
		}
	}
}

func TestTextIn(t *testing.T) {
	for _, c := range []struct {
		name       string
		text       Text
		tag        string
		others     []string
		want, used string
	}{
		{"its own", Text{"ko": "가", "en": "a"}, "ko", []string{"en"}, "가", "ko"},
		{"for every language", Text{"": "1"}, "ko", []string{"en"}, "1", ""},
		{"its own before that for all", Text{"": "x", "ko": "가"}, "ko", nil, "가", "ko"},
		{"another", Text{"en": "a", "km": "ក"}, "ko", []string{"ja", "en"}, "a", "en"},
		{"others in their order", Text{"en": "a", "km": "ក"}, "ko", []string{"km", "en"}, "ក", "km"},
		{"none", Text{"km": "ក"}, "ko", []string{"en"}, "", "ko"},
		{"nothing", nil, "ko", []string{"en"}, "", "ko"},
	} {
		if got, used := c.text.In(c.tag, c.others...); got != c.want || used != c.used {
			t.Errorf("%s: %q of %q, want %q of %q", c.name, got, used, c.want, c.used)
		}
	}
	for _, c := range []struct {
		text Text
		want string
	}{
		{Text{"ko": "가", "en": "a"}, "가"},
		{Text{"en": "a", "de": "ä"}, "a"},
		{Text{"km": "ក", "de": "ä"}, "ä"}, // by tag where there is no English
		{Text{"": "1", "en": "a"}, "1"},
		{nil, ""},
	} {
		if got := c.text.Get("ko"); got != c.want {
			t.Errorf("%v: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestDecodeText(t *testing.T) {
	for _, c := range []struct {
		yaml string
		want Text
		diag string
	}{
		{`x: {ko: 가, en: a}`, Text{"ko": "가", "en": "a"}, ""},
		{`x: {ko: 가, en: a, km: ក, zh-Hant: 字}`, Text{"ko": "가", "en": "a", "km": "ក", "zh-hant": "字"}, ""},
		{`x: one for all`, Text{"": "one for all"}, ""},
		{"x: >\n  folded\n  text", Text{"": "folded text"}, ""},
		{`x: {ko: 가}`, Text{"ko": "가"}, "1:4 missing-text"},
		{`x: {ko: 가, en: ""}`, Text{"ko": "가"}, "1:4 missing-text"},
		{`x: {ko: 가, en: }`, Text{"ko": "가"}, "1:4 missing-text"},
		{`x: {ko: 가, en: [a]}`, Text{"ko": "가"}, "1:16 wrong-type"},
		{`x: {ko: 가, English: a}`, Text{"ko": "가"}, "1:12 unknown-field"},
		{`x: {}`, nil, "1:4 missing-field"},
		{`x: [가]`, nil, "1:4 wrong-type"},
	} {
		v, _ := yaml(t, c.yaml).Matter.Get("x")
		d := context.decoder()
		got := decodeText(d, v, "name")
		if diff := cmp.Diff(c.want, got); diff != "" || codes(d.diags) != c.diag {
			t.Errorf("%s: %s\n%q, want %q", c.yaml, diff, codes(d.diags), c.diag)
		}
	}
}

// TestPatterns holds what the small fields accept.
func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		what   string
		decode func(*decoder, source.Value, string) string
		good   []string
		bad    []string
	}{
		{"phone", decodePhone,
			[]string{"+82-2-3210-0404", "112", "+855 23 211 900", "1577.1234"},
			[]string{"02-3210-0404(내선 1)", "call us", "++82", "+82--2", "82-", "tel:112", "112;ext=1", "１１２"}},
		{"slug", decodeSlug,
			[]string{"a", "travel-ban-2", "4"},
			[]string{"Travel", "a--b", "-a", "a-", "a_b", "a/b", "여행", "a b", "..", "a.b"}},
		{"colour", decodeColor,
			[]string{`"#F08A00"`, `"#00ff7f"`},
			[]string{`"#FFF"`, "red", `"#F08A00FF"`, `"#GGGGGG"`, `"#F08A00;x"`}},
		{"tag", decodeTag,
			[]string{"ko", "zh-Hant", "fil"},
			[]string{"Korean", "KO", "k", "ko_KR", "ko-"}},
		{"authority", decodeAuthority,
			[]string{`"example.org,2025"`, `"a.example.org,2025-01-31"`},
			[]string{"example.org", `"example,2025"`, `"Example.org,2025"`, `"example.org,25"`}},
		{"place", func(d *decoder, v source.Value, what string) string { return decodePlace(d, v, what).ID },
			[]string{"KH", "KH-18", "KH-7/bokor", "KH/thai-border-50km", "US-NY"},
			[]string{"kh", "KHM", "KH-", "KH-1234", "KH-18/", "KH/Thai", "KH-18/a/b", "Phnom Penh"}},
		{"address", decodeURL,
			[]string{"https://example.org", "https://example.org/a?b=c#d"},
			[]string{"example.org", "javascript:alert(1)", "//example.org", "https://", "ftp://example.org/", "https://a@example.org/", "data:text/html,x", `"https://exa mple.org/"`}},
	} {
		for _, s := range c.good {
			d := context.decoder()
			v, _ := yaml(t, "x: "+s).Matter.Get("x")
			if got := c.decode(d, v, c.what); got == "" || d.diags.HasErrors() {
				t.Errorf("%s %s: refused: %v", c.what, s, d.diags)
			}
		}
		for _, s := range c.bad {
			d := context.decoder()
			v, _ := yaml(t, "x: "+s).Matter.Get("x")
			if c.decode(d, v, c.what); !d.diags.HasErrors() {
				t.Errorf("%s %s: accepted", c.what, s)
			}
		}
	}
}

func TestCleanBase(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"https://example.org/", "https://example.org/", true},
		{"https://example.org", "https://example.org/", true},
		{"https://Example.ORG/Sub", "https://example.org/Sub/", true},
		{"http://127.0.0.1:8080", "http://127.0.0.1:8080/", true},
		{"https://example.org/한글/", "https://example.org/%ED%95%9C%EA%B8%80/", true},
		{"https://example.org/?x", "", false},
		{"https://example.org/#x", "", false},
		{"ftp://example.org/", "", false},
		{"example.org", "", false},
		{"/sub/", "", false},
		{"", "", false},
		{"https://", "", false},
	} {
		if got, ok := CleanBase(c.in); got != c.want || ok != c.ok {
			t.Errorf("%q: %q %v, want %q %v", c.in, got, ok, c.want, c.ok)
		}
	}
	s := Site{BaseURL: "https://example.org/한글/"}
	if s.Host() != "https://example.org" || s.Prefix() != "/%ED%95%9C%EA%B8%80/" {
		t.Errorf("host %q, prefix %q", s.Host(), s.Prefix())
	}
}

func TestDecodeSite(t *testing.T) {
	const full = `
title: {ko: 알림, en: Alerts}
base_url: https://Example.org/alerts
languages: [ko, zh-Hant]
time_zone: Asia/Seoul
publisher: {name: 발행인, url: "https://publisher.example/"}
sample: {as_of: 2026-01-31}
urls: clean
`
	s, diags := DecodeSite(yaml(t, full))
	if codes(diags) != "2:8 missing-text" { // zh-hant
		t.Error(diags)
	}
	if s.BaseURL != "https://example.org/alerts/" || s.Authority != "example.org,2025" || s.URLs != "clean" {
		t.Errorf("site %+v", s)
	}
	if got := s.Sample.AsOf.Format(time.RFC3339); got != "2026-01-31T00:00:00+09:00" { // in its own zone
		t.Error(got)
	}
	if diff := cmp.Diff([]string{"ko", "zh-hant"}, s.Languages); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct{ text, want string }{
		{"languages: []\ntime_zone: Local", "2:12 bad-value, 1:12 missing-field"},
		{"time_zone:\nlanguages: ko", "1:1 missing-field, 2:12 wrong-type"},
	} {
		_, diags := DecodeSite(yaml(t, c.text))
		if got := codes(diags); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q: %s", c.text, got)
		}
	}
}
