package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// session is one run: where it writes, what is there, and what differs.
type session struct {
	opts   Options
	keep   []string
	parent string // the folder of dir, symbolic links resolved
	dir    string // the output folder; the link's target where the caller named a link
	next   string // staging
	old    string // the output folder while it is swapped out by plain renames
	lock   *os.File

	root     *os.Root        // of dir; nil while dir does not exist
	tree     *tree           // of dir
	manifest manifest        // of dir, as far as it was read
	files    []File          // that are wanted,
	index    map[string]int  // their numbers by path
	jobs     []job           // for each of them
	order    []*job          // the same sorted by folder, then name
	lines    []line          // of each of them, for the manifest
	newest   time.Time       // of them
	folders  map[string]bool // the folders they need
	list     job             // the manifest itself
	extras   []string        // what dir holds and shall not: files, links, empty folders
	result   Result

	meanwhile sync.WaitGroup // for Options.Meanwhile
}

// open checks the wanted files, locks the output, repairs what a killed run
// left, and looks at what is there. It changes no published file.
func open(ctx context.Context, dir string, files []File, o Options) (*session, error) {
	s := &session{opts: o, keep: o.Keep}
	if s.keep == nil {
		s.keep = []string{".gitignore", ".gitkeep"}
	}
	if s.opts.exchange == nil {
		s.opts.exchange = exchange
	}
	if s.opts.syncTree == nil {
		s.opts.syncTree = syncTree
	}
	if s.opts.step == nil {
		s.opts.step = func(string) {}
	}
	var err error
	if s.index, err = checkPaths(files, s.keep); err != nil {
		return nil, err
	}
	s.files = files
	if err := s.locate(dir); err != nil {
		return nil, err
	}
	if s.lock, err = acquire(ctx, filepath.Join(s.parent, "."+filepath.Base(s.dir)+".lock"), o); err != nil {
		return nil, err
	}
	if err := s.load(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// locate fixes the paths of the run. A symbolic link named as the output is
// followed here, once: the folder it points to is replaced, the link stays.
func (s *session) locate(dir string) error {
	given := dir
	dir, err := filepath.Abs(given)
	if err != nil {
		return fmt.Errorf("publish: find %s: %w", given, err)
	}
	for range 40 { // as many links as Linux follows
		target, err := os.Readlink(dir)
		if err != nil {
			break
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(dir), target)
		}
		dir = target
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("publish: make the parent of the output folder: %w", err)
	}
	if s.parent, err = filepath.EvalSymlinks(filepath.Dir(dir)); err != nil {
		return fmt.Errorf("publish: find the parent of the output folder: %w", err)
	}
	base := filepath.Base(dir)
	s.dir = filepath.Join(s.parent, base)
	if s.dir == s.parent {
		return fmt.Errorf("publish %s: %w: a whole disk cannot be the output folder", s.dir, ErrForeign)
	}
	s.next = filepath.Join(s.parent, "."+base+".next")
	s.old = filepath.Join(s.parent, "."+base+".old")
	return nil
}

// load reads the present tree and plans what to do with it.
func (s *session) load() error {
	if err := s.recover(); err != nil {
		return err
	}
	var g errgroup.Group
	g.Go(func() error {
		s.plan()
		return nil
	})
	if err := errors.Join(s.present(), g.Wait()); err != nil {
		return err
	}
	s.extras = s.surplus(s.tree)
	if err := s.checkOwned(); err != nil {
		return err
	}
	if s.opts.As != "" && s.tree.sum.String() != s.opts.As {
		return fmt.Errorf("publish %s: %w", s.dir, ErrMoved)
	}
	return nil
}

// present reads the present tree and its manifest.
func (s *session) present() error {
	s.tree, s.manifest = newTree(s.files, s.index), newManifest(s.files, s.index)
	switch info, err := os.Lstat(s.dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("publish: look at the output folder: %w", err)
	case !info.IsDir():
		return fmt.Errorf("publish %s: %w: it is not a folder; remove it or choose another", s.dir, ErrForeign)
	}
	var err error
	if s.root, err = os.OpenRoot(s.dir); err != nil {
		return fmt.Errorf("publish: open the output folder: %w", err)
	}
	var g errgroup.Group
	g.Go(func() error { return s.manifest.read(s.root) })
	s.tree.summed = s.opts.As != ""
	return cmp.Or(s.tree.look(s.root, fully), g.Wait())
}

// upToDate reports that the disk holds what is wanted, byte for byte.
func (s *session) upToDate() bool {
	for i := range s.jobs {
		if !s.jobs[i].same {
			return false
		}
	}
	return s.list.same && len(s.extras) == 0
}

// count says what the run has to do.
func (s *session) count() Result {
	var r Result
	for i := range s.jobs {
		if s.jobs[i].same {
			r.Unchanged++
			continue
		}
		r.Written++
		r.Bytes += s.lines[i].size
	}
	for _, p := range s.extras {
		if !s.tree.isFolder(p) && !isTemp(p) {
			r.Removed++
		}
	}
	return r
}

// close ends the run; the lock goes last.
func (s *session) close() {
	s.meanwhile.Wait()
	s.closeRoot()
	release(s.lock)
}

func (s *session) closeRoot() {
	if s.root != nil {
		s.root.Close()
		s.root = nil
	}
}

// mtime gives the time to publish for bytes that differ from those of old. It
// is later than old's even when the content is not newer (only a template
// changed): a client that polls with If-Modified-Since would otherwise be told
// that its stale copy is fresh.
func mtime(modified time.Time, old *entry) time.Time {
	modified = modified.UTC().Truncate(time.Second)
	if old == nil {
		return modified
	}
	if before := old.mtime.UTC().Truncate(time.Second); !modified.After(before) {
		return before.Add(time.Second)
	}
	return modified
}
