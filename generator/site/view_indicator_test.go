package site

import (
	"strings"
	"testing"

	"bongsu/generator/model"
)

func TestDefang(t *testing.T) {
	for _, c := range []struct{ kind, value, want string }{
		{"url", "https://bad.example/a?b=c", "hxxps://bad[.]example/a?b=c"},
		{"url", "HTTP://bad.example", "hxxp://bad[.]example"},
		{"url", "hxxp://bad[.]example", "hxxp://bad[.]example"},
		{"domain", "sub.bad.example", "sub[.]bad[.]example"},
		{"handle", "@name", "@name"},
		{"handle", "t.me/name", "t[.]me/name"},
		{"handle", "name@bad.example", "name[@]bad[.]example"},
		{"handle", "name[@]bad[.]example", "name[@]bad[.]example"},
		{"phone", "+855-12-***-678", "+855-12-***-678"},
		{"company", "Bad Co., Ltd.", "Bad Co., Ltd."},
	} {
		if got := Defang(model.Indicator{Type: c.kind, Value: c.value}); got != c.want {
			t.Errorf("Defang(%s %q) = %q, want %q", c.kind, c.value, got, c.want)
		}
	}
}

// FuzzDefang checks that nothing is left that programs turn into a link, and
// that a second time changes nothing.
func FuzzDefang(f *testing.F) {
	for _, s := range []string{"https://a.b", "a@b.c", "[.]", "http://http://x.y", "..", "@@"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Defang(model.Indicator{Type: "url", Value: s})
		bare := strings.ReplaceAll(got, "[.]", "")
		if strings.Contains(bare, ".") {
			t.Errorf("%q keeps a dot: %q", s, got)
		}
		lower := strings.ToLower(got)
		if strings.Contains(lower, "http://") || strings.Contains(lower, "https://") {
			t.Errorf("%q keeps a scheme: %q", s, got)
		}
		if again := Defang(model.Indicator{Type: "url", Value: got}); again != got {
			t.Errorf("%q becomes %q, then %q", s, got, again)
		}
	})
}
