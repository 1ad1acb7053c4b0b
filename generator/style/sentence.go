package style

import (
	"strings"
	"unicode/utf8"

	"bongsu/generator/diag"
)

// sentences suggests to cut sentences that are hard to read in a hurry.
func (t *text) sentences() diag.List {
	var diags diag.List
	for i := range t.blocks {
		b := &t.blocks[i]
		if len(b.text) < 2*t.tongue.longest || strings.HasPrefix(b.text, "|") {
			continue
		}
		for _, s := range t.split(b) {
			words := strings.ReplaceAll(b.text[s.from:s.to], string(gap), "")
			n := len(strings.Fields(words))
			if t.tongue.korean {
				n = utf8.RuneCountInString(words)
			}
			if n > t.tongue.longest {
				diags.Add(t.report(diag.LongSentence, b, s.from, s.to, "sentence has %d %s, more than %d", n, t.tongue.unit, t.tongue.longest).
					WithHint("cut it into two; people read this in a hurry"))
			}
		}
	}
	return diags
}

// all says that one zone goes for a whole text.
var all = pattern(`(?:모든|아래|이하의?) ?시[간각]|시각은 모두|[Aa]ll times`)

// times reports times of day that do not say whose: a reader abroad would take
// them for local ones. The zone may stand anywhere in the paragraph, in an
// earlier row of the table, or just before the table.
func (t *text) times() diag.List {
	var diags diag.List
	zoned, looked := false, 0 // whether a row of the present table tells a zone
	for i := range t.blocks {
		b := &t.blocks[i]
		if !strings.HasPrefix(b.text, "|") {
			zoned, looked = false, i
		}
		found := t.clocks(b)
		if len(found) == 0 {
			continue
		}
		for ; looked <= i && !zoned; looked++ {
			zoned = t.tongue.zone().MatchString(t.blocks[looked].text)
		}
		if zoned {
			continue
		}
		if len(diags) == 0 && all().MatchString(t.doc.Text) {
			return nil
		}
		for _, c := range found {
			diags.Add(t.report(diag.TimeNoZone, b, c.from, c.to, "time %q does not say in which zone", b.text[c.from:c.to]).
				WithHint("write %s after it", t.tongue.asIn))
		}
	}
	return diags
}

// mayTell reports whether a text may tell a time of day, which most do not.
func mayTell(s string) bool {
	for i := 1; i < len(s); i++ {
		if c := s[i-1]; c < '0' || c > '9' {
			continue
		}
		switch rest := strings.TrimPrefix(s[i:], " "); {
		case rest == "":
		case rest[0] == ':', strings.IndexByte("aApP", rest[0]) >= 0, strings.HasPrefix(rest, "시"):
			return true
		}
	}
	return false
}

// clocks finds the times of day in a block.
func (t *text) clocks(b *block) []span {
	if !mayTell(b.text) {
		return nil
	}
	var out []span
	for at := 0; at < len(b.text); {
		m := t.tongue.clock().FindStringSubmatchIndex(b.text[at:])
		if m == nil {
			break
		}
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		for from < to { // what the pattern takes before the digits
			c := b.text[at+from]
			if c >= '0' && c <= '9' || c >= 0x80 {
				break
			}
			from++
		}
		out = append(out, span{at + from, at + to})
		at += to
	}
	return out
}
