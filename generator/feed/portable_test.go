package feed

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPortable(t *testing.T) {
	const host, page = "https://h.example", "https://h.example/ko/p.html"
	for in, want := range map[string]string{
		`<p>글 &amp; &lt;b&gt; &quot;x&quot;</p>`:                        `<p>글 &amp; &lt;b&gt; &quot;x&quot;</p>`,
		`<a href="/ko/a.html">a</a>`:                                    `<a href="https://h.example/ko/a.html">a</a>`,
		`<a href="#fn:1" id="r" role="doc-noteref" class="c">1</a>`:     `<a href="https://h.example/ko/p.html#fn:1" class="c">1</a>`,
		`<a href="https://x.example/?a=1&amp;b=2" rel="external">x</a>`: `<a href="https://x.example/?a=1&amp;b=2" rel="external">x</a>`,
		`<a href="tel:+82-2">x</a>`:                                     `<a href="tel:+82-2">x</a>`,
		`<a href="//evil.example">x</a>`:                                `x`,
		`<a href="/\evil.example">x</a>`:                                `x`,
		`<a href="JavaScript:x"><b>x</b></a>`:                           `<b>x</b>`,
		`<img src="/media/a.png" alt="a" loading="lazy">`:               `<img src="https://h.example/media/a.png" alt="a">`,
		`<img src="data:x" alt="a">`:                                    ``,
		`<div class="table-scroll" tabindex="0" aria-label="표">x</div>`: `<div class="table-scroll">x</div>`,
		`<section class="footnotes"><ol start="2"></ol></section>`:      `<div class="footnotes"><ol start="2"></ol></div>`,
		`<h2 id="x" style="y" onclick="z">x</h2>`:                       `<h2>x</h2>`,
		`a<script>b</script>c<style>d</style><!-- e -->f`:               `acf`,
		`<form><input value="x"><button>y</button></form>`:              `y`,
		"a\x0bb": "a\ufffdb",
	} {
		if got := string((origin{host, page}).portable(nil, in)); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

// Whatever comes, an escaped text is read back as it was, but for what XML
// cannot hold.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "A & B <C>", "]]>", "\x00\x0b\r\n\t\"'", "\xff\xfe", "\ufffe\uffff\U0001f6a8", "봉수",
		"abcdefgh가나다라\ttab\nline\r<b>\"&\x1f\x7f\ufffe\uffff\uff21\ufeff end of it"} {
		for i := range 8 {
			f.Add(strings.Repeat("x", i) + s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		for _, x := range []escapes{plain, hypertext, attribute} {
			doc := append(append([]byte(`<a b="`), attribute.append(nil, s)...), `">`...)
			doc = append(x.append(doc, s), "</a>"...)
			var v struct {
				B    string `xml:"b,attr"`
				Text string `xml:",chardata"`
			}
			if err := xml.Unmarshal(doc, &v); err != nil {
				t.Fatalf("%q: %v", doc, err)
			}
			if v.Text != clean(s) || v.B != clean(s) {
				t.Fatalf("%q: read back %q and %q", s, v.Text, v.B)
			}
		}
	})
}

// Whatever comes, a line has single spaces between words and nothing illegal.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"", " ", "a", "a b", "a  b", " a", "a ", "가 나\n다", "a\tb", "\u3000가", "a\u00a0b", "가\u2028", "\u1680", "\xff\xea\xb0", "힣\x00", "ｆ\ufffe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := line(s), strings.Join(strings.Fields(clean(s)), " "); got != want {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
	})
}

// Whatever comes, the HTML of a feed holds no script, no handler and no
// relative address, and is the same whether copied or read.
func FuzzPortable(f *testing.F) {
	for _, s := range []string{"<p>x</p>", `<a href=" javascript:x">`, "<svg><script>x</script>", "<a href=//x>", "</a></p>", "<plaintext>", "<p title='\"><script>'>",
		`<p class="a" id="b">&amp;&quot;"'> &nbsp;<a href="/x" title="&lt;y&gt;">z</a><a href="//x">q</a></p>`, `<section><img src="#a" alt="&amp;"><br></section>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		o := origin{"https://h.example", "https://h.example/p"}
		out := string(o.portable(nil, s))
		if !utf8.ValidString(out) {
			t.Fatal("not UTF-8")
		}
		if again := string(o.portable(nil, out)); again != out {
			t.Fatalf("not stable: %q, %q", out, again)
		}
		if by := string(o.tokens(nil, s)); by != out {
			t.Fatalf("%q: copied as %q, read as %q", s, out, by)
		}
		if got, want := string(appendHTML(nil, []byte(out))), string(hypertext.append(nil, out)); got != want {
			t.Fatalf("%q: escaped as %q, want %q", s, got, want)
		}
		low := strings.ToLower(out)
		for _, bad := range []string{"<script", "<iframe", "<form", " onclick=", ` href="/`, ` href="#`, ` href="javascript:`, ` style=`} {
			if tagHolds(low, bad) {
				t.Fatalf("%q holds %s: %q", s, bad, out)
			}
		}
	})
}

// tagHolds reports whether a tag, and not text, holds the string.
func tagHolds(s, bad string) bool {
	for {
		start := strings.IndexByte(s, '<')
		if start < 0 {
			return false
		}
		end := strings.IndexByte(s[start:], '>')
		if end < 0 {
			return true
		}
		inQuotes := false
		tag := s[start : start+end]
		for i := range len(tag) {
			if tag[i] == '"' {
				inQuotes = !inQuotes
			}
			if !inQuotes && strings.HasPrefix(tag[i:], bad) {
				return true
			}
		}
		s = s[start+end:]
	}
}
