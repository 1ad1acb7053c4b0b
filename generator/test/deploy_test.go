package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestWake runs bongsu-wake with stand-ins for the programs of the system: it
// must set a timer for the time that "bongsu next" prints, and none without.
func TestWake(t *testing.T) {
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	stand := func(name, script string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	stand("systemctl", "true")
	stand("systemd-run", `echo "$@" >`+said)
	stand("runuser", `shift 3; exec "$@"`)
	wake := func(next string) string {
		os.Remove(said)
		stand("bongsu", `[ "$3" = next ] && echo `+next)
		cmd := exec.Command("../deploy/bongsu-wake")
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		data, _ := os.ReadFile(said)
		return string(data)
	}
	got := wake(time.Now().In(time.FixedZone("KST", 9*3600)).Add(time.Hour).Format(time.RFC3339))
	m := regexp.MustCompile(`--on-active=(\d+) .*start bongsu.service`).FindStringSubmatch(got)
	if m == nil {
		t.Fatalf("it says %q", got)
	}
	if seconds, _ := strconv.Atoi(m[1]); seconds < 3590 || seconds > 3600 {
		t.Errorf("it waits %d s", seconds)
	}
	if got := wake(time.Now().Add(-time.Minute).Format(time.RFC3339)); !strings.Contains(got, "--on-active=1 ") {
		t.Errorf("what passed during the build: %q", got)
	}
	for _, next := range []string{"never", "2020-01-01T00:00:00+09:00"} { // of a demonstration the time stands still
		if got := wake(next); got != "" {
			t.Errorf("%s: %q", next, got)
		}
	}
}
