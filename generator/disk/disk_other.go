//go:build !linux

package disk

import (
	"io"
	"os"
)

// Folder is an open folder of which files are read one after the other.
type Folder struct{ root *os.Root }

// Open opens a folder in a root; "." is the root itself.
func Open(root *os.Root, name string) (*Folder, error) {
	f, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Folder{f}, nil
}

// Close closes the folder; files that were opened in it stay open.
func (d *Folder) Close() error { return d.root.Close() }

// Open opens a file of the folder by its name, a single one.
func (d *Folder) Open(name string) (io.ReadCloser, error) { return d.root.Open(name) }
