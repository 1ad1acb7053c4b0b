package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scripts tells the language of a passage by its letters. Only scripts that
// belong to one language stand here.
var scripts = []struct {
	table *unicode.RangeTable
	lang  string
}{
	{unicode.Hangul, "ko"}, {unicode.Khmer, "km"}, {unicode.Thai, "th"}, {unicode.Lao, "lo"},
}

// languageOf gives the language whose script a letter belongs to, or nothing.
func languageOf(r rune) string {
	if r < 0x0e00 {
		return ""
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.lang
		}
	}
	return ""
}

// passage gives the length of the first stretch of s that is all in lang or all
// in one other language, and that language; "" stands for lang. Spaces, digits
// and punctuation between two letters of one script belong to its passage.
func passage(s, lang string) (other string, n int) {
	lang = primary(lang)
	end := 0 // end of the last letter of the passage
	for i, r := range s {
		if r < 0x0e00 && (other == "" || !unicode.IsLetter(r)) {
			continue // the commonest case first
		}
		l := languageOf(r)
		if l == lang {
			l = ""
		}
		switch {
		case other == "" && l != "" && i > 0:
			return "", i
		case other == "" && l != "":
			other = l
			end = i + utf8.RuneLen(r)
		case other != "" && l == other:
			end = i + utf8.RuneLen(r)
		case other != "" && (l != "" || unicode.IsLetter(r)):
			return other, end
		}
	}
	if other != "" {
		return other, end
	}
	return "", len(s)
}

// primary gives the first part of a language tag in lower case.
func primary(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(first)
}
