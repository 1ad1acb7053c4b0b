package tidy

import (
	"strings"
	"testing"
)

const head = "---\ntitle: 국경\nsummary: 요약\nissued: 2026-01-10\ncategories: [crime]\n"

func TestFile(t *testing.T) {
	const name = "content/advisories/2026/border.ko.md"
	for _, c := range []struct{ what, path, text, want, says string }{
		{"tidy", name, head + "---\n본문\n", "", ""},
		{"byte order mark", name, "\ufeff" + head + "---\n본문\n", head + "---\n본문\n", "removed the byte order mark"},
		{"CRLF", name, strings.ReplaceAll(head+"---\n본문\n", "\n", "\r\n"), head + "---\n본문\n", "made the line ends LF in 7 lines"},
		{"NFC", name, head + "---\n\u1107\u1169\u11ab\u1106\u116e\u11ab cafe\u0301\n", head + "---\n본문 caf\u00e9\n", "put letters together (NFC) in 1 line"},
		{"spaces", name, head + "draft: true \t\n---\n본문 \n \n끝\n", head + "draft: true\n---\n본문\n\n끝\n", "took spaces away at the end of 3 lines"},
		{"a line break stays", name, head + "---\n본문  \n끝\n", "", ""},
		{"code stays", name, head + "---\n```text\na \n \n```\n본문 \n끝\n", head + "---\n```text\na \n \n```\n본문\n끝\n", "took spaces away at the end of 1 line"},
		{"a quoted block of YAML stays", name, "---\ntitle: 국경\nsummary: |\n  요약 \n  둘\n---\n본문\n", "", ""},
		{"no line break at the end", name, head + "---\n본문", head + "---\n본문\n", "made the file end in one line break"},
		{"many line breaks at the end", name, head + "---\n본문\n\n\n", head + "---\n본문\n", "made the file end in one line break"},
		{"no body", name, head + "---", head + "---\n", "made the file end in one line break"},
		{"lists", name, head + "levels:\n  - {level: 1, places: [KH-9, KH-2], except: [KH-10, KH-2/x, KH-2]} # KH\nsupersedes: [advisories/b, advisories/a]\n---\n본문\n",
			head + "levels:\n  - {level: 1, places: [KH-9, KH-2], except: [KH-2, KH-10, KH-2/x]} # KH\nsupersedes: [advisories/a, advisories/b]\n---\n본문\n", "sorted 2 lists"},
		{"lists of other kinds", "content/pages/a.ko.md", head + "supersedes: [b, a]\n---\n본문\n", "", ""},
		{"YAML", "content/site.yaml", "title: a \r\nx: b", "title: a\nx: b\n", "made the line ends LF in 1 line; took spaces away at the end of 1 line; made the file end in one line break"},
		{"errors", name, "---\ntitle: a: b \n---\n본문", "", ""},
		{"a lone return", name, head + "---\n본\r문 ", "", ""},
		{"another encoding", name, head + "---\n\xc0\xcc ", "", ""},
		{"earlier texts", "content/advisories/2026/revisions/border.ko.r1.md", head + "---\n본문 ", "", ""},
		{"other files", "content/provinces/cambodia/map.geojson", "{} ", "", ""},
		{"empty", "content/removed.yaml", "", "", ""},
	} {
		if c.want == "" {
			c.want = c.text
		}
		out, changes := New().File(c.path, []byte(c.text))
		if string(out) != c.want || strings.Join(changes, "; ") != c.says {
			t.Errorf("%s: %q, %q\nwant %q, %q", c.what, out, changes, c.want, c.says)
		}
		if again, changes := New().File(c.path, out); len(changes) > 0 || string(again) != string(out) {
			t.Errorf("%s: not tidy the second time: %q", c.what, changes)
		}
	}
}

// FuzzFile holds that no file changes its meaning, and that what is tidy stays.
func FuzzFile(f *testing.F) {
	f.Add(head + "levels: [{level: 1, places: [KH], except: [KH-10, KH-2]}] \r\n---\r\n본문  \r\n\r\n```\r\n x \r\n```\r\n")
	f.Add("\ufeff---\ntitle: >\n  a \n\n  b\n---\n- x \n\n  y\t\n")
	f.Fuzz(func(t *testing.T, text string) {
		const name = "content/advisories/2026/x.ko.md"
		tidier := New()
		before, ok := tidier.meaning(name, []byte(text))
		out, changes := tidier.File(name, []byte(text))
		if !ok && string(out) != text {
			t.Fatal("a file with errors was changed")
		}
		if after, _ := tidier.meaning(name, out); after != before {
			t.Fatalf("meaning changed:\n%s\n%s", before, after)
		}
		if len(changes) > 0 != (string(out) != text) {
			t.Fatalf("%q, but %q became %q", changes, text, out)
		}
		if _, again := tidier.File(name, out); len(again) > 0 {
			t.Fatalf("not tidy the second time: %q", again)
		}
	})
}
