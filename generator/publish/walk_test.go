package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

// shown gives what walk shows of a folder.
func shown(t *testing.T, dir string, want detail) map[string]entry {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	got := make(map[string]entry)
	var mu sync.Mutex
	err = walk(root, want, func(p []byte, e entry) {
		mu.Lock()
		defer mu.Unlock()
		got[string(p)] = e
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// wantShown checks what walk shows of a folder against a look at each entry:
// all of it, and type and identity where the lists of folders will do.
func wantShown(t *testing.T, dir string, paths ...string) {
	t.Helper()
	full, listed := shown(t, dir, fully), shown(t, dir, byList)
	for _, m := range []map[string]entry{full, listed} {
		if got := slices.Sorted(maps.Keys(m)); !slices.Equal(got, paths) {
			t.Errorf("walk shows %v, want %v", got, paths)
		}
	}
	for _, p := range paths {
		info := info(t, dir, p)
		want := entryOf(info)
		f, l := full[p], listed[p]
		if !f.there || f.mode != info.Mode() || f.size != info.Size() || !f.mtime.Equal(info.ModTime()) || !f.id.same(want.id) {
			t.Errorf("%s: %+v, want %+v", p, f, want)
		}
		if !l.there || l.mode.Type() != info.Mode().Type() || !l.id.same(want.id) {
			t.Errorf("%s by list: %+v, want %+v", p, l, want)
		}
		for q, other := range listed {
			if q != p && q != "twin" && p != "twin" && l.id.same(other.id) {
				t.Errorf("%s and %s count as one file", p, q)
			}
		}
	}
	if !listed["twin"].id.same(full["a.html"].id) {
		t.Error("two names of a file count as two files")
	}
	var none identity
	if none.same(none) {
		t.Error("what is not known counts as the same")
	}
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	a := put(t, "one", dir, "a.html")
	put(t, "two", dir, "ko", "deep", "b b.html")
	put(t, "", dir, "가.html")
	old := time.Date(1965, 3, 4, 5, 6, 7, 890, time.UTC)
	err := errors.Join(os.Link(a, dir+"/twin"), os.Symlink("deep", dir+"/ko/link"), os.Mkdir(dir+"/empty", 0o700),
		os.Chmod(filepath.Join(dir, "ko"), os.ModeSetgid|os.ModeSticky|0o750), os.Chmod(a, os.ModeSetuid|0o604), os.Chtimes(a, old, old))
	if err != nil {
		t.Skip(err)
	}
	wantShown(t, dir, "a.html", "empty", "ko", "ko/deep", "ko/deep/b b.html", "ko/link", "twin", "가.html")
}
