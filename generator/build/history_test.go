package build

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/generator/diag"
	"bongsu/templates"
)

// link adds a link to an advisory that may be public, scheduled or missing.
func (e *editor) link() (string, []string) {
	list := slices.DeleteFunc(e.records(), func(n string) bool { return !strings.Contains(n, "/new-") || strings.Contains(n, "/revisions/") })
	if len(list) == 0 {
		return e.add()
	}
	to, _, _ := strings.Cut(path.Base(e.pick(list)), ".")
	name := e.pick(e.records())
	e.put(name, e.read(name)+fmt.Sprintf("\n[뒤](/advisories/%s).\n", to))
	return "a link to " + to + ": " + name, []string{name}
}

// revise keeps the text of an advisory, notes a change and makes it; or takes a
// kept text away, or spoils the name of one.
func (e *editor) revise() (string, []string) {
	for _, name := range e.records() {
		if strings.Contains(name, "/revisions/") && e.rng.IntN(6) == 0 {
			e.put(name, "")
			delete(e.good, name)
			return "losing " + name, []string{name}
		}
	}
	list := slices.DeleteFunc(e.records(), func(n string) bool {
		return !strings.Contains(n, "/advisories/") || !strings.HasSuffix(n, ".ko.md") || strings.Contains(e.read(n), "\nchanges:")
	})
	if len(list) == 0 {
		return e.text()
	}
	name := e.pick(list)
	kept := strings.Replace(path.Dir(name)+"/revisions/"+path.Base(name), ".ko.md", ".ko.r1.md", 1)
	e.put(kept, e.read(name))
	text := strings.Replace(e.read(name), "\n---\n", fmt.Sprintf("\nchanges:\n  - {at: %s, note: 고침}\n---\n", e.now.AddDate(0, 0, 1-e.rng.IntN(4)).Format(time.DateOnly)), 1)
	e.put(name, text+fmt.Sprintf("\n고친 문장 %d.\n", e.rng.IntN(100)))
	return "revising " + name, []string{name, kept}
}

// outputs builds a site and gives its files.
func outputs(t *testing.T, b *Builder, files fstest.MapFS, now string) map[string][]byte {
	t.Helper()
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Build(context.Background(), Options{Root: files, Templates: templates.FS, Now: at})
	if err != nil || r.Diags.HasErrors() {
		t.Fatal(err, r.Diags)
	}
	rendered, err := r.Render(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range rendered {
		out[f.Path] = f.Data
	}
	return out
}

// TestLaterLink holds that pages and feeds print a link to what is not public
// yet as text, and that it appears with no edit, also where a Builder knows all
// files already.
func TestLaterLink(t *testing.T) {
	files := readFault(t, "link-not-public").files
	warm := NewBuilder()
	const before, after = "2026-01-31T00:00:00+09:00", "2026-02-01T09:00:00+09:00"
	pages := []string{"ko/advisories/border.html", "ko/advisories/border--r1.html", "ko/feeds/advisories.rss", "ko/feeds/advisories.atom", "ko/feeds/advisories.json"}
	early := outputs(t, warm, files, before)
	late := outputs(t, warm, files, after)
	for _, name := range pages {
		if text := early[name]; len(text) == 0 || bytes.Contains(text, []byte("tomorrow.html")) || !bytes.Contains(text, []byte("내일")) {
			t.Errorf("%s: a link leads to what is not public", name)
		}
		if !bytes.Contains(late[name], []byte("tomorrow.html")) {
			t.Errorf("%s: the link does not appear", name)
		}
	}
	if page := early["ko/advisories/border.html"]; !bytes.Contains(page, []byte(`<span class="link-later">내일</span>`)) || !bytes.Contains(page, []byte(`<a href="/ko/help/">도움</a>, <a href="/ko/help/">도움</a>`)) {
		t.Errorf("page: %s", page)
	}
	for now, want := range map[string]map[string][]byte{before: early, after: late} {
		cold := outputs(t, NewBuilder(), files, now)
		for name, data := range cold {
			if !bytes.Equal(data, want[name]) {
				t.Errorf("%s: %s differs warm", now, name)
			}
		}
		if len(cold) != len(want) {
			t.Errorf("%s: %d files cold, %d warm", now, len(cold), len(want))
		}
	}
}

// TestEarlierText holds that an earlier text is read from its file, that an edit
// of it is seen, and that only what keeps it from being read is a fault.
func TestEarlierText(t *testing.T) {
	files := readFault(t, "link-not-public").files
	const now, kept, page = "2026-01-31T00:00:00+09:00", "content/advisories/2026/revisions/border.ko.r1.md", "ko/advisories/border--r1.html"
	b := NewBuilder()
	if first := outputs(t, b, files, now)[page]; !bytes.Contains(first, []byte("없어진 글")) || !bytes.Contains(first, []byte("없어진 그림")) {
		t.Errorf("first: %s", first)
	}
	front := "---\ntitle: 옛 제목\nsummary: 옛 요약\nissued: 2026-01-10T09:00\nunheard_of: x\n---\n"
	files[kept] = &fstest.MapFile{Data: []byte(front + "옛 본문 <b>굵게</b> [나쁜](javascript:x)")}
	again := outputs(t, b, files, now)[page]
	if !bytes.Contains(again, []byte("옛 본문")) || bytes.Contains(again, []byte("<b>")) || bytes.Contains(again, []byte("javascript:")) {
		t.Errorf("again: %s", again)
	}
	for name, text := range map[string]string{"not closed": "---\ntitle: x\n", "no YAML": "---\ntitle: [\n---\nx", "hidden character": front + "x\u202ey", "not UTF-8": front + "\xff"} {
		files[kept] = &fstest.MapFile{Data: []byte(text)}
		r, err := b.Build(context.Background(), Options{Root: files, Templates: templates.FS, Now: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(r.Diags, func(d diag.Diagnostic) bool { return d.Pos.File == kept }) {
			t.Errorf("%s: not found: %v", name, r.Diags)
		}
	}
}
