package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
)

// Dir is a folder on disk as a file system that cannot be left.
func Dir(root *os.Root) fs.FS { return dir{root.FS().(listed), root} }

// listed is what the file system of an os.Root can do.
type listed interface {
	fs.ReadDirFS
	fs.ReadFileFS
	fs.StatFS
}

type dir struct {
	listed
	root *os.Root
}

// Folders is a file system of which many files are read one after the other:
// where it is a Dir, each of their folders is opened once. It is for one reading
// of the tree: a folder that is moved away meanwhile stays open. Its methods may
// be called by goroutines at once.
type Folders struct {
	fsys fs.FS
	root *os.Root // nil: files are opened one by one

	mu   sync.RWMutex
	open map[string]*os.Root // nil where a folder cannot be opened so
}

// maxFolders bounds the folders that are open at a time.
const maxFolders = 64

// NewFolders makes Folders of a file system; they are to be closed.
func NewFolders(fsys fs.FS) *Folders {
	f := &Folders{fsys: fsys, open: map[string]*os.Root{}}
	if d, ok := fsys.(dir); ok {
		f.root = d.root
	}
	return f
}

// Open opens a file as the file system does.
func (f *Folders) Open(name string) (fs.File, error) {
	if folder, base := path.Split(name); f.root != nil && folder != "" && fs.ValidPath(name) {
		if r := f.folder(folder[:len(folder)-1]); r != nil {
			if file, err := r.Open(base); err == nil {
				return file, nil
			} // a link out of the folder, or a fault, which is to be told in full
		}
	}
	return f.fsys.Open(name)
}

func (f *Folders) folder(name string) *os.Root {
	f.mu.RLock()
	r, known := f.open[name]
	f.mu.RUnlock()
	if known {
		return r
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if r, known = f.open[name]; !known && len(f.open) < maxFolders {
		r, _ = f.root.OpenRoot(name)
		f.open[name] = r
	}
	return r
}

// Close closes the folders.
func (f *Folders) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var err error
	for _, r := range f.open {
		if r != nil {
			err = errors.Join(err, r.Close())
		}
	}
	clear(f.open)
	return err
}
