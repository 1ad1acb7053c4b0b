package style

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"bongsu/generator/diag"
)

// A fact is something that both languages must say alike: a day, a time of
// day, a telephone number, a level, a number.
type fact struct {
	key   string   // the same for the same fact in every language
	parts []string // the digits that it is written with
	block *block
	span
}

// facts are the facts of a text.
type facts struct {
	list []fact
	keys map[string]bool
	// digits are the runs of digits anywhere, and numbers that are written as
	// words: a fact whose digits are all there may be said in another way.
	digits map[string]bool
	text   *text
	words  bool // numbers that are words are in keys and digits
}

// small is the number below which languages write words, or nothing, as they
// like.
const small = 13

var (
	digitRuns  = pattern(`\d+`)
	phones     = pattern(`\+?\d{1,4}(?:-\d{1,5}){1,4}`)
	koLevels   = pattern(`(\d)단계`)
	enLevels   = pattern(`\b[Ll]evels? (\d)((?:(?:,| and| or| to|–|-)+ ?\d\b)*)`)
	enNumbers  = pattern(`\d+(?:,\d{3})*(?:\.\d+)?(?: (?:thousand|million|billion|trillion)\b)?`)
	enShared   = pattern(`^(?: to | or | and |–|-)\d[\d,.]* (thousand|million|billion|trillion)\b`)
	articles   = pattern(`\d조(?: ?(?:원|달러|\d[\d,]*억))?`) // 조 is an article of a law, or 10^12 before money
	koNumbers  = pattern(`(?:\d+(?:,\d{3})*(?:\.\d+)?[천백십]?[조억만천]? ?)*\d+(?:,\d{3})*(?:\.\d+)?[천백십]?[조억만천]?`)
	koPieces   = pattern(`(\d+(?:,\d{3})*(?:\.\d+)?)([천백십]?)([조억만천]?)`)
	multiples  = map[string]float64{"": 1, "십": 10, "백": 100, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
	numberWord = map[string]string{
		"thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
		"twenty": "20", "twenties": "20", "thirty": "30", "thirties": "30", "forty": "40", "forties": "40", "fifty": "50", "fifties": "50",
		"sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000",
		"스무": "20", "서른": "30", "마흔": "40", "쉰": "50", "백": "100", "천": "1000",
	}
	// factWord are words that say a fact without digits.
	factWord = map[string]string{
		"midnight": "time 0:00", "자정": "time 0:00", "noon": "time 12:00", "정오": "time 12:00",
		"백만": "number 1000000", "천만": "number 10000000", "million": "number 1000000", "billion": "number 1000000000",
	}
)

// facts collects what a text says.
func (t *text) facts() facts {
	f := facts{keys: map[string]bool{}, digits: map[string]bool{}, text: t}
	for i := range t.blocks {
		b := &t.blocks[i]
		if !strings.ContainsAny(b.text, "0123456789") {
			continue
		}
		for _, run := range digitRuns().FindAllString(b.text, -1) {
			f.digits[strings.TrimLeft(run, "0")] = true
		}
		rest := []byte(b.text) // what is taken is cleared
		take := func(s span, key string, parts ...string) {
			if key != "" {
				f.list = append(f.list, fact{key, parts, b, s})
				f.keys[key] = true
			}
			clear(rest[s.from:s.to])
		}
		for _, d := range t.dates(b) {
			take(d.span, fmt.Sprintf("day %d-%d", d.month, d.day), strconv.Itoa(d.day))
		}
		for _, c := range t.clocks(b) {
			take(c, t.timeKey(b.text[c.from:c.to]), "")
		}
		for _, m := range phones().FindAllIndex(rest, -1) {
			runs := digitRuns().FindAllString(b.text[m[0]:m[1]], -1)
			take(span{m[0], m[1]}, "number "+strings.Join(runs, "-"), runs...)
		}
		t.levelFacts(string(rest), take)
		t.numberFacts(string(rest), take)
	}
	return f
}

// timeKey names a time of day, where it is sure which is meant.
func (t *text) timeKey(s string) string {
	runs := digitRuns().FindAllString(s, -1)
	hour, _ := strconv.Atoi(runs[0]) // digits by the pattern
	minute := "00"
	if len(runs) > 1 {
		minute = runs[1]
	}
	lower := strings.ToLower(s)
	switch {
	case strings.Contains(s, ":"), hour == 0:
	case strings.Contains(s, "오후"), strings.Contains(lower, "p"):
		hour = hour%12 + 12
	case strings.Contains(s, "오전"), strings.Contains(lower, "a"):
		hour %= 12
	default:
		return ""
	}
	return fmt.Sprintf("time %d:%s", hour%24, minute)
}

func (t *text) levelFacts(rest string, take func(span, string, ...string)) {
	p := enLevels
	if t.tongue.korean {
		p = koLevels
	}
	for _, m := range p().FindAllStringSubmatchIndex(rest, -1) {
		for _, level := range digitRuns().FindAllString(rest[m[2]:m[1]], -1) {
			take(span{m[0], m[1]}, "level "+level, "")
		}
	}
}

func (t *text) numberFacts(rest string, take func(span, string, ...string)) {
	p := enNumbers
	if t.tongue.korean {
		p = koNumbers
		rest = articles().ReplaceAllStringFunc(rest, func(s string) string {
			if strings.HasSuffix(s, "조") {
				return strings.TrimSuffix(s, "조") + "\x00\x00\x00" // as many bytes
			}
			return s
		})
	}
	for _, m := range p().FindAllStringIndex(rest, -1) {
		s, after := rest[m[0]:m[1]], rest[m[1]:]
		if t.tongue.korean && (strings.HasPrefix(after, "일") || strings.HasPrefix(after, "월") || strings.HasPrefix(after, "시")) && len(s) <= 2 {
			continue // a day, a month or an hour
		}
		n, scaled := t.value(s)
		if m := enShared().FindStringSubmatch(after); m != nil && !t.tongue.korean {
			n, scaled = n*multiples[m[1]], true
		}
		if n < small {
			continue
		}
		parts := digitRuns().FindAllString(s, -1)
		if scaled { // 1천만 and 1 million have the same digits
			parts = nil
		}
		take(span{m[0], m[1]}, "number "+strconv.FormatFloat(math.Round(n*100)/100, 'f', -1, 64), parts...)
	}
}

// value reads a number with its multiples: 1억 2,000만, 48.6 billion. scaled says
// that it has some.
func (t *text) value(s string) (n float64, scaled bool) {
	number := func(digits string) float64 {
		n, _ := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64) // digits by the pattern
		return n
	}
	if !t.tongue.korean {
		digits, word, scaled := strings.Cut(s, " ")
		return number(digits) * multiples[word], scaled
	}
	for _, m := range koPieces().FindAllStringSubmatch(s, -1) {
		n += number(m[1]) * multiples[m[2]] * multiples[m[3]]
		scaled = scaled || m[2]+m[3] != ""
	}
	return n, scaled
}

