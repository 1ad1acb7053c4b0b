package corpus

import (
	"fmt"
	"strings"
)

// words of a language, and its headings.
type words struct{ list, headings []string }

var ko = words{
	strings.Fields("여행자는 국경 지역 방문을 자제하고 현지 안내를 확인하십시오 공관은 상황을 지켜보며 필요한 조치를 알립니다 일자리 제안을 받으면 회사와 계약을 먼저 살피십시오 야간 이동을 피하고 여권 사본을 가족에게 남기십시오 도로 통제와 항공편 변경이 있을 수 있습니다"),
	[]string{"현재 상황", "해야 할 일", "연락할 곳", "이유"},
}

var en = words{
	strings.Fields("travellers should avoid the border area and follow local guidance the embassy watches the situation and will announce what is needed check the company and the contract before you accept a job do not travel at night and leave a copy of your passport with your family roads may be closed and flights may change"),
	[]string{"What is happening", "What to do", "Whom to call", "Why"},
}

// said is a text and how many words it has.
type said struct {
	text  string
	words int
}

// sentence makes a sentence of 8 to 15 words.
func (w *writer) sentence(l words) said {
	n := 8 + w.rng.IntN(8)
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(l.list[w.rng.IntN(len(l.list))])
	}
	b.WriteByte('.')
	return said{b.String(), n}
}

// perParagraph is about how many words a paragraph has.
const perParagraph = 40

// fixed is about how many words stand in a body beside the paragraphs.
const fixed = 80

// body writes 300 to 900 words with headings, a list, a table, a callout and
// links. Links lead to a code of a place, as Bongsu has them, or to a page.
func (w *writer) body(l words, r Record) string {
	var b strings.Builder
	b.Grow(12 << 10)
	share := (310 + w.rng.IntN(520) - fixed) / len(l.headings) // words of a section
	for s, h := range l.headings {
		name := fmt.Sprintf("part-%d", s+1)
		if s == len(l.headings)-1 {
			name = "why" // a level that is lowered needs it
		}
		fmt.Fprintf(&b, "## %s {#%s}\n\n", h, name)
		w.paragraphs(&b, l, share)
		switch s {
		case 0:
			fmt.Fprintf(&b, "| A | B |\n| --- | --- |\n| [KH](%s) | %d |\n| %s | 2 |\n\n", r.Province.Code, r.Number, l.list[0])
		case 1:
			for range 4 {
				b.WriteString("- " + w.sentence(l).text + "\n")
			}
			b.WriteString("\n> [!WARNING]\n> " + w.sentence(l).text + "\n\n")
		case 2:
			b.WriteString("[1](/help/#held), [2](/levels/), [3](https://news.example/)\n\n")
		}
	}
	return b.String()
}

// paragraphs writes about n words.
func (w *writer) paragraphs(b *strings.Builder, l words, n int) {
	for n > 0 {
		for left := min(n, perParagraph); left > 0; {
			s := w.sentence(l)
			b.WriteString(s.text + " ")
			left -= s.words
			n -= s.words
		}
		b.WriteString("**" + l.list[w.rng.IntN(len(l.list))] + "**.\n\n")
		n--
	}
}
