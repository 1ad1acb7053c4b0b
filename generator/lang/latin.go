package lang

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is how many letters of a Latin word are looked at.
const maxWord = 32

// units are read in full after a number: km is 킬로미터. Those of two letters
// or more are units wherever they stand.
var units = map[string]sound{
	"km": vowelSound, "m": vowelSound, "cm": vowelSound, "mm": vowelSound,
	"kg": consonantSound, "g": consonantSound, "mg": consonantSound, "t": consonantSound,
	"L": vowelSound, "l": vowelSound, "mL": vowelSound, "ml": vowelSound, "ha": vowelSound,
	"h": consonantSound, "min": consonantSound, "s": vowelSound, "ms": vowelSound,
	"Hz": vowelSound, "kHz": vowelSound, "MHz": vowelSound, "GHz": vowelSound,
	"kB": vowelSound, "KB": vowelSound, "MB": vowelSound, "GB": vowelSound, "TB": vowelSound,
	"kW": vowelSound, "kWh": vowelSound, "px": rieulSound, "pt": vowelSound, "mph": vowelSound,
	"USD": vowelSound, "KRW": consonantSound, "JPY": consonantSound, "CNY": consonantSound,
	"KHR": rieulSound, "THB": vowelSound, "VND": consonantSound,
}

// letterSounds are the letters whose Korean names end in a consonant.
var letterSounds = map[byte]sound{'l': rieulSound, 'm': consonantSound, 'n': consonantSound, 'r': rieulSound}

// spokenWords are read against the rules: capitals that form a word, and words
// that the endings get wrong.
var spokenWords = map[string]sound{
	"apec": consonantSound, "opec": consonantSound, "line": consonantSound,
	"telegram": consonantSound, "google": rieulSound, "paypal": rieulSound, "zoom": consonantSound,
	"chile": vowelSound, "milk": vowelSound, "silk": vowelSound, "blog": vowelSound,
}

// endings give the sound of words by their last letters; the longest ending
// that fits counts. Letters that are in no ending are read with a vowel after
// them (Discord 디스코드, Viber 바이버, Canva 칸바).
var endings = map[string]sound{
	"l": rieulSound, "le": rieulSound,
	"m": consonantSound, "me": consonantSound, "mb": consonantSound,
	"n": consonantSound, "ne": consonantSound, "ng": consonantSound, "nh": consonantSound,
	"c": consonantSound, "ck": consonantSound, "alk": consonantSound, "ook": consonantSound,
	"bb": consonantSound, "pp": consonantSound, "tt": consonantSound,
	"oup": consonantSound, "eep": consonantSound, "eap": consonantSound, "oop": consonantSound,
}

// longestEnding is the length of the longest key of endings.
const longestEnding = 3

// stops close a syllable after one short vowel (Facebook, Kampot, WhatsApp) and
// take a vowel otherwise (bank 뱅크, agent 에이전트).
const stops = "bkpt"

const vowels = "aeiouy"

// latinSound gives the sound of a text that ends in a Latin letter.
func latinSound(b []byte) sound {
	var store [maxWord]byte
	word, before := lastWord(b, store[:])
	if len(word) == 0 {
		return unknownSound
	}
	number := endsInDigit(bytes.TrimRight(before, " \u00a0"))
	if s, ok := units[string(word)]; ok && (number || len(word) > 1) {
		return s
	}
	if (string(word) == "h" || string(word) == "s") && bytes.HasSuffix(before, []byte("/")) && len(before) > 1 && isASCIILetter(before[len(before)-2]) {
		return latinSound(before[:len(before)-1]) // 60 km/h is read 시속 60킬로미터
	}
	lower := bytes.ToLower(word)
	if s, ok := spokenWords[string(lower)]; ok {
		return s
	}
	if isSpelled(word, lower) {
		if s, ok := letterSounds[lower[len(lower)-1]]; ok {
			return s
		}
		return vowelSound
	}
	return wordSound(lower)
}

// isSpelled reports whether a word is read letter by letter: it ends in two
// capitals, has one letter, or has no vowel.
func isSpelled(word, lower []byte) bool {
	n := len(word)
	return n == 1 || isUpper(word[n-1]) && isUpper(word[n-2]) || !bytes.ContainsAny(lower, vowels)
}

// wordSound reads a word by its spelling.
func wordSound(lower []byte) sound {
	n := len(lower)
	for size := min(n, longestEnding); size > 0; size-- {
		if s, ok := endings[string(lower[n-size:])]; ok {
			return s
		}
	}
	short := isVowel(lower, n-2) && !isVowel(lower, n-3)
	if strings.IndexByte(stops, lower[n-1]) >= 0 && short {
		return consonantSound
	}
	return vowelSound
}

// lastWord gives the Latin letters at the end of b, without accents and at most
// as many as the store holds, and what stands before them.
func lastWord(b, store []byte) (word, before []byte) {
	at := len(store)
	for len(b) > 0 {
		r, size := utf8.DecodeLastRune(b)
		switch {
		case r < utf8.RuneSelf && isASCIILetter(byte(r)):
		case unicode.Is(unicode.Latin, r):
			base, _ := utf8.DecodeRune(norm.NFD.Append(nil, b[len(b)-size:]...))
			if r = base; r >= utf8.RuneSelf {
				r = 'e' // ø, ə and such: a vowel, as most letters without a base are
			}
		case unicode.Is(unicode.Mn, r):
			b = b[:len(b)-size]
			continue
		default:
			return store[at:], b
		}
		if at > 0 {
			at--
			store[at] = byte(r)
		}
		b = b[:len(b)-size]
	}
	return store[at:], b
}

func isVowel(b []byte, i int) bool { return i >= 0 && strings.IndexByte(vowels, b[i]) >= 0 }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isASCIILetter(c byte) bool { return isUpper(c) || c >= 'a' && c <= 'z' }
