package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestStrangeFiles: a link is not followed, a folder cannot be read, and a pipe
// is not waited for.
func TestStrangeFiles(t *testing.T) {
	base := t.TempDir()
	if err := errors.Join(os.WriteFile(filepath.Join(base, "a"), []byte("text"), 0o644), os.Symlink("a", filepath.Join(base, "link")), os.Mkdir(filepath.Join(base, "folder"), 0o755), syscall.Mkfifo(filepath.Join(base, "pipe"), 0o644)); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	folder, err := Open(root, ".")
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if _, err := folder.Open("link"); !errors.Is(err, syscall.ELOOP) {
		t.Error(err)
	}
	for name, want := range map[string]error{"folder": syscall.EISDIR, "pipe": nil} {
		f, err := folder.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f); len(got) > 0 || !errors.Is(err, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		f.Close()
	}
}
