package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPublish(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "site", "public")
		first := files("index.html", "one", "ko/a.html", "A", "ko/b.html", "B", "css/x.css", "x", "빈/한글.html", "")
		r := run.must(t, dir, first, quick)
		if r != (Result{Written: 5, Made: 5, Bytes: 6}) {
			t.Errorf("first run: %+v", r)
		}
		wantTree(t, dir, first)
		if got := info(t, dir, "ko/a.html").ModTime(); !got.Equal(day) {
			t.Errorf("mtime %v, want the content time %v", got, day)
		}

		second := files("index.html", "two", "ko/a.html", "A", "en/c.html", "C", "빈/한글.html", "")
		r = run.must(t, dir, second, quick)
		if r != (Result{Written: 2, Unchanged: 2, Removed: 2, Made: 4, Bytes: 4}) {
			t.Errorf("second run: %+v", r)
		}
		wantTree(t, dir, second)
		run.must(t, dir, first, quick)
		wantTree(t, dir, first)
		run.must(t, dir, nil, quick)
		wantTree(t, dir, nil)
	})
}

func TestNothingChangedTouchesNothing(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		set := files("index.html", "one", "ko/a.html", "A")
		run.must(t, dir, set, quick)
		parent, folder := info(t, dir, ".."), info(t, dir)
		r := run.must(t, dir, set, Options{exchange: func(a, b string) error {
			t.Error("swapped")
			return errors.ErrUnsupported
		}})
		if r.Changed() || r.Unchanged != 2 {
			t.Errorf("%+v", r)
		}
		if now := info(t, dir); !os.SameFile(folder, now) || now.ModTime() != folder.ModTime() {
			t.Error("the output folder was touched")
		}
		if now := info(t, dir, ".."); now.ModTime() != parent.ModTime() {
			t.Error("the parent folder was touched")
		}
	})
}

func TestModificationTimes(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		at := func() time.Time { return info(t, dir, "a.html").ModTime().UTC() }
		set := files("a.html", "one", "b.html", "b")
		set[0].Modified = day.Add(900 * time.Millisecond).In(time.FixedZone("KST", 9*3600))
		run.must(t, dir, set, quick)
		if at() != day {
			t.Errorf("first: %v, want whole seconds %v", at(), day)
		}
		for i, c := range []struct {
			text     string
			modified time.Time
			want     time.Time
		}{
			{"one", day.Add(time.Hour), day},                         // same bytes: as it was
			{"two", day, day.Add(time.Second)},                       // only a template changed
			{"three", day.Add(-time.Hour), day.Add(2 * time.Second)}, // an older revision came back
			{"four", day.Add(2 * time.Hour), day.Add(2 * time.Hour)},
		} {
			set[0] = File{Path: "a.html", Data: []byte(c.text), Modified: c.modified}
			run.must(t, dir, set, quick)
			if at() != c.want {
				t.Errorf("step %d: %v, want %v", i, at(), c.want)
			}
			if b := info(t, dir, "b.html").ModTime(); !b.Equal(day) {
				t.Errorf("step %d: unchanged b.html has %v", i, b)
			}
		}
	})
}

// An unchanged file is the same file, not a copy; a changed one is never
// written in place, where the swapped-out tree or a reader would see it.
func TestSharedFilesAreNeverWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	Replace(context.Background(), dir, files("a.html", "one", "b.html", "b", "c.html", "c"), quick)
	b := info(t, dir, "b.html")
	publisher(Replace).must(t, dir, files("a.html", "two", "b.html", "b", "c.html", "c"), quick)
	if !os.SameFile(b, info(t, dir, "b.html")) {
		t.Error("unchanged b.html is another file")
	}
	held, err := os.Open(filepath.Join(dir, "b.html"))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	publisher(Update).must(t, dir, files("a.html", "two", "b.html", "bbb", "c.html", "c"), quick)
	data := make([]byte, 8)
	if n, _ := held.Read(data); string(data[:n]) != "b" {
		t.Errorf("an open file changed to %q", data[:n])
	}
	// An editor that writes through the link spoils the staging tree too.
	put(t, "C", dir, "c.html")
	last := files("a.html", "three", "b.html", "bbb", "c.html", "c")
	publisher(Replace).must(t, dir, last, quick)
	wantTree(t, dir, last)
}

// A reader that entered the old tree finds it whole until the next run.
func TestReaderInTheOldTree(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	old := files("a.html", "one", "gone.html", "x", "ko/b.html", "b")
	publisher(Replace).must(t, dir, old, quick)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	publisher(Replace).must(t, dir, files("a.html", "two", "ko/b.html", "b"), quick)
	for _, f := range old {
		if data, err := root.ReadFile(f.Path); err != nil || string(data) != string(f.Data) {
			t.Errorf("%s: %q, %v", f.Path, data, err)
		}
	}
}

