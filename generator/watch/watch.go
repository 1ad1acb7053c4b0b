// Package watch says that files below some folders have changed, and nothing
// more.
//
// In: a site's folder and the names of the folders in it to watch. Out: a
// channel of Change values. Events of the kernel are hints only: they say which
// folders to look at again. What has changed is found by comparing the folders
// with a snapshot of them, so an event that is lost, doubled or out of order
// cannot make a Change wrong. It must not know what the files mean, build
// anything, or write. It is the only importer of fsnotify.
package watch

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bongsu/generator/source"
)

// Options say what to watch. The zero value of a field is its default.
type Options struct {
	// Dir is the site's folder. It must exist when New is called.
	Dir string
	// Roots are folders below Dir, slash-separated, none inside another, such
	// as "content" and "templates". They may be missing, be symbolic links, and
	// be replaced at any time.
	Roots []string
	// Exclude are folders that are never looked into, such as the output
	// folder: slash-separated below Dir, or absolute.
	Exclude []string
	// Ignore says which names are passed over; nil means source.Ignored.
	Ignore func(name string) bool
	// Poll above 0 uses no events of the kernel; every file is looked at in
	// this interval.
	Poll time.Duration
	// Quiet is how long nothing may happen before a Change is made (30 ms), and
	// Cap how long a Change waits for that at most (250 ms).
	Quiet, Cap time.Duration
	// Audit is how often every file is looked at although no event came: for
	// writes through mmap, mounts, and file systems that lose events. Default
	// 30 s; longer where that would cost more than a thousandth of the time;
	// below 0: never.
	Audit time.Duration
	// Notice is told what the operator should know. It is called by the
	// watcher's goroutine (by New's at the start): it must be quick and must
	// not call Close.
	Notice func(Notice)
}

// Notice is something about the watching itself: a limit reached, a folder that
// cannot be read, events lost. Message and Hint are in the style of
// diagnostics.
type Notice struct {
	Message string
	Hint    string
}

// Change says that files have changed.
type Change struct {
	// Paths are the files added, removed or with new content: slash-separated
	// from Dir, in Unicode NFC, sorted, each once.
	Paths []string
	// Rescan says that events were lost, or might have been, and everything was
	// compared anew. Paths is then all that was found, and may be empty.
	Rescan bool
	// At is the time of the first event that led to the change.
	At time.Time
}

// grace is how long after the end of a reading an event may still be on its
// way.
const grace = time.Second

// fallbackPoll is the shortest interval between looks where events cannot be
// had although they were wanted.
const fallbackPoll = time.Second

// Watcher watches the files of a site. Its methods may be called by any
// goroutine.
type Watcher struct {
	out  chan Change
	stop chan struct{}
	done chan struct{}
	once sync.Once

	grace time.Duration

	mu      sync.Mutex // guards what follows
	asked   bool       // Reading was called
	readers int
	read    time.Time // when the last reading ended
}

// New takes the snapshot that changes are compared with, and starts to watch:
// what happens after New returns is reported. So call it before the files are
// read for the first time. It fails only for wrong options or a Dir that is no
// folder: where events cannot be had, it polls and says so.
func New(o Options) (*Watcher, error) {
	return start(o, system{open: openKernel, eventless: eventless})
}

func start(o Options, s system) (*Watcher, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	w := &Watcher{out: make(chan Change), stop: make(chan struct{}), done: make(chan struct{}), grace: grace}
	l := newLoop(o, s, w)
	go l.run()
	return w, nil
}

// complete sets the defaults and makes the paths absolute.
func (o *Options) complete() error {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return fmt.Errorf("cannot watch %q: %w", o.Dir, err)
	}
	if _, err := identify(dir); err != nil {
		return fmt.Errorf("cannot watch %q: %w", o.Dir, err)
	}
	o.Dir = dir
	roots := make([]string, len(o.Roots))
	for i, r := range o.Roots {
		roots[i] = filepath.Clean(filepath.FromSlash(r))
		if !filepath.IsLocal(roots[i]) {
			return fmt.Errorf("cannot watch %q: it is not below %q", r, o.Dir)
		}
		for _, other := range roots[:i] {
			if within(roots[i], other) || within(other, roots[i]) {
				return fmt.Errorf("cannot watch %q and %q: one holds the other", other, roots[i])
			}
		}
	}
	o.Roots = roots
	if o.Ignore == nil {
		o.Ignore = source.Ignored
	}
	if o.Notice == nil {
		o.Notice = func(Notice) {}
	}
	orDefault(&o.Quiet, 30*time.Millisecond)
	orDefault(&o.Cap, 250*time.Millisecond)
	orDefault(&o.Audit, 30*time.Second)
	return nil
}

func orDefault(d *time.Duration, value time.Duration) {
	if *d == 0 {
		*d = value
	}
}

// within reports whether a cleaned path is dir or below it.
func within(path, dir string) bool {
	if dir == "." || path == dir {
		return true
	}
	return strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// Changes is where changes come from. One waits at a time: what happens before
// it is received is merged into it. Close closes the channel.
func (w *Watcher) Changes() <-chan Change { return w.out }

// Reading says that the files are about to be read; the function that it
// returns, that they have been. A file that changed and changed back in the
// meantime may have been read in between, so it is reported; at other times it
// is not. Call it around every reading or never: without it the files count as
// being read all the time, so nothing is missed, but some changes come to
// nothing.
func (w *Watcher) Reading() (done func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = true
	w.readers++
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.readers--
		w.read = time.Now()
	})
}

// busy reports whether somebody may be reading files, or was when an event that
// arrives now came about.
func (w *Watcher) busy() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.asked || w.readers > 0 || time.Since(w.read) < w.grace
}

// Close ends the watching and waits until nothing of it is left. It may be
// called more than once.
func (w *Watcher) Close() error {
	w.once.Do(func() { close(w.stop) })
	<-w.done
	return nil
}
