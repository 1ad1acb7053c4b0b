package corpus

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"unicode/utf8"
)

// Mistake is a fault that Seed made: what must be found, and exactly where.
// Line and Col count characters from 1; 0 means the file as a whole.
type Mistake struct {
	File      string // from the site's folder
	Line, Col int
	Code      string
}

// PerKind is how often Seed makes each kind of mistake.
const PerKind = 5

// mark stands in an edit where the mistake must be found; without it, the file
// as a whole is named.
const mark = "⟪"

// An edit puts text in the place of what a pattern finds first. In names and
// texts, %d stands for a number of its own.
type edit struct {
	file string // one of the names below, or the name of a file to write
	find string // a pattern; empty: the whole file
	put  string
}

// The files of a record, and of the one before it.
const (
	source  = "ko"     // an advisory
	trans   = "en"     // its translation
	earlier = "before" // the advisory before it
	warning = "scam"   // a scam warning
)

// Patterns of places in the corpus.
const (
	field  = `(?m)^review:`      // a field can be put before it
	places = `(?m)^places: .*\n` // of an advisory without levels
	end    = `\z`
)

// seeds is the table of kinds.
var seeds = []struct {
	code  string
	edits []edit
}{
	{"unknown-field", []edit{{source, field, "⟪sumary: x\nreview:"}}},
	{"missing-field", []edit{{source, `^---\n(title.*\n)summary.*\n`, "⟪---\n$1"}}},
	{"wrong-type", []edit{{source, `categories: .*`, "categories: ⟪crime"}}},
	{"bad-value", []edit{{source, field, "urgent: ⟪\"yes\"\nreview:"}}},
	{"bad-time", []edit{{source, `review: .*`, "review: ⟪2027. 1. 1."}}},
	{"bad-yaml", []edit{{source, `title: .*`, "title: 속보⟪: 안전공지"}}},
	{"duplicate-key", []edit{{source, field, "⟪title: 둘째 제목\nreview:"}}},
	{"unclosed-front-matter", []edit{{source, `^---\n((?:.*\n)*?)---\n`, "⟪---\n$1"}}},
	{"missing-front-matter", []edit{{source, `^---\n`, "⟪"}}},
	{"unknown-level", []edit{{source, places, "levels:\n  - {level: ⟪9, places: [KH-5]}\n"}}},
	{"unknown-category", []edit{{source, `categories: .*`, "categories: [⟪weather]"}}},
	{"unknown-place", []edit{{source, places, "places: [KH-5, ⟪KH-99]\n"}}},
	{"unknown-contact", []edit{{source, `contacts: .*`, "contacts: [⟪embasy]"}}},
	{"unknown-red-flag", []edit{{warning, `red_flags: .*`, "red_flags: [⟪no-such-flag]"}}},
	{"unknown-record", []edit{{source, field, "supersedes: [⟪advisories/none]\nreview:"}}},
	{"duplicate-slug", []edit{{source, field, "aliases: [⟪notice-00001]\nreview:"}}},
	{"shared-field-in-translation", []edit{{trans, `translates:`, "⟪issued: 2026-01-01\ntranslates:"}}},
	{"translation-without-source", []edit{{"advisories/2026/lost-%d.en.md", "", "---\ntitle: Lost\nsummary: Lost.\n⟪translates: 1\n---\nText.\n"}}},
	{"time-order", []edit{{source, field, "until: ⟪2000-01-01\nreview:"}}},
	{"temporary-without-end", []edit{{source, places, "levels:\n  - {level: ⟪special, places: [KH-5]}\n"}}},
	{"temporary-too-long", []edit{{source, places, "until: ⟪2030-01-01\nlevels:\n  - {level: special, places: [KH-6]}\n"}}},
	{"legal-missing", []edit{{source, places, "levels:\n  - {level: ⟪4, places: [KH-8]}\n"}}},
	{"silent-lowering", []edit{
		{earlier, places, "levels:\n  - {level: 3, places: [KH-7/bokor]}\n"},
		{source, places, "levels:\n  - {level: 1, places: [⟪KH-7]}\n"},
	}},
	{"dead-link", []edit{{source, end, "\n[옛 공지](⟪/nowhere/at/all)\n"}}},
	{"dead-anchor", []edit{{source, end, "\n[도움 요청](⟪/help/#nothing)\n"}}},
	{"raw-html", []edit{{source, end, "\n매우 ⟪<b>위험</b>합니다.\n"}}},
	{"unsafe-link", []edit{{trans, end, "\n[Here](⟪javascript:alert(1))\n"}}},
	{"unclosed-body", []edit{{trans, end, "\n⟪```text\nnever closed\n"}}},
	{"bad-character", []edit{{source, end, "\n뒤집힌 ⟪\u202e글자입니다.\n"}}},
	{"not-utf8", []edit{{trans, `summary: .*`, "summary: Notice ⟪\xc0\xcc"}}},
	{"literal-emphasis", []edit{{source, end, "\n이것은 ⟪** 중요합니다.\n"}}},
	{"date-as-list", []edit{
		{trans, end, "\nIt begins on 16 January 2026.\n"},
		{source, end, "\n⟪2026. 1. 16.(금)부터 시작합니다.\n"},
	}},
	{"lone-footnote", []edit{{source, end, "\n주장입니다.⟪[^9]\n"}}},
	{"unknown-callout", []edit{{trans, end, "\n> [!⟪DANGER]\n> Beware.\n"}}},
	{"heading-skipped", []edit{{source, end, "\n⟪#### 건너뜀\n\n글입니다.\n"}}},
	{"http-link", []edit{{source, end, "\n[누리집](⟪http://plain.example/)\n"}}},
	{"source-without-date", []edit{{source, `- \{title: 보도, (.*), date: .*\}`, "- ⟪{title: 보도, $1}"}}},
	{"review-overdue", []edit{{source, `review: .*`, "review: ⟪2026-01-30"}}},
	{"outdated-translation", []edit{
		{source, field, "changes: [{at: 2026-01-30T10:00, note: 고침}]\nreview:"},
		{trans, `translates: 1`, "⟪translates: 1"},
	}},
	{"bad-file-name", []edit{{"advisories/2026/Notice %d.ko.md", "", "---\ntitle: x\n---\n"}}},
}