// read adds the numbers that are written as words, which are seldom asked for.
func (f *facts) read() {
	f.words = true
	for _, b := range f.text.blocks {
		lower := strings.ToLower(b.text)
		for word, digits := range numberWord {
			if strings.Contains(lower, word) {
				f.digits[digits] = true
			}
		}
		for word, key := range factWord {
			if strings.Contains(lower, word) {
				f.keys[key] = true
			}
		}
	}
}

// says reports whether a text says a fact, or may say it in another way.
func (f *facts) says(x fact) bool {
	if f.keys[x.key] {
		return true
	}
	if !f.words {
		f.read()
	}
	if f.keys[x.key] {
		return true
	}
	for _, p := range x.parts {
		if !f.digits[strings.TrimLeft(p, "0")] {
			return false
		}
	}
	return len(x.parts) > 0 && x.parts[0] != "" // without parts nothing else will do
}

// compare reports what one language says and the other does not. Texts that are
// not built alike are left alone: one may tell more than the other.
func compare(source, other *text) diag.List {
	if len(source.doc.Body.Headings) != len(other.doc.Body.Headings) {
		return nil
	}
	var diags diag.List
	a, b := source.facts(), other.facts()
	for _, side := range []struct {
		text        *text
		has, lacks  *facts
		lackingText *text
	}{{source, &a, &b, other}, {other, &b, &a, source}} {
		told := map[string]bool{}
		for _, x := range side.has.list {
			if told[x.key] || side.lacks.says(x) {
				continue
			}
			told[x.key] = true
			diags.Add(side.text.report(diag.LanguagesDiffer, x.block, x.from, x.to, "%q is not in %s", x.block.text[x.from:x.to], side.lackingText.doc.Path).
				WithHint("put the wrong one right; both languages must say the same"))
		}
	}
	slices.SortStableFunc(diags, func(x, y diag.Diagnostic) int { return cmp.Compare(x.Pos.Line, y.Pos.Line) })
	return diags
}
