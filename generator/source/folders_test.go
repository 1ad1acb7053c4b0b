package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestFolders: files are opened as the file system opens them, whichever way
// they lie, and none beyond it.
func TestFolders(t *testing.T) {
	base := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(base, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"site/top.md", "site/a/one.md", "site/a/b/two.md"}
	for i := range maxFolders + 3 {
		names = append(names, fmt.Sprintf("site/many/%d/x.md", i))
	}
	for _, n := range names {
		write(n, n)
	}
	write("secret.md", "secret")
	for link, to := range map[string]string{"a/near.md": "one.md", "a/up.md": "../top.md", "a/out.md": "../../secret.md", "a/none.md": "gone.md", "linked": "a"} {
		if err := os.Symlink(to, filepath.Join(base, "site", link)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(base, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	folders := NewFolders(Dir(root))
	paths := []string{"a/near.md", "a/up.md", "a/out.md", "a/none.md", "linked/one.md", "a/missing.md", "no/folder.md", "../secret.md", "a/../top.md", "/a/one.md", "a"}
	for _, n := range names {
		paths = append(paths, n[len("site/"):])
	}
	for _, p := range paths {
		info, err := os.Stat(filepath.Join(base, "site", p))
		if err != nil {
			info, _ = os.Stat(base)
		}
		e := Entry{Path: p, Info: info}
		for range 2 {
			want, wanted := ReadInto(nil, root.FS(), e)
			got, diags := ReadInto([]byte("x"), folders, e)
			if string(got.Data) != string(want.Data) || fmt.Sprint(diags) != fmt.Sprint(wanted) {
				t.Errorf("%s: %q, %v, want %q, %v", p, got.Data, diags, want.Data, wanted)
			}
		}
	}
	changed := Entry{Path: "a/one.md"}
	if changed.Info, err = os.Stat(filepath.Join(base, "site/a/one.md")); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"longer than before", "less", ""} { // since it was listed
		write("site/a/one.md", text)
		if got, diags := ReadInto(nil, folders, changed); string(got.Data) != text || len(diags) > 0 {
			t.Errorf("%q, %v, want %q", got.Data, diags, text)
		}
	}
	if n := len(folders.open); n > maxFolders || n < 3 {
		t.Errorf("%d folders are open", n)
	}
	if err := folders.Close(); err != nil {
		t.Error(err)
	}
}
