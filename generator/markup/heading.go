package markup

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"
)

// attributes is what stands in braces at the end of a heading.
type attributes struct {
	text        string // without the braces
	start, stop int    // offsets, braces included
}

// One attribute is #id, .class or name=value; other braces are plain text.
const attribute = `(?:[#.][^\s{}"'=<>]*|[A-Za-z_:@][\w:.@-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s{}"']+))`

var (
	attributeList = regexp.MustCompile(`[ \t]*\{\s*(` + attribute + `(?:[\s,]+` + attribute + `)*)\s*,?\s*\}[ \t]*$`)
	closingMarks  = regexp.MustCompile(`[ \t]+#+[ \t]*$`)
)

// headingParser is a stock parser of headings that sets attributes aside. The
// stock reader of attributes is not used: it lets any attribute through.
type headingParser struct{ parser.BlockParser }

// Close takes the attributes off the last line before its text is read.
func (h headingParser) Close(n ast.Node, r text.Reader, pc parser.Context) {
	h.BlockParser.Close(n, r, pc)
	heading, ok := n.(*ast.Heading)
	if !ok || n.Parent() == nil || n.Lines().Len() == 0 {
		return // a setext underline that turned out not to be one
	}
	last := n.Lines().Len() - 1
	segment := n.Lines().At(last)
	line := r.Source()[segment.Start:segment.Stop]
	m, ok := findAttributes(line)
	if !ok {
		return
	}
	p := pageOf(pc)
	braces := line[m[0]:m[1]]
	lead := len(braces) - len(bytes.TrimLeft(braces, " \t"))
	put(&p.attrs, heading, attributes{
		text:  string(line[m[2]:m[3]]),
		start: segment.Start + m[0] + lead,
		stop:  segment.Start + len(bytes.TrimRight(line[:m[1]], " \t\n")),
	})
	rest := line[:m[0]]
	if bytes.HasSuffix(bytes.TrimRight(rest, " \t"), []byte("#")) {
		if c := closingMarks.FindIndex(rest); c != nil {
			rest = rest[:c[0]]
		}
	}
	n.Lines().Set(last, segment.WithStop(segment.Start+len(rest)))
}

// findAttributes gives the offsets of the attributes that a line ends with, with
// and without their braces. The form that editors write, {#id}, needs no regular
// expression.
func findAttributes(line []byte) (m [4]int, ok bool) {
	end := bytes.TrimRight(line, " \t")
	if len(end) == 0 || end[len(end)-1] != '}' {
		return m, false
	}
	open := bytes.LastIndexByte(end, '{')
	if open >= 0 && open+2 < len(end) && end[open+1] == '#' && isSimpleID(end[open+2:len(end)-1]) {
		return [4]int{len(bytes.TrimRight(line[:open], " \t")), len(line), open + 1, len(end) - 1}, true
	}
	if found := attributeList.FindSubmatchIndex(line); found != nil {
		return [4]int(found), true
	}
	return m, false
}

func isSimpleID(b []byte) bool {
	for _, c := range b {
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// title is a heading that collect has found.
type title struct {
	node     *ast.Heading
	text, id string
}

// collectHeadings gives every heading its id, explicit ones first, so that a
// generated id never takes one that an editor has fixed; then checks levels.
func (p *page) collectHeadings() {
	for i := range p.titles {
		t := &p.titles[i]
		if a, ok := p.attrs[t.node]; ok {
			if t.id = p.explicit(a); t.id != "" {
				put(&p.used, t.id, true)
			}
		}
	}
	level := 1
	for i := range p.titles {
		t := &p.titles[i]
		h := t.node
		t.text = p.textOf(h)
		if t.id == "" {
			t.id = p.unused(slug(t.text))
		}
		p.checkLevel(h, &level)
		if t.text == "" {
			p.report(h.Pos(), h.Pos()+h.Level, diag.EmptyText, "heading has no text")
			continue
		}
		p.headings = append(p.headings, Heading{Level: max(h.Level, 2), ID: t.id, Text: t.text, Pos: p.at(h.Pos())})
	}
}

// titleOf finds a heading; they are written in the order in which they were
// found.
func (p *page) titleOf(h *ast.Heading) title {
	for range p.titles {
		t := p.titles[p.written]
		p.written = (p.written + 1) % len(p.titles)
		if t.node == h {
			return t
		}
	}
	return title{node: h, text: p.textOf(h)}
}

// checkLevel reports a level that does not follow from the one before it.
func (p *page) checkLevel(h *ast.Heading, level *int) {
	switch {
	case h.Level == 1:
		p.report(h.Pos(), h.Pos()+1, diag.HeadingSkipped, "heading has level 1, which is the title of the page; a body begins at level 2").
			Hint = "write ## instead of #"
	case h.Level > *level+1:
		p.report(h.Pos(), h.Pos()+h.Level, diag.HeadingSkipped, "heading has level %d after level %d; the next level is %d", h.Level, *level, *level+1).
			Hint = "write " + strings.Repeat("#", *level+1)
	}
	*level = max(h.Level, 2)
}

// explicit gives the id that attributes name, or nothing after a report.
func (p *page) explicit(a attributes) string {
	id, ok := strings.CutPrefix(a.text, "#")
	if !ok || !isID(id) {
		p.report(a.start, a.stop, diag.BadAttribute, "%q is not allowed on a heading; only an id of letters, digits, - and _ is, as in {#what-to-do}", "{"+a.text+"}").
			Hint = "remove the attribute"
		return ""
	}
	id = norm.NFC.String(id)
	if p.used[id] {
		p.report(a.start, a.stop, diag.DuplicateID, "id %q is used by an earlier heading of this text", id)
		return ""
	}
	return id
}

// isID reports whether an id holds letters, digits, - and _ only and begins with
// a letter or digit.
func isID(id string) bool {
	for i, r := range id {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
		case i > 0 && (r == '-' || r == '_' || unicode.IsMark(r)):
		default:
			return false
		}
	}
	return id != ""
}

// slug makes an id from the text of a heading: NFC, lower case, letters and
// digits of any script, everything else a single hyphen.
func slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(title) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsSpace(r), unicode.In(r, unicode.Pd, unicode.Pc), r == '·', r == '~', r == '/':
			gap = true
		}
	}
	if b.Len() == 0 {
		return "h" // a word of no language: the page may be in any
	}
	return b.String()
}

// unused makes an id unique by a number: 상황, 상황-2.
func (p *page) unused(id string) string {
	unique := id
	for n := 2; p.used[unique]; n++ {
		unique = id + "-" + itoa(n)
	}
	put(&p.used, unique, true)
	return unique
}
