package lang

import (
	"fmt"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// maxTag is the longest language tag read, in bytes: the longest that RFC 5646
// asks programs to handle (section 4.4.1).
const maxTag = 35

// ParseTag reads a BCP 47 language tag and gives its canonical spelling
// ("KO_kr" gives "ko-KR"). Callers that need one spelling compare the two. The
// error, for a tag that is malformed, unknown or names no language, has no
// position.
func ParseTag(s string) (string, error) {
	if len(s) > maxTag {
		return "", fmt.Errorf("language tag is over %d characters", maxTag)
	}
	t, err := language.Parse(s)
	if err != nil {
		return "", fmt.Errorf("%q is not a language tag", s)
	}
	if base, _, _ := t.Raw(); base.String() == "und" {
		return "", fmt.Errorf("%q names no language", s)
	}
	return t.String(), nil
}

// baseOf gives the language of a tag without script and region.
func baseOf(tag string) string {
	for i := range len(tag) {
		if tag[i] == '-' || tag[i] == '_' {
			return tag[:i]
		}
	}
	return tag
}

// NFC gives the composed form of a text. File names of macOS and some input
// methods arrive decomposed, and equal Korean words would then differ.
func NFC(s string) string { return norm.NFC.String(s) }
