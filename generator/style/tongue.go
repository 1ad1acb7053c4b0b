package style

import (
	"regexp"
	"strings"
	"sync"
)

// pattern gives a regular expression that is made when it is first used: most
// runs of the program look at no prose.
func pattern(s string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) })
}

// A tongue is what is known of a language.
type tongue struct {
	korean bool
	// longest is the length from which a sentence is long, in characters or
	// words.
	longest int
	unit    string
	clock   func() *regexp.Regexp // a time of day; the groups are hour and minute
	zone    func() *regexp.Regexp // what says whose time it is
	asIn    string                // what to write
}

// tongues are the languages that are looked at.
var tongues = map[string]*tongue{
	"ko": {
		korean: true, longest: 80, unit: "characters",
		clock: pattern(`(?:^|[^\d:.,\-])((?:[01]?\d|2[0-4]):[0-5]\d)(?:[^\d:]|$)|((?:(?:오전|오후|새벽|아침|저녁|밤|낮)\s?|(?:^|[^\d]))(?:[01]?\d|2[0-4])시(?:\s?[0-5]?\d분)?)(?:\s|[.,)~(]|에|부터|까지|쯤|경|이후|이전|정각|반|$)`),
		zone:  pattern(`[가-힣] ?시[간각]|KST|ICT|UTC|GMT`),
		asIn:  "(한국시간), or (현지시간),",
	},
	"en": {
		longest: 30, unit: "words",
		clock: pattern(`(?:^|[^\d:.,\-])((?:[01]?\d|2[0-4]):[0-5]\d)(?:[^\d:]|$)|\b((?:1[0-2]|[1-9])(?::[0-5]\d)?\s?(?:[ap]\.?m\b\.?))`),
		zone:  pattern(`\b(?:[A-Z]{2,3}T|UTC|GMT)\b|\b(?:local|[A-Z][a-z]+) time\b`),
		asIn:  "(KST), or (local time),",
	},
}

// split cuts a block into sentences. A full stop after a digit ends one only in
// English and before a capital: elsewhere it belongs to a date or a number.
func (t *text) split(b *block) []span {
	var out []span
	from := 0
	s := b.text
	for i := 0; i < len(s); i++ {
		if s[i] != '.' && s[i] != '?' && s[i] != '!' {
			continue
		}
		end := i + 1
		for end < len(s) && strings.IndexByte("\"')\x00", s[end]) >= 0 {
			end++
		}
		if end < len(s) && s[end] != ' ' && s[end] != '\n' {
			continue
		}
		if s[i] == '.' && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			rest := strings.TrimLeft(s[end:], " \n")
			if t.tongue.korean || rest != "" && (rest[0] < 'A' || rest[0] > 'Z') {
				continue
			}
		}
		out = append(out, span{from, end})
		for from = end; from < len(s) && (s[from] == ' ' || s[from] == '\n'); from++ {
		}
	}
	if from < len(s) {
		out = append(out, span{from, len(s)})
	}
	return out
}
