package lang

import (
	"os"
	"slices"
	"strings"
	"testing"

	"bongsu/generator/diag"
)

// mustLoad reads a file of testdata, which has no faults.
func mustLoad(t testing.TB, name string) *Catalog {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	c, list := Load("templates/strings/"+name, data)
	for _, d := range list {
		t.Error(d)
	}
	return c
}

func TestLoadFaults(t *testing.T) {
	for _, row := range []struct {
		name, file, data string
		want             []string // position, code, and a piece of message or hint, parted by |
	}{
		{"twice", "ko.yaml", "a:\n  b: x\n  b: y\n", []string{`3:3|duplicate-key|first on line 2`}},
		{"twice by dots", "ko.yaml", "a:\n  b: x\na.b: y\n", []string{`3:1|duplicate-key|"a.b"`}},
		{"text and group", "ko.yaml", "a: x\na: {b: y}\n", []string{`2:1|duplicate-key|"a"`}},
		{"number", "ko.yaml", "a: 12\nb: 가\n", []string{`1:4|wrong-type|write "12" with the quotes`}},
		{"truth", "ko.yaml", "a: true\n", []string{`1:4|wrong-type|truth value`}},
		{"empty", "ko.yaml", "a:\nb: x\n", []string{`1:1|wrong-type|"a" is empty`}},
		{"list", "ko.yaml", "a: [x]\n", []string{`1:4|wrong-type|a list`}},
		{"alias", "ko.yaml", "a: &x 가\nb: *x\n", []string{`2:4|wrong-type|an alias`}},
		{"merge", "ko.yaml", "<<: {a: b}\n", []string{`1:1|bad-value|"<<"`}},
		{"key", "ko.yaml", "\"a b\": x\n가: x\na..b: x\n", []string{`1:1|bad-value|"a b"`, `2:1|bad-value|"가"`, `3:1|bad-value|"a..b"`}},
		{"unquoted brace", "ko.yaml", "a: {name}\n", []string{`1:5|wrong-type|"a.name" is empty`}},
		{"unquoted brace hint", "ko.yaml", "a: {name}\n", []string{`1:5|wrong-type|begins with { needs quotes`}},
		{"no map", "ko.yaml", "- a\n", []string{`1:1|wrong-type|a list`}},
		{"syntax", "ko.yaml", "a: 속보: 캄보디아\n", []string{`1:6|bad-yaml|put quotes`}},
		{"two documents", "ko.yaml", "a: x\n---\nb: x\n", []string{`2:1|bad-yaml|second document`}},
		{"bytes", "ko.yaml", "a: x\nb: 가\xff\n", []string{`2:5|not-utf8|0xff`}},
		{"control", "ko.yaml", "a: 가\x01\n", []string{`1:5|bad-character|U+0001`}},
		{"line break", "ko.yaml", "a: 가\rb: 나\n", []string{`1:5|bad-character|U+000D`}},
		{"line separator", "ko.yaml", "a: x\nb: 나\u2028\n", []string{`2:5|bad-character|U+2028`}},
		{"file name", "words.yaml", "a: x\n", []string{`0:0|bad-file-name|"words"`}},
		{"file spelling", "KO.yaml", "a: x\n", []string{`0:0|bad-file-name|ko.yaml`}},
		{"placeholder", "ko.yaml", "a: 가 { b} 나 {C}\n", []string{`1:6|bad-value|"{ b}"`, `1:13|bad-value|"{C}"`}},
		{"quoted column", "ko.yaml", "a: \"가나 {B}\"\n", []string{`1:8|bad-value|"{B}"`}},
		{"escaped column", "ko.yaml", "a: \"\\t가나 {B}\"\n", []string{`1:4|bad-value|"{B}"`}},
		{"open brace", "ko.yaml", "a: 가{b\n", []string{`1:5|bad-value|not closed`}},
		{"open before open", "ko.yaml", "a: 가{b {c}\n", []string{`1:5|bad-value|not closed`}},
		{"close brace", "ko.yaml", "a: 가}b\n", []string{`1:5|bad-value|write }}`}},
		{"particle reversed", "ko.yaml", "a: x{는/은}\nb: x{로/으로}\n", []string{`1:5|bad-value|write {은/는}`, `2:5|bad-value|write {으로/로}`}},
		{"particle Latin", "ko.yaml", "a: x{un/nun}\n", []string{`1:5|bad-value|not a particle`}},
		{"particle three", "ko.yaml", "a: x{은/는/가}\n", []string{`1:5|bad-value|not a particle`}},
		{"particle same", "ko.yaml", "a: x{도/도}\n", []string{`1:5|bad-value|one shape`}},
		{"particle first", "ko.yaml", "a: \"{은/는} x\"\n", []string{`1:5|bad-value|no text before it`}},
		{"no other", "en.yaml", "a: {one: x}\n", []string{`1:4|missing-field|"other"`}},
		{"form of Korean", "ko.yaml", "a: {one: x, other: y}\n", []string{`1:5|unknown-field|"one"`}},
		{"form unknown", "en.yaml", "a: {few: x, other: y}\n", []string{`1:5|unknown-field|one, other`}},
		{"form mixed", "en.yaml", "a: {other: y, title: z}\n", []string{`1:15|unknown-field|"title"`}},
		{"form twice", "en.yaml", "a: {other: y, other: z}\n", []string{`1:15|duplicate-key|"other"`}},
		{"form of a form", "en.yaml", "a: {other: {b: c}}\n", []string{`1:12|wrong-type|a map`}},
		{"form as key", "ko.yaml", "other: x\n", []string{`1:1|bad-value|kept for plural`}},
		{"format field", "ko.yaml", "format: {date: \"{yaer}\"}\n", []string{`1:17|bad-value|did you mean {year}`}},
		{"format within itself", "ko.yaml", "format: {date: \"{date}\"}\n", []string{`1:17|bad-value|"date"`}},
		{"format key", "ko.yaml", "format: {daet: x}\n", []string{`1:10|unknown-field|"format.date"`}},
		{"format name", "ko.yaml", "format: {month: {1: \"{n}월\"}}\n", []string{`1:22|bad-value|allowed: none`}},
		{"deep", "ko.yaml", "a: {b: {c: {d: {e: {f: {g: {h: {i: x}}}}}}}}\n", []string{`1:32|bad-value|deeper than 8`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, list := Load(row.file, []byte(row.data))
			if c == nil {
				t.Fatal("no catalogue")
			}
			if len(list) != len(row.want) {
				t.Fatalf("got %v, want %q", list, row.want)
			}
			for i, d := range list {
				w := strings.SplitN(row.want[i], "|", 3)
				pos := diag.Position{File: row.file}
				if w[0] != "0:0" {
					d.Pos.File, pos.File = "", ""
					if got := strings.TrimPrefix(d.Pos.String(), ":"); got != w[0] {
						t.Errorf("position %s, want %s", got, w[0])
					}
				} else if d.Pos != pos {
					t.Errorf("position %v, want %v", d.Pos, pos)
				}
				if string(d.Code) != w[1] || !strings.Contains(d.Message+" "+d.Hint, w[2]) {
					t.Errorf("got %s (%s), want %q", d.Error(), d.Hint, w)
				}
			}
		})
	}
}

