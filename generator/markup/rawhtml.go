package markup

import (
	"bytes"
	"strings"
	"unicode"

	"bongsu/generator/diag"

	"github.com/yuin/goldmark/ast"
)

// remedies says what to write instead of the commonest elements.
var remedies = map[string]string{
	"b": "write **text**", "strong": "write **text**", "i": "write *text*", "em": "write *text*",
	"s": "write ~~text~~", "del": "write ~~text~~", "code": "write `text`", "hr": "write ---",
	"br": `end the line with \ or two spaces`, "a": "write [text](/address)", "p": "leave an empty line",
	"img": "write ![description](/media/NAME.png)", "table": "write a table with | and ---", "tr": "write a table with | and ---",
	"ul": "begin each line with -", "ol": "begin each line with 1.", "li": "begin the line with -",
	"h1": "begin the line with ##", "h2": "begin the line with ##", "h3": "begin the line with ###",
	"blockquote": "begin each line with >", "details": "write a heading", "div": "remove the tag", "span": "remove the tag",
	"pre": "write ``` on a line before and after", "!--": "remove the comment: all of a body is public",
	"script": "remove it: pages hold no scripts", "style": "remove it: the look is set in the templates", "iframe": "remove it: pages load nothing from other sites",
}

// rawHTML reports the tag at an offset. Nothing of it is written.
func (p *page) rawHTML(offset int) {
	tag := tagAt(p.src, offset)
	hint, ok := remedies[tagName(tag)]
	if !ok {
		hint = `write it in Markdown, or \< to show the character <`
	}
	p.report(offset, offset+len(tag), diag.RawHTML, "raw HTML %q is not allowed", clip(tag)).Hint = hint
}

// inlineHTML reports a tag within text; the closing tag of a reported one is
// not reported again.
func (p *page) inlineHTML(n *ast.RawHTML, open *map[string]int) {
	if n.Segments.Len() == 0 {
		return
	}
	start := n.Segments.At(0).Start
	tag := tagAt(p.src, start)
	name := tagName(tag)
	if bytes.HasPrefix(p.src[start:], []byte("</")) && (*open)[name] > 0 {
		(*open)[name]--
		return
	}
	put(open, name, (*open)[name]+1)
	p.rawHTML(start)
}

// tagAt gives the tag at an offset, up to its end or the end of the line.
func tagAt(src []byte, offset int) string {
	rest := src[min(max(offset, 0), len(src)):]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	end := []byte(">")
	if bytes.HasPrefix(rest, []byte("<!--")) {
		end = []byte("-->")
	}
	if i := bytes.Index(rest, end); i >= 0 {
		rest = rest[:i+len(end)]
	}
	return string(rest)
}

// tagName gives the name in a tag in lower case; of a comment, "!--".
func tagName(tag string) string {
	tag = strings.TrimLeft(tag, "</")
	if strings.HasPrefix(tag, "!--") {
		return "!--"
	}
	end := strings.IndexFunc(tag, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	if end >= 0 {
		tag = tag[:end]
	}
	return strings.ToLower(tag)
}
