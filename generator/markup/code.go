package markup

import (
	"bytes"
	"regexp"
	"strings"

	"bongsu/generator/diag"

	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// languageTag is a language tag as it may stand after copy and scam.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// fence writes a fenced block. Its first word says what it is: "copy LANG" a
// message for readers to copy, "scam LANG" a quoted advertisement with its
// suspicious parts marked, anything else the language of code.
func (p *page) fence(n *ast.FencedCodeBlock) {
	if !p.closed[n] {
		end := n.Pos()
		for end >= 0 && end < len(p.src) && (p.src[end] == '`' || p.src[end] == '~') {
			end++
		}
		p.report(n.Pos(), end, diag.UnclosedBody, "code block is not closed").
			Hint = "add a line of the same marks after the code"
	}
	var words []string
	if n.Info != nil {
		words = strings.Fields(string(n.Info.Segment.Value(p.src)))
	}
	text := p.linesOf(n)
	switch {
	case len(words) == 0:
		p.code(text, "")
	case words[0] == "copy":
		p.copyable(text, p.tagOf(n, words))
	case words[0] == "scam":
		p.advertisement(text, p.tagOf(n, words))
	default:
		name, ok := p.lexers.name(words[0])
		if !ok {
			at := n.Info.Segment
			p.report(at.Start, at.Start+len(words[0]), diag.UnknownLexer,
				"language %q is not highlighted; known are %s", clip(words[0]), strings.Join(p.lexers.names(), ", ")).
				Hint = "write text where no highlighting is wanted"
		}
		p.code(text, name)
	}
}

// tagOf gives the language that follows copy or scam, if any.
func (p *page) tagOf(n *ast.FencedCodeBlock, words []string) string {
	if len(words) < 2 {
		return ""
	}
	if len(words) == 2 && languageTag.MatchString(words[1]) {
		return words[1]
	}
	at := n.Info.Segment
	start := at.Stop - len(strings.TrimLeft(string(p.src[at.Start+len(words[0]):at.Stop]), " \t"))
	p.report(start, at.Stop, diag.UnknownLexer, "%q after %q is not a language tag such as \"km\"",
		clip(strings.Join(words[1:], " ")), words[0])
	return ""
}

// code writes a block of code, with highlighting where name is a language.
// A block may be wider than the screen: the focus reaches it, and it has a name.
func (p *page) code(text, name string) {
	p.raw(`<pre class="code" translate="no"`, p.region(p.labels.code), `><code`)
	if name != "" {
		p.raw(` class="language-`, name, `"`)
	}
	p.raw(">")
	for _, t := range p.lexers.tokens(name, text) {
		if class := classOf(t.Type); class != "" && strings.TrimSpace(t.Value) != "" {
			p.raw(`<span class="`, class, `">`)
			p.escape(t.Value)
			p.raw("</span>")
		} else {
			p.escape(t.Value)
		}
	}
	p.raw("</code></pre>\n")
	p.plainLines(text)
}

// copyable writes a message for readers to copy. The language stands on an
// inner element, because the name of the region is in the language of the page.
func (p *page) copyable(text, lang string) {
	p.raw(`<pre class="copy" translate="no"`, p.region(p.labels.message), `><span`, langAttr(lang), `>`)
	p.escape(strings.TrimRight(text, "\n"))
	p.raw("</span></pre>\n")
	p.plainLines(text)
}

// advertisement writes a quoted advertisement. Its links are defanged, so that
// neither a copy nor a phone's own link detection leads to them.
func (p *page) advertisement(text, lang string) {
	p.raw(`<pre class="scam" translate="no"`, p.region(p.labels.ad), `><span`, langAttr(lang), `>`)
	var plain strings.Builder
	for _, t := range p.lexers.tokens(scamLanguage, strings.TrimRight(text, "\n")) {
		value := t.Value
		if t.Type == flagLink {
			value = defang(value)
		}
		plain.WriteString(value)
		if class, ok := flagClasses[t.Type]; ok {
			p.raw(`<mark class="`, class, `">`)
			p.escape(value)
			p.raw("</mark>")
		} else {
			p.escape(value)
		}
	}
	p.raw("</span></pre>\n")
	p.plainLines(plain.String())
}

// region gives the attributes of a block that can have the focus, so that it
// can be scrolled without a mouse. Its name is numbered: names must differ.
func (p *page) region(what string) string {
	put(&p.regions, what, p.regions[what]+1)
	return ` tabindex="0" role="region" aria-label="` + what + " " + itoa(p.regions[what]) + `"`
}

func langAttr(lang string) string {
	if lang == "" {
		return ""
	}
	return ` lang="` + lang + `"`
}

// plainLines adds lines to the plain text.
func (p *page) plainLines(text string) {
	for line := range bytes.SplitSeq([]byte(text), []byte("\n")) {
		p.plain.add(line)
		p.plain.line()
	}
}

// linesOf gives the lines of a block of code.
func (p *page) linesOf(n ast.Node) string {
	return util.BytesToReadOnlyString(n.Lines().Value(p.src))
}

// classes names the kinds of tokens that the style sheet of the code part
// colours; a kind that is not listed counts as its parent, or as plain text.
var classes = map[chroma.TokenType]string{
	chroma.Keyword: "k", chroma.NameTag: "t", chroma.NameAttribute: "a", chroma.NameProperty: "a",
	chroma.NameFunction: "f", chroma.NameBuiltin: "f", chroma.NameClass: "f", chroma.NameDecorator: "f",
	chroma.NameVariable: "a", chroma.NameEntity: "n", chroma.LiteralString: "s", chroma.LiteralNumber: "n",
	chroma.LiteralDate: "n", chroma.Comment: "c", chroma.GenericInserted: "i", chroma.GenericDeleted: "d",
	chroma.GenericHeading: "k", chroma.GenericSubheading: "k",
}

// classOf gives the class of a kind of token, or nothing for plain text.
func classOf(t chroma.TokenType) string {
	for _, t := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := classes[t]; ok {
			return class
		}
	}
	return ""
}
