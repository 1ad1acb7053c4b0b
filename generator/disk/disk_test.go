package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestFolder: files of a folder are read as they are; what is not there is an
// error that says so.
func TestFolder(t *testing.T) {
	base := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(base, "in"), 0o755), os.WriteFile(filepath.Join(base, "in", "a"), []byte("text"), 0o644), os.WriteFile(filepath.Join(base, "in", "empty"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	folder, err := Open(root, "in")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": "text", "empty": ""} {
		f, err := folder.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f); string(got) != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	var path *fs.PathError
	if _, err := folder.Open("gone"); !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &path) || path.Path != "gone" {
		t.Error(err)
	}
	if err := folder.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Open(root, ".."); err == nil {
		t.Error("a folder beyond the root was opened")
	}
}