// Kinds is the number of kinds of mistakes that Seed makes.
func Kinds() int { return len(seeds) }

// Seed makes PerKind mistakes of each kind in a site of n advisories that Write
// made, each in a record of its own, spread over all of them.
func Seed(dir string, n int) ([]Mistake, error) {
	s := seeder{dir: filepath.Join(dir, "content"), n: n, scam: 1, record: 3}
	var out []Mistake
	for i := range PerKind {
		for _, kind := range seeds {
			m, err := s.make(kind.edits, i)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind.code, err)
			}
			m.Code = kind.code
			out = append(out, m)
			s.next()
		}
	}
	return out, nil
}

type seeder struct {
	dir    string
	n      int
	record int // the advisory that is changed next
	scam   int
}

// next goes to an advisory that sets no level, and whose neighbour before it
// sets none and is left alone.
func (s *seeder) next() {
	for s.record += 2; s.record%20 < 2; s.record++ {
	}
}

func (s *seeder) make(edits []edit, i int) (Mistake, error) {
	var found Mistake
	for _, e := range edits {
		name := s.name(e.file, i)
		text, err := os.ReadFile(filepath.Join(s.dir, name))
		if e.find == "" {
			text, err = nil, nil
		}
		if err != nil {
			return found, err
		}
		p := regexp.MustCompile(e.find)
		at := p.FindSubmatchIndex(text)
		if at == nil {
			return found, fmt.Errorf("%s has nothing like %s", name, e.find)
		}
		put := p.Expand(nil, []byte(e.put), text, at)
		changed := bytes.Join([][]byte{text[:at[0]], put, text[at[1]:]}, nil)
		if lead, rest, ok := bytes.Cut(changed, []byte(mark)); ok {
			line := lead[bytes.LastIndexByte(lead, '\n')+1:]
			found = Mistake{File: "content/" + name, Line: 1 + bytes.Count(lead, []byte("\n")), Col: 1 + utf8.RuneCount(line)}
			changed = append(lead[:len(lead):len(lead)], rest...)
		} else if found.File == "" {
			found.File = "content/" + name
		}
		if err := os.WriteFile(filepath.Join(s.dir, name), changed, 0o644); err != nil {
			return found, err
		}
	}
	return found, nil
}

// name gives the file that an edit changes, from the content folder.
func (s *seeder) name(file string, i int) string {
	advisory := func(i int, lang string) string {
		return fmt.Sprintf("advisories/%d/notice-%05d.%s.md", issued(i, s.n).Year(), i, lang)
	}
	switch file {
	case source, trans:
		return advisory(s.record, file)
	case earlier:
		return advisory(s.record-1, source)
	case warning:
		s.scam++
		return fmt.Sprintf("scams/offer-%05d.ko.md", s.scam)
	}
	return fmt.Sprintf(file, i)
}
