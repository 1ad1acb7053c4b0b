package watch

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// script is a kernel that says what a test tells it to.
type script struct {
	events chan fsnotify.Event
	errors chan error
	once   sync.Once
	limit  int // how many folders can be watched
	err    error

	mu    sync.Mutex
	added []string
	onAdd func(name string)
}

func scripted() *script {
	return &script{events: make(chan fsnotify.Event), errors: make(chan error), limit: 1000, err: syscall.ENOSPC}
}

func (k *script) open() (*kernel, error) {
	add := func(name string) error {
		k.mu.Lock()
		defer k.mu.Unlock()
		if len(k.added) >= k.limit {
			return k.err
		}
		k.added = append(k.added, name)
		if k.onAdd != nil {
			k.onAdd(name)
		}
		return nil
	}
	return &kernel{k.events, k.errors, add, func(string) error { return nil }, k.list, k.close}, nil
}

func (k *script) list() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.added)
}

func (k *script) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.added = nil
}

func (k *script) close() error {
	k.once.Do(func() { close(k.events); close(k.errors) })
	return nil
}

func (k *script) use(o *Options, s *system) { s.open = k.open }

// wrote writes a file and has the kernel say so.
func (k *script) wrote(s *scene, name, text string) {
	s.write(name, text)
	k.events <- fsnotify.Event{Name: s.full(name), Op: fsnotify.Write}
}

// bubble runs a test in fake time, with a scripted kernel.
func bubble(t *testing.T, options func(*Options), do func(*scene, *script)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		k := scripted()
		s := site(t)
		s.watching(k.use, func(o *Options, _ *system) {
			if options != nil {
				options(o)
			}
		})
		defer s.w.Close()
		do(s, k)
	})
}

// nothing fails if a change comes within a time.
func (s *scene) nothing(d time.Duration) {
	s.t.Helper()
	select {
	case c := <-s.w.Changes():
		s.t.Errorf("reported %q (rescan %v), want nothing for %v", c.Paths, c.Rescan, d)
	case <-time.After(d):
	}
}

// after fails unless a change with these paths comes at the end of a time.
func (s *scene) after(d time.Duration, paths ...string) Change {
	s.t.Helper()
	begin := time.Now()
	c := s.next()
	if took := time.Since(begin); took != d {
		s.t.Errorf("reported after %v, want %v", took, d)
	}
	if !slices.Equal(c.Paths, paths) {
		s.t.Errorf("reported %q, want %q", c.Paths, paths)
	}
	return c
}

func TestQuiet(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		begin := time.Now()
		k.wrote(s, a, "1")
		time.Sleep(20 * time.Millisecond)
		k.wrote(s, b, "2")
		if c := s.after(30*time.Millisecond, a, b); !c.At.Equal(begin) || c.Rescan {
			t.Errorf("got %+v, want the time of the first event, %v", c, begin)
		}
		s.nothing(time.Hour)
	})
}

// Case 29: a storm holds changes back for no longer than the cap.
func TestCap(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		go func() {
			for i := range 200 {
				s.write(a+".tmp", fmt.Sprint("storm ", i)) // whole at every moment
				s.rename(a+".tmp", a)
				k.events <- fsnotify.Event{Name: s.full(a), Op: fsnotify.Create}
				time.Sleep(10 * time.Millisecond)
			}
		}()
		for range 7 { // the next storm starts with the next event
			begin := time.Now()
			if c := s.next(); !slices.Equal(c.Paths, []string{a}) || time.Since(begin) > 260*time.Millisecond {
				t.Errorf("reported %q after %v", c.Paths, time.Since(begin))
			}
		}
		time.Sleep(time.Second)
	})
}

// Case 29: what comes while nobody receives is one change.
func TestSlowConsumer(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		begin := time.Now()
		for i, name := range []string{a, b, a, "content/site.yaml"} {
			k.wrote(s, name, strings.Repeat("x", i+1))
			time.Sleep(time.Second)
		}
		if c := s.after(0, a, b, "content/site.yaml"); !c.At.Equal(begin) {
			t.Errorf("the time is %v, want that of the first event, %v", c.At, begin)
		}
		s.nothing(time.Hour)
		k.wrote(s, a, "other")
		time.Sleep(time.Second)
		k.wrote(s, a, "xxx")
		time.Sleep(time.Second)
		s.nothing(time.Hour) // it has come to nothing
	})
}

