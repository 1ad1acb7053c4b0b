package source

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"bongsu/generator/diag"

	"golang.org/x/text/unicode/norm"
)

// Text turns the bytes of a text file into its one internal form: UTF-8, NFC,
// LF line breaks, no byte order mark. Characters that hide text, reverse it or
// cannot stand in XML are diagnostics (Trojan Source, CVE-2021-42574; XML 1.0
// section 2.2).
func Text(raw Raw) (string, diag.List) {
	text, _, diags := textOf(raw)
	return text, diags
}

// textOf is Text; simple says what File.Plain does.
func textOf(raw Raw) (text string, simple bool, diags diag.List) {
	data := bytes.TrimPrefix(raw.Data, []byte("\ufeff"))
	if plain(data) {
		return string(data), true, nil
	}
	s := string(data)
	if !utf8.ValidString(s) {
		line, col := invalidAt(s)
		d := diag.NotUTF8.At(diag.Position{File: raw.Path, Line: line, Col: col}, "file is not UTF-8 text").
			WithHint("save it as UTF-8 in the editor")
		d.Line = strings.ToValidUTF8(strings.Split(s, "\n")[line-1], "\ufffd")
		return "", false, diag.List{d}
	}
	s = norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n"))
	return s, false, forbidden(raw.Path, s)
}

// plain reports whether a text is UTF-8 and has only characters of which none is
// forbidden or takes another form in NFC, whatever stands beside it: most texts
// do, and need no closer look.
func plain(s []byte) bool {
	for i := 0; i < len(s); {
		i += usual(s[i:])
		for i < len(s) && visible[s[i]] {
			i++
		}
		from := i
		for i+2 < len(s) && syllable(s[i], s[i+1], s[i+2]) {
			i += 3
		}
		if i == len(s) || i > from {
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		switch {
		case r == 0xb7, r >= 0x2010 && r <= 0x2027, r >= 0x2190 && r <= 0x21ff: // · – ‘ ’ “ ” … →
		default:
			return false
		}
		i += n
	}
	return true
}

// high is the highest bit of each of eight bytes.
const high = 0x8080808080808080

// from marks those of eight bytes, all below 0x80, that are n or more.
func from(bytes uint64, n uint64) uint64 { return (bytes + high/0x80*(0x80-n)) & high }

// usual gives how many bytes at the beginning of a text are whole characters of
// visible ASCII, line breaks and Hangul syllables: eight at a time, without a
// branch for each. It may stop early.
func usual(s []byte) (n int) {
	var heads, eas, eds uint64 // of the eight bytes before: first ones of syllables, and those that are EA or ED
	for ; n+8 <= len(s); n += 8 {
		x := binary.LittleEndian.Uint64(s[n:])
		low, wide := x&^high, x&high
		bad := ^wide & (high&^from(low, ' ')&from(low^high/0x80*'\n', 1) | from(low, 0x7f))
		if wide|heads == 0 && bad == 0 {
			continue
		}
		tail := wide &^ (x << 1) // 10xxxxxx
		head := wide & from(low, 0x6a) &^ from(low, 0x6e)
		ea, ed := head&^from(low, 0x6b), head&from(low, 0x6d)
		bad |= wide&^tail&^head | (tail ^ (head<<8 | heads>>56 | head<<16 | heads>>48)) // two after each
		bad |= (ea<<8|eas>>56)&^from(low, 0x30) | (ed<<8|eds>>56)&from(low, 0x1e)       // U+AC00 to U+D77F
		if bad != 0 {
			break
		}
		heads, eas, eds = head, ea, ed
	}
	end := n
	for n = max(n-2, 0); n < end && s[n]&0xc0 == 0x80; { // where the last syllable may be cut
		n++
	}
	return n
}

// visible tells which bytes are ASCII that any text may hold.
var visible = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = true
	}
	t['\n'], t['\t'] = true, true
	return t
}()

