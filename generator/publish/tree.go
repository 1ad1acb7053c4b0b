package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// tree is what a folder holds: what is known of every entry by slash-separated
// path. Symbolic links are entries, never followed.
type tree map[string]fs.FileInfo

// look lists a folder and all below it.
func look(root *os.Root) (tree, error) {
	t := make(tree)
	return t, walk(root, func(folder string, entries []fs.DirEntry) func() error {
		infos, errs := make([]fs.FileInfo, len(entries)), make([]error, len(entries))
		for i, e := range entries {
			infos[i], errs[i] = e.Info()
		}
		return func() error {
			for i, e := range entries {
				switch {
				case errs[i] == nil:
					t[path.Join(folder, e.Name())] = infos[i]
				case !errors.Is(errs[i], fs.ErrNotExist): // else it went meanwhile
					return errs[i]
				}
			}
			return nil
		}
	})
}

// walk lists a folder and all below it, folders at once. see is called for each
// by goroutines at once, and what it returns by one after the other.
func walk(root *os.Root, see func(folder string, entries []fs.DirEntry) (add func() error)) error {
	var g errgroup.Group
	var mu sync.Mutex
	room := make(chan struct{}, 2*runtime.GOMAXPROCS(0)) // folders that are open
	var list func(folder string) error
	list = func(folder string) error {
		room <- struct{}{}
		entries, err := readFolder(root, folder)
		if err != nil {
			<-room
			return fmt.Errorf("publish: list %s: %w", root.Name(), err)
		}
		add := see(folder, entries)
		<-room
		mu.Lock()
		err = add()
		mu.Unlock()
		if err != nil {
			return fmt.Errorf("publish: list %s: %w", root.Name(), err)
		}
		for _, e := range entries {
			if e.IsDir() {
				g.Go(func() error { return list(path.Join(folder, e.Name())) })
			}
		}
		return nil
	}
	g.Go(func() error { return list(".") })
	return g.Wait()
}

func readFolder(root *os.Root, folder string) ([]fs.DirEntry, error) {
	f, err := root.Open(folder)
	if err != nil {
		return nil, err
	}
	entries, err := f.ReadDir(-1)
	return entries, errors.Join(err, f.Close())
}

// hasFolder reports whether p is a folder, reached through folders only.
func (t tree) hasFolder(p string) bool { return p == "." || t.isFolder(p) }

// isFolder reports whether p is a folder.
func (t tree) isFolder(p string) bool {
	info := t[p]
	return info != nil && info.IsDir()
}

// hasFile reports whether p is a regular file.
func (t tree) hasFile(p string) bool {
	info := t[p]
	return info != nil && info.Mode().IsRegular()
}

// forget drops p and all below it.
func (t tree) forget(p string) {
	if !t.isFolder(p) {
		delete(t, p)
		return
	}
	maps.DeleteFunc(t, func(q string, _ fs.FileInfo) bool { return q == p || strings.HasPrefix(q, p+"/") })
}

// sorted gives the paths for which ok holds, parents before children.
func (t tree) sorted(ok func(p string, mode fs.FileMode) bool) []string {
	var list []string
	for p, info := range t {
		if ok(p, info.Mode().Type()) {
			list = append(list, p)
		}
	}
	slices.Sort(list)
	return list
}

// checkOwned refuses a tree holding a file that is neither in the manifest nor
// kept. Empty folders are nobody's.
func (s *session) checkOwned() error {
	foreign := s.tree.sorted(func(p string, mode fs.FileMode) bool {
		if mode.IsDir() || mode.IsRegular() && (p == Manifest || s.keeps(p)) || isTemp(p) {
			return false
		}
		_, ours := s.manifest[p]
		return !ours
	})
	for _, k := range s.keep { // only files can be carried over
		if s.tree.isFolder(k) {
			foreign = append(foreign, k+"/")
		}
	}
	if len(foreign) == 0 {
		return nil
	}
	more := ""
	if n := len(foreign) - 5; n > 0 {
		foreign, more = foreign[:5], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Errorf("publish %s: %w: %s%s; move them away, or choose an empty output folder (only %s may stay)",
		s.dir, ErrForeign, strings.Join(foreign, ", "), more, strings.Join(s.keep, ", "))
}

// keeps reports whether p is a kept name.
func (s *session) keeps(p string) bool { return slices.Contains(s.keep, p) }

// isTemp reports whether p was left by a killed Update.
func isTemp(p string) bool { return strings.HasPrefix(path.Base(p), tempPrefix) }
