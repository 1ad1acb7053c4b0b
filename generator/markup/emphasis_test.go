package markup

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
)

func TestEmphasisKorean(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`**외교부(MOFA)**는`, `<strong>외교부(MOFA)</strong>는`},
		{`**"여행금지"**를`, `<strong>"여행금지"</strong>를`},
		{`**[링크](/help/)**를`, `<strong><a href="/help/">링크</a></strong>를`},
		{`**3,000명!**이다`, `<strong>3,000명!</strong>이다`},
		{`**여행금지(4단계)**는`, `<strong>여행금지(4단계)</strong>는`},
		{`**"금지"**와 **"철수"**는`, `<strong>"금지"</strong>와 <strong>"철수"</strong>는`},
		{`이번**(2차)**에는`, `이번<strong>(2차)</strong>에는`},
		{`캄보디아**는** 위험`, `캄보디아<strong>는</strong> 위험`},
		{"**`KH-7`**은", `<strong><code translate="no">KH-7</code></strong>은`},
		{`*외교부(MOFA)*는`, `<em>외교부(MOFA)</em>는`},
		{`_외교부(MOFA)_는 _강조_다`, `<em>외교부(MOFA)</em>는 <em>강조</em>다`},
		{`__외교부(MOFA)__는`, `<strong>외교부(MOFA)</strong>는`},
		{`***"금지"***를`, `<em><strong>"금지"</strong></em>를`},
		{`~~"가"~~를 ~~나(다)~~는`, `<del>"가"</del>를 <del>나(다)</del>는`},
		{`(**여행금지**)는 (**가** 나)`, `(<strong>여행금지</strong>)는 (<strong>가</strong> 나)`},
		{`보고서_최종_본`, `보고서_최종_본`},
		{`**ភ្នំពេញ។**នៅ`, `<strong>ភ្នំពេញ។</strong>នៅ`},
		{`**日本語。**は`, `<strong>日本語。</strong>は`},
	} {
		lang := "ko"
		if strings.HasPrefix(c.src, "**ភ") {
			lang = "km"
		}
		if got := clean(t, lang, c.src).HTML; got != "<p>"+c.want+"</p>\n" {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}

// TestEmphasisASCII holds that text without Korean is read as CommonMark says:
// random marks give what the stock parser gives.
func TestEmphasisASCII(t *testing.T) {
	stock, ours := goldmark.New(), New()
	rng := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"*", "**", "***", "_", "__", " ", "a", "bc", ".", ",", "(", ")", "!", "\\", "`"}
	for range 20000 {
		var src strings.Builder
		src.WriteString("x ")
		for range 2 + rng.IntN(12) {
			src.WriteString(pieces[rng.IntN(len(pieces))])
		}
		var want bytes.Buffer
		if err := stock.Convert([]byte(src.String()), &want); err != nil {
			t.Fatal(err)
		}
		doc, _ := ours.Render([]byte(src.String()), Options{Lang: "en"})
		if got := strings.ReplaceAll(doc.HTML, ` translate="no"`, ""); got != want.String() {
			t.Fatalf("%q\n got %s\nwant %s", src.String(), got, want.String())
		}
	}
}
