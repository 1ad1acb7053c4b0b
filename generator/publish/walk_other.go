//go:build !linux

package publish

import (
	"errors"
	"io/fs"
	"os"
)

// identity tells a file from others, whatever its name.
type identity struct{ info fs.FileInfo }

func identify(info fs.FileInfo) identity { return identity{info} }

func (a identity) same(b identity) bool { return os.SameFile(a.info, b.info) }

// places are not known here: every entry is looked at.
type places struct{}

func trusted(*os.Root) places { return places{} }

// readFolder shows what a folder holds. What went meanwhile is left out.
func readFolder(root *os.Root, folder string, _ places, see func(name string, e entry)) error {
	f, err := root.Open(folder)
	if err != nil {
		return err
	}
	list, err := f.ReadDir(-1)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	for _, e := range list {
		info, err := e.Info()
		switch {
		case err == nil:
			see(e.Name(), entryOf(info))
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	return nil
}

// lookAt tells of one name in a folder.
func lookAt(folder *os.Root, _ *os.File, name string) (entry, error) {
	info, err := folder.Lstat(name)
	if err != nil {
		return entry{}, err
	}
	return entryOf(info), nil
}