func TestDamagedFilesAreRewritten(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		set := files("a.html", "one", "b.html", "two", "ko/c.html", "see")
		run.must(t, dir, set, quick)
		put(t, "eno", dir, "a.html") // same size, and below the same time
		os.Chtimes(filepath.Join(dir, "a.html"), day, day)
		os.Remove(filepath.Join(dir, "b.html"))
		r := run.must(t, dir, set, quick)
		if r.Written != 2 || r.Unchanged != 1 {
			t.Errorf("%+v", r)
		}
		wantTree(t, dir, set)
	})
}

func TestEmptyFolderGoes(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		set := files("ko/a.html", "one")
		run.must(t, dir, set, quick)
		if err := os.MkdirAll(filepath.Join(dir, "ko/empty/deep"), 0o755); err != nil {
			t.Fatal(err)
		}
		if r := run.must(t, dir, set, quick); r.Changed() {
			t.Errorf("%+v", r)
		}
		wantTree(t, dir, set)
	})
}

func TestForeignFilesAreRefused(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		for _, p := range []string{"1", "2", "3", "4/x", "5", "6", "7"} {
			put(t, "mine", dir, p)
		}
		put(t, "keep", dir, ".gitignore")
		run.wantRefusal(t, dir, files("a.html", "one"), ErrForeign, "1, 2, 3, 4/x, 5 and 2 more", "move them away", dir)
		if got := names(t, dir); got != "[.gitignore 1 2 3 4 5 6 7]" {
			t.Errorf("touched: %s", got)
		}
		if got := names(t, filepath.Dir(dir)); got != "[.public.lock public]" {
			t.Errorf("beside: %s", got)
		}
	})
}

func TestForeignAfterPublishing(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(dir string) error
		words string
	}{
		{"a new file", func(dir string) error { return os.WriteFile(dir+"/ko/notes.txt", nil, 0o644) }, "ko/notes.txt"},
		{"a link to a folder", func(dir string) error { return os.Symlink("ko", dir+"/en") }, "en"},
		{"a nested kept name", func(dir string) error { return os.WriteFile(dir+"/ko/.gitignore", nil, 0o644) }, "ko/.gitignore"},
		{"a kept name that is a folder", func(dir string) error { return os.Mkdir(dir+"/.gitkeep", 0o755) }, ".gitkeep/"},
		{"a kept name that is a link", func(dir string) error { return os.Symlink("/etc", dir+"/.gitkeep") }, ".gitkeep"},
		{"no manifest", func(dir string) error { return os.Remove(dir + "/" + Manifest) }, "ko/a.html"},
		{"another version", func(dir string) error { return os.WriteFile(dir+"/"+Manifest, []byte("bongsu-manifest 2\n"), 0o644) }, `"bongsu-manifest 2" is not`},
		{"an empty manifest", func(dir string) error { return os.Truncate(dir+"/"+Manifest, 0) }, Manifest},
		{"a manifest that is a link", func(dir string) error {
			return errors.Join(os.Rename(dir+"/"+Manifest, dir+"/../m"), os.Symlink("../m", dir+"/"+Manifest))
		}, Manifest},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, func(t *testing.T, run publisher) {
				dir := filepath.Join(t.TempDir(), "public")
				run.must(t, dir, files("ko/a.html", "one"), quick)
				if err := c.spoil(dir); err != nil {
					t.Fatal(err)
				}
				before := content(t, dir)
				run.wantRefusal(t, dir, files("ko/a.html", "two"), ErrForeign, c.words)
				if got := content(t, dir); len(got) != len(before) || got["ko/a.html"] != "one" {
					t.Errorf("touched: %q", got)
				}
			})
		})
	}
}

func TestKeptFiles(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		put(t, "*", dir, ".gitignore")
		run.must(t, dir, files("a", "1"), quick)
		wantTree(t, dir, files("a", "1"), ".gitignore", "*")
		os.Remove(filepath.Join(dir, ".gitignore")) // replaced, as git does it
		put(t, "!x", dir, ".gitignore")
		run.must(t, dir, files("a", "2"), quick)
		wantTree(t, dir, files("a", "2"), ".gitignore", "!x")
		os.Remove(filepath.Join(dir, ".gitignore"))
		put(t, "example.org", dir, "CNAME")
		run.must(t, dir, files("a", "3"), Options{Keep: []string{"CNAME"}, NoSync: true})
		wantTree(t, dir, files("a", "3"), "CNAME", "example.org")
	})
}

