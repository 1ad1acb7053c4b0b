package build

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// overlay is a site's own templates/ folder laid over the built-in templates,
// file by file.
type overlay struct {
	over fs.FS // a site's folder; files below templates/ count
	base fs.FS
}

// overlayOf gives the templates of a site; most have none of their own, and need
// not be asked for each.
func overlayOf(o Options) fs.FS {
	if _, err := fs.Stat(o.Root, "templates"); errors.Is(err, fs.ErrNotExist) {
		return o.Templates
	}
	return overlay{over: o.Root, base: o.Templates}
}

// Open opens a file of the site's folder, else of the base.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.over.Open(path.Join("templates", name))
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return f, err
}

// ReadDir lists what both have, by name.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	over, err1 := fs.ReadDir(o.over, path.Join("templates", name))
	base, err2 := fs.ReadDir(o.base, name)
	if err1 != nil && !errors.Is(err1, fs.ErrNotExist) {
		return nil, err1
	}
	if err1 != nil && err2 != nil {
		return nil, err2
	}
	for _, e := range base {
		if !slices.ContainsFunc(over, func(x fs.DirEntry) bool { return x.Name() == e.Name() }) {
			over = append(over, e)
		}
	}
	slices.SortFunc(over, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return over, nil
}
