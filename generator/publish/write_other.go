//go:build !linux

package publish

import (
	"os"
	"time"
)

// create makes a new file in a folder.
func create(root *os.Root, _ *os.File, name string, data []byte, modified time.Time) error {
	return write(root, name, data, modified, false)
}

// presentFolder is a folder of which files are read.
type presentFolder struct{ *os.Root }

func openPresent(root *os.Root, folder string) (*presentFolder, error) {
	f, err := root.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return &presentFolder{f}, nil
}

func (d *presentFolder) open(name string) (*os.File, error) { return d.Open(name) }
