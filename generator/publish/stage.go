package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// staging is the folder in which the wanted tree is made. It is opened with the
// first file that differs, so that a run that changes nothing touches nothing.
// It may hold the tree swapped out last time or the beginnings of a killed run;
// none of it is trusted but files that are, by inode, the compared files of the
// output folder.
type staging struct {
	*session
	once sync.Once
	root *os.Root
	tree *tree // read only once open
	err  error

	flusher flusher

	looks atomic.Int32  // files looked at
	mode  atomic.Uint32 // of the first; 0 before
	odd   atomic.Bool   // one was not as it was written
}

// open makes the folder ready to be filled.
func (st *staging) open() error {
	st.once.Do(func() {
		if st.root, st.tree, st.err = st.openStaging(); st.err != nil {
			return
		}
		if err := st.clear(st.root, st.tree); err != nil {
			st.err = fmt.Errorf("publish: clear the staging folder: %w", err)
			return
		}
		if err := makeFolders(st.root, st.tree, st.folders); err != nil {
			st.err = fmt.Errorf("publish: make a folder in %s: %w", st.next, err)
		}
	})
	return st.err
}

func (st *staging) close() {
	_ = st.flusher.wait() // flush told of its error
	if st.root != nil {
		st.root.Close()
	}
}

// folder opens a folder of the tree.
func (st *staging) folder(name string) (*os.Root, error) {
	return st.root.OpenRoot(filepath.FromSlash(name))
}

// put writes a file that differs.
func (st *staging) put(at *place, j *job, data []byte) error {
	if err := st.write(at, j, data); err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(st.next, j.Path), err)
	}
	return nil
}

func (st *staging) write(at *place, j *job, data []byte) error {
	if err := st.open(); err != nil {
		return err
	}
	if err := st.enter(at); err != nil {
		return err
	}
	folder := at.next
	if st.tree.wanted[j.n].there {
		if err := folder.Remove(j.name); err != nil {
			return err
		}
	}
	var err error
	if st.syncEach() {
		err = write(folder, j.name, data, j.mtime, true)
	} else {
		err = create(folder, at.dir, j.name, data, j.mtime)
		if st.syncWhole() {
			st.flusher.wrote(len(data), func() error { return st.opts.syncTree(st.next) })
		}
	}
	if err == nil && st.opts.Done != nil {
		var now entry
		now, err = st.written(at, j, int64(len(data)))
		j.looked, j.mark = err == nil, markOf(j.Path, &now)
	}
	return err
}

// sample is how many new files are looked at before the rest are taken to be as
// they were written.
const sample = 16

// written tells of a file that was just written. What a file system makes of
// sizes, times and permissions is seen in the first ones: where they are as they
// were written, with the same permissions, so are the others. Where that is wrong
// the next build finds a folder that is not as it was told, and looks at it.
func (st *staging) written(at *place, j *job, size int64) (entry, error) {
	foreseen := entry{there: true, mode: fs.FileMode(st.mode.Load()), size: size, mtime: j.mtime}
	if st.looks.Load() >= sample && !st.odd.Load() {
		return foreseen, nil
	}
	now, err := lookAt(at.next, at.dir, j.name)
	if err != nil {
		return now, err
	}
	st.mode.CompareAndSwap(0, uint32(now.mode))
	if foreseen.mode = fs.FileMode(st.mode.Load()); markOf("", &foreseen) != markOf("", &now) {
		st.odd.Store(true)
	}
	st.looks.Add(1)
	return now, nil
}

// enter opens the folder of a place in the staging tree.
func (st *staging) enter(at *place) (err error) {
	if at.next == nil {
		if at.next, err = st.folder(at.folder); err == nil {
			at.dir, err = at.next.Open(".")
		}
	}
	return err
}

// complete adds the files that did not change, the kept ones and the manifest.
func (st *staging) complete(ctx context.Context) error {
	if err := st.open(); err != nil {
		return err
	}
	var todo []*job
	for _, j := range st.order {
		if j.same && !st.tree.wanted[j.n].id.same(j.old.id) {
			todo = append(todo, j)
		}
	}
	if err := each(ctx, todo, st.next, st.folder, st.link); err != nil {
		return err
	}
	for _, k := range st.keep {
		if err := st.stageKept(st.root, st.tree, k); err != nil {
			return fmt.Errorf("publish: carry over %s: %w", filepath.Join(st.dir, k), err)
		}
	}
	if err := st.stageList(st.root); err != nil {
		return fmt.Errorf("publish: write %s: %w", filepath.Join(st.next, Manifest), err)
	}
	return nil
}

