package diff

import (
	"unicode"
	"unicode/utf8"
)

// token is a word or a mark, and whether a space follows it.
type token struct {
	text  string
	space bool
}

// joiners stand within words, numbers, times and addresses: 00:00, 1,000,
// +82-2-3210-0404, the reader's, 0404.go.kr.
const joiners = ".,:-'’/@_·"

// tokens cuts a text into words and marks. A word of Korean is what stands
// between spaces, with its particles: a changed particle is a changed word, as
// a reader would say. In scripts without spaces each letter is a word.
func tokens(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			if len(out) > 0 {
				out[len(out)-1].space = true
			}
			i += n
			continue
		}
		end := i + n
		switch {
		case spaceless(r):
			for end < len(s) {
				m, size := utf8.DecodeRuneInString(s[end:])
				if !unicode.IsMark(m) {
					break
				}
				end += size
			}
		case inWord(r):
			end = wordEnd(s, end)
		}
		out = append(out, token{text: s[i:end]})
		i = end
	}
	return out
}

// wordEnd gives where the word that reaches up to end is over.
func wordEnd(s string, end int) int {
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if inWord(r) && !spaceless(r) {
			end += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[end+n:])
		if !isJoiner(r) || !inWord(next) || spaceless(next) {
			break
		}
		end += n
	}
	return end
}

func isJoiner(r rune) bool {
	for _, j := range joiners {
		if r == j {
			return true
		}
	}
	return false
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

// spaceless reports letters of scripts that put no spaces between words.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar) && !unicode.IsMark(r)
}

func texts(list []token) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.text
	}
	return out
}
