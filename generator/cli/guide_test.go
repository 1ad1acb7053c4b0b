package cli

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// guideFile is the editors' guide. Its recipes are marked by comments such as
// <!-- recipe: raise -->; what is done stands in blocks of two kinds: commands
// (sh) and changes (diff) of the file that is named before them.
const guideFile = "../../content/README.md"

// block is a block of a recipe.
type block struct {
	kind, file string // sh, or diff and the file
	lines      []string
}

var (
	recipeMark = regexp.MustCompile(`^<!-- recipe: ([a-z-]+) -->$`)
	fence      = regexp.MustCompile("^```(sh|diff)$")
	fileMark   = regexp.MustCompile("^`(content/.+)`:$")
)

// recipes reads the recipes of one half of the guide, by name.
func recipes(lang string) (map[string][]block, error) {
	data, err := os.ReadFile(guideFile)
	if err != nil {
		return nil, err
	}
	ko, en, ok := strings.Cut(string(data), "\n## English\n")
	if !ok {
		return nil, errors.New("the guide has no English half")
	}
	lines := strings.Split(map[string]string{"ko": ko, "en": en}[lang], "\n")
	out, name, file := map[string][]block{}, "", ""
	for i := 0; i < len(lines); i++ {
		if m := recipeMark.FindStringSubmatch(lines[i]); m != nil {
			name = m[1]
		} else if strings.HasPrefix(lines[i], "#") {
			name = "" // the next heading ends a recipe
		}
		if m := fileMark.FindStringSubmatch(lines[i]); m != nil {
			file = m[1]
		}
		m := fence.FindStringSubmatch(lines[i])
		if m == nil || name == "" {
			continue
		}
		b := block{kind: m[1], file: file}
		for i++; lines[i] != "```"; i++ {
			b.lines = append(b.lines, lines[i])
		}
		out[name] = append(out[name], b)
	}
	return out, nil
}

// change applies a block of changes: the lines that stay or go must stand in the
// file, once.
func (b block) change(ts *testscript.TestScript) {
	var old, now []string
	for _, l := range b.lines {
		if l == "" {
			l = " "
		}
		if l[0] != '+' {
			old = append(old, l[1:])
		}
		if l[0] != '-' {
			now = append(now, l[1:])
		}
	}
	file := ts.MkAbs(b.file)
	text := "\n" + ts.ReadFile(file)
	find := "\n" + strings.Join(old, "\n") + "\n"
	if strings.Count(text, find) != 1 {
		ts.Fatalf("%s holds %d times:%s", b.file, strings.Count(text, find), find)
	}
	text = strings.Replace(text, find, "\n"+strings.Join(now, "\n")+"\n", 1)
	ts.Check(os.WriteFile(file, []byte(text[1:]), 0o666))
}

// words cuts a line of a shell into words; single quotes are the only marks
// that the guide uses.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

// follow runs a recipe of the guide word for word: guide LANG RECIPE TIME. The
// clock of every command of bongsu stands at that time.
func follow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: guide LANG RECIPE TIME")
	}
	all, err := recipes(args[0])
	ts.Check(err)
	blocks := all[args[1]]
	if len(blocks) == 0 {
		ts.Fatalf("the guide has no recipe %q", args[1])
	}
	for _, b := range blocks {
		if b.kind == "diff" {
			b.change(ts)
			continue
		}
		text := strings.ReplaceAll(strings.Join(b.lines, "\n"), "\\\n", " ")
		for line := range strings.SplitSeq(text, "\n") {
			w := words(line)
			switch {
			case w[0] == "cd":
				ts.Check(ts.Chdir(w[1]))
			case w[0] == "bongsu":
				ts.Check(ts.Exec(w[0], append(w[1:], "--now", args[2])...))
			default:
				ts.Check(ts.Exec(w[0], w[1:]...))
			}
		}
	}
}

// TestGuideHalves holds that both halves of the guide tell the same commands,
// and that every recipe is run by a script.
func TestGuideHalves(t *testing.T) {
	ko, err := recipes("ko")
	if err != nil {
		t.Fatal(err)
	}
	en, err := recipes("en")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ko, en, cmp.AllowUnexported(block{})); diff != "" {
		t.Errorf("the recipes differ (-ko +en):\n%s", diff)
	}
	scripts, err := filepath.Glob("testdata/script/guide_*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, s := range scripts {
		data, err := os.ReadFile(s)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for name := range ko {
		if !strings.Contains(all.String(), "guide ko "+name+" ") && !strings.Contains(all.String(), "guide en "+name+" ") {
			t.Errorf("no script runs the recipe %q", name)
		}
	}
	if len(ko) < 7 {
		t.Errorf("only %d recipes", len(ko))
	}
}

// TestGuideCopy holds that a new site gets the guide as it stands.
func TestGuideCopy(t *testing.T) {
	guide, err := os.ReadFile(guideFile)
	if err != nil {
		t.Fatal(err)
	}
	given, err := beginnings.ReadFile("init/site/content/README.md")
	if err != nil || string(given) != string(guide) {
		t.Errorf("the guide for new sites is not content/README.md: run make kit (%v)", err)
	}
}
