package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"bongsu/generator/bench/corpus"
	"bongsu/generator/cli"
)

// counted is how many advisories the site of TestCounts has.
const counted = 100

// limits hold what a build may cost, in numbers that do not depend on the
// machine. Each stands a little above what was measured (the number in the
// comment). Who makes the program do less lowers them in the same change; who
// must raise one says why in the commit.
var limits = map[string]float64{
	// A build with nothing there.
	"cold: allocations of a file":      209,    // 190
	"cold: bytes allocated for a file": 45_000, // 40,800
	"cold: files":                      1_260,  // 1,230
	"cold: bytes of an advisory":       20_000, // 18,410

	// A build after one edit, in a new process. Allocations tell how much is
	// parsed and rendered again: of an edited body what shows it, else all.
	"nothing: files made":         0,       // 0
	"nothing: files written":      0,       // 0
	"nothing: allocations":        6_700,   // 6,070
	"body edited: files made":     30,      // 27
	"body edited: files written":  30,      // 27
	"body edited: allocations":    87_000,  // 79,000
	"title edited: files made":    1_260,   // 1,230
	"title edited: files written": 45,      // 41
	"title edited: allocations":   227_000, // 206,700
	"level edited: files made":    1_260,   // 1,230
	"level edited: files written": 165,     // 153
	"level edited: allocations":   229_000, // 207,900
}

// TestCounts builds a site cold, and again after edits of its newest advisory.
func TestCounts(t *testing.T) {
	percent := debug.SetGCPercent(100) // the program chooses its own, for the whole process
	t.Cleanup(func() { debug.SetGCPercent(percent) })
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // a cache, if any, begins empty
	if err := corpus.Write(dir, filepath.Join(root, "content"), counted); err != nil {
		t.Fatal(err)
	}
	settle(t, filepath.Join(dir, "content"), time.Hour)
	measured := map[string]float64{}
	cold := countedBuild(t, dir)
	measured["cold: files"] = cold.Files
	measured["cold: allocations of a file"] = cold.allocs / cold.Files
	measured["cold: bytes allocated for a file"] = cold.bytes / cold.Files
	measured["cold: bytes of an advisory"] = meanSize(t, filepath.Join(dir, "public/ko/advisories/notice-*.html"))
	path := filepath.Join(dir, fmt.Sprintf("content/advisories/2026/notice-%05d.ko.md", counted-1))
	for _, e := range []struct {
		name   string
		change func(string) string
	}{
		{"nothing", nil},
		{"body edited", func(s string) string { return s + "\n한 문장을 더합니다.\n" }},
		{"title edited", titled("새 제목")},
		{"level edited", func(s string) string {
			return strings.Replace(s, "\nplaces: [", "\nlevels:\n  - {level: 3, places: [KH-3]}\nplaces: [", 1)
		}},
	} {
		if e.change != nil {
			edit(t, path, e.change)
			settle(t, path, time.Minute)
		}
		again := countedBuild(t, dir)
		measured[e.name+": files made"] = again.Made
		measured[e.name+": files written"] = again.Written
		measured[e.name+": allocations"] = again.allocs
		if e.change != nil && again.Written == 0 {
			t.Errorf("%s: nothing was written", e.name)
		}
	}
	for name, most := range limits {
		got, ok := measured[name]
		t.Logf("%s: %.0f, at most %.0f", name, got, most)
		if !ok || got > most {
			t.Errorf("%s: %.0f, more than %.0f", name, got, most)
		}
	}
	if len(limits) != len(measured) {
		t.Errorf("%d limits for %d numbers", len(limits), len(measured))
	}
}

// settle makes inputs older: what has just been saved may be saved again within
// the grain of the clock, so a build does not rely on it.
func settle(t *testing.T, path string, age time.Duration) {
	t.Helper()
	at := time.Now().Add(-age)
	err := filepath.WalkDir(path, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, at, at))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// counts are what one build said and cost.
type counts struct {
	Files, Written, Made float64
	allocs, bytes        float64
}

// countedBuild runs "bongsu build" in this process.
func countedBuild(t *testing.T, dir string) counts {
	t.Helper()
	var before, after runtime.MemStats
	var out, complaint bytes.Buffer
	runtime.GC()
	runtime.ReadMemStats(&before)
	status := cli.Main([]string{"build", "-C", dir, "--json"}, &out, &complaint)
	runtime.ReadMemStats(&after)
	if status != 0 {
		t.Fatalf("status %d: %s", status, complaint.String())
	}
	var c counts
	if err := json.Unmarshal(out.Bytes(), &c); err != nil {
		t.Fatal(err, out.String())
	}
	c.allocs = float64(after.Mallocs - before.Mallocs)
	c.bytes = float64(after.TotalAlloc - before.TotalAlloc)
	return c
}

// meanSize is the mean size of the files of a pattern.
func meanSize(t *testing.T, pattern string) float64 {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal(err, pattern, "no file")
	}
	sum := int64(0)
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	return float64(sum) / float64(len(names))
}
