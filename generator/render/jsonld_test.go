package render

import (
	"encoding/json"
	"html/template"
	"regexp"
	"strings"
	"testing"
)

// hostile are texts of records that try to leave their place.
var hostile = []string{
	"", "plain", "한국어", `"quoted" \ back`, "</script><script>alert(1)</script>", "<!--", "a & b", "\u2028\u2029", "\x00\x01\b\f\n\r\t\x1f\x7f",
	"\xff", "a\xe2\x80", "\ufffd", "\ufeff", "\U0001f600", "'`", "\xed\xa0\x80",
	"바벳·포이펫", "·", "··", "a·", "·a·b", "시아누크빌·캄폿·케프 주", "abcdefghijklm·n", "가나다라마바사아자차카타파·하", "a b·c\td·e\u00a0f·", "<b>·&amp;·;·", "a\xff·b", "\xe2\x80·",
}

// TestJSONLD compares objects with what encoding/json makes of them.
func TestJSONLD(t *testing.T) {
	for _, s := range hostile {
		want, err := json.Marshal(map[string]any{
			"@type": "T", "list": []any{map[string]any{}, map[string]any{"a": s}}, "n": 5, "name": s, "one": map[string]any{"a": s}, "x": -104.9167, "z": []any{},
		})
		if err != nil {
			t.Fatal(err)
		}
		var o linked
		o.open("")
		o.text("@type", "T")
		each := func(s string) {
			if s != "-" {
				o.text("a", s)
			}
		}
		objects(&o, "list", []string{"-", s}, each)
		o.number("n", 5)
		o.text("name", s)
		objects(&o, "none", nil, each)
		objects(&o, "one", []string{s}, each)
		o.decimal("x", -104.9167)
		o.list("z")
		o.end()
		o.close()
		if got := o.script(); string(got) != string(want) {
			t.Errorf("%q gives %s, want %s", s, got, want)
		}
	}
}

var joined = regexp.MustCompile(`[^\s·&;]{1,12}·`)

// breaksSlowly is what breaks does, in other words.
func breaksSlowly(text string) template.HTML {
	return template.HTML(joined.ReplaceAllString(template.HTMLEscapeString(text), `<span class="whole">$0</span><wbr>`))
}

// FuzzBreaks looks for a text of which breaks loses something.
func FuzzBreaks(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Add(strings.Join(hostile, ""))
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := breaks(s), breaksSlowly(s); got != want {
			t.Errorf("%q gives %q, want %q", s, got, want)
		}
	})
}
