package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example is a command of the guide to open data and what it prints.
var example = regexp.MustCompile("(?s)```sh\n(.*?)\n```\n\n```(?:json|text|xml|csv)\n(.*?)\n```\n")

// fetch stands for curl: it reads the files of the build.
const fetch = `curl() { for a; do case "$a" in https://example.org/*) cat "$OUT/${a#https://example.org/}";; esac; done; }
`

// TestGuide runs every example of the guide to open data on the files of the
// sample site: each prints what the guide says, and every kind of file that
// the guide names by its address is one that was built.
func TestGuide(t *testing.T) {
	for _, tool := range []string{"bash", "jq", "xmllint", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed: run generator/test/setup.sh")
		}
	}
	out := build(t, copySite(t))
	var commands [2][]string
	for i, lang := range []string{"ko", "en"} {
		text, err := os.ReadFile(filepath.Join(root, "content/pages/data."+lang+".md"))
		if err != nil {
			t.Fatal(err)
		}
		found := example.FindAllStringSubmatch(string(text), -1)
		if n := strings.Count(string(text), "```sh\n"); len(found) != n || n < 15 {
			t.Fatalf("%s has %d examples, %d with what they print", lang, n, len(found))
		}
		for _, m := range found {
			cmd := exec.Command("bash", "-euo", "pipefail", "-c", fetch+m[1])
			cmd.Env, cmd.Dir = append(os.Environ(), "OUT="+out), t.TempDir()
			got, err := cmd.Output()
			if err != nil || strings.TrimRight(string(got), "\n") != m[2] {
				t.Errorf("%s: %s\nprints %s(%v), the guide says\n%s", lang, m[1], got, err, m[2])
			}
			commands[i] = append(commands[i], regexp.MustCompile(`/`+lang+`/|\.name\.`+lang).ReplaceAllString(m[1], "/LANG/"))
		}
		for _, m := range regexp.MustCompile(`https://example\.org/([^\s|>]+)`).FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(out, strings.Trim(m[1], "`\"),"))); err != nil && !strings.Contains(m[1], "</") {
				t.Errorf("%s: %v", lang, err)
			}
		}
	}
	for i := range commands[0] {
		if commands[0][i] != commands[1][i] {
			t.Errorf("example %d differs between the languages", i+1)
		}
	}
}
