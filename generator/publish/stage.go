package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// stage makes the staging folder the wanted tree. It may hold the tree swapped
// out last time or the beginnings of a killed run; none of it is trusted but
// files that are, by inode, the compared files of the output folder.
func (s *session) stage(ctx context.Context) error {
	root, t, err := s.openStaging()
	if err != nil {
		return err
	}
	defer root.Close()
	if err := s.clear(root, t); err != nil {
		return fmt.Errorf("publish: clear the staging folder: %w", err)
	}
	if err := makeFolders(root, t, s.folders); err != nil {
		return fmt.Errorf("publish: make a folder in %s: %w", s.next, err)
	}
	enter := func(folder string) (*os.Root, error) { return root.OpenRoot(filepath.FromSlash(folder)) }
	err = each(ctx, s.jobs, s.next, enter, func(folder *os.Root, j *job) error {
		return s.stageFile(folder, t, j)
	})
	if err != nil {
		return err
	}
	for _, k := range s.keep {
		if err := s.stageKept(root, t, k); err != nil {
			return fmt.Errorf("publish: carry over %s: %w", filepath.Join(s.dir, k), err)
		}
	}
	if err := s.stageList(root, t); err != nil {
		return fmt.Errorf("publish: write %s: %w", filepath.Join(s.next, Manifest), err)
	}
	return nil
}

// openStaging opens or makes the staging folder. It always holds a manifest
// before anything else: that is how a later run knows it for its own.
func (s *session) openStaging() (*os.Root, tree, error) {
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
func (s *session) claim(root *os.Root, info fs.FileInfo) (tree, error) {
	t, err := scan(root)
	if err != nil {
		return nil, err
	}
	if !t.hasFile(Manifest) {
		for p, mode := range t {
			if !mode.IsDir() && !s.keeps(p) {
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
func (s *session) clear(root *os.Root, t tree) error {
	surplus := t.sorted(func(p string, mode fs.FileMode) bool {
		if mode.IsDir() {
			return !s.folders[p]
		}
		return !s.index[p] && p != Manifest && !s.keeps(p)
	})
	for _, p := range surplus {
		mode, ok := t[p]
		delete(t, p)
		var err error
		switch {
		case ok && mode.IsDir():
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

// stageFile puts one wanted file into its staging folder.
func (s *session) stageFile(folder *os.Root, t tree, j *job) error {
	if _, present := t[j.Path]; present {
		if j.same {
			if info, err := folder.Lstat(j.name); err == nil && os.SameFile(info, j.old) {
				return nil
			}
		}
		if err := folder.Remove(j.name); err != nil {
			return err
		}
	}
	if !j.same {
		return write(folder, j.name, j.Data, j.mtime, s.syncEach())
	}
	p := filepath.FromSlash(j.Path)
	if os.Link(filepath.Join(s.dir, p), filepath.Join(s.next, p)) == nil {
		return nil
	}
	// No hard links here (FAT, some network disks, another owner's file).
	return write(folder, j.name, j.Data, j.old.ModTime(), s.syncEach())
}

// stageKept carries a kept file over as it is in the output folder.
func (s *session) stageKept(root *os.Root, t tree, name string) error {
	if _, stale := t[name]; stale {
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
func (s *session) stageList(root *os.Root, t tree) error {
	temp := tempPrefix + "manifest"
	modified := s.list.mtime
	if s.list.same {
		modified = s.list.old.ModTime()
	}
	return writeOver(root, Manifest, temp, s.list.Data, modified.Truncate(time.Second), s.syncEach())
}

// syncEach reports whether every file has to be flushed on its own, because
// the system cannot flush a whole file system at once.
func (s *session) syncEach() bool { return !canSyncTree && !s.opts.NoSync }

// flush brings the staged tree to disk before it can be swapped in.
func (s *session) flush() error {
	if s.opts.NoSync || !canSyncTree {
		return nil
	}
	if err := syncTree(s.next); err != nil {
		return fmt.Errorf("publish: flush the staging folder: %w", err)
	}
	return nil
}
