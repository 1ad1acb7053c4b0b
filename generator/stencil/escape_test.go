package stencil

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
)

// contexts are places of a page: those of which the escapers stand in the table
// of this package.
var contexts = map[string]string{
	"text":   "<p>{{.}}</p>",
	"attr":   `<p title="{{.}}">`,
	"single": "<p title='{{.}}'>",
	"title":  "<title>{{.}}</title>",
	"href":   `<a href="{{.}}">`,
	"rest":   `<a href="/x/{{.}}">`,
	"query":  `<a href="/x?q={{.}}">`,
	"tel":    `<a href="tel:{{.}}">`,
	"after":  `<a href="{{.}}/y?z={{.}}#{{.}}">`,
}

// hostile are texts that try to leave their place.
var hostile = []string{
	"", " ", "plain", "한국어 ខ្មែរ", "<script>alert(1)</script>", "</title><script>", `" onclick="x`, "' onclick='x", "`x`", "a=b", "a+b", "&amp;", "&lt;", "&#0;",
	"javascript:alert(1)", "JAVASCRIPT:x", " javascript:x", "java\nscript:x", "\x00javascript:x", "data:text/html,<script>", "vbscript:x", "a/javascript:x", "a?b:c", "#a:b", ":", "::", ":x",
	"http://a/b?c=d&e=f#g", "HTTPS://A", "hTTp:", "httpſ://x", "mailto:a@b", "Mailto:x", "tel:+82-2", "//host/x", "/a b/'c'/(d)/\"e\"", "%", "%2", "%2f", "%zz", "%2g%G2%aF", "%%41", "a%",
	"\u2028\u2029", "\ufeff", "\ufffd", "\xff", "\xe2\x80", "a\xf0\x9f", "\xed\xa0\x80", "\xc0\xaf", "x\x00y", "\x7f", "\u00a0", "\U0010ffff", "\ufdd0\ufff0\uffff",
	"-->", "<!--", "]]>", "*/", "\\", "{{.}}", "$&", "!#$&*+,/:;=?@[]", "-._~", "()'\"<>^`{|}\t\r\n",
}

func escapeSet(t testing.TB) *Set { return bound(t, contexts) }

// TestEscapers compares every byte, alone and among others, and hostile texts
// in every place with what html/template makes of them.
func TestEscapers(t *testing.T) {
	texts := append([]string(nil), hostile...)
	var all strings.Builder
	for c := range 256 {
		texts = append(texts, string([]byte{byte(c)}), string([]byte{'a', byte(c), 'b', byte(c)}), string([]byte{'%', byte(c), '0'}), string([]byte{'%', '0', byte(c)}))
		all.WriteByte(byte(c))
	}
	texts = append(texts, all.String())
	s := escapeSet(t)
	for name := range contexts {
		for _, text := range texts {
			check(t, s, name, text)
			check(t, s, name, kind(text))
		}
	}
	if gaps := s.Gaps(); len(gaps) > 0 {
		t.Error(gaps)
	}
}

// TestTypesOfText compares what html/template takes for safe.
func TestTypesOfText(t *testing.T) {
	s := escapeSet(t)
	for name := range contexts {
		for _, text := range hostile {
			for _, dot := range []any{template.HTML(text), template.URL(text), template.JS(text), template.HTMLAttr(text), template.CSS(text), template.Srcset(text), template.JSStr(text), &text, []string{text}} {
				check(t, s, name, dot)
			}
		}
		for _, dot := range []any{0, -1, 1 << 40, true, false, 1.5, 1e21, 1e-7, uint8(200), int64(-3), mode(2), nil} {
			check(t, s, name, dot)
		}
	}
}

func check(t *testing.T, s *Set, name string, dot any) {
	t.Helper()
	var got, want bytes.Buffer
	err, wantErr := s.Execute(&got, name, dot), s.root(name).ExecuteTemplate(&want, name, dot)
	if got.String() != want.String() || (err == nil) != (wantErr == nil) {
		t.Errorf("%s: %#v gives %q, want %q", name, dot, got.String(), want.String())
	}
}

// FuzzEscapers looks for a text that html/template escapes otherwise.
func FuzzEscapers(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	s := escapeSet(f)
	f.Fuzz(func(t *testing.T, text string) {
		for name := range contexts {
			check(t, s, name, text)
		}
	})
}
