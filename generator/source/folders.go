package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"

	"bongsu/generator/disk"
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
	fs.FS
	root *os.Root // nil: files are opened one by one

	mu   sync.RWMutex
	open map[string]*disk.Folder // nil where a folder cannot be opened so
}

// maxFolders bounds the folders that are open at a time.
const maxFolders = 64

// NewFolders makes Folders of a file system; they are to be closed.
func NewFolders(fsys fs.FS) *Folders {
	f := &Folders{FS: fsys, open: map[string]*disk.Folder{}}
	if d, ok := fsys.(dir); ok {
		f.root = d.root
	}
	return f
}

// read reads a file that is as its entry says into buf, which has room for more.
// ok is false for any other: one that changed, lies behind a link, or cannot be
// read, which the file system is to tell of.
func (f *Folders) read(e Entry, buf []byte) (data []byte, ok bool) {
	dir, base := path.Split(e.Path)
	if f.root == nil || dir == "" || !fs.ValidPath(e.Path) {
		return nil, false
	}
	folder := f.folder(dir[:len(dir)-1])
	if folder == nil {
		return nil, false
	}
	file, err := folder.Open(base)
	if err != nil {
		return nil, false
	}
	defer file.Close()
	n, err := file.Read(buf[:cap(buf)])
	return buf[:n], err == nil && n < cap(buf) && int64(n) == e.Info.Size()
}

func (f *Folders) folder(name string) *disk.Folder {
	f.mu.RLock()
	folder, known := f.open[name]
	f.mu.RUnlock()
	if known {
		return folder
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if folder, known = f.open[name]; !known && len(f.open) < maxFolders {
		folder, _ = disk.Open(f.root, name)
		f.open[name] = folder
	}
	return folder
}

// Close closes the folders.
func (f *Folders) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var err error
	for _, folder := range f.open {
		if folder != nil {
			err = errors.Join(err, folder.Close())
		}
	}
	clear(f.open)
	return err
}
