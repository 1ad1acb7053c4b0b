package lang

import (
	"strings"
	"testing"
)

func TestClosest(t *testing.T) {
	fields := []string{"title", "summary", "level", "levels", "review", "issued", "effective"}
	levels := []string{"1", "2", "special", "3", "4"}
	places := []string{"시하누크빌주", "캄폿주", "프놈펜", "바탐방주"}
	for _, row := range []struct {
		word    string
		allowed []string
		want    string
	}{
		{"levle", fields, "level"},
		{"Level", fields, "level"},
		{"levelss", fields, "levels"},
		{"tilte", fields, "title"},
		{"sumary", fields, "summary"},
		{"efective", fields, "effective"},
		{"author", fields, ""},
		{"5", levels, ""},
		{"33", levels, ""},
		{"Speical", levels, "special"},
		{"", levels, ""},
		{"시아누크빌주", places, "시하누크빌주"},
		{"시하누크빌", places, "시하누크빌주"},
		{"캄뽓주", places, "캄폿주"},
		{"프놈팬", places, "프놈펜"},
		{"서울", places, ""},
		{"b", []string{"a", "B"}, "B"},
		{"cat", []string{"bat", "hat"}, "bat"},
		{strings.Repeat("level", 1e5), fields, ""},
		{"level", []string{strings.Repeat("level", 1e5)}, ""},
		{"level", nil, ""},
	} {
		got, ok := Closest(row.word, row.allowed)
		if got != row.want || ok != (row.want != "") {
			t.Errorf("%.20q: %q %v, want %q", row.word, got, ok, row.want)
		}
	}
}

// TestDistance checks the properties of the measure and some known values.
func TestDistance(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "acb", "kitten", "sitting", "ca"}
	d := func(a, b string) int { return distance([]rune(a), []rune(b)) }
	for _, a := range words {
		for _, b := range words {
			if d(a, b) != d(b, a) || (d(a, b) == 0) != (a == b) || d(a, b) > max(len(a), len(b)) {
				t.Errorf("%q %q: %d", a, b, d(a, b))
			}
		}
	}
	if d("kitten", "sitting") != 3 || d("abc", "acb") != 1 || d("", "abc") != 3 || d("ca", "abc") != 3 {
		t.Error("known distances differ")
	}
}

func FuzzClosest(f *testing.F) {
	f.Add("levle", "level")
	f.Fuzz(func(t *testing.T, word, allowed string) {
		if got, ok := Closest(word, []string{allowed}); ok && got != allowed || !ok && got != "" {
			t.Fatalf("%q: %q %v", word, got, ok)
		}
	})
}
