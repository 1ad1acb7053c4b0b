package markup

import (
	"math"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCode(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"```json\n{\"a\": [1, true]} \n```", `<pre class="code" translate="no" tabindex="0" role="region" aria-label="코드 1"><code class="language-json">{<span class="t">"a"</span>: [<span class="n">1</span>, <span class="k">true</span>]} ` + "\n</code></pre>\n"},
		{"```TEXT\n<b>\n```", "<pre class=\"code\" translate=\"no\" tabindex=\"0\" role=\"region\" aria-label=\"코드 1\"><code>&lt;b&gt;\n</code></pre>\n"},
		{"    <b>\n    &amp;", "<pre class=\"code\" translate=\"no\" tabindex=\"0\" role=\"region\" aria-label=\"코드 1\"><code>&lt;b&gt;\n&amp;amp;\n</code></pre>\n"},
		{"```copy km\nសូមជួយ\n  **a** <b>\n```", "<pre class=\"copy\" translate=\"no\" tabindex=\"0\" role=\"region\" aria-label=\"복사할 메시지 1\"><span lang=\"km\">សូមជួយ\n  **a** &lt;b&gt;</span></pre>\n"},
		{"```copy\n저는\n```", "<pre class=\"copy\" translate=\"no\" tabindex=\"0\" role=\"region\" aria-label=\"복사할 메시지 1\"><span>저는</span></pre>\n"},
	} {
		if diff := cmp.Diff(c.want, clean(t, "ko", c.src).HTML); diff != "" {
			t.Errorf("%q: %s", c.src, diff)
		}
	}
}

// TestLexers runs every language: each loads, colours something, and loses no
// character.
func TestLexers(t *testing.T) {
	samples := map[string]string{
		"bash": "if true; then echo \"a $b\"; fi # c", "css": "a:hover { color: #fff; } /* b */", "diff": "-a\n+b",
		"go": "func f(a int) string { return \"가\" + `b` /* c */ } // d", "html": "<p class=\"a\">b<script>let c = 1</script><style>d { color: red }</style></p>",
		"javascript": "const a = `b ${c}`; // d", "json": "{\"a\": [1, null]}", "python": "def a(b): return f\"{b}\"  # c",
		"xml": "<?xml version=\"1.0\"?><a b=\"c\"><!-- d --></a>", "yaml": "a: [b, 1] # c", "scam": "고수익 알바",
	}
	l := newLexers()
	for _, name := range l.names() {
		code, ok := samples[name]
		code += "\n" // as every block ends
		if !ok {
			t.Errorf("%s has no sample", name)
			continue
		}
		coloured := false
		var all strings.Builder
		for _, token := range l.tokens(name, code) {
			all.WriteString(token.Value)
			coloured = coloured || classOf(token.Type) != "" || flagClasses[token.Type] != ""
		}
		if !coloured || all.String() != code {
			t.Errorf("%s: coloured %t, code %q", name, coloured, all.String())
		}
	}
	for _, word := range []string{"JSON", "yml", "sh", "geojson", "golang"} {
		if name, ok := l.name(word); !ok || l.load[name] == nil {
			t.Errorf("%s is not known", word)
		}
	}
	if got := l.tokens("json", strings.Repeat("[", longestCode+1)); len(got) != 1 {
		t.Errorf("long code is split into %d tokens", len(got))
	}
}

func TestScam(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"월 1,500만원 고수익 보장!", "[money 월 1,500만원] [promise 고수익] 보장!"},
		{"일당 30~50만 원, 월급 500만", "[money 일당 30~50만 원], [money 월급 500만]"},
		{"항공권·숙식 제공, 경력 무관", "[promise 항공권]·[promise 숙식] 제공, [promise 경력 무관]"},
		{"텔레그램 @job_kh77 문의", "[channel 텔레그램] [handle @job_kh77] 문의"},
		{"카톡 아이디: abc123", "[channel 카톡] [handle 아이디: abc123]"},
		{"전화 010-12**-5678", "전화 [handle 010-12**-5678]"},
		{"https://t.me/abc?a.b 또는 bad.example/x.y로", "[link hxxps://t[.]me/abc?a.b] 또는 [link bad[.]example/x.y]로"},
		{"hxxps://bad[.]example/a bad[.]com", "[link hxxps://bad[.]example/a] [link bad[.]com]"},
		{"No visa needed, no experience, $3,000-5,000 per month", "[promise No visa] needed, [promise no experience], [money $3,000-5,000 per month]"},
		{"Earn 800 USDT/week. Send passport copy via WhatsApp", "Earn [money 800 USDT/week]. Send [demand passport copy] via [channel WhatsApp]"},
		{"여권 사본, 통장", "[demand 여권 사본], [demand 통장]"},
		{"flights are paid; signals, id, designed", "[promise flights are paid]; signals, id, designed"},
		{"영사콜센터에 문의하십시오. 2025년 10월 16일", "영사콜센터에 문의하십시오. 2025년 10월 16일"},
	} {
		html := clean(t, "ko", "```scam ko\n"+c.src+"\n```").HTML
		got := regexp.MustCompile(`<mark class="flag-(\w+)">([^<]*)</mark>`).ReplaceAllString(html, "[$1 $2]")
		got = strings.TrimSuffix(got[strings.Index(got, `<span lang="ko">`)+len(`<span lang="ko">`):], "</span></pre>\n")
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
	doc := clean(t, "ko", "```scam\nhttps://bad.example\n```")
	if strings.Contains(doc.HTML+doc.Text, "bad.example") || strings.Contains(doc.HTML+doc.Text, "https") {
		t.Errorf("the address is not defanged: %s %s", doc.HTML, doc.Text)
	}
}

// TestStyleSheet holds that every class has a colour in both schemes, each with
// a contrast of at least 4.5:1 on its background.
func TestStyleSheet(t *testing.T) {
	css, err := os.ReadFile("../../templates/parts/code/code.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark scheme")
	}
	for name, scheme := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`(?:^|[\s;])(?:color|background): var\(--code-([a-z]+), (#[0-9A-F]{6})\)`).FindAllStringSubmatch(scheme, -1) {
			colours[m[1]] = m[2]
		}
		if len(colours) < 12 {
			t.Fatalf("%s: only %d colours", name, len(colours))
		}
		for token, colour := range colours {
			if ratio := contrast(t, colour, colours["back"]); token != "back" && ratio < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f", name, token, ratio)
			}
		}
		for _, class := range classes {
			if !strings.Contains(scheme, ".code ."+class+" {") {
				t.Errorf("%s: class %s has no colour", name, class)
			}
		}
	}
}

// contrast is the contrast ratio of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	luminance := func(hex string) float64 {
		var sum float64
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestImports keeps chroma's packages of lexers and styles out: each costs about
// 10 ms at every start of the program.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skip("no go command: ", err)
	}
	deps := "\n" + string(out)
	if !strings.Contains(deps, "\ngithub.com/alecthomas/chroma/v2\n") {
		t.Error("chroma itself is not among the packages: the test looks in the wrong place")
	}
	for _, dep := range []string{"github.com/alecthomas/chroma/v2/lexers", "github.com/alecthomas/chroma/v2/styles", "net/http", "html/template"} {
		if strings.Contains(deps, "\n"+dep+"\n") {
			t.Errorf("%s is imported", dep)
		}
	}
}
