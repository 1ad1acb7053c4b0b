package feed

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bongsu/generator/markup"
)

// What package markup writes is copied, not read: every text of the sample, and
// each construct that a text may hold.
func TestDirect(t *testing.T) {
	texts := map[string]string{
		"constructs": "# 하나 {#one}\n\n글[^1] **굵게** *기울임* ~~지움~~ `코드` \"따옴표\" & < > [^1]\n\n[^1]: 각주 [링크](https://x.example/?a=1&b=2 \"제목 > 글\")\n\n" +
			"> [!warning]\n> 주의\n\n> 인용\n\n1. a\n2. b\n\n- [ ] 할 일\n- [x] 한 일\n\n| 가 | 나 |\n|:--|--:|\n| 1 | 2 |\n\n---\n\n![그림](/media/a.png \"t\")\n\n" +
			"```json\n{\"a\": [1, true]}\n```\n\n```scam\n월 \"천만 원\" 보장\n```\n\n```copy ko\n도와주십시오\n```\n\n<mailto:a@b.example> <b>글</b> English words\\\n다음 줄\n",
	}
	err := filepath.WalkDir("../../content", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		data, err := os.ReadFile(path)
		_, texts[path], _ = strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r, o := markup.New(), origin{"https://h.example", "https://h.example/ko/p.html"}
	for name, text := range texts {
		body, _ := r.Render([]byte(text), markup.Options{Lang: "ko", Link: func(dest string) (string, bool) { return dest, true }})
		got, ok := o.direct(nil, body.HTML)
		if !ok {
			t.Errorf("%s: not copied: %s", name, body.HTML)
		}
		if want := o.tokens(nil, body.HTML); string(got) != string(want) {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}
