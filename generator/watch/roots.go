package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// roots looks at where the roots are, and below them.
func (t *tree) roots(all bool) {
	t.top.watches = t.top.watches[:0]
	t.top.failed = false
	t.bases = t.bases[:0]
	base, rest := anchor(t.o.Dir)
	if real, _, err := follow(base, rest, ""); err == nil {
		t.bases = append(t.bases, real)
		t.top.real = real
		t.top.id, _ = identify(real)
	}
	for _, root := range t.o.Roots {
		base, rest := anchor(filepath.Join(t.o.Dir, root))
		real, err := t.trail(t.top, base, rest)
		var info fs.FileInfo
		if err == nil {
			info, err = os.Stat(real)
		}
		switch {
		case err == nil && info.IsDir():
			t.bases = append(t.bases, real)
			t.folder(t.top, root, real, info, all)
		case err == nil, gone(err), errors.Is(err, syscall.ELOOP):
			t.drop(t.top.subs[root])
			delete(t.top.subs, root)
		default:
			t.fail(t.top, filepath.ToSlash(root), err)
		}
	}
}

func gone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// trail follows a path and watches the folders that it depends on, for n's
// sake. It follows again after that, since a link may have been replaced before
// its folder was watched.
func (t *tree) trail(n *node, base, path string) (string, error) {
	var before []string
	for range 8 {
		real, through, err := follow(base, path, t.top.real)
		if slices.Equal(through, before) {
			return real, err
		}
		before = through
		for _, dir := range through {
			t.arm(n, dir)
		}
	}
	return "", &fs.PathError{Op: "follow", Path: path, Err: errRestless}
}

// arm watches a folder for n's sake.
func (t *tree) arm(n *node, dir string) {
	if t.hub.kernel == nil || t.limit != nil {
		return
	}
	w, err := t.hub.ensure(dir)
	switch {
	case err == nil:
		if !slices.Contains(n.watches, w) {
			n.watches = append(n.watches, w)
		}
	case gone(err), errors.Is(err, errRestless):
		t.trouble = true // the look at the folder above says more
	case errors.Is(err, fs.ErrPermission):
		t.fail(n, t.short(dir), err)
	default:
		t.limit = err
	}
}

// fail notes that a folder cannot be read or watched, and says so once.
func (t *tree) fail(n *node, short string, err error) {
	n.failed, t.trouble = true, true
	if t.said[short] {
		return
	}
	t.said[short] = true
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	t.o.Notice(Notice{
		Message: fmt.Sprintf("cannot watch %q: %v", short, err),
		Hint:    "check its permissions; what was known of it stays until it can be read",
	})
}

// short is a path as it is shown: from the site's folder if it lies in it.
func (t *tree) short(full string) string {
	if rel, err := filepath.Rel(t.o.Dir, full); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return full
}
