package quote

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whatever the text, it is quoted as encoding/json does.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{"", "봉수 하늘 힣 <b>&'\"\\/", "\x00\x07\b\t\n\v\f\r\x1f\x7f", "\u2027\u2028\u2029\u202a“…”", "\xff가\xed\xa0\x80\xea\xb0", "\ufffd\ufffe\uffff🚨\U0010ffff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
		if got := string(JSON(nil, s)) + "\n"; got != b.String() {
			t.Errorf("got %s, want %s", got, &b)
		}
		if got, want := string(JSONText(nil, []byte(s))), string(JSONText(nil, s)); got != want {
			t.Errorf("bytes become %s, want %s", got, want)
		}
	})
}

func BenchmarkJSON(b *testing.B) {
	for name, s := range map[string]string{"Korean": "여행경보를 상향하여 \"출국권고\"로 정합니다. ", "English": "The level was raised to \"leave\" there. "} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(s, 100)
			var buf []byte
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				buf = JSON(buf[:0], text)
			}
		})
	}
}

func BenchmarkHTML(b *testing.B) {
	text := strings.Repeat("<h2 id=\"whatnow\">무엇을 하나</h2>\n<p>여행경보를 상향하여 <a href=\"https://example.org/ko/help/\">출국권고</a>로 정합니다. 다음을 하십시오.</p>\n<ul>\n<li>받으면 가족에게 여권 있습니다 남기십시오</li>\n</ul>\n", 30)
	var buf []byte
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		buf = JSON(buf[:0], text)
	}
}
