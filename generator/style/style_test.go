package style

import (
	"strings"
	"testing"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// doc makes a file with a body.
func doc(lang, body string) *model.Doc {
	const head = "---\ntitle: 제목 Title 3\nsummary: 2025. 10. 16.(목) 18:00 요약\n---\n"
	return &model.Doc{
		Kind: model.KindOf("pages"), Lang: lang, Path: "x." + lang + ".md", Text: head + body,
		Has:    map[string]diag.Position{"title": {Line: 2, Col: 1}, "summary": {Line: 3, Col: 1}},
		Common: model.Common{Title: "제목 Title 3", Summary: "2025. 10. 16.(목) 18:00 요약"},
	}
}

// FuzzText holds that no text brings the rules down, that what they mark lies in
// the text, and that a text never differs from itself.
func FuzzText(f *testing.F) {
	f.Add("## 제목 {#x}\n\n- **112을** 누르고 [포이펫](KH-1/poipet)은 `18:00`\n> 50km을, 2026. 2. 30.(금) 1억 2,000만 원\n\n| a | 09:00 |\n```\nx\n```\n")
	f.Add("On Friday, 30 February 2026 at 6 p.m., Levels 2 and 3, KRW 15 to 30 million, +82-2-3210-0404. ![x](y) <https://x/> [^1]")
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || strings.Contains(body, "\r") {
			t.Skip() // package source lets no such text through
		}
		for lang, tongue := range tongues {
			d := doc(lang, body)
			text := newText(d, tongue)
			var found diag.List
			found.Add(text.sentences()...)
			found.Add(text.times()...)
			found.Add(text.weekdays()...)
			found.Add(text.fields(&model.Doc{}, nil)...)
			found.Add(text.particles()...)
			lines := strings.Split(d.Text, "\n")
			for _, x := range found {
				if x.Pos.Line < 1 || x.Pos.Line > len(lines) || x.Pos.Col < 1 || x.Pos.Col > utf8.RuneCountInString(lines[x.Pos.Line-1]) {
					t.Errorf("%v lies outside", x)
				}
			}
			if found := compare(text, newText(d, tongue)); len(found) > 0 {
				t.Errorf("the text differs from itself: %v", found)
			}
		}
	})
}

// TestText holds which parts of a file are prose, and where they stand.
func TestText(t *testing.T) {
	text := newText(doc("ko", strings.Join([]string{
		"## 할 일 {#what}", "", "첫째 [줄](/help/)과", "**둘째** 줄", "- 하나", "  1. 둘", "> 셋", "", "| a | b |", "", "```scam", "18:00", "```", "[r]: https://x/ \"y\"", "`코드` ![그림](/media/a.png) <https://x/>[^1]",
	}, "\n")), tongues["ko"])
	var got []string
	for i := range text.blocks {
		b := &text.blocks[i]
		at := strings.IndexFunc(b.text, func(r rune) bool { return r != gap && r != ' ' })
		got = append(got, text.pos(b, max(at, 0)).String()+" "+strings.ReplaceAll(strings.ReplaceAll(b.text, string(gap), ""), "\n", "/"))
	}
	want := []string{
		"x.ko.md:2:8 제목 Title 3", "x.ko.md:3:10 2025. 10. 16.(목) 18:00 요약",
		"x.ko.md:5:4 할 일 ", "x.ko.md:7:1 첫째 줄과/둘째 줄", "x.ko.md:9:3 하나", "x.ko.md:10:6 둘", "x.ko.md:11:3 셋", "x.ko.md:13:1 | a | b |", "x.ko.md:19:1   ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
