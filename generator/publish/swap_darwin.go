package publish

import (
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. errors.ErrUnsupported (ENOTSUP) means
// that the file system cannot.
func exchange(a, b string) error {
	if err := unix.RenamexNp(a, b, unix.RENAME_SWAP); err != nil {
		return &os.LinkError{Op: "renamex_np", Old: a, New: b, Err: err}
	}
	return nil
}
