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
	switch {
	case r < 0x0e00, r >= 0x2000 && r < 0x3000: // the commonest cases first
		return ""
	case r >= 0xac00 && r <= 0xd7a3:
		return "ko"
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.lang
		}
	}
	return ""
}

// passage gives the language of the letter that s begins with, which is not
// lang, and the length of the stretch in that language. Spaces, digits and
// punctuation between two letters of one script belong to its passage.
func passage(s []byte, lang string) (other string, end int) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		i += size
		l := languageOf(r)
		switch {
		case l != "" && l != lang && (l == other || other == ""):
			other, end = l, i
		case l != "" && l != lang, unicode.IsLetter(r):
			return other, end
		}
	}
	return other, end
}

// primary gives the first part of a language tag in lower case.
func primary(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(first)
}
