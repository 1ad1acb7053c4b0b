package lang

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxClosest is the longest word that is compared, in letters: longer ones are
// no slip of a key.
const maxClosest = 64

// Closest finds the allowed word that was probably meant, for "did you mean".
// It compares without regard to case, and Hangul by its letters, so that
// 시아누크빌 is one step from 시하누크빌. A step is a letter too many, missing,
// wrong, or swapped with its neighbour; one step in three letters is allowed,
// at least one, and never as many as the word has. Of equally near words the
// first in allowed is given. It reports false where none is near.
func Closest(word string, allowed []string) (string, bool) {
	w := letters(word)
	if len(w) == 0 || len(w) > maxClosest {
		return "", false
	}
	best, found := "", false
	limit := min(max(1, len(w)/3), len(w)-1)
	for _, candidate := range allowed {
		a := letters(candidate)
		if len(a) > maxClosest || len(a) == 0 {
			continue
		}
		if d := distance(w, a); d <= min(limit, len(a)-1) {
			best, found, limit = candidate, true, d-1
		}
	}
	return best, found
}

// letters gives the letters of a word in lower case, with Hangul taken apart.
// It cuts very long words, which the caller refuses.
func letters(s string) []rune {
	if len(s) > 16*maxClosest {
		s = s[:16*maxClosest]
	}
	return []rune(norm.NFD.String(strings.ToLower(s)))
}

// distance counts the steps between two words: optimal string alignment, which
// is Damerau-Levenshtein without edits inside a swapped pair.
func distance(a, b []rune) int {
	var rows [3][maxClosest + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			wrong := 0
			if a[i-1] != b[j-1] {
				wrong = 1
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
