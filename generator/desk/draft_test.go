package desk

import (
	"strings"
	"testing"

	"bongsu/generator/source"
)

// TestQuote: every text comes back from YAML as it went in.
func TestQuote(t *testing.T) {
	for _, s := range []string{
		"북주 폐쇄", "a: b", "# no comment", "- item", "yes", "12", "1.5", "say \"no\"", `back\slash`, "[list]", "{map}",
		"it's", "ends with colon:", "2025-10-16", "0x1F", "~", "null", "@handle", "%x", "a #b", "! x", "~/x", "...", "---", "?", "=", "Off",
	} {
		f, diags := source.ParseYAML(source.Raw{Path: "x.yaml", Data: []byte("t: " + quote(s) + "\n")})
		v, ok := f.Matter.Get("t")
		if diags.HasErrors() || !ok || v.Kind != source.Scalar || v.Text != s {
			t.Errorf("%q is written %s and read %q %v", s, quote(s), v.Text, diags)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("a: [b] #c")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.Join(strings.Fields(s), " ")
		if s == "" {
			return
		}
		file, diags := source.ParseYAML(source.Raw{Path: "x.yaml", Data: []byte("t: " + quote(s) + "\nu: 1\n")})
		if diags.HasErrors() {
			return // characters that no file may hold
		}
		if v, _ := file.Matter.Get("t"); v.Text != s {
			t.Errorf("%q is written %s and read %q", s, quote(s), v.Text)
		}
		if v, _ := file.Matter.Get("u"); v.Text != "1" {
			t.Errorf("%q runs into the next field", s)
		}
	})
}
