package test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// lighthousePages are those that readers in need come to first.
var lighthousePages = []string{"", "advisories/travel-ban-bokor-bavet-poipet.html", "provinces/cambodia/kampot.html", "help/"}

// TestLighthouse: the main pages, served by Caddy with the headers that "bongsu
// hosts" prints, score 100 in every category. It takes two minutes and 180 MB,
// so it runs with make lighthouse only.
func TestLighthouse(t *testing.T) {
	if os.Getenv("BONGSU_LIGHTHOUSE") == "" {
		t.Skip("run make lighthouse")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	dir, addr := copySite(t), freePort(t)
	origin := "http://" + addr
	if out, err := exec.Command(program(t), "-C", dir, "build", "--base-url", origin+"/").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	conf := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(conf, []byte("{\n\tadmin off\n}\n"+snippet(t, dir, "caddy", origin)), 0o644); err != nil {
		t.Fatal(err)
	}
	startServer(t, addr, "caddy", "run", "--config", conf, "--adapter", "caddyfile")
	args := []string{"lighthouse/run.mjs", chromium}
	for _, page := range lighthousePages {
		for _, l := range langs {
			args = append(args, origin+"/"+l+"/"+page)
		}
	}
	var faults bytes.Buffer
	cmd := exec.Command("node", args...)
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, faults.String())
	}
	n := 0
	for line := range bytes.Lines(out) {
		var page struct {
			Address string
			Scores  map[string]int
			Faults  []string
		}
		if err := json.Unmarshal(line, &page); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		n++
		fmt.Println("lighthouse:", page.Address[len(origin):], page.Scores)
		for _, category := range []string{"performance", "accessibility", "best-practices", "seo"} {
			if page.Scores[category] < 100 {
				t.Errorf("%s: %s %d %q", page.Address, category, page.Scores[category], slices.Compact(page.Faults))
			}
		}
	}
	if n != len(args)-2 {
		t.Errorf("%d pages scored, want %d", n, len(args)-2)
	}
}
