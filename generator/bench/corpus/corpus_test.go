package corpus

import (
	"strings"
	"testing"
)

// TestRecords holds what the results say of the corpus.
func TestRecords(t *testing.T) {
	c := Corpus{Model: "../../../content", Advisories: 400, Countries: 3}
	countries, err := c.Places()
	if err != nil {
		t.Fatal(err)
	}
	if len(countries) != 3 || len(countries[0].Provinces) != 25 || len(countries[2].Provinces) != perCountry {
		t.Fatalf("%d countries, %d provinces in the first", len(countries), len(countries[0].Provinces))
	}
	for _, p := range countries[0].Provinces {
		if p.Slug == "" || p.Names["ko"] == "" || p.Names["en"] == "" {
			t.Errorf("%+v", p)
		}
	}
	levels, scams := 0, 0
	for r := range c.Records(countries) {
		if r.Level > 0 {
			levels++
		}
		if r.Folder == "scams" {
			scams++
		}
		for lang, text := range r.Texts {
			if n := len(strings.Fields(text.Body)); n < 300 || n > 900 {
				t.Errorf("%s.%s: %d words", r.Name, lang, n)
			}
			for _, part := range []string{"\n## ", "\n- ", "\n| ", "](/help/", "](" + r.Province.Code + ")", "[!WARNING]"} {
				if !strings.Contains("\n"+text.Body, part) {
					t.Errorf("%s.%s has no %q", r.Name, lang, part)
				}
			}
		}
	}
	if levels != 20 || scams != 40 {
		t.Errorf("%d levels, %d scams", levels, scams)
	}
}
