package watch

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// scene is a site's folder with a Watcher of content/ and templates/.
type scene struct {
	t   *testing.T
	dir string
	w   *Watcher

	mu      sync.Mutex
	notices []Notice
	marks   int
}

// site makes a folder with some content.
func site(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, dir: t.TempDir()}
	s.write("content/site.yaml", "languages: [ko, en]")
	s.write("content/advisories/2025/a.ko.md", "alpha")
	s.write("content/advisories/2025/b.ko.md", "beta")
	s.write("content/provinces/cambodia/country.yaml", "code: KH")
	s.write("templates/base.html", "<html>")
	s.write("marks/mark", "")
	return s
}

// watching starts the Watcher. Nobody reads the files but where a test says so.
func (s *scene) watching(change ...func(*Options, *system)) *scene {
	s.t.Helper()
	o := Options{Dir: s.dir, Roots: []string{"marks", "content", "templates"}, Exclude: []string{"public"}, Audit: -1, Notice: s.notice}
	sys := system{openKernel, eventless}
	for _, c := range change {
		c(&o, &sys)
	}
	w, err := start(o, sys)
	if err != nil {
		s.t.Fatal(err)
	}
	s.w = w
	s.t.Cleanup(func() { w.Close() })
	w.mu.Lock()
	w.grace = 0
	w.mu.Unlock()
	w.Reading()()
	return s
}

func polling(o *Options, _ *system) { o.Poll = 20 * time.Millisecond }

func (s *scene) notice(n Notice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notices = append(s.notices, n)
}

// noticed returns the messages of all notices so far.
func (s *scene) noticed() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for _, n := range s.notices {
		b.WriteString(n.Message + "; " + n.Hint + "\n")
	}
	return b.String()
}

func (s *scene) full(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) write(name, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.full(name)), 0o755))
	s.must(os.WriteFile(s.full(name), []byte(text), 0o644))
}

func (s *scene) rename(from, to string) {
	s.t.Helper()
	s.must(os.Rename(s.full(from), s.full(to)))
}

func (s *scene) remove(name string) {
	s.t.Helper()
	s.must(os.RemoveAll(s.full(name)))
}

// link makes a symbolic link, replacing one at once.
func (s *scene) link(target, name string) {
	s.t.Helper()
	s.must(os.Symlink(target, s.full(name)+".tmp"))
	s.rename(name+".tmp", name)
}

func (s *scene) next() Change {
	s.t.Helper()
	select {
	case c, ok := <-s.w.Changes():
		if !ok {
			s.t.Fatal("the watcher has ended")
		}
		return c
	case <-time.After(10 * time.Second):
		s.t.Fatal("no change within 10 s")
	}
	return Change{}
}

// mark writes a file whose change must come after all that has happened before,
// and returns its path: it lies in the first root, alone. That makes waiting for
// nothing unnecessary.
func (s *scene) mark() string {
	s.t.Helper()
	s.marks++
	s.write("marks/mark", strings.Repeat("m", s.marks))
	return "marks/mark"
}

// settled returns all paths reported since the last call, when everything that
// has happened has been.
func (s *scene) settled() []string {
	s.t.Helper()
	mark := s.mark()
	var all []string
	for {
		c := s.next()
		all = append(all, c.Paths...)
		if slices.Contains(c.Paths, mark) {
			break
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(p string) bool { return p == mark })
}

// batch does something with Git's lock held, so that all of it is one change
// however slow the machine is. (TestGitLock shows that it is.)
func (s *scene) batch(do func(*scene)) {
	s.t.Helper()
	s.write(".git/index.lock", "")
	do(s)
	s.mark()
	s.remove(".git/index.lock")
}

func (s *scene) want(paths ...string) {
	s.t.Helper()
	slices.Sort(paths)
	if got := s.settled(); !slices.Equal(got, paths) {
		s.t.Errorf("reported %q, want %q", got, paths)
	}
}

func TestOptions(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	tests := map[string]Options{
		"cannot watch": {Dir: filepath.Join(dir, "missing")},
		"directory":    {Dir: file},
		"not below":    {Dir: dir, Roots: []string{"../content"}},
		"one holds":    {Dir: dir, Roots: []string{"content", "content/advisories"}},
	}
	for want, o := range tests {
		if w, err := New(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New(%+v) = %v, want an error with %q", o, err, want)
			if w != nil {
				w.Close()
			}
		}
	}
}

// Case 28: an output folder inside a root, under its name or through a link.
func TestExclude(t *testing.T) {
	s := site(t)
	s.write("content/out/index.html", "x")
	s.link("out", "content/link")
	s.watching(func(o *Options, _ *system) { o.Exclude = []string{"content/out", s.full("content/later")} })
	s.write("content/out/index.html", "y")
	s.write("content/out/sub/new.html", "y")
	s.write("content/later/new.html", "y")
	s.write("content/outside.md", "y")
	s.want("content/outside.md")
	s.rename("content/out", "content/shown")
	s.want("content/link", "content/shown/index.html", "content/shown/sub/new.html")
}

func TestNothingIsLeftAfterClose(t *testing.T) {
	count := func() (goroutines, files int) {
		list, _ := os.ReadDir("/proc/self/fd")
		return runtime.NumGoroutine(), len(list)
	}
	s := site(t)
	goroutines, files := count()
	for i := range 20 {
		w, err := New(Options{Dir: s.dir, Roots: []string{"content", "templates"}})
		if err != nil {
			t.Fatal(err)
		}
		s.write("content/new.md", strings.Repeat("x", i+1))
		if i%2 == 0 {
			<-w.Changes()
		}
		w.Close()
		w.Close()
		for range w.Changes() { // ends, since Close closes it
		}
	}
	for range 100 { // a goroutine that has closed its last channel may still be counted
		if g, f := count(); g <= goroutines && f <= files {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	g, f := count()
	t.Errorf("%d goroutines and %d descriptors, %d and %d before", g, f, goroutines, files)
}
