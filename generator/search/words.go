package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// script is how the letters of a run are searched.
type script uint8

const (
	apart  script = iota // no letter: ends a run
	hangul               // by pairs of syllables
	digits               // by the word
	letter               // by the word
	wide                 // of a byte: part of a character beyond ASCII
)

// run is a piece of text of one script.
type run struct {
	text   string
	script script
	joined bool // only white space stands between it and the run before
}

// maxWord is the length in characters at which words are cut.
const maxWord = 24

// fold makes texts equal that a reader takes for the same word: composed
// letters (NFC), lower case, no accents.
func fold(s string) string {
	plain, lower := true, true
	for _, r := range s {
		if 'A' <= r && r <= 'Z' {
			lower = false
		}
		if r >= utf8.RuneSelf && !settled(r) {
			plain = false
			break
		}
	}
	switch {
	case !plain:
		s = norm.NFC.String(strings.Map(func(r rune) rune {
			if r >= 0x300 && r <= 0x36F {
				return -1
			}
			return r
		}, norm.NFD.String(s)))
		return strings.ReplaceAll(strings.ToLower(s), "ς", "σ")
	case !lower:
		return strings.ToLower(s)
	}
	return s
}

// settled reports whether folding leaves a character as it is, whatever stands
// beside it; it names the frequent ones only.
func settled(r rune) bool {
	return syllable(r) || r >= 0x1780 && r <= 0x17B3 || r >= 0x2010 && r <= 0x2030 || r == '·' || r == ' '
}

func syllable(r rune) bool { return r >= '가' && r <= '힣' }

// hangulSize is how many bytes a syllable takes.
const hangulSize = 3

// syllableAt gives the syllable that begins at byte i of a text; 0 where none
// does.
func syllableAt(s string, i int) rune {
	if i+2 >= len(s) {
		return 0
	}
	return joinSyllable(s[i], s[i+1], s[i+2])
}

// joinSyllable gives the syllable that three bytes make; 0 where they make none.
// It is so short that it is built in where it is called.
func joinSyllable(a, b, c byte) rune {
	r := rune(a&0xf)<<12 | rune(b&0x3f)<<6 | rune(c&0x3f)
	if a&0xf0 != 0xe0 || (b^0x80|c^0x80)&0xc0 != 0 || !syllable(r) {
		return 0
	}
	return r
}

// scriptOf tells what a character belongs to. Single consonants and vowels of
// Hangul are what is left of a syllable being typed, and count for nothing.
func scriptOf(r rune) script {
	switch {
	case syllable(r):
		return hangul
	case r < utf8.RuneSelf:
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			return letter
		case '0' <= r && r <= '9':
			return digits
		}
		return apart
	case r >= 'ㄱ' && r <= 'ㆎ':
		return apart
	case unicode.Is(unicode.Nd, r):
		return digits
	case unicode.IsLetter(r), unicode.IsMark(r):
		return letter
	}
	return apart
}

// ascii is the table of scriptOf for the characters of ASCII.
var ascii = func() (table [256]script) {
	for b := range table {
		table[b] = wide
		if b < utf8.RuneSelf {
			table[b] = scriptOf(rune(b))
		}
	}
	return table
}()

// eachRun calls f for each run of a folded text, in order.
func eachRun(text string, f func(run)) {
	start, kind, joined := 0, apart, false
	end := func(i int) {
		if kind != apart {
			f(run{text[start:i], kind, joined})
			joined = true
		}
	}
	for i, r := range text {
		now := scriptOf(r)
		if now == kind && now != apart {
			continue
		}
		end(i)
		start, kind = i, now
		if now == apart && !unicode.IsSpace(r) {
			joined = false
		}
	}
	end(len(text))
}

// cut shortens a word to maxWord characters.
func cut(word string) string {
	n := 0
	for i := range word {
		if n++; n > maxWord {
			return word[:i]
		}
	}
	return word
}

// particles are what may be attached to a Korean noun, longest first.
var particles = strings.Fields(`
	에서부터 에게서는 이라고는 으로부터
	에서는 에서도 에서의 에서만 에게서 에게는 에게도 으로는 으로도 으로의 으로만 까지는 까지도 까지만 부터는 이라는 이라고 이라도 이지만 한테서
	에서 에게 으로 까지 부터 처럼 보다 마다 조차 밖에 이나 이란 라는 라고 라도 하고 께서 한테 에는 에도 에만 에의 로는 로도 로의 로만 와는 과는 와의 과의 만이 만을 이며
	은 는 이 가 을 를 의 에 로 와 과 도 만 나 란 랑 며`)

// particle is the table of particles by themselves.
var particle = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range particles {
		m[p] = true
	}
	return m
}()

// longestParticle is the length of the longest, in bytes.
const longestParticle = 4 * hangulSize

// begins marks the syllables with which a particle begins: few of those that
// follow another one.
var begins = func() (table ['힣' - '가' + 1]bool) {
	for _, p := range particles {
		table[syllableAt(p, 0)-'가'] = true
	}
	return table
}()

// attached reports whether a run of Hangul is a particle.
func attached(rest string) bool {
	return len(rest) <= longestParticle && begins[syllableAt(rest, 0)-'가'] && particle[rest]
}

// strip takes one particle off a run of Hangul, if a syllable stays.
func strip(word string) (stem string, ok bool) {
	for _, p := range particles {
		if stem, ok := strings.CutSuffix(word, p); ok && stem != "" {
			return stem, true
		}
	}
	return word, false
}

// shardOf gives the file of a term: terms that begin alike stand together, so
// that the beginning of a word is enough to find it.
func shardOf(term string, shards int) int {
	h, n := uint32(0), 0
	for _, r := range term {
		h = h*31 + uint32(r)
		if n++; n == 3 {
			break
		}
	}
	return int((h ^ h>>8) % uint32(shards))
}
