package check

import (
	"strings"
	"testing"
)

func page(body string) string {
	return `<!DOCTYPE html><html lang="ko"><head><title>t</title></head><body><h1 id="top">제목</h1>` + body + `</body></html>`
}

func TestPages(t *testing.T) {
	ok := File{"ko/index.html", []byte(page(`<p id="a">x</p>`))}
	tests := []struct {
		name, body, want string // want: part of the only diagnostic, "" for none
	}{
		{"nothing wrong", `<a href="/sub/ko/#a">x</a><a href="#top">y</a><a href="https://other.example/z">z</a><a href="tel:+82-2">t</a>`, ""},
		{"own host", `<a href="https://example.org/sub/ko/">x</a>`, ""},
		{"no file", `<a href="/sub/ko/nothing.html">x</a>`, "leads to no file"},
		{"own host, no file", `<a href="https://example.org/sub/en/">x</a>`, "leads to no file"},
		{"outside the prefix", `<a href="/ko/">x</a>`, "leads out of"},
		{"no anchor", `<a href="/sub/ko/#b">x</a>`, `has no id "b"`},
		{"no anchor here", `<a href="#b">x</a>`, `has no id "b"`},
		{"style attribute", `<p style="color:red">x</p>`, "style attribute"},
		{"handler", `<p onclick="x()">x</p>`, "handler"},
		{"inline script", `<script>x()</script>`, "inline script"},
		{"data block is fine", `<script type="application/ld+json">{}</script>`, ""},
		{"style element", `<style>p{}</style>`, "style element"},
		{"form", `<form></form>`, "<form>"},
		{"id twice", `<p id="a"></p><p id="a"></p>`, `id "a" stands twice`},
		{"two h1", `<h1>x</h1>`, "2 h1"},
		{"new window", `<a href="/sub/ko/" target="_blank">x</a>`, "new window"},
		{"template escape", `<a href="#ZgotmplZ">x</a>`, "ZgotmplZ"},
		{"missing word", `<p>⟦home.title⟧</p>`, "⟦"},
		{"image", `<img src="/sub/x.png" alt="">`, "leads to no file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Pages(Site{"https://example.org", "/sub/"}, []File{ok, {"ko/p.html", []byte(page(tt.body))}})
			if tt.want == "" {
				if len(got) != 0 {
					t.Errorf("unexpected %v", got)
				}
				return
			}
			if len(got) == 0 || !strings.Contains(got[0].Message, tt.want) || got[0].Pos.File != "ko/p.html" {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}
