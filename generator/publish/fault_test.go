package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A run that fails amid staging leaves the old tree, and the next one works.
func TestFaultLeavesTheOldTree(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	old := files("a.html", "one", "ko/b.html", "b")
	publisher(Replace).must(t, dir, old, quick)
	before := info(t, dir)
	long := strings.Repeat("x", 300) // longer than any file system takes
	_, err := Replace(context.Background(), dir, files("a.html", "two", "ko/"+long, "x", "z", "z"), quick)
	var where *fs.PathError
	if !errors.As(err, &where) || !strings.Contains(err.Error(), filepath.Join(".public.next", "ko", long)) {
		t.Errorf("error %v", err)
	}
	if !os.SameFile(before, info(t, dir)) {
		t.Error("swapped")
	}
	wantTree(t, dir, old)
	next := files("a.html", "two")
	publisher(Replace).must(t, dir, next, quick)
	wantTree(t, dir, next)
}

// Much data is flushed while more is being made, and once more before the swap;
// a flush that fails is not forgotten for one that does not.
func TestFlushFails(t *testing.T) {
	if !canSyncTree {
		t.Skip("this system flushes each file")
	}
	dir := filepath.Join(t.TempDir(), "public")
	old := files("a.html", "one")
	publisher(Replace).must(t, dir, old, quick)
	large := files("b/1.html", strings.Repeat("1", stretch), "b/2.html", strings.Repeat("2", stretch), "b/3.html", "3")
	bad := errors.New("disk")
	for fails := range 3 { // which flush does; the second begins only once the first is over
		n := 0
		var mu sync.Mutex // of n
		r, err := Replace(context.Background(), dir, large, Options{syncTree: func(string) error {
			mu.Lock()
			defer mu.Unlock()
			if n++; n-1 == fails {
				return bad
			}
			return nil
		}})
		switch {
		case n < 2:
			t.Errorf("%d flushes", n)
		case n <= fails: // none failed
			if err != nil || r.Written != 3 {
				t.Errorf("%+v, %v", r, err)
			}
			publisher(Replace).must(t, dir, old, quick)
		case !errors.Is(err, bad):
			t.Errorf("flush %d of %d fails: %v", fails, n, err)
		}
		wantTree(t, dir, old)
	}
}

// write makes new files only, never through a link.
func TestWriteIsExclusive(t *testing.T) {
	base := t.TempDir()
	victim := put(t, "mine", base, "victim")
	if err := errors.Join(os.Link(victim, base+"/hard"), os.Symlink("victim", base+"/soft"), os.Symlink("new", base+"/dangling")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range []string{"victim", "hard", "soft", "dangling"} {
		if err := write(root, name, []byte("x"), day, false); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if data, _ := os.ReadFile(victim); string(data) != "mine" || exists(base+"/new") {
		t.Errorf("overwritten with %q", data)
	}
}

func TestDeletedOutputFolder(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		for _, set := range [][]File{generation(1), generation(1), generation(2)} {
			run.must(t, dir, set, quick)
			wantTree(t, dir, set)
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Where the file system refuses hard links, unchanged files are copied with
// their time. A folder in the way of the link stands for such a system.
func TestCopyInsteadOfLink(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "public")
	set := files("a.html", "one", "b.html", "b")
	publisher(Replace).must(t, dir, set, quick)
	put(t, "*", dir, ".gitignore")
	s, err := open(context.Background(), dir, files("a.html", "two", "b.html", "b"), quick)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	st := &staging{session: s}
	defer st.close()
	if err := s.compare(context.Background(), st); err != nil {
		t.Fatal(err)
	}
	s.dir = filepath.Join(base, "gone") // no source for links
	if err := st.complete(context.Background()); err != nil {
		t.Fatal(err)
	}
	wantTree(t, s.next, files("a.html", "two", "b.html", "b"), ".gitignore", "*")
	if got, want := info(t, s.next, "b.html"), info(t, dir, "b.html"); os.SameFile(got, want) || !got.ModTime().Equal(want.ModTime()) {
		t.Error("not a copy with the same time")
	}
}
