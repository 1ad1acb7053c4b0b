package deliver

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"bongsu/generator/proof"
)

var day = time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC)

func options(owner string) Options {
	return Options{Owner: owner, Stamp: proof.Stamp{Site: "https://warn.example/", Program: "test", Issued: day}, Workers: 3}
}

func must(t *testing.T, m *memory, s *Site, o Options) *Result {
	t.Helper()
	r, err := Publish(t.Context(), m, s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Only what changed moves; what is gone goes last, except a style that pages
// still ask for; what somebody else put there stays.
func TestPublish(t *testing.T) {
	m := newMemory()
	m.files["theirs.txt"] = stored{data: []byte("not ours")}
	first := edition(1)
	r := must(t, m, folder(t, first, ""), options("a"))
	wantSite(t, m, first, "theirs.txt")
	if r.Uploaded != len(first) || r.Deleted+r.Unchanged != 0 || len(r.Changes.Added) != len(first) {
		t.Errorf("first: %+v", r)
	}
	h := m.files["ko/feeds/alerts.rss"]
	if h.ContentType != "application/rss+xml" || !strings.Contains(h.CacheControl, "max-age=300") || h.ContentEncoding != "" {
		t.Errorf("headers of the feed: %+v", h.Headers)
	}
	m.moved()
	r = must(t, m, folder(t, first, ""), options("a"))
	if ops := m.moved(); len(ops) != 0 || r.Unchanged != len(first) {
		t.Errorf("the same again moved %q", ops)
	}
	edited := maps.Clone(first)
	edited["ko/about/index.html"] += " edited"
	must(t, m, folder(t, edited, ""), options("a"))
	if ops := m.moved(); !slices.Equal(ops, []string{"put ko/about/index.html"}) {
		t.Errorf("one edit moved %q", ops)
	}
	second := edition(2)
	r = must(t, m, folder(t, second, ""), options("a"))
	wantSite(t, m, second, "theirs.txt")
	ops := m.moved()
	if last := ops[len(ops)-2:]; !strings.HasPrefix(last[0], "delete ") || !strings.HasPrefix(last[1], "delete ") || r.Deleted != 2 {
		t.Errorf("deletions are not last: %q, %+v", ops, r)
	}
	if _, ok := m.files["assets/style.1.css"]; !ok || r.Kept != 1 {
		t.Error("the style of the build before is gone at once")
	}
	late := options("a")
	late.Stamp.Issued = day.Add(25 * time.Hour)
	must(t, m, folder(t, second, ""), late)
	if _, ok := m.files["assets/style.1.css"]; ok {
		t.Error("an old style stays for ever")
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	m := newMemory()
	o := options("a")
	o.DryRun = true
	r := must(t, m, folder(t, edition(1), ""), o)
	if len(m.files) != 0 || r.Uploaded != len(edition(1)) {
		t.Errorf("%d files, %+v", len(m.files), r)
	}
}

func TestOlderIsRefused(t *testing.T) {
	m := newMemory()
	must(t, m, folder(t, edition(2), ""), options("a"))
	_, err := Publish(t.Context(), m, folder(t, edition(1), ""), options("b"))
	if !errors.Is(err, ErrOlder) {
		t.Fatalf("error %v", err)
	}
	wantSite(t, m, edition(2))
	o := options("b")
	o.Rollback = true
	must(t, m, folder(t, edition(1), ""), o)
	wantSite(t, m, edition(1))
}

// Without its state, a store is known by its manifest.
func TestStateIsGone(t *testing.T) {
	m := newMemory()
	must(t, m, folder(t, edition(1), ""), options("a"))
	delete(m.files, stateKey)
	must(t, m, folder(t, edition(2), ""), options("a"))
	wantSite(t, m, edition(2))
}

// What somebody broke in the store is mended where that shows, and all of it
// on a recheck.
func TestMending(t *testing.T) {
	m := newMemory()
	s := folder(t, edition(1), "")
	must(t, m, s, options("a"))
	delete(m.files, "ko/index.html")
	must(t, m, s, options("a"))
	wantSite(t, m, edition(1))
	f := m.files["ko/about/index.html"]
	f.data = []byte("[assets/font.WOFF2]") // as long as it was
	m.files["ko/about/index.html"] = f
	o := options("a")
	o.Recheck = true
	if r := must(t, m, s, o); r.Uploaded != 1 {
		t.Errorf("%+v", r)
	}
	wantSite(t, m, edition(1))
}
