package build

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"bongsu/generator/kit"
)

// TestKitUpToDate holds that what "bongsu kit" makes of the sample content is
// what the repository holds.
func TestKitUpToDate(t *testing.T) {
	root := os.DirFS("../..")
	r, err := NewBuilder().join(context.Background(), Options{Root: root})
	if err != nil || r.Site == nil {
		t.Fatal(err)
	}
	files, err := kit.Files(r.Site)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if data, err := fs.ReadFile(root, f.Path); err != nil || (f.Ours && string(data) != f.Text) {
			t.Errorf("%s is missing or out of date: run make kit (%v)", f.Path, err)
		}
	}
}

// kitFile reads a JSON file of the kit of the base site.
func kitFile(t *testing.T, name string, into any) fault {
	t.Helper()
	base := readFault(t, "_base")
	s, _ := siteOf(t, base)
	files, err := kit.Files(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Path == name {
			if err := json.Unmarshal([]byte(f.Text), into); err != nil {
				t.Fatal(name, err)
			}
			return base
		}
	}
	t.Fatalf("no %s", name)
	return base
}

// expanded is what VS Code puts into a file for a snippet when somebody takes
// every default: the first of a choice, the text of a placeholder.
func expanded(body []string) string {
	text := strings.Join(body, "\n")
	for _, r := range []struct{ pattern, with string }{
		{`\$\{CURRENT_YEAR\}`, "2026"}, {`\$\{CURRENT_MONTH\}`, "01"}, {`\$\{CURRENT_DATE\}`, "20"}, {`\$\{CURRENT_HOUR\}`, "09"},
		{`\$\{CURRENT_MINUTE\}`, "30"}, {`\$\{CURRENT_TIMEZONE_OFFSET\}`, "+09:00"},
		{`\$\{[0-9]+\|([^,|]*)[^|]*\|\}`, "$1"}, {`\$\{[0-9]+:([^}]*)\}`, "$1"}, {`\\\$`, "$$"},
	} {
		text = regexp.MustCompile(r.pattern).ReplaceAllString(text, r.with)
	}
	return text + "\n"
}

// TestSnippets holds that what the snippets put in passes the check as it is.
func TestSnippets(t *testing.T) {
	var snippets map[string]struct{ Prefix, Body []string }
	base := kitFile(t, kit.Snippets, &snippets)
	of := func(name string) string {
		t.Helper()
		s := snippets["Bongsu: "+name]
		if len(s.Body) == 0 || len(s.Prefix) < 2 {
			t.Fatalf("no snippet %q", name)
		}
		text := expanded(s.Body)
		if strings.Contains(text, "${") || strings.Contains(text, "<") {
			t.Errorf("%s is not filled in: %s", name, text)
		}
		return text
	}
	indented := "  " + of("revision")
	advisory := strings.Replace(of("advisory"), "  - {level", "  "+strings.ReplaceAll(of("level"), "KH]", "KH-7]")+"  - {level", 1)
	advisory = strings.Replace(advisory, "\n---\n\n", "\nsources:\n  "+of("source")+"changes:\n"+indented+of("withdrawn")+"---\n\n", 1)
	for name, text := range map[string]string{
		"content/advisories/2026/new.ko.md": advisory, "content/advisories/2026/new.en.md": of("translation"),
		"content/scams/new.ko.md": of("scam"), "content/scams/new.en.md": of("translation"),
	} {
		base.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, d := range findings(t, base.files, base.now) {
		if d.Pos.File == "content/advisories/2026/new.en.md" && d.Code == "outdated-translation" {
			continue // the source has a change already
		}
		if d.Severity.String() == "error" || strings.Contains(d.Pos.File, "/new.") {
			t.Errorf("%v\n%s", d, advisory)
		}
	}
}

// TestProblemMatcher holds that VS Code finds in the output of the check what it
// marks in the files.
func TestProblemMatcher(t *testing.T) {
	var tasks struct {
		Tasks []struct {
			Label          string
			ProblemMatcher json.RawMessage
		}
	}
	kitFile(t, ".vscode/tasks.json", &tasks)
	var matcher struct {
		Pattern struct {
			Regexp                                      string
			File, Line, Column, Severity, Message, Code int
		}
	}
	if err := json.Unmarshal(tasks.Tasks[0].ProblemMatcher, &matcher); err != nil {
		t.Fatal(err)
	}
	re, p, seen := regexp.MustCompile(matcher.Pattern.Regexp), matcher.Pattern, 0
	for _, name := range cases(t) {
		f := readFault(t, name)
		found := findings(t, f.files, f.now)
		matches := map[string]bool{}
		for _, line := range strings.Split(printed(t, found), "\n") {
			if m := re.FindStringSubmatch(line); m != nil {
				matches[strings.Join([]string{m[p.File], m[p.Line], m[p.Column], m[p.Severity], m[p.Code]}, ":")] = true
			}
		}
		for _, d := range found {
			if key := d.Pos.String() + ":" + d.Severity.String() + ":" + string(d.Code); d.Pos.Col > 0 && !matches[key] {
				t.Errorf("%s: VS Code does not see %s", name, key)
			}
			seen++
		}
	}
	if seen < 100 {
		t.Errorf("only %d findings were looked at", seen)
	}
}
