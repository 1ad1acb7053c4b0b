package publish

import (
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// entry is what is known of a file, folder or other thing on disk.
type entry struct {
	there bool
	mode  fs.FileMode // only the type where names were enough
	size  int64       // in bytes; 0 where names were enough,
	mtime time.Time   // and this too
	id    identity    // which file it is, under all of its names
}

func (e *entry) isFile() bool { return e.there && e.mode.IsRegular() }

// entryOf is what a FileInfo of this system tells.
func entryOf(info fs.FileInfo) entry {
	return entry{there: true, mode: info.Mode(), size: info.Size(), mtime: info.ModTime(), id: identify(info)}
}

// tree is what a folder holds, by slash-separated path. Symbolic links are
// entries, never followed. Nearly all of it stands where wanted files are to
// stand: that is kept by their number, in one piece.
type tree struct {
	files  []File           // that are wanted
	index  map[string]int   // of files
	wanted []entry          // what stands at their paths, but folders
	others map[string]entry // all else
	mu     sync.Mutex       // of others and sum, while the folder is looked at

	summed bool        // a sum is wanted
	sum    fingerprint // of all as it was looked at
}

func newTree(files []File, index map[string]int) *tree {
	return &tree{files: files, index: index, wanted: make([]entry, len(files)), others: make(map[string]entry)}
}

// look lists a folder and all below it.
func (t *tree) look(root *os.Root, want detail) error {
	return walk(root, want, func(p []byte, e entry) {
		i, ok := t.index[string(p)]
		ok = ok && !e.mode.IsDir()
		if ok {
			t.wanted[i] = e
		}
		var mark fingerprint
		if t.summed {
			mark = markOf(p, &e)
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.sum.add(mark)
		if !ok {
			t.others[string(p)] = e
		}
	})
}

// all gives every path and what stands there, in no order.
func (t *tree) all() iter.Seq2[string, entry] {
	return func(yield func(string, entry) bool) {
		for i, e := range t.wanted {
			if e.there && !yield(t.files[i].Path, e) {
				return
			}
		}
		for p, e := range t.others {
			if !yield(p, e) {
				return
			}
		}
	}
}

// at tells what stands at p.
func (t *tree) at(p string) entry {
	if i, ok := t.index[p]; ok && t.wanted[i].there {
		return t.wanted[i]
	}
	return t.others[p]
}

// hasFolder reports whether p is a folder, reached through folders only.
func (t *tree) hasFolder(p string) bool { return p == "." || t.isFolder(p) }

// isFolder reports whether p is a folder.
func (t *tree) isFolder(p string) bool { return t.others[p].mode.IsDir() }

// hasFile reports whether p is a regular file.
func (t *tree) hasFile(p string) bool {
	e := t.at(p)
	return e.isFile()
}

// forget drops p and all below it.
func (t *tree) forget(p string) {
	if i, ok := t.index[p]; ok {
		t.wanted[i] = entry{}
	}
	if !t.isFolder(p) {
		delete(t.others, p)
		return
	}
	for i := range t.wanted {
		if strings.HasPrefix(t.files[i].Path, p+"/") {
			t.wanted[i] = entry{}
		}
	}
	maps.DeleteFunc(t.others, func(q string, _ entry) bool { return q == p || strings.HasPrefix(q, p+"/") })
}

// surplus gives what the wanted tree has not, parents before children.
func (s *session) surplus(t *tree) []string {
	return t.sorted(func(p string, mode fs.FileMode) bool {
		if mode.IsDir() {
			return !s.folders[p]
		}
		return p != Manifest && !s.keeps(p)
	})
}

// sorted gives the paths for which ok holds, of folders and of what stands
// where no file is wanted, parents before children.
func (t *tree) sorted(ok func(p string, mode fs.FileMode) bool) []string {
	var list []string
	for p, e := range t.others {
		if ok(p, e.mode.Type()) {
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
		_, ours := s.manifest.others[p]
		return !ours
	})
	for i, e := range s.tree.wanted {
		if e.there && s.manifest.wanted[i].path == "" {
			foreign = append(foreign, s.tree.files[i].Path)
		}
	}
	slices.Sort(foreign)
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
