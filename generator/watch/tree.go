package watch

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// maxDepth bounds how deep folders may nest, links followed; what lies deeper
// is an error to package source.
const maxDepth = 16

// node is a folder of the snapshot, by the path that it is reached by.
type node struct {
	parent  *node
	depth   int
	path    string // slash-separated from the site's folder, as the disk has it
	full    string // absolute
	real    string // absolute, without links
	id      ident
	files   map[string]entry
	subs    map[string]*node
	watches []*watch // its own, and those of folders that its links depend on
	failed  bool     // it could not be read or watched: look again next time
}

func (n *node) dirty() bool {
	return n.failed || slices.ContainsFunc(n.watches, func(w *watch) bool { return w.dirty || w.lost })
}

// circular reports whether a folder is n or one of those that n is in.
func (n *node) circular(id ident) bool {
	for ; n != nil; n = n.parent {
		if n.id == id && id != (ident{}) {
			return true
		}
	}
	return false
}

// tree is the snapshot of what lies below the roots.
type tree struct {
	o       Options
	exclude map[string]bool // absolute
	top     *node           // stands for the site's folder; its subs are the roots
	bases   []string        // real folders that links may lead into
	hub     *hub
	owners  map[*watch][]*node // whose own folder a watch is of
	reader  *reader
	pending pending
	unread  []item // files without a sum
	found   int    // differences found by the last look
	trouble bool   // the last look met what it could not read
	limit   error  // why the kernel's events cannot be used any more
	strict  bool   // note files that were written without a difference, too
	said    map[string]bool
	now     time.Time // of the look
}

// item is a file of a folder.
type item struct {
	node *node
	name string
}

func newTree(o Options, h *hub) *tree {
	t := &tree{o: o, hub: h, reader: newReader(), exclude: map[string]bool{}, said: map[string]bool{}}
	for _, e := range o.Exclude {
		e = filepath.FromSlash(e)
		if !filepath.IsAbs(e) {
			e = filepath.Join(o.Dir, e)
		}
		t.exclude[filepath.Clean(e)] = true
	}
	t.top = &node{full: o.Dir, subs: map[string]*node{}}
	t.pending.clear()
	return t
}

// look brings the snapshot up to date: all of it, or the folders with events.
// It returns how many files have changed.
func (t *tree) look(all bool) int {
	t.found, t.trouble, t.now = 0, false, time.Now()
	if all && t.hub.kernel != nil {
		t.hub.verify()
	}
	if all || t.top.dirty() {
		t.roots(all)
	} else {
		t.below(t.top)
	}
	t.owners = map[*watch][]*node{}
	t.keep(t.top)
	t.hub.sweep()
	return t.found
}

// keep tells the hub which watches are needed, and remembers for whom.
func (t *tree) keep(n *node) {
	for _, w := range n.watches {
		w.used = true
		if w.name == n.real {
			t.owners[w] = append(t.owners[w], n)
		}
	}
	for _, c := range n.subs {
		t.keep(c)
	}
}

// below looks at the folders in n that have had events.
func (t *tree) below(n *node) {
	for _, c := range n.subs {
		t.visit(c)
	}
}

func (t *tree) visit(n *node) {
	if n.dirty() {
		t.scan(n, false)
	} else {
		t.below(n)
	}
}

// see notes that a file may have been read in a state that does not last. What
// is passed over is not noted. It reports whether the name is that of a folder in
// the snapshot; then nothing is noted either.
func (t *tree) see(full string) (folder bool) {
	dir, name := filepath.Split(filepath.Clean(full))
	w := t.hub.byName[filepath.Clean(dir)]
	if w == nil || t.o.Ignore(name) {
		return false
	}
	for _, n := range t.owners[w] {
		switch {
		case n.subs[name] != nil:
			folder = true
		case !t.exclude[filepath.Join(n.full, name)]:
			t.pending.seen[path.Join(n.path, name)] = true
		}
	}
	return folder
}

// folderAt reports whether the snapshot has a folder at a path from the site's
// folder.
func (t *tree) folderAt(rel string) bool {
	for root, n := range t.top.subs {
		if under, err := filepath.Rel(root, filepath.FromSlash(rel)); err == nil && filepath.IsLocal(under) {
			for _, name := range components(under) {
				if n != nil {
					n = n.subs[name]
				}
			}
			return n != nil
		}
	}
	return false
}

// net is the paths that the next Change has.
func (t *tree) net() []string {
	maps.DeleteFunc(t.pending.seen, func(path string, _ bool) bool { return t.folderAt(path) })
	return t.pending.paths(t.o.Dir, t.reader)
}

// places are the folders whose working tree the files belong to.
func (t *tree) places() []string {
	return append([]string{t.o.Dir}, t.bases...)
}
