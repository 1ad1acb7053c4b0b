package style

import (
	"strings"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
)

// maxWord is how many bytes before a particle are looked at.
const maxWord = 200

// pairs gives the two shapes of a particle, that after a consonant first.
var pairs = map[string][2]string{
	"은": {"은", "는"}, "는": {"은", "는"}, "을": {"을", "를"}, "를": {"을", "를"}, "과": {"과", "와"}, "와": {"과", "와"},
	"으로": {"으로", "로"}, "로": {"으로", "로"}, "이": {"이", "가"}, "가": {"이", "가"},
}

// particles reports Korean particles that do not fit the sound before them,
// where it is sure that they are particles: after a number, a unit, capitals
// that are read one by one, and the text of a link; after other words only 를
// and 와, which end no other word.
func (t *text) particles() diag.List {
	if !t.tongue.korean {
		return nil
	}
	var diags diag.List
	for i := range t.blocks {
		b := &t.blocks[i]
		for _, m := range ends(b.text) {
			from, to := m.from, m.to
			written := b.text[from:to]
			tail := b.text[max(from-maxWord, 0):from]
			if !surely(tail, written) {
				continue
			}
			before := strings.ReplaceAll(tail, string(gap), "")
			shapes := pairs[written]
			right := lang.Particle(before, shapes[0], shapes[1])
			if right == written || strings.Contains(right, "(") {
				continue
			}
			diags.Add(t.report(diag.WrongParticle, b, from, to, "%q does not fit %q", written, lastWord(before)).
				WithHint("write %q", right))
		}
	}
	return diags
}

// ends finds what may be a particle, at the ends of words.
func ends(s string) []span {
	var out []span
	for to := 3; to <= len(s); to++ { // a syllable has three bytes
		if to < len(s) && strings.IndexByte(" \n.,!?)", s[to]) < 0 || pairs[s[to-3:to]] == ([2]string{}) {
			continue
		}
		from := to - 3
		if s[from:to] == "로" && strings.HasSuffix(s[:from], "으") {
			from -= 3
		}
		out = append(out, span{from, to})
	}
	return out
}

var (
	spelled  = pattern(`(?:^|[^A-Za-z0-9])[A-Z]{2,3}$`)
	measured = pattern(`\d ?(?:km|kg|m|cm|GB|MB)$`)
	counted  = pattern(`(?:^|[^A-Za-z.])[0-9][0-9,\-]*$`)
)

// surely reports whether what follows a text is a particle.
func surely(before, particle string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case r == gap:
		bare := strings.ReplaceAll(before, string(gap), "")
		last, _ := utf8.DecodeLastRuneInString(bare)
		return last >= '가' && last <= '힣' || surely(bare, particle)
	case r >= '가' && r <= '힣':
		return (particle == "를" || particle == "와") && !strings.HasSuffix(before+particle, "들를")
	case r >= '0' && r <= '9':
		return counted().MatchString(before)
	}
	return spelled().MatchString(before) || measured().MatchString(before)
}

func lastWord(s string) string {
	if i := strings.LastIndexAny(s, " \n"); i >= 0 {
		return s[i+1:]
	}
	return s
}
