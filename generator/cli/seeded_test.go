package cli

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bongsu/generator/bench/corpus"
)

// seededAdvisories makes a thousand files: two for each advisory and for each
// of a tenth as many scam warnings, and the settings.
const seededAdvisories = 450

// seeded writes a site of a thousand files with 200 mistakes of 40 kinds.
func seeded(t testing.TB) (dir string, want []corpus.Mistake) {
	t.Helper()
	dir = t.TempDir()
	if err := corpus.Write(dir, "../../content", seededAdvisories); err != nil {
		t.Fatal(err)
	}
	want, err := corpus.Seed(dir, seededAdvisories)
	if err != nil {
		t.Fatal(err)
	}
	return dir, want
}

// checkJSON runs the command check and gives what it found.
func checkJSON(t testing.TB, dir string) (found []corpus.Mistake, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = Main([]string{"check", "--json", "-C", dir}, &out, &errs)
	for line := range strings.Lines(errs.String()) {
		var d struct {
			File         string
			Line, Column int
			Code         string
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		found = append(found, corpus.Mistake{File: d.File, Line: d.Line, Col: d.Column, Code: d.Code})
	}
	return found, status
}

// TestSeededMistakes holds that every mistake in a large site is found at its
// exact place, all in one run, and nothing is said that is not a mistake.
func TestSeededMistakes(t *testing.T) {
	dir, want := seeded(t)
	files := 0
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files < 1000 || len(want) != 200 || corpus.Kinds() != 40 {
		t.Fatalf("%d files with %d mistakes of %d kinds: too few (%v)", files, len(want), corpus.Kinds(), err)
	}
	found, status := checkJSON(t, dir)
	if status != exitContent {
		t.Errorf("status %d", status)
	}
	for _, m := range want {
		if !slices.Contains(found, m) {
			t.Errorf("not found: %v", m)
		}
	}
	for _, m := range found {
		if !slices.Contains(want, m) {
			t.Errorf("false alarm: %v", m)
		}
	}
	if len(found) != len(want) {
		t.Errorf("%d findings for %d mistakes", len(found), len(want))
	}
}

// TestCleanCorpus holds that the site without the mistakes has none.
func TestCleanCorpus(t *testing.T) {
	dir := t.TempDir()
	if err := corpus.Write(dir, "../../content", 60); err != nil {
		t.Fatal(err)
	}
	if found, status := checkJSON(t, dir); len(found) > 0 || status != exitFine {
		t.Errorf("status %d: %v", status, found)
	}
}

// BenchmarkCheckSeeded measures the whole command on the seeded site.
func BenchmarkCheckSeeded(b *testing.B) {
	dir, _ := seeded(b)
	for b.Loop() {
		var out, errs bytes.Buffer
		if status := Main([]string{"check", "-C", dir}, &out, &errs); status != exitContent {
			b.Fatal(status, errs.String())
		}
	}
}