// A file that changes and changes back is reported to who may have read it.
func TestReading(t *testing.T) {
	flicker := func(s *scene, k *script) {
		k.wrote(s, a, "")
		k.wrote(s, a, "alpha")
		k.wrote(s, "content/.a.swp", "x")
	}
	bubble(t, nil, func(s *scene, k *script) {
		s.w.grace = grace
		done := s.w.Reading()
		other := s.w.Reading()
		flicker(s, k)
		s.after(30*time.Millisecond, a)
		done()
		done()
		flicker(s, k)
		s.after(30*time.Millisecond, a) // the other one is still reading
		other()
		flicker(s, k)
		s.after(30*time.Millisecond, a) // the events may be late
		time.Sleep(grace)
		flicker(s, k)
		s.nothing(time.Hour)
		defer s.w.Reading()()
		s.rename("content/advisories", "away")
		k.events <- fsnotify.Event{Name: s.full("content/advisories"), Op: fsnotify.Rename}
		s.rename("away", "content/advisories")
		k.events <- fsnotify.Event{Name: s.full("content/advisories"), Op: fsnotify.Create}
		if c := s.after(30 * time.Millisecond); !c.Rescan {
			t.Error("a folder that was away while it was read is no rescan")
		}
	})
}

// Without Reading nobody is known not to read.
func TestReadingIsNotAsked(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		s.w.asked = false
		k.wrote(s, a, "")
		k.wrote(s, a, "alpha")
		s.after(30*time.Millisecond, a)
	})
}

// Case 7: a lock that nobody takes away delays one change, once.
func TestLeftoverLock(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		s.write(".git/index.lock", "")
		k.wrote(s, a, "other")
		s.nothing(maxLock - time.Second)
		if c := s.next(); !slices.Equal(c.Paths, []string{a}) {
			t.Errorf("reported %q", c.Paths)
		}
		if !strings.Contains(s.noticed(), "index.lock") {
			t.Errorf("notices %q", s.noticed())
		}
		k.wrote(s, a, "more")
		s.after(30*time.Millisecond, a)
		s.remove(".git/index.lock")
		k.wrote(s, a, "even more")
		s.after(30*time.Millisecond, a)
		s.write(".git/index.lock", "")
		k.wrote(s, a, "and more")
		s.nothing(maxLock / 2)
	})
}

// Case 21: lost events and errors lead to a look at everything.
func TestLostEvents(t *testing.T) {
	for _, err := range []error{fsnotify.ErrEventOverflow, errors.New("read: input/output error"), syscall.EINVAL} {
		bubble(t, nil, func(s *scene, k *script) {
			s.write(a, "other")
			s.write("content/x/y/new.md", "x")
			k.errors <- err
			if c := s.after(30*time.Millisecond, a, "content/x/y/new.md"); !c.Rescan {
				t.Error("no rescan")
			}
			if told := s.noticed() != ""; told == errors.Is(err, syscall.EINVAL) {
				t.Errorf("%v: notices %q", err, s.noticed())
			}
			k.errors <- err
			s.nothing(time.Hour)
			done := s.w.Reading()
			k.errors <- err
			if c := s.after(30 * time.Millisecond); !c.Rescan {
				t.Error("no rescan although files were being read")
			}
			done()
			k.wrote(s, "content/x/y/new.md", "y")
			s.after(30*time.Millisecond, "content/x/y/new.md")
		})
	}
}

// More names than are kept until they can be looked at count as an overflow.
func TestManyHints(t *testing.T) {
	m := &mail{signal: make(chan struct{}, 1), busy: func() bool { return false }}
	for i := range maxHints + 1 {
		m.event(fsnotify.Event{Name: fmt.Sprint(i), Op: fsnotify.Create})
	}
	if l := m.take(); len(l.hints) != 1 || !slices.Contains(l.errs, fsnotify.ErrEventOverflow) {
		t.Errorf("%d names are kept, errors %v", len(l.hints), l.errs)
	}
}

// Cases 20 and 21: where a limit is reached, at the start or later, everything
// is polled.
func TestLimits(t *testing.T) {
	tests := []struct {
		name  string
		limit int // of watches
		open  error
		add   error
		hint  string
	}{
		{"no watches", 0, nil, syscall.ENOSPC, "fs.inotify.max_user_watches"},
		{"few watches", 3, nil, syscall.ENOSPC, "fs.inotify.max_user_watches"},
		{"no watches left later", 8, nil, &os.PathError{Op: "add", Err: syscall.ENOSPC}, "fs.inotify.max_user_watches"},
		{"no instances", 0, fmt.Errorf("couldn't initialize inotify: %w", syscall.EMFILE), nil, "fs.inotify.max_user_instances"},
		{"no descriptors left later", 8, nil, syscall.EMFILE, "ulimit -n"},
		{"no such thing", 0, syscall.ENOSYS, nil, "polled"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := scripted()
				k.limit, k.err = c.limit, c.add
				s := site(t).watching(k.use, func(_ *Options, s *system) {
					if c.open != nil {
						s.open = func() (*kernel, error) { return nil, c.open }
					}
				})
				defer s.w.Close()
				if c.limit == 8 && s.noticed() != "" {
					t.Fatalf("notices %q before the limit is reached", s.noticed())
				}
				if c.limit == 8 {
					s.write("content/1/2/3/4/new.md", "x")
					k.events <- fsnotify.Event{Name: s.full("content/1"), Op: fsnotify.Create}
					s.next()
				}
				s.write(b, "no event")
				if next := s.next(); !slices.Equal(next.Paths, []string{b}) {
					t.Errorf("reported %q", next.Paths)
				}
				if n := s.noticed(); strings.Count(n, "\n") != 1 || !strings.Contains(n, c.hint) {
					t.Errorf("notices %q, want one with %q", n, c.hint)
				}
			})
		})
	}
}

