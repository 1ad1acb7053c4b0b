package lang

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sound is how a text ends when a Korean reader speaks it.
type sound int8

const (
	unknownSound sound = iota
	vowelSound
	consonantSound
	rieulSound // the consonant ㄹ, which some particles treat as a vowel
)

// The Hangul syllables are numbered by initial, medial and final letter; the
// final counts fastest (The Unicode Standard, section 3.12).
const (
	firstSyllable = '가'
	lastSyllable  = '힣'
	finals        = 28
	finalRieul    = 8
)

// maxTail is how much of a text decides its sound, in bytes: more than any
// bracket that belongs to a word. It bounds the work on hostile texts.
const maxTail = 400

// tail gives the end of a text that decides its sound, cut between characters.
func tail(s string) string {
	if len(s) <= maxTail {
		return s
	}
	i := len(s) - maxTail
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return s[i:]
}

// symbols are the signs that are read aloud.
var symbols = map[rune]sound{
	'%': vowelSound, '‰': rieulSound, '°': vowelSound, '+': vowelSound, '&': vowelSound,
	'#': consonantSound, '㎡': vowelSound, '㎥': vowelSound, '㎢': vowelSound,
	'$': vowelSound, '€': vowelSound, '£': vowelSound, '฿': vowelSound,
	'₩': consonantSound, '¥': consonantSound, '₫': consonantSound, '៛': rieulSound,
}

// brackets pairs the closing brackets with their opening ones.
var brackets = map[rune]rune{
	')': '(', ']': '[', '}': '{', '）': '（', '］': '［', '｝': '｛', '〕': '〔', '】': '【',
}

// lastSound finds how the text ends, as told at [Particle].
func lastSound(b []byte) sound {
	if len(b) > maxTail {
		b = b[len(b)-maxTail:] // a cut character is unreadable and passed over
	}
	for folded := false; len(b) > 0; {
		r, size := utf8.DecodeLastRune(b)
		rest := b[:len(b)-size]
		if s := soundOf(r); s != unknownSound {
			return s
		}
		switch {
		case r >= '0' && r <= '9':
			return numberSound(b)
		case unicode.Is(unicode.Latin, r) && (r < utf8.RuneSelf || folded || norm.NFKC.IsNormal(b[len(b)-size:])):
			return latinSound(b)
		case unicode.Is(unicode.Inherited, r):
			b = rest // accents and joiners belong to what stands before them
		case brackets[r] != 0:
			word, inside := splitBracket(rest, brackets[r], r)
			if s := lastSound(word); s != unknownSound {
				return s
			}
			b = inside
		case r == '.' && isDate(rest):
			return rieulSound // 7일, 10월
		case r == '²' || r == '³':
			if endsInDigit(rest) {
				return consonantSound // 제곱
			}
			b = rest
		case !folded && !norm.NFKC.IsNormal(b[len(b)-size:]):
			// Full-width and other forms of compatibility: １０, ㎞, ①, ℃.
			b, folded = norm.NFKC.Append(nil, b...), true
		case isSilent(r):
			b = rest
		default:
			return unknownSound
		}
	}
	return unknownSound
}

// soundOf gives the sound of a character that needs no neighbours.
func soundOf(r rune) sound {
	switch {
	case r >= firstSyllable && r <= lastSyllable:
		switch (r - firstSyllable) % finals {
		case 0:
			return vowelSound
		case finalRieul:
			return rieulSound
		}
		return consonantSound
	case r == 'ㄹ' || r == 0x1105 || r == 0x11af:
		return rieulSound // the letter is called 리을
	case r >= 'ㄱ' && r <= 'ㅎ', r >= 0x1100 && r <= 0x1112, r >= 0x11a8 && r <= 0x11c2:
		return consonantSound // the letters are called 기역, 니은 and so on
	case r >= 'ㅏ' && r <= 'ㅣ', r >= 0x1161 && r <= 0x1175:
		return vowelSound
	case r >= 'Ⅰ' && r <= 'Ⅻ':
		return digitSounds[(r-'Ⅰ'+1)%10]
	case r == 'ん' || r == 'ン':
		return consonantSound
	case r >= 'ぁ' && r <= 'ゖ', r >= 'ァ' && r <= 'ヺ':
		return vowelSound
	}
	return symbols[r]
}

// isSilent reports whether a character is passed over: spaces, punctuation and
// pictures.
func isSilent(r rune) bool {
	return r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) ||
		unicode.Is(unicode.Cf, r) || r == 'ー'
}

// splitBracket parts what stands before a closing bracket at its opening one;
// without an opening one all is inside.
func splitBracket(b []byte, opening, closing rune) (before, inside []byte) {
	depth := 1
	for i := len(b); i > 0; {
		r, size := utf8.DecodeLastRune(b[:i])
		i -= size
		switch r {
		case closing:
			depth++
		case opening:
			depth--
		}
		if depth == 0 {
			return b[:i], b[i+size:]
		}
	}
	return nil, b
}

// digitSounds are the sounds of 영/공, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. Zero
// stands for 십, 백, 천, 만 and 억 too, which end in consonants as well.
var digitSounds = [10]sound{
	consonantSound, rieulSound, vowelSound, consonantSound, vowelSound,
	vowelSound, consonantSound, rieulSound, rieulSound, vowelSound,
}

// numberSound gives the sound of a text that ends in a digit.
func numberSound(b []byte) sound {
	run := trailing(b, "0123456789")
	before := b[:len(b)-len(run)]
	if len(run) == 2 && len(before) > 1 && before[len(before)-1] == ':' && endsInDigit(before[:len(before)-1]) {
		if string(run) == "00" {
			return vowelSound // 18:00 is read 십팔 시
		}
		return consonantSound // 분
	}
	number := trailing(b, "0123456789.,")
	if r, _ := utf8.DecodeLastRune(b[:len(b)-len(number)]); isCurrency(r) {
		return symbols[r]
	}
	if last := run[len(run)-1]; last != '0' {
		return digitSounds[last-'0']
	}
	number = bytes.TrimLeft(number, ".,")
	if number[0] == '0' || bytes.IndexByte(number, '.') >= 0 {
		return consonantSound // 영
	}
	zeros := 0
	for i := len(number) - 1; i >= 0 && (number[i] == '0' || number[i] == ','); i-- {
		if number[i] == '0' {
			zeros++
		}
	}
	// The last word is the unit of the zeros: 조 (10¹²) and 해 (10²⁰) end in a vowel.
	if zeros >= 12 && zeros < 16 || zeros >= 20 && zeros < 24 {
		return vowelSound
	}
	return consonantSound
}

// isCurrency reports whether a sign before a number is read after it.
func isCurrency(r rune) bool { return unicode.Is(unicode.Sc, r) }

// isDate reports whether a text that is followed by a full stop ends like the
// Korean dates 2025. 10. 7. and 2025. 10.
func isDate(b []byte) bool {
	day := trailing(b, "0123456789")
	b = b[:len(b)-len(day)]
	gap := trailing(b, " ")
	b = b[:len(b)-len(gap)]
	return (len(day) == 1 || len(day) == 2) && len(gap) > 0 && len(b) > 1 && b[len(b)-1] == '.' && endsInDigit(b[:len(b)-1])
}

// trailing gives the end of b that is made of the given ASCII characters.
func trailing(b []byte, chars string) []byte {
	i := len(b)
	for i > 0 && strings.IndexByte(chars, b[i-1]) >= 0 {
		i--
	}
	return b[i:]
}

func endsInDigit(b []byte) bool {
	return len(b) > 0 && b[len(b)-1] >= '0' && b[len(b)-1] <= '9'
}
