package markup

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements are all that may be in the output, with their attributes.
var elements = map[string]string{
	"p": "class", "h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id", "blockquote": "", "ul": "", "ol": "start", "li": "id",
	"hr": "", "br": "", "dl": "", "dt": "", "dd": "", "div": "class role tabindex aria-label", "table": "", "thead": "", "tbody": "", "tr": "",
	"th": "scope class", "td": "class", "section": "class role aria-label", "sup": "class", "a": "id href role aria-label rel class title",
	"img": "src alt title loading decoding", "span": "class role aria-label lang", "mark": "class", "em": "", "strong": "", "del": "",
	"code": "class translate", "pre": "class translate tabindex role aria-label",
}

var (
	inlines   = regexp.MustCompile(`^(a|sup|span|mark|em|strong|del|code|img|br)$`)
	href      = regexp.MustCompile(`^(https?://[A-Za-z0-9]|mailto:[^:]+@|tel:\+?[0-9]|/$|/[^/\\]|#|[A-Z]{2}([-/#]|$))`)
	className = regexp.MustCompile(`^[a-z][a-z -]*$`)
)

// checkSafe reads HTML as a list of tags and says what in it must not be.
func checkSafe(src string) error {
	var open []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Errorf("left open: %v", open)
			}
			return nil
		case html.CommentToken, html.DoctypeToken:
			return fmt.Errorf("a comment or declaration: %s", z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			if err := checkTag(tag, open, ids); err != nil {
				return err
			}
			if tag.Data != "img" && tag.Data != "br" && tag.Data != "hr" {
				open = append(open, tag.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				return fmt.Errorf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func checkTag(tag html.Token, open []string, ids map[string]bool) error {
	allowed, ok := elements[tag.Data]
	if !ok {
		return fmt.Errorf("element %s", tag)
	}
	for i, outer := range open {
		switch {
		case outer == "p" && !inlines.MatchString(tag.Data), inlines.MatchString(outer) && !inlines.MatchString(tag.Data):
			return fmt.Errorf("%s within %v", tag, open[i:])
		case outer == "a" && tag.Data == "a":
			return fmt.Errorf("a link within a link: %s", tag)
		}
	}
	for _, a := range tag.Attr {
		if !strings.Contains(" "+allowed+" ", " "+a.Key+" ") {
			return fmt.Errorf("attribute %s of %s", a.Key, tag)
		}
		switch a.Key {
		case "href":
			if !href.MatchString(a.Val) {
				return fmt.Errorf("href %q", a.Val)
			}
		case "src":
			if !mediaFile.MatchString(a.Val) {
				return fmt.Errorf("src %q", a.Val)
			}
		case "class":
			if !className.MatchString(a.Val) {
				return fmt.Errorf("class %q", a.Val)
			}
		case "id":
			if ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n\"'<>") {
				return fmt.Errorf("id %q is empty, used twice or not an id", a.Val)
			}
			ids[a.Val] = true
		}
	}
	return nil
}

// hostile are texts that have broken renderers of Markdown, or might.
var hostile = []string{
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>a</a>", "[a](javascript:x)", "[a](<javascript:x>)", "![a](javascript:x)",
	"[a](java&#115;cript&colon;x)", "[a][b]\n\n[b]: javascript:x", "<javascript:x>", "[a](https://b\"onclick=alert(1)//)", "[a](/b 'c\" onclick=\"d')",
	"## a {onclick=\"b\"}\n## a {#\"x}\n## a {id=5}\n## a {id=[1]}\n## a {id={a=b}}", "# a\n# a\n# a-2", "![a\"b](/media/c.png)", "[![a](/media/b.png)](/c/)",
	"[a [b](/c/) <https://d.example> e](/f/)", "[a[^1]](/b/)\n\n[^1]: c[^1] [^2]\n[^2]: d", "[^1]: a\n\n    ```\n    b", "> [!NOTE]\n> [!TIP] *a\n> b*", "> [!NOTE] a\n> ---\n> b\n> ===",
	"> [!NOTE]", "- > [!TIP]\n  > - [ ] a\n", "|a|b|\n|-|:-:|\n|`|`|**c|\n|d", "a\n: b\n\n    c\n: d", "```scam x\nhttps://a\n", "```copy \" onclick=\n<b>\n```", "```html\"><script>\n<script>\n```",
	"~~~html\n<script><!--\n</script>\n~~~", "**가(나)**다 ~~라~~마 _바_사 ***아**자*", "~~**a~~**", "*a **b* c**", "&#0;&#x202e;&#xD800;&#x110000;&Tab;&colon;&lt;script&gt;", "a\x00\xff\u2028b\u0085",
	"<!-- a", "<?php ?>", "<![CDATA[x]]>", "<!DOCTYPE x>", "</p></div>", "<a\n href=\"b\n\">", "\\<b> \\[a](b) \\*\\*", "한국어 ភាសាខ្មែរ ไทย English 한", "\t- a\n\t\t- b\n\t\t\t```\nc",
	"[a]: /b/ \"c\n\n[a] [a][] [x][a]", "1. a\n1) b\n999999999. c", "====\na\n===\n---", strings.Repeat(">", 50) + " a", strings.Repeat("- ", 30) + "a", strings.Repeat("[", 50) + "a" + strings.Repeat("](/b/)", 50), strings.Repeat("*a ", 60) + strings.Repeat("b* ", 60),
}

func TestHostile(t *testing.T) {
	r := New()
	for _, src := range append(hostile, strings.Join(hostile, "\n\n"), strings.Join(hostile, " ")) {
		for _, lang := range []string{"ko", "en"} {
			doc, _ := r.Render([]byte(src), Options{Lang: lang})
			if err := checkSafe(doc.HTML); err != nil {
				t.Errorf("%q: %v\n%s", src, err, doc.HTML)
			}
		}
	}
}

// TestDeep holds that text that nests without end neither overflows the stack
// nor takes long.
func TestDeep(t *testing.T) {
	r := New()
	for _, piece := range []string{">", "- ", "[", "![", "*a **b ", "_a ", "`", "[^1]: ", "<b>", "&", "[a](", "\\", "| ", "~~a ", "<!--", "가**("} {
		r.Render([]byte(strings.Repeat(piece, 20000/len(piece))), Options{Lang: "en"})
		doc, _ := r.Render([]byte(strings.Repeat(piece, 1000/len(piece))), Options{Lang: "en"})
		if err := checkSafe(doc.HTML); err != nil {
			t.Errorf("%q…: %v", piece, err)
		}
	}
}

// FuzzRender holds for any text: no panic, only allowed elements, attributes and
// addresses, every tag closed, positions within the text, the same each time.
func FuzzRender(f *testing.F) {
	for _, src := range hostile {
		f.Add(src, "ko")
	}
	r := New()
	f.Fuzz(func(t *testing.T, src, lang string) {
		doc, found := r.Render([]byte(src), Options{Lang: lang, Line: 1})
		if err := checkSafe(doc.HTML); err != nil {
			t.Errorf("%v\n%s", err, doc.HTML)
		}
		lines := strings.Split(string(normalLines([]byte(src))), "\n")
		for _, d := range found {
			if d.Pos.Line < 1 || d.Pos.Line > len(lines) || d.Pos.Col < 1 || d.Pos.Col > len([]rune(lines[d.Pos.Line-1]))+1 {
				t.Errorf("position of %v", d)
			}
		}
		for _, l := range doc.Links {
			if l.Pos.Line < 1 || l.Pos.Line > len(lines) || l.Pos.Col+l.Width > len([]rune(lines[l.Pos.Line-1]))+1 {
				t.Errorf("position of link %+v", l)
			}
		}
		again, _ := r.Render([]byte(src), Options{Lang: lang, Line: 1})
		if again.HTML != doc.HTML || again.Text != doc.Text {
			t.Error("a second rendering differs")
		}
	})
}