// The kernel's events end only if something has gone wrong.
func TestEventsEnd(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		k.close()
		s.nothing(time.Minute)
		s.write(a, "no event")
		if c := s.next(); !slices.Equal(c.Paths, []string{a}) {
			t.Errorf("reported %q", c.Paths)
		}
	})
}

// Case 22: where no events can be had, files are polled in the interval given.
func TestPollInterval(t *testing.T) {
	bubble(t, func(o *Options) { o.Poll = 5 * time.Second }, func(s *scene, _ *script) {
		time.Sleep(time.Second)
		s.write(a, "other")
		s.after(4*time.Second+30*time.Millisecond, a)
	})
	synctest.Test(t, func(t *testing.T) {
		s := site(t).watching(func(_ *Options, s *system) {
			s.eventless = func(path string) string { return map[bool]string{true: "NFS"}[strings.HasSuffix(path, "templates")] }
		})
		defer s.w.Close()
		if !strings.Contains(s.noticed(), "NFS") {
			t.Errorf("notices %q", s.noticed())
		}
		s.write(a, "other")
		if c := s.next(); !slices.Equal(c.Paths, []string{a}) {
			t.Errorf("reported %q", c.Paths)
		}
	})
}

// Case 8: what is written until the watch of a new folder stands has no event.
func TestWatchBeforeScan(t *testing.T) {
	bubble(t, nil, func(s *scene, k *script) {
		k.onAdd = func(name string) { os.WriteFile(name+"/early.md", []byte("x"), 0o644) }
		s.write("content/new/sub/one.md", "x")
		k.events <- fsnotify.Event{Name: s.full("content/new"), Op: fsnotify.Create}
		s.after(30*time.Millisecond, "content/new/early.md", "content/new/sub/early.md", "content/new/sub/one.md")
	})
}

// A watch that the kernel has dropped without a word, as when a file system is
// unmounted, is made again.
func TestForgottenWatch(t *testing.T) {
	bubble(t, func(o *Options) { o.Audit = 9 * time.Second }, func(s *scene, k *script) {
		k.forget()
		time.Sleep(10 * time.Second)
		if !slices.Contains(k.list(), s.full("content/advisories/2025")) {
			t.Errorf("watched again: %q", k.list())
		}
		k.wrote(s, a, "other")
		s.after(30*time.Millisecond, a)
	})
}

// Case 24: two writes within one tick of the file system's clock cannot be told
// apart by their times.
func TestFresh(t *testing.T) {
	now := time.Date(2025, 10, 16, 9, 0, 0, 123456789, time.UTC)
	ago := func(d time.Duration) int64 { return now.Add(-d).UnixNano() }
	tests := []struct {
		name         string
		mtime, ctime int64
		want         bool
	}{
		{"a minute old", ago(time.Minute), ago(time.Minute), false},
		{"just written", ago(time.Millisecond), ago(time.Millisecond), true},
		{"a tick old", ago(50 * time.Millisecond), ago(50 * time.Millisecond), false},
		{"old time set just now", ago(time.Hour), ago(time.Millisecond), true},
		{"future time set long ago", ago(-time.Hour), ago(time.Hour), false},
		{"no change time", ago(time.Millisecond), 0, true},
		{"no change time, future", ago(-time.Hour), 0, true},
		{"whole seconds", now.Truncate(time.Second).UnixNano(), 0, true},
		{"whole seconds, later", now.Truncate(time.Second).Add(-3 * time.Second).UnixNano(), 0, false},
	}
	for _, c := range tests {
		if got := isFresh(stamp{mtime: c.mtime, ctime: c.ctime}, now); got != c.want {
			t.Errorf("%s: fresh is %v, want %v", c.name, got, c.want)
		}
	}
}

// Case 35: whatever was missed is found by the look that needs no event.
func TestAudit(t *testing.T) {
	bubble(t, func(o *Options) { o.Audit = 9 * time.Second }, func(s *scene, _ *script) {
		s.write(a, "alphA")
		if c := s.next(); !slices.Equal(c.Paths, []string{a}) || !c.Rescan {
			t.Errorf("reported %+v", c)
		}
		s.nothing(time.Hour)
	})
}
