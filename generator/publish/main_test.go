package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("PUBLISH_CHILD"); dir != "" {
		child(dir, os.Getenv("PUBLISH_CHILD_MODE"))
		return
	}
	os.Exit(m.Run())
}

var day = time.Date(2025, 9, 1, 9, 0, 0, 0, time.UTC)

// quick leaves out flushing, which tests of behaviour do not need.
var quick = Options{NoSync: true}

// files makes wanted files from path, text pairs, all of one content time.
func files(pairs ...string) []File {
	var list []File
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, File{Path: pairs[i], Data: []byte(pairs[i+1]), Modified: day})
	}
	return list
}

// content reads every file below dir but the manifest; links show as "-> x".
func content(t testing.TB, dir string) map[string]string {
	t.Helper()
	return contentBut(t, dir, func(string) bool { return false })
}

// contentBut is content without some files, which may go while it looks.
func contentBut(t testing.TB, dir string, left func(path string) bool) map[string]string {
	t.Helper()
	got := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == Manifest {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		if left(rel) {
			return nil
		}
		if e.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(p)
			got[rel] = "-> " + target
			return err
		}
		data, err := os.ReadFile(p)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// wantTree fails unless dir holds exactly files and extra path, text pairs, no
// empty folder, and a manifest that lists the files.
func wantTree(t testing.TB, dir string, files []File, extra ...string) {
	t.Helper()
	got := content(t, dir)
	var lines []string
	for _, f := range files {
		if text, ok := got[f.Path]; !ok || text != string(f.Data) {
			t.Errorf("%s holds %.60q, want %.60q", f.Path, text, f.Data)
		}
		delete(got, f.Path)
		lines = append(lines, f.Path)
	}
	for i := 0; i < len(extra); i += 2 {
		if got[extra[i]] != extra[i+1] {
			t.Errorf("%s holds %q, want %q", extra[i], got[extra[i]], extra[i+1])
		}
		delete(got, extra[i])
	}
	for p := range got {
		t.Errorf("%s is not wanted", p)
	}
	data, err := os.ReadFile(filepath.Join(dir, Manifest))
	if err != nil {
		t.Fatal(err)
	}
	listed, err := decodeManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(listed) != len(lines) {
		t.Errorf("the manifest lists %d files, want %d", len(listed), len(lines))
	}
	for _, p := range lines {
		if _, ok := listed[p]; !ok {
			t.Errorf("the manifest lacks %s", p)
		}
	}
	wantNoEmptyFolder(t, dir)
}

func wantNoEmptyFolder(t testing.TB, dir string) {
	t.Helper()
	filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		if list, _ := os.ReadDir(p); len(list) == 0 {
			t.Errorf("folder %s is empty", p)
		}
		return nil
	})
}

type publisher func(context.Context, string, []File, Options) (Result, error)

// both runs a test for Replace and for Update.
func both(t *testing.T, test func(t *testing.T, run publisher)) {
	t.Run("Replace", func(t *testing.T) { test(t, Replace) })
	t.Run("Update", func(t *testing.T) { test(t, Update) })
}

func (run publisher) must(t testing.TB, dir string, files []File, o Options) Result {
	t.Helper()
	r, err := run(context.Background(), dir, files, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantRefusal fails unless the run is refused with this error and these words.
func (run publisher) wantRefusal(t testing.TB, dir string, files []File, kind error, words ...string) {
	t.Helper()
	_, err := run(context.Background(), dir, files, quick)
	if !errors.Is(err, kind) {
		t.Fatalf("error %v, want %v", err, kind)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q does not say %q", err, w)
		}
	}
}

func info(t testing.TB, parts ...string) fs.FileInfo {
	t.Helper()
	i, err := os.Lstat(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func put(t testing.TB, text string, parts ...string) string {
	t.Helper()
	p := filepath.Join(parts...)
	if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
	return p
}

// names lists a folder in one line.
func names(t testing.TB, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, e := range list {
		s = append(s, e.Name())
	}
	return fmt.Sprint(s)
}
