package desk

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

var noted = Change{At: time.Date(2025, 10, 16, 9, 5, 0, 0, time.FixedZone("", 9*3600)), Note: `고침: "단계", 이유`, Major: true}

const notedYAML = `{at: 2025-10-16T09:05+09:00, note: "고침: \"단계\", 이유", major: true}`

// TestAppendChange: the change comes at the end of the list, whatever its form,
// and no other byte changes. @ stands for where it comes.
func TestAppendChange(t *testing.T) {
	for name, c := range map[string]struct{ file, add string }{
		"none":           {"---\ntitle: a\n# last\n@---\n본문\n", "changes:\n  - " + notedYAML + "\n"},
		"block":          {"---\nchanges:\n  - {at: 2025-01-01, note: a}\n  # of the list\n@\n# of the key\nreview: 2025-12-01\n---\n본문 ---\n", "  - " + notedYAML + "\n"},
		"block at end":   {"---\ntitle: a\nchanges:\n    - at: 2025-01-01\n      note: |\n        하나\n\n        # 둘\n      major: false\n@---\n", "    - " + notedYAML + "\n"},
		"no indent":      {"---\nchanges:\n- at: 2025-01-01\n  note: a # why\n@title: a\n---\n본문", "- " + notedYAML + "\n"},
		"dash alone":     {"---\nchanges:\n  -\n    note: a\n@title: a\n---\n", "  - " + notedYAML + "\n"},
		"flow":           {"---\nchanges: [{note: \"a ] #\"}@] # end\ntitle: a\n---\n", ", " + notedYAML},
		"flow empty":     {"---\nchanges: [@]\n---\n", notedYAML},
		"flow comma":     {"---\nchanges: [\n  {note: a},@ # first\n]\ntitle: b\n---\n", " " + notedYAML},
		"flow apart":     {"---\nchanges: [\n  {note: 'it''s'}@ # first ]\n]\ntitle: b\n---\n", ", " + notedYAML},
		"null":           {"---\nchanges: # none yet\n@title: a\n---\n", "  - " + notedYAML + "\n"},
		"crlf":           {"---\r\ntitle: a\r\nchanges:\r\n  - {note: a}\r\n@---\r\n본문\r\n", "  - " + notedYAML + "\r\n"},
		"bom":            {"\uFEFF---\ntitle: a\n@---\n", "changes:\n  - " + notedYAML + "\n"},
		"changes within": {"---\nlegal: {basis: \"changes: x\"}\nsummary: |\n  changes:\n    - no\n@---\n", "changes:\n  - " + notedYAML + "\n"},
	} {
		in := strings.Replace(c.file, "@", "", 1)
		want := strings.Replace(c.file, "@", c.add, 1)
		got, err := AppendChange("a.ko.md", []byte(in), noted)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if string(got) != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestAppendRefuses: where it is not clear how, nothing is changed and the
// editor is told what to write.
func TestAppendRefuses(t *testing.T) {
	for _, in := range []string{
		"---\nchanges: soon\n---\n", "---\n{changes: [{note: a}], title: b}\n---\n", "---\ntitle: a\n", "no matter\n",
	} {
		if got, err := AppendChange("a.ko.md", []byte(in), noted); err == nil {
			t.Errorf("%q became %q", in, got)
		}
	}
}

// FuzzAppendChange: what comes out is the old text with one piece put in.
func FuzzAppendChange(f *testing.F) {
	f.Add("---\nchanges:\n  - {note: a}\nb: c\n---\nx\n", "note")
	f.Add("---\nchanges: [{note: a}]\n---\n", "a, b")
	f.Fuzz(func(t *testing.T, in, note string) {
		note = strings.Join(strings.Fields(note), " ")
		if note == "" {
			return
		}
		out, err := AppendChange("a.ko.md", []byte(in), Change{Note: note})
		if err != nil {
			return
		}
		n := 0
		for n < len(in) && in[n] == out[n] {
			n++
		}
		if tail := in[n:]; !bytes.HasSuffix(out, []byte(tail)) {
			t.Errorf("%q became %q: more than one piece changed", in, out)
		}
	})
}
