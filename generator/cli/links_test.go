package cli

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestLinks runs check --links against a site of this machine: what is dead is a
// warning, what has moved a note, and an indicator is never asked for.
func TestLinks(t *testing.T) {
	var asked atomic.Int32
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/good":
		case "/moved":
			http.Redirect(w, r, "/good", http.StatusMovedPermanently)
		case "/scam":
			t.Error("the address of an indicator was asked for")
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer web.Close()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/site")); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		name = filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(text, "WEB", web.URL)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("scams/links.ko.md", `---
title: 링크
summary: 링크입니다.
issued: 2025-10-01
indicators:
  - {type: url, value: "WEB/scam", status: alleged, basis: 신고, source: "WEB/good"}
sources:
  - {title: 없어진 글, url: "WEB/nothing", date: 2025-10-01}
---
[좋은 글](WEB/good), [옮긴 글](WEB/moved), [바쁜 곳](WEB/busy), [사기](WEB/scam)
`)
	write("scams/links.en.md", "---\ntitle: Links\nsummary: Links.\n---\nText.\n")
	write("contacts.yaml", strings.ReplaceAll(string(read(t, filepath.Join(dir, "content/contacts.yaml"))), "https://", "WEB/good?"))

	check := func(args ...string) string {
		var out, errs bytes.Buffer
		Main(append([]string{"-C", dir, "--now", "2025-10-15", "--json", "check"}, args...), &out, &errs)
		return errs.String()
	}
	if check(); asked.Load() > 0 {
		t.Error("the network was asked without --links")
	}
	got := check("--links", "--loopback")
	for _, want := range []string{
		`links.ko.md","line":8,"column":5,"width":1,"severity":"warning","code":"external-link-dead","message":"link \"` + web.URL + `/nothing\" answers 404 (Not Found)"`,
		`"severity":"note","code":"external-link-moved"`, web.URL + `/good","text"`,
		`"severity":"note","code":"external-link-unsure","message":"link \"` + web.URL + `/busy\" answers 503`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "external-link"); n != 3 {
		t.Errorf("%d findings about links:\n%s", n, got)
	}
	before := asked.Load()
	if check("--links", "--loopback"); asked.Load()-before != 4 { // HEAD and GET of what was not good
		t.Errorf("%d requests the second time", asked.Load()-before)
	}
	before = asked.Load()
	if check("--links", "--loopback", "--recheck"); asked.Load()-before < 6 {
		t.Errorf("%d requests with --recheck", asked.Load()-before)
	}
	if got := check("--links"); strings.Count(got, "was not asked") < 2 {
		t.Errorf("without leave this machine was asked:\n%s", got)
	}
	mended := strings.NewReplacer("/nothing", "/good", "/moved", "/good", "/busy", "/good")
	write("scams/links.ko.md", mended.Replace(string(read(t, filepath.Join(dir, "content/scams/links.ko.md")))))
	if got := check("--links", "--loopback"); strings.Contains(got, "external-link") {
		t.Errorf("mended, and still:\n%s", got)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
