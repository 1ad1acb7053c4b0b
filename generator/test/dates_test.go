package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dates are the days of the sample on which levels changed.
var dates = []string{"2025-07-25", "2025-07-27", "2025-09-16", "2025-10-10", "2025-10-16", "2025-12-04", "2025-12-10"}

// TestDates builds and checks the sample as it was on each day on which levels
// changed: texts of that time link to what came later, and yet every page is
// good, and the days of change up to then have theirs.
func TestDates(t *testing.T) {
	dir := copySite(t)
	out := filepath.Join(dir, "public")
	for i, date := range dates {
		for _, args := range [][]string{{"check"}, {"build"}} {
			cmd := exec.Command(program(t), append([]string{"-C", dir, "--now", date + "T23:59:00+09:00"}, args...)...)
			if msg, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s on %s: %v\n%s", args[0], date, err, msg)
			}
		}
		var days []string
		entries, err := os.ReadDir(filepath.Join(out, "ko/levels/cambodia"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := strings.TrimSuffix(e.Name(), ".html")
			if name != "index" && name <= date { // later ones were announced
				days = append(days, name)
			}
		}
		if want := dates[:i+1]; !slices.Equal(days, want) {
			t.Errorf("on %s there are pages of %v, want %v", date, days, want)
		}
	}
}
