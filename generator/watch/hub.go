package watch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// system is what a Watcher needs of the system beside the files; tests put
// their own in.
type system struct {
	open      func() (*kernel, error)
	eventless func(path string) string
}

// kernel is the part of an fsnotify.Watcher that is used.
type kernel struct {
	events <-chan fsnotify.Event
	errors <-chan error
	add    func(string) error
	remove func(string) error
	list   func() []string
	close  func() error
}

func openKernel() (*kernel, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &kernel{w.Events, w.Errors, w.Add, w.Remove, w.WatchList, w.Close}, nil
}

// watch is one folder that the kernel reports events of, under the name that it
// was added with. That is its path without links, so that what is said of the
// folder that it is in concerns it by name: fsnotify says of a folder that it was
// removed only once, there or here, and a new folder may have the same identity.
type watch struct {
	name  string
	id    ident
	dirty bool // events came since the last look
	lost  bool // it no longer is what stands at name
	used  bool
}

// hub keeps the watches: one a folder, whatever the number of paths to it,
// since the kernel knows folders, not paths. Without a kernel it has none.
type hub struct {
	kernel *kernel
	byName map[string]*watch
	byID   map[ident]*watch
}

func newHub(k *kernel) *hub {
	return &hub{kernel: k, byName: map[string]*watch{}, byID: map[ident]*watch{}}
}

// errRestless says that a folder was replaced again and again while it was
// being watched.
var errRestless = errors.New("the folder keeps being replaced")

// identify returns the identity of a folder, links followed.
func identify(name string) (ident, error) {
	info, err := os.Stat(name)
	if err != nil {
		return ident{}, err
	}
	if !info.IsDir() {
		return ident{}, &os.PathError{Op: "watch", Path: name, Err: syscall.ENOTDIR}
	}
	id, _ := attributes(info)
	return id, nil
}

// ensure returns a live watch of the folder that stands at name now. What
// happens in the folder after ensure returned is reported.
func (h *hub) ensure(name string) (*watch, error) {
	for range 4 {
		id, err := identify(name)
		if err != nil {
			return nil, err
		}
		if w := h.valid(name, id); w != nil {
			return w, nil
		}
		if err := h.kernel.add(name); err != nil {
			return nil, err
		}
		w := &watch{name: name, id: id}
		h.byName[name] = w
		if id != (ident{}) {
			h.byID[id] = w
		}
		if now, err := identify(name); err == nil && now == id {
			return w, nil
		}
		h.drop(w)
	}
	return nil, errRestless
}

// valid returns the watch that a folder has already, and drops those that stand
// in its way: one of another folder under this name, and one of this folder
// under a name that it had before it was moved. (Added under a second name, a
// folder would keep reporting under the first.)
func (h *hub) valid(name string, id ident) *watch {
	if w := h.byName[name]; w != nil {
		if w.id == id && !w.lost {
			return w
		}
		h.drop(w)
	}
	if w := h.byID[id]; w != nil {
		if at, err := identify(w.name); err == nil && at == id && !w.lost {
			return w
		}
		h.drop(w)
	}
	return nil
}

// drop ends a watch. That the kernel has none under this name any more is no
// error.
func (h *hub) drop(w *watch) {
	_ = h.kernel.remove(w.name)
	if h.byName[w.name] == w {
		delete(h.byName, w.name)
	}
	if h.byID[w.id] == w {
		delete(h.byID, w.id)
	}
	w.lost = true // who relies on it must look again
}

// mark notes an event. The folder it names, if it is one, and the folder it is
// in are to be looked at again.
func (h *hub) mark(name string, op fsnotify.Op) {
	name = filepath.Clean(name)
	if w := h.byName[name]; w != nil {
		w.dirty = true
		if op.Has(fsnotify.Remove) || op.Has(fsnotify.Rename) {
			w.lost = true // even if a new folder has taken the name since
		}
	}
	if w := h.byName[filepath.Dir(name)]; w != nil {
		w.dirty = true
	}
}

// verify marks as lost what the kernel no longer watches: it says nothing when
// a file system is unmounted.
func (h *hub) verify() {
	live := map[string]bool{}
	for _, name := range h.kernel.list() {
		live[name] = true
	}
	for name, w := range h.byName {
		if !live[name] {
			w.lost = true
		}
	}
}

// sweep drops the watches that nobody uses any more, and ends the look.
func (h *hub) sweep() {
	for _, w := range h.byName {
		if !w.used {
			h.drop(w)
		}
		w.used, w.dirty = false, false
	}
}

// limitNotice explains why there are no events from now on.
func limitNotice(err error) Notice {
	n := Notice{Hint: "files are polled instead"}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		n.Message = "inotify limit reached: no more folders can be watched"
		n.Hint += "; raise the limit with sysctl fs.inotify.max_user_watches=524288 and start again"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		n.Message = "inotify limit reached: too many watchers or open files"
		n.Hint += "; raise sysctl fs.inotify.max_user_instances or ulimit -n and start again"
	default:
		n.Message = fmt.Sprintf("cannot watch: %v", err)
	}
	return n
}
