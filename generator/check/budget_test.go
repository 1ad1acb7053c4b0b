package check

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"bongsu/generator/diag"
)

// noise is text that does not compress below half.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < n {
		fmt.Fprintf(&b, "%016x ", r.Uint64())
	}
	return b.String()[:n]
}

func TestBudgets(t *testing.T) {
	page := func(body string) []byte {
		return []byte(`<html><head><link rel="stylesheet" href="/sub/assets/a.css"><script src="/sub/assets/a.js" defer></script></head><body>` + body + `</body></html>`)
	}
	assets := []File{{"assets/a.css", []byte(noise(10 << 10))}, {"assets/a.js", []byte(noise(4 << 10))}}
	for _, c := range []struct {
		path string
		size int
		want bool
	}{
		{"ko/help/index.html", 1 << 10, false},
		{"ko/help/index.html", 26 << 10, true},
		{"ko/advisories/a.html", 70 << 10, false},
		{"ko/advisories/a.html", 90 << 10, true},
		{"ko/provinces/x/index.html", 90 << 10, false},
		{"ko/provinces/x/index.html", 140 << 10, true},
		{"404.html", 90 << 10, true},
	} {
		diags := Budgets(Site{Prefix: "/sub/"}, append([]File{{c.path, page(noise(c.size))}}, assets...))
		if got := len(diags) == 1 && diags[0].Code == diag.OverBudget && diags[0].Pos.File == c.path; got != c.want || len(diags) > 1 {
			t.Errorf("%s with %d bytes: %v, want a finding: %v", c.path, c.size, diags, c.want)
		}
	}
	if diags := Budgets(Site{Prefix: "/"}, []File{{"assets/big.js", []byte(noise(40 << 10))}}); len(diags) != 1 {
		t.Errorf("a large script: %v", diags)
	}
	words := strings.Repeat("같은 말 ", 9000) // large, but not when compressed
	if diags := Budgets(Site{Prefix: "/sub/"}, append([]File{{"ko/help/index.html", page(words)}}, assets...)); len(diags) != 0 {
		t.Errorf("a page that compresses well: %v", diags)
	}
}

// TestCoded: the bound that spares most pages from being compressed holds, on
// text that compresses well and on text that hardly does; on noise it is at most
// one part in thirty too low.
func TestCoded(t *testing.T) {
	page, err := os.ReadFile("budget_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{page, []byte(strings.Repeat("같은 말 ", 9000)), []byte(strings.Repeat("가나다라마바사아자차카타파하", 90))} {
		if bound := coded(data); bound < packed(data) {
			t.Errorf("%.20q…: bound %d, compressed %d", data, bound, packed(data))
		}
	}
	data := []byte(noise(60 << 10))
	if bound, got := coded(data), packed(data); bound < got-got/30 {
		t.Errorf("noise: bound %d, compressed %d", bound, got)
	}
}

func BenchmarkWeigh(b *testing.B) {
	var body strings.Builder
	for i := 0; body.Len() < 50<<10; i++ {
		fmt.Fprintf(&body, "<p id=\"p%d\">여행경보 %x 단계 조정 안내</p>\n", i, i*i)
	}
	page := File{"ko/advisories/a.html", []byte(`<html><head><link rel="stylesheet" href="/assets/a.css"></head><body>` + body.String() + `</body></html>`)}
	c := NewScale(Site{Prefix: "/"}, []File{{"assets/a.css", []byte(noise(10 << 10))}}, nil)
	c.Weigh(page)
	for b.Loop() {
		c.Weigh(page)
	}
}

// TestKnownSizes: what a scale has weighed another one takes over.
func TestKnownSizes(t *testing.T) {
	asset := []File{{"assets/a.css", []byte(noise(30 << 10))}}
	page := File{"ko/help/index.html", []byte(`<link rel="stylesheet" href="/assets/a.css"></head>`)}
	first := NewScale(Site{Prefix: "/"}, asset, nil)
	first.Weigh(page)
	sizes := first.Sizes()
	if n := sizes["assets/a.css"]; n < 14<<10 || len(sizes) != 1 || len(first.Over()) != 1 {
		t.Fatal(sizes, first.Over())
	}
	sizes["assets/a.css"] = 1
	second := NewScale(Site{Prefix: "/"}, asset, sizes)
	second.Weigh(page)
	if len(second.Over()) != 0 || second.Sizes()["assets/a.css"] != 1 {
		t.Error("a size that is known is found again")
	}
}

// TestQuickTooLarge: where the quick compressor finds a page or script too large,
// the one of hosts decides.
func TestQuickTooLarge(t *testing.T) {
	script := File{"assets/a.js", []byte(noise(4 << 10))}
	c := NewScale(Site{Prefix: "/"}, []File{script}, map[string]int{script.Path: 1 << 20})
	c.Weigh(File{"ko/help/index.html", []byte(`<script src="/assets/a.js"></head>`)})
	c.Weigh(script)
	if got := c.Over(); len(got) != 0 {
		t.Error(got)
	}
}
