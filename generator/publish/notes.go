package publish

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Notes are two files beside an output folder that hold what a run leaves for
// later ones: a list, read whole, and a shelf, read piece by piece. Deleting
// them costs time, nothing else. They must be written while no other run holds
// the folder, which Options.Meanwhile is for.
type Notes struct {
	List string // as it was when the notes were opened

	list, shelf *os.File // nil where there is none
	listPath    string
	shelfPath   string
}

// maxList is the size of a list that is read, in bytes.
const maxList = 4 << 30

// OpenNotes reads the notes of an output folder; what cannot be read counts as
// not there.
func OpenNotes(dir string) *Notes {
	n := &Notes{listPath: beside(dir, "known"), shelfPath: beside(dir, "words")}
	n.list, n.shelf = openRegular(n.listPath), openRegular(n.shelfPath)
	if n.list == nil || n.shelf == nil {
		return n
	}
	info, err := n.list.Stat()
	if err != nil || info.Size() > maxList {
		return n
	}
	var b strings.Builder
	b.Grow(int(info.Size()))
	if _, err := io.Copy(&b, n.list); err == nil {
		n.List = b.String()
	}
	return n
}

func openRegular(path string) *os.File {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	return f
}

// ReadAt reads from the shelf.
func (n *Notes) ReadAt(p []byte, at int64) (int, error) {
	if n.shelf == nil {
		return 0, io.EOF
	}
	return n.shelf.ReadAt(p, at)
}

// Close lets go of the files.
func (n *Notes) Close() {
	for _, f := range []*os.File{n.list, n.shelf} {
		if f != nil {
			f.Close()
		}
	}
}

// Current reports whether the notes are still those that were opened.
func (n *Notes) Current() bool {
	same := func(f *os.File, path string) bool {
		if f == nil {
			return false
		}
		was, err := f.Stat()
		now, err2 := os.Lstat(path)
		return err == nil && err2 == nil && os.SameFile(was, now)
	}
	return same(n.list, n.listPath) && same(n.shelf, n.shelfPath)
}

// Replace writes both files anew. fill writes what goes on the shelf and gives
// the list.
func (n *Notes) Replace(fill func(shelf io.WriterAt, shelved int64) ([]byte, error)) error {
	shelf, err := os.CreateTemp(filepath.Dir(n.shelfPath), filepath.Base(n.shelfPath)+"-*")
	if err != nil {
		return err
	}
	list, err := fillShelf(shelf, 0, fill)
	if err == nil {
		err = os.Remove(n.listPath) // it tells of the old shelf
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
	}
	if err == nil {
		err = os.Rename(shelf.Name(), n.shelfPath)
	}
	if err != nil {
		_ = os.Remove(shelf.Name())
		return err
	}
	return keepFile(n.listPath, list)
}

// Append adds to both files what fill gives, to the list after its first size
// bytes: what stands behind them was cut off or damaged.
func (n *Notes) Append(size int64, fill func(shelf io.WriterAt, shelved int64) ([]byte, error)) error {
	shelf, err := os.OpenFile(n.shelfPath, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	end, err := shelf.Seek(0, io.SeekEnd)
	if err != nil {
		return errors.Join(err, shelf.Close())
	}
	part, err := fillShelf(shelf, end, fill)
	if err != nil {
		return err
	}
	list, err := os.OpenFile(n.listPath, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err = list.Truncate(size); err == nil {
		_, err = list.WriteAt(part, size)
	}
	return errors.Join(err, list.Close())
}

// fillShelf lets fill write to the end of an open shelf, and closes it.
func fillShelf(f *os.File, shelved int64, fill func(io.WriterAt, int64) ([]byte, error)) ([]byte, error) {
	list, err := fill(f, shelved)
	return list, errors.Join(err, f.Close())
}

// keepFile puts a file beside an output folder, in place of an earlier one.
func keepFile(path string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}

// beside names a file beside an output folder that belongs to this package.
func beside(dir, what string) string {
	dir = filepath.Clean(dir)
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+"."+what)
}
