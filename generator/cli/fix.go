package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bongsu/generator/build"
	"bongsu/generator/source"
	"bongsu/generator/tidy"
)

// fix puts the outer form of the content right, file by file, and prints what it
// changed. With dry nothing is written.
func (r *run) fix(dry bool) error {
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	entries, _ := source.List(root.FS(), build.Content) // what is wrong with it, check says
	t := tidy.New()
	fixed := 0
	for _, e := range entries {
		info, err := root.Lstat(filepath.FromSlash(e.Path))
		if err != nil || !info.Mode().IsRegular() {
			continue // a link: the file itself is fixed in its own place
		}
		raw, diags := source.Read(root.FS(), e)
		if diags.HasErrors() {
			continue
		}
		out, changes := t.File(raw.Path, raw.Data)
		if len(changes) == 0 {
			continue
		}
		fixed++
		if !dry {
			if now, err := root.ReadFile(filepath.FromSlash(e.Path)); err != nil || !bytes.Equal(now, raw.Data) {
				return fmt.Errorf("%s changed while it was looked at; run the command again", e.Path)
			}
			if err := replace(root, e.Path, out); err != nil {
				return err
			}
		}
		if err := r.printFix(raw.Path, changes, raw.Data, out, dry); err != nil {
			return err
		}
	}
	if !r.JSON && fixed == 0 {
		fmt.Fprintln(r.stdout, "nothing to fix")
	}
	return nil
}

// printFix says what is different in a file. Lines whose difference can be seen
// are shown where nothing was written.
func (r *run) printFix(name string, changes []string, before, after []byte, dry bool) error {
	if r.JSON {
		return json.NewEncoder(r.stdout).Encode(map[string]any{"file": name, "fixed": changes, "written": !dry})
	}
	would := ""
	if dry {
		would = "would be: "
	}
	fmt.Fprintf(r.stdout, "%s: %s%s\n", name, would, strings.Join(changes, "; "))
	if !dry {
		return nil
	}
	old, now := strings.Split(string(before), "\n"), strings.Split(string(after), "\n")
	for i := range min(len(old), len(now)) {
		if strings.TrimRight(strings.TrimPrefix(old[i], "\ufeff"), " \t\r") != now[i] {
			fmt.Fprintf(r.stdout, "  %d - %s\n  %d + %s\n", i+1, strings.TrimSpace(old[i]), i+1, strings.TrimSpace(now[i]))
		}
	}
	return nil
}