// openStaging opens or makes the staging folder. It always holds a manifest
// before anything else: that is how a later run knows it for its own.
func (s *session) openStaging() (*os.Root, *tree, error) {
	if err := os.Mkdir(s.next, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, nil, fmt.Errorf("publish: make the staging folder: %w", err)
	}
	info, err := os.Lstat(s.next)
	if err != nil {
		return nil, nil, fmt.Errorf("publish: look at the staging folder: %w", err)
	}
	if !info.IsDir() {
		return nil, nil, fmt.Errorf("publish %s: %w: the staging folder's name is taken; move it away", s.next, ErrForeign)
	}
	root, err := os.OpenRoot(s.next)
	if err != nil {
		return nil, nil, fmt.Errorf("publish: open the staging folder: %w", err)
	}
	t, err := s.claim(root, info)
	if err != nil {
		root.Close()
		return nil, nil, err
	}
	return root, t, nil
}

// claim checks that the staging folder is ours, puts a manifest into it, and
// gives it the output folder's permissions.
func (s *session) claim(root *os.Root, info fs.FileInfo) (*tree, error) {
	t := newTree(s.files, s.index)
	if err := t.look(root, byList); err != nil {
		return nil, err
	}
	if !t.hasFile(Manifest) {
		for p, e := range t.all() {
			if !e.mode.IsDir() && !s.keeps(p) {
				return nil, fmt.Errorf("publish %s: %w: it holds %q; the name is needed for staging, move it away", s.next, ErrForeign, p)
			}
		}
		if err := root.WriteFile(Manifest, encodeManifest(nil), 0o644); err != nil {
			return nil, fmt.Errorf("publish: mark the staging folder: %w", err)
		}
	}
	if now, err := os.Stat(s.dir); err == nil && now.Mode() != info.Mode() {
		mode := now.Mode() & (fs.ModePerm | fs.ModeSetgid | fs.ModeSticky)
		if err := os.Chmod(s.next, mode); err != nil {
			return nil, fmt.Errorf("publish: give the staging folder the mode of %s: %w", s.dir, err)
		}
	}
	return t, nil
}

// clear removes what the wanted tree has not, and forgets it in t.
func (s *session) clear(root *os.Root, t *tree) error {
	for _, p := range s.surplus(t) {
		folder := t.isFolder(p)
		delete(t.others, p)
		var err error
		switch {
		case folder:
			err = root.RemoveAll(p)
		case t.hasFolder(path.Dir(p)): // else it went with its folder
			err = root.Remove(p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// link puts a file that did not change into its staging folder.
func (st *staging) link(folder *os.Root, j *job) error {
	if st.tree.wanted[j.n].there {
		if err := folder.Remove(j.name); err != nil {
			return err
		}
	}
	p := filepath.FromSlash(j.Path)
	if os.Link(filepath.Join(st.dir, p), filepath.Join(st.next, p)) == nil {
		return nil
	}
	// No hard links here (FAT, some network disks, another owner's file).
	data, err := st.session.root.ReadFile(j.Path)
	if err != nil {
		return err
	}
	if sha256.Sum256(data) != st.lines[j.n].sum {
		return fmt.Errorf("it was changed by somebody else meanwhile; build again")
	}
	return write(folder, j.name, data, j.old.mtime, st.syncEach())
}

// stageKept carries a kept file over as it is in the output folder.
func (s *session) stageKept(root *os.Root, t *tree, name string) error {
	if t.at(name).there {
		if err := root.Remove(name); err != nil {
			return err
		}
	}
	if !s.tree.hasFile(name) {
		return nil
	}
	if os.Link(filepath.Join(s.dir, name), filepath.Join(s.next, name)) == nil {
		return nil
	}
	info, err := s.root.Lstat(name)
	if err != nil {
		return err
	}
	return copyFile(s.root, root, name, info, s.syncEach())
}

// stageList writes the manifest last and by rename, so that the staging folder
// is never without one.
func (s *session) stageList(root *os.Root) error {
	temp := tempPrefix + "manifest"
	modified := s.list.mtime
	if s.list.same {
		modified = s.list.old.mtime
	}
	return writeOver(root, Manifest, temp, s.list.Data, modified.Truncate(time.Second), s.syncEach())
}
