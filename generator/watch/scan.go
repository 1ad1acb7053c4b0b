package watch

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// scan looks at the names in n and compares them with the snapshot; deep: and
// at all that lies below, events or not. The folder is watched before it is
// read, so that nothing can happen between.
func (t *tree) scan(n *node, deep bool) {
	n.watches, n.failed = n.watches[:0], false
	t.arm(n, n.real)
	list, err := readDir(n.real)
	files, subs := make(map[string]entry, len(list)), map[string]*node{}
	for _, d := range list {
		if err == nil {
			err = t.name(n, d, files, subs, deep)
		}
	}
	if err != nil {
		// Not readable is not empty: what was there counts as unchanged.
		t.trouble = true
		if !gone(err) {
			t.fail(n, n.path, err)
		}
		t.below(n)
		return
	}
	if !n.failed {
		delete(t.said, n.path)
	}
	t.replace(n, files, subs)
}

// readDir is os.ReadDir without sorting.
func readDir(name string) ([]fs.DirEntry, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// name looks at one name in n and puts what it is into files or subs.
func (t *tree) name(n *node, d fs.DirEntry, files map[string]entry, subs map[string]*node, deep bool) error {
	name := d.Name()
	if t.o.Ignore(name) {
		return nil
	}
	info, err := d.Info()
	real := filepath.Join(n.real, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		text, _ := os.Readlink(real)
		if real, err = t.trail(n, n.real, name); err == nil {
			info, err = os.Stat(real)
		}
		if err != nil || !t.inside(real) {
			files[name] = entry{kind: link, text: text}
			return nil
		}
	}
	switch {
	case info.IsDir() && (t.exclude[real] || t.exclude[filepath.Join(n.full, name)]):
	case info.IsDir() && n.circular(idOf(info)):
		files[name] = entry{kind: link}
	case info.IsDir() && n.depth < maxDepth:
		subs[name] = t.folder(n, name, real, info, deep)
	case info.Mode().IsRegular():
		e := entry{kind: regular, stamp: stampOf(info)}
		e.fresh = isFresh(e.stamp, t.now)
		files[name] = e
	default:
		files[name] = entry{kind: special}
	}
	return nil
}

func idOf(info fs.FileInfo) ident {
	id, _ := attributes(info)
	return id
}

// inside reports whether a real path is in the site's folder or in a root.
func (t *tree) inside(real string) bool {
	return slices.ContainsFunc(t.bases, func(base string) bool { return within(real, base) })
}

// folder looks at a folder in n: closely if it is new, another than before, or
// had events; deep: in any case.
func (t *tree) folder(n *node, name, real string, info fs.FileInfo, deep bool) *node {
	c, ok := n.subs[name]
	if !ok {
		c = &node{parent: n, depth: n.depth + 1, path: path.Join(n.path, filepath.ToSlash(name)), full: filepath.Join(n.full, name)}
		if n == t.top {
			n.subs[name] = c
		}
	}
	deep = deep || !ok || c.id != idOf(info)
	c.id, c.real = idOf(info), real
	if deep {
		t.scan(c, true)
	} else {
		t.visit(c)
	}
	return c
}

// replace makes files and subs the state of n, and notes what that changes.
func (t *tree) replace(n *node, files map[string]entry, subs map[string]*node) {
	for name, old := range n.files {
		if _, ok := files[name]; !ok {
			t.change(n, name, old, entry{})
		}
	}
	for name, cur := range files {
		old := n.files[name]
		changed := t.reader.settle(n.real, name, old, &cur)
		files[name] = cur
		switch {
		case changed:
			t.change(n, name, old, cur)
		case t.strict && (old.stamp.id != cur.stamp.id || old.stamp.mtime != cur.stamp.mtime):
			t.pending.seen[path.Join(n.path, name)] = true
		}
		if cur.kind == regular && !cur.known && !cur.denied {
			t.unread = append(t.unread, item{n, name})
		}
	}
	for name, c := range n.subs {
		if _, ok := subs[name]; !ok {
			t.drop(c)
		}
	}
	n.files, n.subs = files, subs
}

func (t *tree) change(n *node, name string, old, cur entry) {
	t.found++
	t.pending.set(path.Join(n.path, name), old, cur)
}

// prime sums up some files that were only looked at so far, so that a later
// touch of them can be told from a change. It reports whether more are left.
func (t *tree) prime(count int) bool {
	for ; count > 0 && len(t.unread) > 0; count-- {
		i := t.unread[len(t.unread)-1]
		t.unread = t.unread[:len(t.unread)-1]
		if e, ok := i.node.files[i.name]; ok {
			t.reader.fill(filepath.Join(i.node.full, i.name), &e)
			i.node.files[i.name] = e
		}
	}
	return len(t.unread) > 0
}

// drop notes that all of n is gone. n may be nil.
func (t *tree) drop(n *node) {
	if n == nil {
		return
	}
	for name, old := range n.files {
		t.change(n, name, old, entry{})
	}
	for _, c := range n.subs {
		t.drop(c)
	}
	n.files, n.subs = nil, nil
}
