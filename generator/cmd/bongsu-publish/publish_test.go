package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// sums gives the sum of every file of a built site.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	public := filepath.Join(dir, "public")
	err := filepath.WalkDir(public, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(public, p)
		out[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func buildSite(t *testing.T, dir string) map[string]string {
	t.Helper()
	must(t, program("bongsu", dir, "build", "--now", "2025-10-15"))
	return sums(t, dir)
}

// difference lists what must move to come from one site to another.
func difference(old, now map[string]string) []string {
	var out []string
	for p, sum := range now {
		if old[p] != sum {
			out = append(out, "PUT "+p)
		}
	}
	for p := range old {
		if _, ok := now[p]; !ok && !strings.HasPrefix(p, "assets/") && !strings.HasPrefix(p, "cards/") {
			out = append(out, "DELETE "+p)
		}
	}
	slices.Sort(out)
	return out
}

func replace(t *testing.T, dir, name, old, text string) {
	t.Helper()
	p := filepath.Join(dir, "content", name)
	data, err := os.ReadFile(p)
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatalf("%s lacks %q: %v", name, old, err)
	}
	if err := os.WriteFile(p, []byte(strings.Replace(string(data), old, text, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// another gives a record a second file under another name.
func another(t *testing.T, dir, name string) {
	t.Helper()
	for _, l := range []string{"ko", "en"} {
		data, err := os.ReadFile(filepath.Join(dir, "content/scams/flights."+l+".md"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "content/scams", name+"."+l+".md"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestS3 publishes to a real S3 server through everything that can happen,
// while a reader follows every link.
func TestS3(t *testing.T) {
	s := startStorage(t)
	to := s3Address(s.proxy)
	dir := siteCopy(t)
	live := buildSite(t, dir)
	r := startReader(t, s)
	defer r.end(t)
	publish := func(args ...string) string {
		t.Helper()
		return must(t, program("publish", dir, append(args, "--lease", "2s", to)...))
	}
	clean := func() {
		t.Helper()
		publish("--verify")
	}

	t.Run("first", func(t *testing.T) {
		out := publish()
		if !strings.Contains(out, fmt.Sprintf(": %d uploaded", len(live))) || !strings.Contains(out, ", 0 deleted, 0 unchanged, ") {
			t.Errorf("it says %q", out)
		}
		if moved := s.look(); len(moved) != len(live) {
			t.Errorf("%d files moved of %d", len(moved), len(live))
		}
		clean()
		_, h, err := r.store.Get(t.Context(), "ko/feeds/alerts.rss")
		if err != nil || h.ContentType != "application/rss+xml" || !strings.Contains(h.CacheControl, "max-age=300") {
			t.Errorf("the feed has %+v, %v", h, err)
		}
		if out := publish(); !strings.Contains(out, " 0 uploaded (0 bytes), 0 deleted") || len(s.look()) != 0 {
			t.Errorf("the same again: %q", out)
		}
	})

	// step changes the site, publishes it in some way, and wants exactly the
	// difference to have moved.
	step := func(name string, change func(t *testing.T), how func(t *testing.T)) {
		t.Run(name, func(t *testing.T) {
			change(t)
			next := buildSite(t, dir)
			want := difference(live, next)
			if len(want) == 0 {
				t.Fatal("nothing changed")
			}
			how(t)
			moved := s.look()
			slices.Sort(moved)
			if got := slices.Compact(slices.Clone(moved)); !slices.Equal(got, want) {
				t.Errorf("%d files moved, want %d: %q", len(got), len(want), got)
			}
			t.Logf("%d files moved of %d, in %d requests", len(want), len(next), len(moved))
			live = next
			clean()
		})
	}
	once := func(t *testing.T) {
		publish()
		if moved := s.moved; len(moved) != len(slices.Compact(slices.Sorted(slices.Values(moved)))) {
			t.Error("a file moved twice")
		}
	}
	step("edit", func(t *testing.T) {
		replace(t, dir, "scams/flights.ko.md", "조심하십시오.\n", "더욱 조심하십시오.\n")
	}, once)
	step("deletion", func(t *testing.T) {
		for _, l := range []string{"ko", "en"} {
			if err := os.Remove(filepath.Join(dir, "content/advisories/2025/north-raised."+l+".md")); err != nil {
				t.Fatal(err)
			}
		}
	}, func(t *testing.T) {
		// Without its advisory the site knows less, which looks like an old one.
		if status, text := fails(t, program("publish", dir, to)); status != 3 || !strings.Contains(text, "--rollback") {
			t.Errorf("status %d: %s", status, text)
		}
		publish("--rollback")
	})
	step("killed", func(t *testing.T) {
		another(t, dir, "visas")
		replace(t, dir, "site.yaml", "en: Warnings", "en: Warnings and more")
	}, func(t *testing.T) {
		cmd := program("publish", dir, "--lease", "2s", "--workers", "4", to)
		s.at(40, func() { _ = cmd.Process.Kill() })
		if err := cmd.Run(); err == nil {
			t.Fatal("it was not killed")
		}
		sent := len(s.moved)
		out := publish()
		if !strings.Contains(out, "a run before this one was stopped") {
			t.Errorf("it says %q", out)
		}
		if twice := len(s.moved) - len(slices.Compact(slices.Sorted(slices.Values(s.moved)))); sent < 30 || twice > 8 {
			t.Errorf("%d files were sent before the kill, %d twice", sent, twice)
		}
	})
	step("faults", func(t *testing.T) { replace(t, dir, "site.yaml", "and more", "and news") }, func(t *testing.T) {
		s.failing.Store(true)
		defer s.failing.Store(false)
		publish()
	})
	t.Run("two", func(t *testing.T) { twoPublishers(t, s, to, dir, live) })
	t.Run("credentials", func(t *testing.T) { wrongCredentials(t, s, to, dir) })
}

// twoPublishers publishes two editions at once; one of them stands whole.
func twoPublishers(t *testing.T, s *storage, to, dir string, live map[string]string) {
	other := t.TempDir()
	if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	replace(t, dir, "site.yaml", "Warnings and news", "Warnings of the first")
	replace(t, other, "site.yaml", "Warnings and news", "Warnings of the second")
	if err := os.RemoveAll(filepath.Join(other, "public")); err != nil {
		t.Fatal(err)
	}
	one, two := buildSite(t, dir), buildSite(t, other)
	a, b := program("publish", dir, "--lease", "5s", to), program("publish", other, "--lease", "5s", to)
	if err := a.Start(); err != nil {
		t.Fatal(err)
	}
	out, err := b.CombinedOutput()
	if first := a.Wait(); err != nil || first != nil {
		t.Fatalf("%v, %v: %s", first, err, out)
	}
	moved := s.look()
	if len(moved) < len(difference(live, one))+len(difference(one, two)) {
		t.Errorf("only %d files moved", len(moved))
	}
	must(t, program("publish", dir, "--verify", to))
	whole := func(edition map[string]string) bool {
		for p, sum := range edition {
			data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(p)))
			if err != nil || fmt.Sprintf("%x", sha256.Sum256(data)) != sum {
				return false
			}
		}
		return true
	}
	if whole(one) == whole(two) {
		t.Error("neither edition stands whole")
	}
}

// wrongCredentials are told in a sentence, at once, and change nothing.
func wrongCredentials(t *testing.T, s *storage, to, dir string) {
	for _, c := range []struct{ set, to, say string }{
		{"AWS_SECRET_ACCESS_KEY=wrong", to, "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID"},
		{"AWS_ACCESS_KEY_ID=nobody", to, "does not know the access key: put the right one into AWS_ACCESS_KEY_ID"},
		{"AWS_ACCESS_KEY_ID=", to, "no credentials for s3://warn were found: for S3 set AWS_ACCESS_KEY_ID"},
		{"X=", strings.Replace(to, bucket+"?", "nothing?", 1), "s3://nothing does not exist: create the bucket first"},
	} {
		cmd := program("publish", dir, c.to)
		cmd.Env = append(cmd.Env, c.set)
		if c.set == "AWS_ACCESS_KEY_ID=" {
			cmd.Env = append(cmd.Env, "AWS_SECRET_ACCESS_KEY=")
		}
		start := time.Now()
		status, text := fails(t, cmd)
		if status != 3 || !strings.Contains(text, c.say) || strings.Count(text, "\n") != 1 || time.Since(start) > 10*time.Second {
			t.Errorf("%s: status %d after %v: %s", c.set, status, time.Since(start), text)
		}
	}
	if moved := s.look(); len(moved) != 0 {
		t.Errorf("moved %q", moved)
	}
}
