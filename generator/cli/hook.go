package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bongsu/generator/build"
	"bongsu/generator/diag"
)

type hookCmd struct {
	Install hookInstall `cmd:"" help:"Check what is staged before each commit of this repository."`
	Remove  hookRemove  `cmd:"" help:"Take the hook away."`
	Run     hookRun     `cmd:"" help:"Check what is staged, as the hook does."`
}

type (
	hookInstall struct{}
	hookRemove  struct{}
	hookRun     struct{}
)

// hookMark is the line by which a hook is known as ours.
const hookMark = "# Bongsu: checks the content that is staged."

// hookScript is the hook. Git runs it in the top folder of the work tree. The
// program is looked for under BONGSU, on the path, where it was when the hook
// was installed, and in its own source.
const hookScript = `#!/bin/sh
%s "bongsu hook remove" takes this file away.
[ -f %[2]s/content/site.yaml ] || exit 0
for bongsu in "$BONGSU" bongsu %[3]s; do
  if [ -n "$bongsu" ] && command -v "$bongsu" >/dev/null 2>&1; then
    exec "$bongsu" -C %[2]s hook run
  fi
done
if [ -d generator/cmd/bongsu ] && command -v go >/dev/null 2>&1; then
  exec go run ./generator/cmd/bongsu -C %[2]s hook run
fi
echo 'bongsu is not found: put it on the path or name it in BONGSU ("git commit --no-verify" commits without the check)' >&2
exit 1
`

// hook tells where the hook of the repository is, which folder of the work tree
// is the site, and what the hook holds; nothing where there is none.
func (r *run) hook() (file, site string, text []byte, err error) {
	top, err := git(r, "rev-parse", "--show-toplevel")
	if err != nil {
		return "", "", nil, errUsage{fmt.Errorf("no repository of git holds %s: %w", r.Dir, err)}
	}
	prefix, err := git(r, "rev-parse", "--show-prefix")
	if err != nil {
		return "", "", nil, err
	}
	// A relative core.hooksPath counts from the top folder.
	dir, err := git(r, "-C", line(top), "rev-parse", "--git-path", "hooks")
	if err != nil {
		return "", "", nil, err
	}
	file = line(dir)
	if !filepath.IsAbs(file) {
		file = filepath.Join(line(top), file)
	}
	file = filepath.Join(file, "pre-commit")
	site = strings.TrimSuffix(line(prefix), "/")
	if site == "" {
		site = "."
	}
	text, err = os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return file, site, text, err
}

func line(b []byte) string { return strings.TrimRight(string(b), "\r\n") }

// Run writes the hook. A hook of somebody else is never touched.
func (hookInstall) Run(r *run) error {
	file, site, old, err := r.hook()
	if err != nil {
		return err
	}
	if len(old) > 0 && !bytes.Contains(old, []byte(hookMark)) {
		return errUsage{fmt.Errorf("%s exists and is not Bongsu's; nothing was written. Add this line to it: bongsu -C %s hook run || exit", file, quoted(site))}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	script := fmt.Sprintf(hookScript, hookMark, quoted(site), quoted(itself()))
	if err := os.WriteFile(file, []byte(script), 0o755); err != nil {
		return err
	}
	if err := os.Chmod(file, 0o755); err != nil { // where the file was there before
		return err
	}
	_, err = fmt.Fprintf(r.stdout, "wrote %s\n", file)
	return err
}

// itself is the path of the program, or "" where it is a passing one of go run.
func itself() string {
	exe, err := os.Executable()
	if err != nil || strings.HasPrefix(exe, os.TempDir()+string(filepath.Separator)) || strings.Contains(exe, "go-build") {
		return ""
	}
	return filepath.ToSlash(exe)
}

// quoted makes a text one word of the shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// Run removes the hook.
func (hookRemove) Run(r *run) error {
	file, _, old, err := r.hook()
	switch {
	case err != nil:
		return err
	case len(old) == 0:
		_, err = fmt.Fprintln(r.stdout, "there is no hook")
		return err
	case !bytes.Contains(old, []byte(hookMark)):
		return errUsage{fmt.Errorf("%s is not Bongsu's; it was left as it is", file)}
	}
	if err := os.Remove(file); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.stdout, "removed %s\n", file)
	return err
}

// Run checks the content as it would be committed. Templates are taken from the
// disk.
func (hookRun) Run(r *run) error {
	changed, err := git(r, "diff", "--cached", "--name-only", "--relative", "-z", "--", build.Content, "templates")
	if err != nil || len(changed) == 0 {
		return err
	}
	tree, err := git(r, "write-tree")
	if err != nil {
		return err
	}
	listed, err := git(r, "ls-tree", "--name-only", line(tree), build.Content)
	if err != nil || len(bytes.TrimSpace(listed)) == 0 {
		return err
	}
	content, err := unpacked(r, line(tree))
	if err != nil {
		return err
	}
	o, done, err := r.options()
	if err != nil {
		return err
	}
	defer done()
	o.Root = past{content: content, rest: o.Root}
	res, _, err := (&checkCmd{}).findIn(r, o)
	if err != nil {
		return err
	}
	names := strings.Split(string(changed), "\x00")
	shown := slices.DeleteFunc(slices.Clone(res.Diags), func(d diag.Diagnostic) bool { // other warnings are not of this commit
		return d.Severity == diag.Note || d.Severity == diag.Warning && !slices.Contains(names, d.Pos.File)
	})
	if err := r.print(shown); err != nil {
		return err
	}
	if failed, _ := res.Diags.Count(); failed > 0 {
		fmt.Fprintf(r.stderr, "nothing was committed: %s in what is staged. Mend it and \"git add\" it; \"git commit --no-verify\" commits all the same.\n", plural(failed, "error"))
		return errContent
	}
	return nil
}

// gitEnv gives git the environment of the process. A hook runs with the index
// of the commit that is being made, named from the top folder, and with the
// repository named but not its top folder; git finds both itself.
func gitEnv(env []string) []string {
	if !strings.Contains("\n"+strings.Join(env, "\n"), "\nGIT_INDEX_FILE=") {
		return env
	}
	var out []string
	for _, e := range env {
		key, v, _ := strings.Cut(e, "=")
		switch key {
		case "GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX":
			continue
		case "GIT_INDEX_FILE":
			if abs, err := filepath.Abs(v); err == nil {
				e = key + "=" + abs
			}
		}
		out = append(out, e)
	}
	return out
}