// syllable reports whether three bytes are a Hangul syllable, U+AC00 to U+D7A3,
// without the detour over its code point: the bytes have the same order.
func syllable(a, b, c byte) bool {
	v := uint32(a)<<16 | uint32(b)<<8 | uint32(c)
	return v&0xc0c0 == 0x8080 && v >= 0xeab080 && v <= 0xed9ea3
}

// without gives the text with the characters of findings replaced, one for
// one, so that the rest of a file can be read and its columns stay.
func without(text string, found diag.List) string {
	if len(found) == 0 {
		return text
	}
	var b strings.Builder
	line, col, next := 1, 0, 0
	for _, r := range text {
		if col++; next < len(found) && found[next].Pos.Line == line && found[next].Pos.Col == col {
			r, next = utf8.RuneError, next+1
		}
		if b.WriteRune(r); r == '\n' {
			line, col = line+1, 0
		}
	}
	return b.String()
}

func invalidAt(s string) (line, col int) {
	line, col = 1, 1
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				break
			}
		}
		if col++; r == '\n' {
			line, col = line+1, 1
		}
	}
	return line, col
}

// forbidden lists every character of s that must not be published.
func forbidden(file, s string) diag.List {
	var diags diag.List
	line, col := 1, 0
	prev := rune(0)
	for i, r := range s {
		if col++; r == '\n' {
			line, col, prev = line+1, 0, r
			continue
		}
		if (r >= ' ' && r < 0x7f) || r == '\t' || (r >= 0xac00 && r <= 0xd7a3) {
			prev = r
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		if why := forbiddenRune(prev, r, next); why != "" {
			diags.Add(diag.BadCharacter.At(diag.Position{File: file, Line: line, Col: col}, "character U+%04X %s", r, why).
				WithHint("delete it; it is invisible, so retype the words around it"))
		}
		prev = r
	}
	return diags
}

// banned lists the characters refused everywhere, with the reason.
var banned = []struct {
	lo, hi rune
	why    string
}{
	{0x00, 0x08, "is a control character that XML forbids"},
	{0x0b, 0x0c, "is a control character that XML forbids"},
	{0x0d, 0x0d, "is a lone carriage return"},
	{0x0e, 0x1f, "is a control character that XML forbids"},
	{0x7f, 0x9f, "is a control character"},
	{0x061c, 0x061c, "changes the direction of text"},
	{0x115f, 0x1160, "is an invisible Hangul filler"},
	{0x200e, 0x200f, "changes the direction of text"},
	{0x2028, 0x2029, "is a hidden line break"},
	{0x202a, 0x202e, "changes the direction of text"},
	{0x180e, 0x180e, "is an invisible separator"},
	{0x2060, 0x2064, "is an invisible joiner"},
	{0x2066, 0x2069, "changes the direction of text"},
	{0x206a, 0x206f, "is an invisible format character"},
	{0x3164, 0x3164, "is an invisible Hangul filler"},
	{0xfeff, 0xfeff, "is an invisible byte order mark"},
	{0xffa0, 0xffa0, "is an invisible Hangul filler"},
	{0xfff9, 0xfffb, "is an invisible annotation mark"},
	{0xfffe, 0xffff, "is not a character"},
	{0xe0000, 0xe007f, "is an invisible tag character"},
}

func forbiddenRune(prev, r, next rune) string {
	for _, b := range banned {
		if r >= b.lo && r <= b.hi {
			return b.why
		}
	}
	switch r {
	case 0x200b, 0x200c: // Khmer uses them for line breaks
		if !unicode.Is(unicode.Khmer, prev) && !unicode.Is(unicode.Khmer, next) {
			return "is an invisible space (allowed only beside Khmer letters)"
		}
	case 0x200d:
		if !pictograph(prev) || !pictograph(next) {
			return "is an invisible joiner (allowed only between emoji)"
		}
	}
	return ""
}

// pictograph reports whether r can stand beside the joiner of an emoji.
func pictograph(r rune) bool {
	return r == 0xfe0f || (r >= 0x1f3fb && r <= 0x1f3ff) || (r >= 0x1f000 && unicode.Is(unicode.So, r)) ||
		(r >= 0x2190 && r <= 0x2bff && unicode.Is(unicode.So, r))
}
