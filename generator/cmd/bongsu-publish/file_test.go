package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"aead.dev/minisign"
)

// A folder serves as storage too, for a disk that another machine serves; the
// settings and what is said of them.
func TestFileAndSettings(t *testing.T) {
	dir := siteCopy(t)
	buildSite(t, dir)
	to := "file://" + t.TempDir()
	if out := must(t, program("publish", dir, "--dry-run", to)); !strings.Contains(out, "+ ko/index.html\n") || !strings.Contains(out, "would be ") {
		t.Errorf("it says %q", out)
	}
	list := filepath.Join(t.TempDir(), "purge")
	must(t, program("publish", dir, "--purge-list", list, to))
	if data, err := os.ReadFile(list); err != nil || !strings.Contains(string(data), "https://warn.example/ko/\nhttps://warn.example/ko/index.html\n") {
		t.Errorf("%v: %s", err, data)
	}
	must(t, program("publish", dir, "--verify", to))
	if err := os.WriteFile(filepath.Join(strings.TrimPrefix(to, "file://"), "ko/index.html"), []byte("forged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, text := fails(t, program("publish", dir, "--verify", to)); status != 1 || !strings.Contains(text, "changed  ko/index.html") {
		t.Errorf("status %d: %s", status, text)
	}
	must(t, program("publish", dir, "--recheck", to))
	must(t, program("publish", dir, "--verify", to))

	tellsEverybody(t, dir, to)
	settings := filepath.Join(dir, "publish.yaml")
	for text, say := range map[string]string{
		"websbu: {hub: 'https://hub.example/'}\n":      `publish.yaml:1:1: error: there is no setting "websbu"`,
		"encoding: zip\n":                              `publish.yaml:1:11: error: encoding "zip" is not one of gzip, br`,
		"webhook: {url: 'https://x.example/'}\n":       "webhook has no secret_env",
		"purge: {url: 'https://x.example/', batch: 0}": `purge.batch "0" is not a number from 1 on`,
		"websub: {}\n":                                 "websub has no hub",
	} {
		if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if status, out := fails(t, program("publish", dir, to)); status != 1 || !strings.Contains(out, say) {
			t.Errorf("%q: status %d: %s", text, status, out)
		}
	}
}

// tellsEverybody publishes an edit with a signature, and wants those whom
// publish.yaml names to be told, once.
func tellsEverybody(t *testing.T, dir, to string) {
	t.Helper()
	var mu sync.Mutex
	told := map[string]int{}
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		told[r.URL.Path]++
	}))
	defer receiver.Close()
	text := fmt.Sprintf("to: %s\nwebsub: {hub: '%[2]s/hub'}\nindexnow: {key: 0123456789abcdef, endpoint: '%[2]s/index'}\nwebhook: {url: '%[2]s/hook', secret_env: HOOK}\npurge: {url: '%[2]s/purge'}\n", to, receiver.URL)
	if err := os.WriteFile(filepath.Join(dir, "publish.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	replace(t, dir, "scams/flights.ko.md", "조심하십시오.\n", "더욱 조심하십시오.\n")
	buildSite(t, dir)
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := secret.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	publish := func() {
		cmd := program("publish", dir, "--key", "env:KEY")
		cmd.Env = append(cmd.Env, "HOOK=secret", "KEY="+string(key))
		must(t, cmd)
	}
	publish()
	mu.Lock()
	if told["/hub"] < 2 || told["/index"] != 1 || told["/hook"] != 1 || told["/purge"] < 1 {
		t.Errorf("told %v", told)
	}
	clear(told)
	mu.Unlock()
	publish()
	if len(told) != 0 {
		t.Errorf("told again %v", told)
	}
	folder := strings.TrimPrefix(to, "file://")
	if data, err := os.ReadFile(filepath.Join(folder, "0123456789abcdef.txt")); err != nil || string(data) != "0123456789abcdef" {
		t.Errorf("key file: %q, %v", data, err)
	}
	must(t, program("bongsu", dir, "verify", folder, "--key", public.String()))
	inside := program("publish", dir, "--key", filepath.Join(dir, "content/site.yaml"))
	inside.Env = append(inside.Env, "HOOK=secret")
	if status, out := fails(t, inside); status != 2 || !strings.Contains(out, "lies in the site's folder") {
		t.Errorf("status %d: %s", status, out)
	}
}