// TestLoadKeepsTheRest holds that a fault costs only its own entry.
func TestLoadKeepsTheRest(t *testing.T) {
	c, list := Load("ko.yaml", []byte("\ufeffa: x\r\nb: {\r\n  c: '{D}', e: y }\r\na: z\r\n"))
	if len(list) != 2 || !slices.Equal(c.Keys(), []string{"a", "b.e"}) || c.T("a") != "x" {
		t.Errorf("keys %q, a %q, %v", c.Keys(), c.T("a"), list)
	}
	for _, empty := range []string{"", "# words\n", "---\n", "\ufeff"} {
		if c, list := Load("ko.yaml", []byte(empty)); len(list) > 0 || len(c.Keys()) > 0 {
			t.Errorf("%q: %q %v", empty, c.Keys(), list)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"ko.yaml", "en.yaml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{"a: &x {b: *x}", "? [a]\n: b", "a: |\n  {b}\n", "a: !!str 1", "a: \"{b\"", "{a: {one: x, other: 1}}", "a: '{은/는}'", strings.Repeat("[", 2000), "%YAML 9\n---\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, list := Load("templates/strings/en.yaml", data)
		lines := strings.Split(string(data), "\n")
		for _, d := range list {
			if d.Pos.File != "templates/strings/en.yaml" || d.Message == "" || d.Pos.Line > len(lines)+1 {
				t.Fatalf("%#v", d)
			}
		}
		for _, key := range c.Keys() {
			if c.Pos(key).Line == 0 {
				t.Fatalf("%q has no place", key)
			}
			args := []any{}
			for _, name := range c.Args(key) {
				args = append(args, name, "값")
			}
			if text := c.T(key, args...); strings.Contains(text, "⟦") && !strings.Contains(string(data), "⟦") && !strings.Contains(string(data), `\`) {
				t.Fatalf("%q: %q lacks an argument of %q", key, text, c.Args(key))
			}
		}
		if again, _ := Load("templates/strings/en.yaml", data); !slices.Equal(again.Keys(), c.Keys()) {
			t.Fatal("loading twice differs")
		}
		c.WithFallback(c)
	})
}