// Links planted inside the output are replaced, and what they point to stays.
func TestLinksInsideAreNotFollowed(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		base := t.TempDir()
		dir, secret := filepath.Join(base, "public"), put(t, "secret", base, "secret")
		set := files("a.html", "secret", "b.html", "b", "sub", "file")
		run.must(t, dir, set, quick)
		for _, c := range []struct{ at, to string }{{"a.html", secret}, {"a.html", "b.html"}, {"sub", base}, {"a.html", "nowhere"}} {
			p := filepath.Join(dir, c.at)
			if err := errors.Join(os.Remove(p), os.Symlink(c.to, p)); err != nil {
				t.Fatal(err)
			}
			run.must(t, dir, set, quick)
			wantTree(t, dir, set)
		}
		// A link where the next set has a folder.
		p := filepath.Join(dir, "sub")
		if err := errors.Join(os.Remove(p), os.Symlink(base, p)); err != nil {
			t.Fatal(err)
		}
		next := files("sub/secret", "mine")
		run.must(t, dir, next, quick)
		wantTree(t, dir, next)
		if data, _ := os.ReadFile(secret); string(data) != "secret" {
			t.Errorf("written through a link: %q", data)
		}
		if list, _ := os.ReadDir(base); len(list) > 4 {
			t.Errorf("written outside: %v", list)
		}
	})
}

func TestOutputFolderIsALink(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		base := t.TempDir()
		dir := filepath.Join(base, "www")
		if err := os.Symlink("real/public", dir); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"one", "two"} { // first dangling, then not
			run.must(t, dir, files("a", text), quick)
			wantTree(t, filepath.Join(base, "real/public"), files("a", text))
			if target, err := os.Readlink(dir); err != nil || target != "real/public" {
				t.Errorf("the link is %q, %v", target, err)
			}
		}
		if got := names(t, base); got != "[real www]" {
			t.Error(got)
		}
	})
}

func TestOutputFolderIsAFile(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		p := put(t, "mine", t.TempDir(), "public")
		run.wantRefusal(t, p, files("a", "1"), ErrForeign, "not a folder")
		run.wantRefusal(t, "/", files("a", "1"), ErrForeign)
	})
}

// The staging folder's name is used only for what is ours.
func TestStagingNameTaken(t *testing.T) {
	for _, plant := range []func(next string) error{
		func(next string) error { return os.WriteFile(next, []byte("mine"), 0o644) },
		func(next string) error { return os.Symlink(filepath.Dir(next), next) },
		func(next string) error {
			return errors.Join(os.Mkdir(next, 0o755), os.WriteFile(next+"/mine", nil, 0o644))
		},
	} {
		dir := filepath.Join(t.TempDir(), "public")
		next := filepath.Join(filepath.Dir(dir), ".public.next")
		if err := plant(next); err != nil {
			t.Fatal(err)
		}
		before := info(t, next)
		publisher(Replace).wantRefusal(t, dir, files("a", "1"), ErrForeign, ".public.next", "move it away")
		if !os.SameFile(before, info(t, next)) {
			t.Error("touched")
		}
	}
}

func TestFolderMode(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if err := errors.Join(os.Mkdir(dir, 0o755), os.Chmod(dir, 0o2750|os.ModeSetgid)); err != nil {
		t.Fatal(err)
	}
	want := info(t, dir).Mode()
	for _, text := range []string{"1", "2", "3"} {
		publisher(Replace).must(t, dir, files("a", text), quick)
		if got := info(t, dir).Mode(); got != want {
			t.Errorf("mode %v, want %v", got, want)
		}
	}
}

func TestCancelled(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		run.must(t, dir, files("a", "1"), quick)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := run(ctx, dir, files("a", "2"), quick); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), dir) {
			t.Errorf("error %v", err)
		}
		wantTree(t, dir, files("a", "1"))
	})
}

// TestMeanwhile: it runs while the disk is waited for, and the run does not end
// without it, whatever becomes of the run.
func TestMeanwhile(t *testing.T) {
	for name, fault := range map[string]error{"published": nil, "failed": errors.New("disk gone")} {
		t.Run(name, func(t *testing.T) {
			flushing := make(chan struct{})
			ended, told := false, false
			_, err := Replace(context.Background(), filepath.Join(t.TempDir(), "public"), []File{{Path: "a", Data: []byte("a"), Modified: time.Unix(1, 0)}}, Options{
				syncTree: func(string) error { close(flushing); return fault },
				Meanwhile: func() {
					select {
					case <-flushing:
						time.Sleep(10 * time.Millisecond)
						ended = true
					case <-time.After(10 * time.Second):
					}
				},
				Done: func(func() (string, error)) { told = ended },
			})
			if !errors.Is(err, fault) || !ended || told != (fault == nil) {
				t.Errorf("error %v, ended %v, told after that %v", err, ended, told)
			}
		})
	}
}
