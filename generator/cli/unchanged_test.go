package cli

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestUnchangedByTime: a build that follows the clock is done again when the
// output is due to change, and once a day; one of the same time is not.
func TestUnchangedByTime(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/site")); err != nil {
		t.Fatal(err)
	}
	old := time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)
	err := filepath.WalkDir(dir, func(p string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(p, old, old)
	})
	if err != nil {
		t.Fatal(err)
	}
	at := func(now string) bool {
		t.Helper()
		clock, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		r := &run{globals: globals{Dir: dir, Verbose: true}, ctx: context.Background(), stdout: &out, stderr: &errs, clock: func() time.Time { return clock }}
		if err := (&buildCmd{Out: "public"}).Run(r); err != nil {
			t.Fatal(err, errs.String())
		}
		return strings.Contains(errs.String(), "nothing that this depends on changed")
	}
	for _, step := range []struct {
		now  string
		done bool // by the build before
	}{
		{"2025-10-31T20:00:00+09:00", false},
		{"2025-10-31T23:59:59+09:00", true},
		{"2025-11-01T00:00:00+09:00", false}, // an advisory ends
		{"2025-11-01T12:00:00+09:00", true},
		{"2025-10-31T23:59:59+09:00", false}, // the clock was put back
		{"2025-11-01T09:00:00+09:00", false},
		{"2025-11-02T08:59:00+09:00", true},
		{"2025-11-02T09:00:01+09:00", false},
	} {
		if got := at(step.now); got != step.done {
			t.Errorf("at %s: taken for done: %t, want %t", step.now, got, step.done)
		}
	}
}
