package build

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// The section "mend" of an archive says how an editor puts its faults right.
// Each line is one step:
//
//	content/FILE:      the steps below change this file
//	~ OLD → NEW        replace the first OLD, which must be there
//	- LINE             delete the line
//	+ LINE             add a line after the last one that was changed
//	x FILE             delete a file
//	mv FILE → FILE     rename one; cp copies, also from base/, the base site
type mender struct {
	base, files map[string]string
	name        string // the file that is changed
	next        int    // the line after the last change, from 0
}

// mend applies the steps to the files.
func (m *mender) mend(steps string) error {
	for step := range strings.Lines(steps) {
		step = strings.TrimSuffix(step, "\n")
		if err := m.step(step); err != nil {
			return fmt.Errorf("%q: %w", step, err)
		}
	}
	return nil
}

func (m *mender) step(step string) error {
	if name, ok := strings.CutSuffix(step, ":"); ok && strings.HasPrefix(name, "content/") {
		m.name, m.next = name, strings.Count(m.files[name], "\n")
		if m.files[name] == "" {
			return fmt.Errorf("no such file")
		}
		return nil
	}
	verb, rest, _ := strings.Cut(step, " ")
	old, new, _ := strings.Cut(rest, " →")
	new = strings.TrimPrefix(new, " ")
	text := m.files[m.name]
	switch verb {
	case "~":
		at := strings.Index(text, old)
		if at < 0 {
			return fmt.Errorf("%s does not hold this:\n%s", m.name, text)
		}
		m.files[m.name] = text[:at] + new + text[at+len(old):]
		m.next = strings.Count(text[:at], "\n") + 1
	case "-", "+":
		lines := strings.SplitAfter(text, "\n")
		if verb == "+" {
			lines = slices.Insert(lines, m.next, rest+"\n")
			m.next++
		} else if m.next = slices.Index(lines, rest+"\n"); m.next < 0 {
			return fmt.Errorf("%s has no such line:\n%s", m.name, text)
		} else {
			lines = slices.Delete(lines, m.next, m.next+1)
		}
		m.files[m.name] = strings.Join(lines, "")
	case "x", "mv", "cp":
		from := m.files
		if name, ok := strings.CutPrefix(old, "base/"); ok {
			from, old = m.base, name
		}
		text, ok := from[old]
		if !ok {
			return fmt.Errorf("no such file")
		}
		if verb != "cp" {
			delete(m.files, old)
		}
		if verb != "x" {
			m.files[new] = text
		}
	default:
		return fmt.Errorf("unknown step")
	}
	return nil
}

// raw gives the files of the base and of an archive over it, as written there.
func raw(t testing.TB, name string) (base, files map[string]string, mend string) {
	t.Helper()
	base, files = map[string]string{}, map[string]string{}
	for _, n := range []string{"_base", name} {
		a, err := txtar.ParseFile(filepath.Join(faults, n+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			switch {
			case f.Name == "remove":
				for _, gone := range strings.Fields(string(f.Data)) {
					delete(files, gone)
				}
			case f.Name == "mend":
				mend = string(f.Data)
			case strings.HasPrefix(f.Name, "content/"):
				files[f.Name] = string(f.Data)
				if n == "_base" {
					base[f.Name] = string(f.Data)
				}
			}
		}
	}
	return base, files, mend
}

// mended gives the site of an archive after its steps.
func mended(t testing.TB, name string) fstest.MapFS {
	t.Helper()
	base, files, steps := raw(t, name)
	if steps == "" {
		t.Fatalf("%s: no section mend", name)
	}
	m := mender{base: base, files: files}
	if err := m.mend(steps); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: unescape([]byte(text))}
	}
	return out
}

// TestMended holds that what each archive says is enough: after it nothing at
// all is found. TestEveryCode holds that every code has an archive.
func TestMended(t *testing.T) {
	for _, name := range cases(t) {
		t.Run(name, func(t *testing.T) {
			if found := findings(t, mended(t, name), readFault(t, name).now); len(found) > 0 {
				t.Error(printed(t, found))
			}
		})
	}
}
