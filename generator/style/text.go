package style

import (
	"strings"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// A text is the prose of one file, in blocks.
type text struct {
	doc    *model.Doc
	tongue *tongue
	blocks []block
}

// A block is a title, a summary, a heading, a paragraph, an item of a list or a
// row of a table. Code and quoted advertisements are none. What is no prose
// (addresses, marks) is replaced in it by gap, one for each character.
type block struct {
	text   string
	pieces []piece // of text, in order
	links  []span  // the texts of links
	field  bool    // a title or summary
}

// span is a part of a block, in bytes.
type span struct{ from, to int }

// piece is a part of a block that stands on one line.
type piece struct {
	at        int // offset in the block
	line, col int
}

// gap stands for a character that is no prose.
const gap = '\u0000'

// pos gives the place of an offset of a block.
func (t *text) pos(b *block, at int) diag.Position {
	i := 0
	for i+1 < len(b.pieces) && b.pieces[i+1].at <= at {
		i++
	}
	p := b.pieces[i]
	return diag.Position{File: t.doc.Path, Line: p.line, Col: p.col + utf8.RuneCountInString(b.text[p.at:at])}
}

// report makes a finding about a part of a block.
func (t *text) report(c diag.Code, b *block, from, to int, format string, args ...any) diag.Diagnostic {
	return c.At(t.pos(b, from), format, args...).Wide(utf8.RuneCountInString(b.text[from:to]))
}

// newText cuts a file into blocks.
func newText(d *model.Doc, l *tongue) *text {
	t := &text{doc: d, tongue: l}
	lines := strings.Split(d.Text, "\n")
	t.field("title", d.Title, lines)
	t.field("summary", d.Summary, lines)
	end := 1 // of the front matter
	for end < len(lines) && strings.TrimRight(lines[end], " \t") != "---" {
		end++
	}
	fence := ""
	open := false // a paragraph goes on
	depth := 0    // of quotations
	for i := end + 1; i < len(lines); i++ {
		line := lines[i]
		bare := strings.TrimLeft(line, " \t>")
		if fence != "" {
			if strings.HasPrefix(bare, fence) {
				fence = ""
			}
			continue
		}
		switch {
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			fence, open = bare[:3], false
		case strings.TrimSpace(bare) == "", definition().MatchString(bare):
			open = false
		default:
			quotes := strings.Count(line[:len(line)-len(bare)], ">")
			alone := strings.HasPrefix(bare, "#") || strings.HasPrefix(bare, "|")
			if !open || alone || quotes != depth || item().MatchString(bare) {
				t.blocks = append(t.blocks, block{})
			}
			t.blocks[len(t.blocks)-1].add(i+1, line, len(line)-len(bare))
			open, depth = !alone, quotes
		}
	}
	return t
}

var (
	definition = pattern(`^\[[^\]]+\]:\s`)
	item       = pattern(`^(?:[-*+]|\d{1,3}[.)])\s`)
	// notProse are the parts of a line that are not read, beside the addresses
	// of links.
	notProse    = pattern("`[^`]*`|<[^<>\\s]+>|\\{#[^}]*\\}|\\[\\^[^\\]]+\\]:?|\\[![A-Z]+\\]|https?://[^\\s)]+|&#?[0-9A-Za-z]+;")
	linkPattern = pattern(`!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)`)
)

// add adds a line whose first bytes, skip, are marks.
func (b *block) add(no int, line string, skip int) {
	if m := item().FindString(line[skip:]); m != "" {
		skip += len(m)
	} else {
		skip += len(line[skip:]) - len(strings.TrimLeft(line[skip:], "# "))
	}
	if len(b.text) > 0 {
		b.text += "\n"
	}
	b.pieces = append(b.pieces, piece{len(b.text), no, 1 + utf8.RuneCountInString(line[:skip])})
	s := line[skip:]
	s = strings.ReplaceAll(s, "**", blank("**"))
	if strings.ContainsAny(s, "`<&") || strings.Contains(s, "{#") || strings.Contains(s, "[^") || strings.Contains(s, "[!") || strings.Contains(s, "://") {
		s = notProse().ReplaceAllStringFunc(s, blank)
	}
	at := 0
	var links [][]int
	if strings.Contains(s, "](") {
		links = linkPattern().FindAllStringSubmatchIndex(s, -1)
	}
	for _, m := range links {
		b.text += s[at:m[0]]
		at = m[1]
		if s[m[0]] == '!' { // a picture
			b.text += blank(s[m[0]:m[1]])
			continue
		}
		b.text += blank(s[m[0]:m[2]])
		b.links = append(b.links, span{len(b.text), len(b.text) + m[3] - m[2]})
		b.text += s[m[2]:m[3]] + blank(s[m[3]:m[1]])
	}
	b.text += s[at:]
}

// blank makes a gap for each character.
func blank(s string) string { return strings.Repeat(string(gap), utf8.RuneCountInString(s)) }

// field adds the value of a field as a block, where it stands on one line.
func (t *text) field(key, value string, lines []string) {
	pos, ok := t.doc.Has[key]
	if !ok || pos.Line < 1 || pos.Line > len(lines) || value == "" {
		return
	}
	line := lines[pos.Line-1]
	at := strings.Index(line, value)
	if at < 0 { // in several lines, or with escapes: the place of the field is near enough
		at = 0
		value = strings.ReplaceAll(value, "\n", " ")
	}
	t.blocks = append(t.blocks, block{text: value, field: true,
		pieces: []piece{{0, pos.Line, 1 + utf8.RuneCountInString(line[:at])}}})
}
