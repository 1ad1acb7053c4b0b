package markup

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// raw writes HTML that this package made. Nothing of the body passes here but
// ids, which hold letters, digits, - and _ only.
func (p *page) raw(parts ...string) {
	for _, s := range parts {
		p.html = append(p.html, s...)
	}
}

// text writes text that is not from the body, or is resolved.
func (p *page) text(s []byte) { p.textBy(s, &kinds) }

// source writes text of the body as it stands there.
func (p *page) source(s []byte) {
	if p.Plain && p.hangul {
		p.textBy(s, &loose)
		return
	}
	p.textBy(s, &kinds)
}

// textBy writes text, with passages in other languages marked. Most of it is a
// copy: what needs a closer look is looked at letter by letter.
func (p *page) textBy(s []byte, kinds *[256]byte) {
	for len(s) > 0 {
		if n := even(s, kinds, p.hangul); n > 0 {
			p.html = append(p.html, s[:n]...)
			p.plain.run(s[:n])
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRune(s)
		if l := languageOf(r); l != "" && l != p.tongue {
			lang, n := passage(s, p.tongue)
			p.raw(`<span lang="`, lang, `">`)
			p.verbatim(s[:n])
			p.raw("</span>")
			s = s[n:]
			continue
		}
		p.letter(r, s[:n])
		s = s[n:]
	}
}

// verbatim writes text in which no language is looked for, as in code.
func (p *page) verbatim(s []byte) {
	for len(s) > 0 {
		if n := even(s, &kinds, true); n > 0 {
			p.html = append(p.html, s[:n]...)
			p.plain.run(s[:n])
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRune(s)
		p.letter(r, s[:n])
		s = s[n:]
	}
}

// letter writes one letter, whose bytes are s.
func (p *page) letter(r rune, s []byte) {
	if out := entity(r, false); out != "" {
		p.html = append(p.html, out...)
	} else {
		p.html = append(p.html, s...)
	}
	p.plain.letter(r, s)
}

// The kinds of bytes for even: what is not listed ends an even stretch.
const (
	ordinary = 1 + iota
	blank
)

// kinds tells the kind of each byte.
var kinds = kindsOf(0)

// loose is kinds where a text holds no letters beyond ASCII but Hangul, on a page
// in Korean.
var loose = kindsOf(ordinary)

// kindsOf makes a table of kinds; beyond is that of bytes beyond ASCII.
func kindsOf(beyond byte) (k [256]byte) {
	for c := range k {
		if c >= utf8.RuneSelf {
			k[c] = beyond
		} else if c > ' ' && c <= '~' {
			k[c] = ordinary
		}
	}
	k['&'], k['<'], k['>'] = 0, 0, 0
	k[' '] = blank
	return k
}

// even gives the length of the beginning of s that is the same in HTML and in
// the plain text: what is ordinary, Hangul where it is the language of the page,
// and spaces that stand alone.
func even(s []byte, kinds *[256]byte, hangul bool) int {
	last := byte(0)
	for i := 0; i < len(s); {
		kind := kinds[s[i]]
		switch {
		case kind == 0:
			if !hangul || i+2 >= len(s) || !isSyllable(s[i], s[i+1], s[i+2]) {
				return i
			}
			for i += 3; i+2 < len(s) && isSyllable(s[i], s[i+1], s[i+2]); i += 3 {
			}
			last = ordinary
		case kind&last == blank: // and one before
			return i
		default:
			i++
			last = kind
		}
	}
	return len(s)
}

// isSyllable reports whether three bytes are a Hangul syllable, U+AC00 to U+D7A3,
// without the detour over its code point: the bytes have the same order.
func isSyllable(a, b, c byte) bool {
	v := uint32(a)<<16 | uint32(b)<<8 | uint32(c)
	return v&0xc0c0 == 0x8080 && v >= 0xeab080 && v <= 0xed9ea3
}

// escape writes text so that it is text in HTML and in XML. Characters that XML
// forbids become U+FFFD.
func (p *page) escape(s string) { p.escaped(s, false) }

// attr writes an attribute; name comes from this package.
func (p *page) attr(name, value string) {
	p.raw(" ", name, `="`)
	p.escaped(value, true)
	p.raw(`"`)
}

func (p *page) escaped(s string, quotes bool) {
	last := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && kinds[c] != 0 && c != '"' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if out := entity(r, quotes); out != "" {
			p.html = append(p.html, s[last:i]...)
			p.html = append(p.html, out...)
			last = i + size
		}
		i += size
	}
	p.html = append(p.html, s[last:]...)
}

// entity gives what stands for a letter in HTML, or nothing where it may stand
// for itself.
func entity(r rune, quotes bool) string {
	switch {
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '"' && quotes:
		return "&quot;"
	case illegal(r):
		return "\ufffd"
	}
	return ""
}

// illegal reports characters that XML 1.0 forbids or advises against, and what
// stands for bytes that are not UTF-8.
func illegal(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r == utf8.RuneError
}

// plainText is the plain text as it grows: one line a block, white space
// collapsed, empty lines left out.
type plainText struct {
	b   []byte
	gap byte // what parts the next word from the last one: nothing, a space or a line break
}

// run adds text whose white space is single spaces.
func (t *plainText) run(s []byte) {
	if s[0] == ' ' {
		t.space()
		s = s[1:]
	}
	n := len(s)
	if n == 0 {
		return
	}
	if s[n-1] == ' ' {
		t.word(s[:n-1])
		t.space()
		return
	}
	t.word(s)
}

// letter adds one letter, whose bytes are s.
func (t *plainText) letter(r rune, s []byte) {
	switch {
	case illegal(r):
		t.word([]byte("\ufffd"))
	case unicode.IsSpace(r):
		t.space()
	default:
		t.word(s)
	}
}

// add adds any text within one line.
func (t *plainText) add(s []byte) {
	for len(s) > 0 {
		n := even(s, &kinds, true)
		if n > 0 {
			t.run(s[:n])
		} else {
			var r rune
			r, n = utf8.DecodeRune(s)
			t.letter(r, s[:n])
		}
		s = s[n:]
	}
}

// word adds what goes on from the last word, unless there was a gap.
func (t *plainText) word(s []byte) {
	if t.gap != 0 && len(t.b) > 0 {
		t.b = append(t.b, t.gap)
	}
	t.gap = 0
	t.b = append(t.b, s...)
}

// space parts what follows from the last word.
func (t *plainText) space() {
	if t.gap == 0 {
		t.gap = ' '
	}
}

// line begins a new line.
func (t *plainText) line() { t.gap = '\n' }

// collapse makes every stretch of white space one space and takes it off both
// ends.
func collapse(b []byte) string {
	if even(b, &kinds, true) == len(b) {
		return string(bytes.Trim(b, " "))
	}
	return strings.Join(strings.Fields(string(b)), " ")
}

// clip shortens text of unknown length for a message.
func clip(s string) string {
	const longest = 40
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	return string([]rune(s)[:longest]) + "…"
}

// quoteASCII quotes text for a message; what does not show is written as its
// code point.
func quoteASCII(s string) string { return strconv.QuoteToGraphic(s) }

// quoteRune names a character that cannot be seen by its code point.
func quoteRune(r rune) string {
	if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
		return strconv.Quote(string(r))
	}
	return "U+" + strings.ToUpper(strconv.FormatInt(int64(r)+0x10000, 16)[1:])
}
