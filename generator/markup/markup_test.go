package markup

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"bongsu/generator/diag"

	"github.com/google/go-cmp/cmp"
)

// codes writes findings as "code line:col+width" for comparison.
func codes(l diag.List) []string {
	var out []string
	for _, d := range l {
		out = append(out, fmt.Sprintf("%s %d:%d+%d", d.Code, d.Pos.Line, d.Pos.Col, d.Width))
	}
	return out
}

// clean renders a text that must have no findings.
func clean(t *testing.T, lang, src string) Document {
	t.Helper()
	doc, found := New().Render([]byte(src), Options{Lang: lang, File: "x.md"})
	if len(found) > 0 {
		t.Errorf("findings in %q: %v", src, found)
	}
	return doc
}

func TestHTML(t *testing.T) {
	for _, c := range []struct{ name, lang, src, want string }{
		{"soft break keeps the space", "ko", "여행경보를\n상향", "<p>여행경보를\n상향</p>\n"},
		{"hard break", "ko", "가\\\n나", "<p>가<br>\n나</p>\n"},
		{"one tilde is a range", "ko", "10~20명 30~40명", "<p>10~20명 30~40명</p>\n"},
		{"bare addresses stay text", "en", "see https://bad.example and www.bad.example", "<p>see https://bad.example and www.bad.example</p>\n"},
		{"quotes stay straight", "ko", `"여행금지"는 -- 3...`, "<p>\"여행금지\"는 -- 3...</p>\n"},
		{"escapes and references once", "en", `\*a\* &amp;lt; &lt;b&gt; &copy; \&amp;`, "<p>*a* &amp;lt; &lt;b&gt; © &amp;amp;</p>\n"},
		{"ordered list", "en", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		{"loose list", "en", "- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
		{"quote and rule", "en", "> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"},
		{"definitions", "ko", "용어\n: 뜻", "<dl>\n<dt>용어</dt>\n<dd>뜻</dd>\n</dl>\n"},
		{"code span", "en", "`**a** <b> &amp;`", "<p><code translate=\"no\">**a** &lt;b&gt; &amp;amp;</code></p>\n"},
		{"tasks", "ko", "- [ ] 하나\n- [x] 둘", `<ul>
<li><span class="task" role="img" aria-label="미완료">☐</span> 하나</li>
<li><span class="task" role="img" aria-label="완료">☑</span> 둘</li>
</ul>
`},
		{"external link", "en", "[a](https://A.example/가?x=1&y=2#z \"t\")",
			"<p><a href=\"https://a.example/%EA%B0%80?x=1&amp;y=2#z\" title=\"t\" rel=\"external noreferrer\">a</a></p>\n"},
		{"mail and telephone", "en", "[a](mailto:a@b.kr) [b](tel:+82-2-3210-0404) <c@d.kr>",
			"<p><a href=\"mailto:a@b.kr\">a</a> <a href=\"tel:+82-2-3210-0404\">b</a> <a href=\"mailto:c@d.kr\">c@d.kr</a></p>\n"},
		{"image", "en", "![a \"b\" *c*](/media/maps/a.png)",
			"<p><img src=\"/media/maps/a.png\" alt=\"a &quot;b&quot; c\" loading=\"lazy\" decoding=\"async\"></p>\n"},
		{"no link within a link", "en", "[a <https://b.example/>](/c/)", "<p><a href=\"/c/\">a https://b.example/</a></p>\n"},
		{"callout", "ko", "> [!warning]\n> 본문", "<div class=\"callout callout-warning\">\n<p class=\"callout-title\">경고</p>\n<p>본문</p>\n</div>\n"},
		{"callout with a title", "en", "> [!CAUTION] Do *not* pay\n> - a", "<div class=\"callout callout-caution\">\n<p class=\"callout-title\">Danger: Do <em>not</em> pay</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n"},
		{"callout in a language without labels", "ja", "> [!TIP]\n> a", "<div class=\"callout callout-tip\">\n<p class=\"callout-title\">Tip</p>\n<p>a</p>\n</div>\n"},
		{"Khmer in Korean", "ko", "캄폿(កំពត ១២, ភ្នំ)은", "<p>캄폿(<span lang=\"km\">កំពត ១២, ភ្នំ</span>)은</p>\n"},
		{"Korean in English", "en", "The **외교부, 3과** (MOFA) *says* `한글`",
			"<p>The <strong><span lang=\"ko\">외교부, 3과</span></strong> (MOFA) <em>says</em> <code translate=\"no\">한글</code></p>\n"},
		{"Korean beside Khmer in English", "en", "[가កa](/b/)", "<p><a href=\"/b/\"><span lang=\"ko\">가</span><span lang=\"km\">ក</span>a</a></p>\n"},
		{"illegal characters", "en", "a\x0bb\xffc", "<p>a\ufffdb\ufffdc</p>\n"},
		{"CRLF", "en", "a\r\nb\r\n\r\n## c\r\n", "<p>a\nb</p>\n<h2 id=\"c\">c</h2>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, clean(t, c.lang, c.src).HTML); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTable(t *testing.T) {
	got := clean(t, "ko", "| 가 | 나 | |\n|:--|--:|:-:|\n| 1 | **2** | \\| |\n\n|a|\n|-|").HTML
	want := `<div class="table-scroll" tabindex="0" role="region" aria-label="표 1">
<table>
<thead>
<tr>
<th scope="col" class="left">가</th>
<th scope="col" class="right">나</th>
<td class="center"></td>
</tr>
</thead>
<tbody>
<tr>
<td class="left">1</td>
<td class="right"><strong>2</strong></td>
<td class="center">|</td>
</tr>
</tbody>
</table>
</div>
<div class="table-scroll" tabindex="0" role="region" aria-label="표 2">
<table>
<thead>
<tr>
<th scope="col">a</th>
</tr>
</thead>
</table>
</div>
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFootnotes(t *testing.T) {
	got := clean(t, "ko", "가[^a] 나[^a]\n\n[^a]: 출처 <https://a.example/>\n\n    - 끝").HTML
	want := `<p>가<sup class="footnote-call"><a id="fnref:1" href="#fn:1" role="doc-noteref" aria-label="각주 1">1</a></sup> 나<sup class="footnote-call"><a id="fnref:1:2" href="#fn:1" role="doc-noteref" aria-label="각주 1">1</a></sup></p>
<section class="footnotes" role="doc-endnotes" aria-label="각주">
<ol>
<li id="fn:1">
<p>출처 <a href="https://a.example/" rel="external noreferrer">https://a.example/</a></p>
<ul>
<li>끝</li>
</ul>
<p><a href="#fnref:1" class="footnote-back" role="doc-backlink" aria-label="본문으로 돌아가기 1-1">↩︎</a> <a href="#fnref:1:2" class="footnote-back" role="doc-backlink" aria-label="본문으로 돌아가기 1-2">↩︎</a></p>
</li>
</ol>
</section>
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestText(t *testing.T) {
	src := "## 제목  하나\n\n가\n나 [링크](/a/) `x  y`[^1]\\\n다 ![그림](/media/a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nc  d\ne\n```\n\n> [!NOTE] 조심\n> 본문\n\n[^1]: 각주"
	want := "제목 하나\n가 나 링크 x y 다 그림\na b\n1 2\nc d\ne\n참고: 조심\n본문\n각주"
	doc, _ := New().Render([]byte(src), Options{Lang: "ko"})
	if diff := cmp.Diff(want, doc.Text); diff != "" {
		t.Error(diff)
	}
}

// TestConcurrent renders with one Renderer from many goroutines, every language
// for code among them, and expects what a Renderer of its own gives.
func TestConcurrent(t *testing.T) {
	var sources, want []string
	for i, lang := range newLexers().names() {
		src := fmt.Sprintf("## %d\n\n**가(나)**는[^1] [x](/%d/) <b>\n\n[^1]: y\n\n```%s\n<a href=\"x\"> 1 # https://bad.example\n```\n", i, i, lang)
		doc, found := New().Render([]byte(src), Options{Lang: "ko"})
		sources, want = append(sources, src), append(want, doc.HTML+fmt.Sprint(doc.Links, doc.Headings, found))
	}
	r := New()
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for n := range 60 {
				i := (g + n) % len(sources)
				doc, found := r.Render([]byte(sources[i]), Options{Lang: "ko"})
				if got := doc.HTML + fmt.Sprint(doc.Links, doc.Headings, found); got != want[i] {
					t.Errorf("source %d differs:\n%s", i, cmp.Diff(want[i], got))
					return
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkKorean(b *testing.B) {
	src := []byte(strings.Repeat("## 현재 상황\n\n**외교부(MOFA)**는 캄보디아 [캄폿주](KH-7) 보코산 지역의 여행경보를 상향하였습니다. "+
		"해당 지역에 체류 중인 국민은 \"즉시\" 대피하시기 바랍니다.\n\n- 여권을 *넘기지* 마십시오.\n- 영사콜센터: [+82-2-3210-0404](tel:+82-2-3210-0404)\n\n", 8))
	r := New()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		r.Render(src, Options{Lang: "ko", File: "x.md", Plain: true})
	}
}

// TestPlain compares texts of which it is promised that they are plain with the
// same texts read with care.
func TestPlain(t *testing.T) {
	r := New()
	for _, src := range []string{
		"여권을  넘기지\t마십시오 & 도로 → 국경 · “공관” <b>",
		"가&#x202e;나 &#x430; \\& \\<b> &lt;b> &amp;amp; **굵게** [도움 &copy; 말](/help/ \"a & b\") `코드 <  b`",
		"> [!WARNING] 제목 <i> & 둘\n> 본문  둘\\\n> 셋  \n> 넷\n\n| 가 | b & c |\n| --- | --- |\n| → | x  y |\n\n## 제목 & 둘 {#a}\n\n\t코드 <\n",
		"plain words, 한국어 and more",
	} {
		for _, lang := range []string{"ko", "en"} {
			want, found := r.Render([]byte(src), Options{Lang: lang})
			got, again := r.Render([]byte(src), Options{Lang: lang, Plain: true})
			if d := cmp.Diff(want, got) + cmp.Diff(found, again); d != "" {
				t.Errorf("%s: %q: %s", lang, src, d)
			}
		}
	}
}
