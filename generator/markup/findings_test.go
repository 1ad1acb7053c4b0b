package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindings(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"stars", "가 **나 다", []string{"literal-emphasis 1:3+2"}},
		{"stars in a heading, a table, a link, an image", "## 가 **나\n\n|a **b|\n|-|\n|**c|\n\n[d **](/x/) ![e **](/media/a.png)",
			[]string{"literal-emphasis 1:6+2", "literal-emphasis 3:4+2", "literal-emphasis 5:2+2", "literal-emphasis 7:4+2", "literal-emphasis 7:17+2"}},
		{"masked number", "010-****-1234", []string{"literal-emphasis 1:5+4"}},
		{"escaped stars, stars in code", "010-\\*\\*\\*\\*-1 `**` \\** *a\n\n    **", nil},
		{"inline HTML", "가 <b>나</b> <br/> <!-- c --> <script>x</script>\n<a\nhref=x>", []string{
			"raw-html 1:3+3", "raw-html 1:12+5", "raw-html 1:18+10", "raw-html 1:29+8", "raw-html 2:1+2"}},
		{"closing tag alone", "a</b>", []string{"raw-html 1:2+4"}},
		{"HTML blocks", "> <div>\n> a\n> </div>\n\n<!-- b\nc -->\n\n1. <script>\n   x\n   </script>", []string{
			"raw-html 1:3+5", "raw-html 5:1+6", "raw-html 8:4+8"}},
		{"heading levels", "### a\n## b\n#### c\n#### d\n# e\n### f\n\n====", []string{
			"heading-skipped 1:1+3", "heading-skipped 3:1+4", "heading-skipped 5:1+1"}},
		{"setext heading of level 1", "a\n=", []string{"heading-skipped 1:1+1"}},
		{"heading without text", "##\n\n## <b>", []string{"empty-text 1:1+2", "empty-text 3:1+2", "raw-html 3:4+3"}},
		{"attributes", "## 가 {.x}\n## 나 {#a .x}\n## 다 {onclick=\"a()\"} ##\n## 라 {#a}\n## 마 {#a}\n## 바 {#}\n## 사 {id=5}", []string{
			"bad-attribute 1:6+4", "bad-attribute 2:6+7", "bad-attribute 3:6+15", "duplicate-id 5:6+4", "bad-attribute 6:6+3", "bad-attribute 7:6+6"}},
		{"unknown callout", "> [!dangr] a", []string{"unknown-callout 1:5+5"}},
		{"unknown language", "> ``` cobol x\n> y\n> ```", []string{"unknown-language 1:7+5"}},
		{"copy without a language tag", "```copy 한국\ny\n```", []string{"unknown-language 1:9+2"}},
		{"unclosed fence", "a\n\n  ````json\n{}\n```", []string{"unclosed-body 3:3+4"}},
		{"fence closed by the end of its list", "- ~~~\n  a\n\nb", []string{"unclosed-body 1:3+3"}},
		{"closed fences", "```\na\n```\n\n> ~~~\n> b\n> ~~~~", nil},
		{"footnotes", "a[^1] b[^2]\n\n[^2]: c\n[^3]: d", []string{"lone-footnote 1:2+4", "lone-footnote 4:1+4"}},
		{"image without alternative text", "a ![](/media/a.png)", []string{"missing-alt 1:3+2"}},
		{"link without text", "a [](/b/)", []string{"empty-text 1:3+1"}},
		{"hidden characters in references", "a &#x202E;b &#12644; &shy; [c&#8203;](/d/) &#0;", []string{"bad-character 1:3+8", "bad-character 1:13+8", "bad-character 1:30+7"}},
		{"date at the beginning of a line", "가\n\n2025. 10. 16.(목)부터\n\n- 2025. 9. 1. 나\n- 다 2025. 9. 1.", []string{"date-as-list 3:1+5", "date-as-list 5:3+5"}},
		{"http", "가 [나](http://a.example/)", []string{"http-link 1:7+17"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := New().Render([]byte(c.src), Options{Lang: "ko", File: "x.md"})
			if diff := cmp.Diff(c.want, codes(found)); diff != "" {
				t.Errorf("%s\n%v", diff, found)
			}
		})
	}
}

// TestPositions holds that columns count characters of the line, wherever the
// body begins in its file, and that the file is named.
func TestPositions(t *testing.T) {
	_, found := New().Render([]byte("a\n\n가나😀 [x](ftp://y)"), Options{File: "a/b.ko.md", Line: 11})
	if len(found) != 1 || found[0].Pos.String() != "a/b.ko.md:13:9" {
		t.Errorf("found %v", found)
	}
	if !strings.Contains(found[0].Message, `"ftp"`) || !strings.Contains(found[0].Message, "https") {
		t.Errorf("message %q names neither the scheme nor what is allowed", found[0].Message)
	}
}

func TestHeadingIDs(t *testing.T) {
	for _, c := range []struct {
		src  string
		want []string
	}{
		{"## 현재 상황\n## 현재 상황\n## 현재 상황 2", []string{"현재-상황", "현재-상황-2", "현재-상황-2-2"}},
		{"## What to *do*: now?\n## 2~3단계·금지", []string{"what-to-do-now", "2-3단계-금지"}},
		{"## \u1112\u1161\u11ab", []string{"한"}}, // decomposed, as some systems type it
		{"## 가\n## 나 {#가}", []string{"가-2", "가"}},
		{"## a {#now} \n## b ## {#b_1}\nc {#c}\n---\n## {1, 2}", []string{"now", "b_1", "c", "1-2"}},
		{"## !?\n## …", []string{"h", "h-2"}},
		{"## កំពត [^1] `x`\n\n[^1]: y", []string{"កំពត-x"}},
	} {
		doc := clean(t, "ko", c.src)
		var got []string
		for _, h := range doc.Headings {
			got = append(got, h.ID)
			if !strings.Contains(doc.HTML, ` id="`+h.ID+`"`) {
				t.Errorf("%q: id %q is not in the HTML", c.src, h.ID)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.src, diff)
		}
	}
	h := clean(t, "ko", "## 가  **나** [다](/x/) {#라}").Headings[0]
	if h.Level != 2 || h.Text != "가 나 다" || h.ID != "라" {
		t.Errorf("heading %+v", h)
	}
}
