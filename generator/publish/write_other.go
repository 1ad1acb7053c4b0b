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
