package markup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAddressAllowed(t *testing.T) {
	for _, c := range []struct{ dest, href string }{
		{"https://www.0404.go.kr", "https://www.0404.go.kr"},
		{"HTTPS://A.EXAMPLE:443/A?b=c&d#e", "https://a.example:443/A?b=c&d#e"},
		{"mailto:a.b@c.go.kr?subject=x", "mailto:a.b@c.go.kr?subject=x"},
		{"TEL:+82-2-3210-0404", "tel:+82-2-3210-0404"},
		{"/advisories/slug", "/advisories/slug"},
		{"/help/#held", "/help/#held"},
		{"/도움/", "/%EB%8F%84%EC%9B%80/"},
		{"#현재-상황", "#%ED%98%84%EC%9E%AC-%EC%83%81%ED%99%A9"},
		{"KH", "KH"}, {"KH-18", "KH-18"}, {"KH-7/bokor", "KH-7/bokor"}, {"KH/thai-border-50km#a", "KH/thai-border-50km#a"},
		{"/a:b", "/a:b"},
	} {
		a := readAddress(c.dest)
		if a.fault != "" || a.href != c.href {
			t.Errorf("%q: %+v, want %q", c.dest, a, c.href)
		}
		if wantInternal := !strings.Contains(strings.ToLower(c.dest), "https:") && !strings.Contains(c.dest, "@") && !strings.HasPrefix(c.dest, "TEL"); a.internal != wantInternal {
			t.Errorf("%q: internal is %t", c.dest, a.internal)
		}
	}
}

func TestAddressRefused(t *testing.T) {
	for _, dest := range []string{
		"", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:x", "java\nscript:x", "\x01javascript:x", " javascript:x", "javascript\u200b:x",
		"javascript%3Aalert(1)", "%6aavascript:x", "vbscript:x", "data:text/html,x", "data:image/png;base64,x", "file:///etc/passwd", "blob:x",
		"tg://resolve?domain=x", "intent://x#Intent;end", "sms:+821012345678", "kakaotalk://x", "ftp://x/y", "view-source:https://a.example", "a:b",
		"//evil.example", "//evil.example/a", "/\\evil.example", "\\\\evil.example", "///evil.example", "/a//b", "/../a", "/a/./b", "/%2e%2e/a", "/a/%2E%2E",
		"x.md", "../x", "./x", "advisories/slug", "?q=1", "#", "kh-7", "KH-7/Bokor", "KHM/x", "www.bad.example",
		"https:", "https:/a.example", "https:a.example", "https:///a.example", "https://", "https://user@evil.example", "https://good.example:x@evil.example/",
		"https://а.example", "https://-a.example", "https://a..b", "https://a_b.example", "https://[::1]/", "https://a.example:port/", "https://%65vil.example",
		"https://a.example/%zz", "https://a.example/%1", "https://a.example/ b", "https://a.example/<b>", "https://a.example/\u202e", "https://a.example/\xff",
		"mailto:", "mailto:a", "mailto:a@b", "mailto:a@b.kr,c@d.kr", "mailto:a@b.kr?body=\"x\"", "tel:", "tel:*123#", "tel:119;javascript", "tel:abc",
	} {
		if a := readAddress(dest); a.fault == "" || a.href != "" {
			t.Errorf("%q is let through as %q", dest, a.href)
		}
	}
	for _, dest := range []string{"", "https://a.example/a.png", "//a.example/a.png", "/a.png", "/media/a.svg", "/media/../a.png", "/media/.a.png", "/media/a.png?x", "data:image/png;base64,x", "media/a.png", "/media/a.PNG"} {
		if a := readImage(dest); a.fault == "" {
			t.Errorf("image %q is let through", dest)
		}
	}
}

// TestDisguised holds that what Markdown resolves is judged after resolving,
// once, as a browser would see it; and where each finding stands.
func TestDisguised(t *testing.T) {
	for _, c := range []struct{ src, at string }{
		{"[a](javascript:x)", "1:5+12"},
		{"가[a](java&#115;cript&colon;x)", "1:6+23"},
		{"[a](javascript&#x3A;x)", "1:5+17"},
		{"[a](java&Tab;script:x)", "1:5+17"},
		{"[a]( <java script:x> 'b')", "1:7+13"},
		{"[a](\\javascript:x)", "1:5+13"},
		{"[a](javascript\\:x)", "1:5+13"},
		{"[a](&#47;/evil.example)", "1:5+18"},
		{"<javascript:x>", "1:2+12"},
		{"<TG://x>", "1:2+6"},
		{"[a [b](x:y) c", "1:8+3"},
		{"> [a](\n> ftp://b/)", "2:3+8"},
		{"- a\n\n  1. [b][c] d\n\n[c]: ftp://e \"f\"", "5:6+7"},
		{"[A  b]\n\n> [a\n> B]:\n> <ftp://c>", "5:4+7"},
		{"[c][] [c]\n\n[c]:\n  ftp://e", "4:3+7"},
		{"|a|\n|-|\n|`\\|` [b](ftp://c)|", "3:11+7"},
		{"## a [b](ftp://c) {#d}", "1:10+7"},
		{"a[^1]\n\n[^1]: b\n\n    c [d](ftp://e)", "5:11+7"},
		{"![a](ftp://b)", "1:6+7"},
		{"[![a](/media/b.png)](ftp://c)", "1:22+7"},
	} {
		doc, found := New().Render([]byte(c.src), Options{Lang: "ko"})
		if diff := cmp.Diff([]string{"unsafe-link " + c.at}, codes(found)); diff != "" {
			t.Errorf("%q: %s%v", c.src, diff, found)
		}
		if strings.Contains(doc.HTML, "href=\"f") || strings.Contains(doc.HTML, "script:x\"") {
			t.Errorf("%q: printed %s", c.src, doc.HTML)
		}
	}
}

func TestLinks(t *testing.T) {
	src := "[가 *나*](/a/#b) <https://c.example/?d=1&e=2> [f](KH-7/bokor) [g](/gone) ![h](/media/i.png) [j][k]\n\n[k]: mailto:l@m.kr\n"
	o := Options{Lang: "ko", File: "x.md", Line: 5, Link: func(dest string) (string, bool) {
		return "/ko" + strings.TrimPrefix("/"+dest, "//") + `?"`, dest != "/gone"
	}}
	doc, found := New().Render([]byte(src), o)
	if len(found) > 0 {
		t.Error(found)
	}
	var got []string
	for _, l := range doc.Links {
		got = append(got, fmt.Sprintf("%s %d:%d+%d internal=%t image=%t %q", l.Dest, l.Pos.Line, l.Pos.Col, l.Width, l.Internal, l.Image, l.Text))
	}
	want := []string{
		`/a/#b 5:9+5 internal=true image=false "가 나"`,
		`https://c.example/?d=1&e=2 5:17+26 internal=false image=false "https://c.example/?d=1&e=2"`,
		`KH-7/bokor 5:49+10 internal=true image=false "f"`,
		`/gone 5:65+5 internal=true image=false "g"`,
		`/media/i.png 5:77+12 internal=true image=true "h"`,
		`mailto:l@m.kr 7:6+13 internal=false image=false "j"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, href := range []string{`"/koa/#b?&quot;"`, `"/ko/KH-7/bokor?&quot;"`, `href="/gone"`, `src="/komedia/i.png?&quot;"`, `"mailto:l@m.kr"`} {
		if !strings.Contains(doc.HTML, href) {
			t.Errorf("%s is not in %s", href, doc.HTML)
		}
	}
}
