package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Fingerprint sums up what an output folder holds: the path, kind, size and
// time of everything in it. It does not read the files: what changes a file and
// puts its time back stays unseen, as with make and git.
func Fingerprint(dir string) (string, error) {
	dir = filepath.Clean(dir)
	h := sha256.New()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := p[len(dir):]
		if d.IsDir() {
			fmt.Fprintln(h, name)
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(h, name, info.Mode(), info.Size(), info.ModTime().UnixNano())
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

// maxNote is the largest note that is read back, in bytes.
const maxNote = 16 << 20

// Remember keeps a note beside an output folder, in place of an earlier one.
// It is a memory, not a result: where it cannot be written the next run does
// the work again.
func Remember(dir string, note []byte) { _ = keepFile(notePath(dir), note) }

// Recall gives the note that Remember kept, or nothing.
func Recall(dir string) []byte {
	info, err := os.Lstat(notePath(dir))
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxNote {
		return nil
	}
	data, err := os.ReadFile(notePath(dir))
	if err != nil {
		return nil
	}
	return data
}

// Forget drops the note.
func Forget(dir string) { _ = os.Remove(notePath(dir)) }

func notePath(dir string) string { return beside(dir, "built") }
