package markup

import (
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
		p.html.WriteString(s)
	}
}

// text writes text of the body, with passages in other languages marked.
func (p *page) text(s string) {
	p.addPlain(s)
	for s != "" {
		lang, n := passage(s, p.Lang)
		if lang == "" {
			p.escape(s[:n])
		} else {
			p.raw(`<span lang="`, lang, `">`)
			p.escape(s[:n])
			p.raw("</span>")
		}
		s = s[n:]
	}
}

// verbatim writes text in which no language is looked for, as in code.
func (p *page) verbatim(s string) {
	p.addPlain(s)
	p.escape(s)
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
	for i, r := range s {
		out := ""
		switch {
		case r == '&':
			out = "&amp;"
		case r == '<':
			out = "&lt;"
		case r == '>':
			out = "&gt;"
		case r == '"' && quotes:
			out = "&quot;"
		case illegal(r):
			out = "\ufffd"
		default:
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		p.html.WriteString(s[last:i])
		p.html.WriteString(out)
		last = i + size
	}
	p.html.WriteString(s[last:])
}

// illegal reports characters that XML 1.0 forbids or advises against, and what
// stands for bytes that are not UTF-8.
func illegal(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r == utf8.RuneError
}

// addPlain adds text within one line of the plain text.
func (p *page) addPlain(s string) {
	for _, r := range s {
		switch {
		case r == '\n':
			r = ' '
		case illegal(r):
			r = utf8.RuneError
		}
		p.plain.WriteRune(r)
	}
}

// newBlock begins a new line of the plain text.
func (p *page) newBlock() { p.plain.WriteByte('\n') }

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
