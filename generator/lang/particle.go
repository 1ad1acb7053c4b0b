package lang

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// pair is a Korean particle in its two shapes.
type pair struct {
	consonant, vowel string
	both             string // where the last sound is unknown: 은(는), (으)로
	rieul            bool   // ㄹ takes the vowel shape
}

// Particle gives the shape of a Korean particle that fits after a text: the
// first after a consonant and the second after a vowel, as in
// Particle("캄폿주", "은", "는"). Where the first is 으 and then the second
// (으로, 로), the final ㄹ takes the second. The last sound is that of
//
//   - a Hangul syllable, or a letter named by itself (ㄱ is 기역, ㅏ is 아);
//   - a number as it is read: 10 십, 1,000 천, 2.50 이 점 오 영, 0404 공사공사,
//     18:00 십팔 시, 18:30 십팔 시 삼십 분, 2025. 10. 7. 칠일, $100 백 달러;
//   - a unit after a number (km, kg) and a sign: % 퍼센트, ° 도, + 플러스;
//   - Latin letters: capitals alone or letters without a vowel are read letter
//     by letter, so that L, M, N and R end in a consonant (SMS 에스, URL 엘,
//     kr 알); other words by rules on their spelling, which are right for most
//     names of services and places (Telegram, Zalo, WhatsApp, Sihanoukville)
//     and cannot be for all: write a name whose reading matters in Hangul;
//   - kana.
//
// Spaces, punctuation, closing quotes and pictures are passed over. A bracket
// that follows a word is passed over with what it holds, as the particle
// belongs to the word: 보코산 지역(캄폿주)은. A bracket is read where nothing,
// or nothing whose sound is known, stands before it. Where nobody can know the sound (Khmer, Chinese characters, no
// text), both shapes are given in the usual form: 은(는), (으)로, (이)라.
func Particle(before, consonant, vowel string) string {
	p := makePair(consonant, vowel)
	return p.after([]byte(tail(before)))
}

// after gives the shape that fits after the text.
func (p *pair) after(text []byte) string {
	r, _ := utf8.DecodeLastRune(text)
	last := soundOf(r)
	if last == unknownSound { // a copy, so that texts being written stay on the stack
		last = lastSound(bytes.Clone(text[max(0, len(text)-maxTail):]))
	}
	switch last {
	case consonantSound:
		return p.consonant
	case vowelSound:
		return p.vowel
	case rieulSound:
		if p.rieul {
			return p.vowel
		}
		return p.consonant
	}
	return p.both
}

// makePair derives the form for an unknown sound: what the first shape has
// more than the second in brackets, or the second in brackets.
func makePair(consonant, vowel string) pair {
	p := pair{consonant: consonant, vowel: vowel, both: consonant + "(" + vowel + ")"}
	if more, ok := strings.CutSuffix(consonant, vowel); ok {
		p.both = "(" + more + ")" + vowel
		p.rieul = more == "으"
	}
	return p
}

// vowelFirst lists the pairs whose shapes share nothing, in the wrong order.
var vowelFirst = map[string]string{"는": "은", "가": "이", "를": "을", "와": "과", "야": "아"}

// newPair checks a particle of a message; problem is empty where it is right.
func newPair(a, b string) (p pair, problem, hint string) {
	written := "{" + a + "/" + b + "}"
	swapped := b == "으"+a || b == "이"+a || vowelFirst[a] == b && b != ""
	switch {
	case !isHangul(a) || a == "" || !isHangul(b):
		return p, fmt.Sprintf("%q is not a particle, which is {A/B} in Hangul", written), "write {은/는}, or {{ for a literal brace"
	case a == b:
		return p, fmt.Sprintf("particle %q has one shape", written), "write it without braces"
	case swapped:
		return p, fmt.Sprintf("particle %q has the shape after a vowel first", written), fmt.Sprintf("write {%s/%s}", b, a)
	}
	return makePair(a, b), "", ""
}

// isHangul reports whether s is nothing but Hangul syllables; the empty text is.
func isHangul(s string) bool {
	for _, r := range s {
		if r < firstSyllable || r > lastSyllable {
			return false
		}
	}
	return true
}
