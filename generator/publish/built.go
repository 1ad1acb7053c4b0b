package publish

import "os"

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
