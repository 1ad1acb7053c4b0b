package publish

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// smallDisk mounts a file system of 1 MB, which needs root.
func smallDisk(t *testing.T) string {
	base := t.TempDir()
	if err := unix.Mount("tmpfs", base, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("may not mount:", err)
	}
	t.Cleanup(func() { unix.Unmount(base, unix.MNT_DETACH) })
	return base
}

func TestDiskFull(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(smallDisk(t), "public")
		old := files("a.html", "one", "ko/b.html", "b")
		run.must(t, dir, old, Options{})
		big := append(files("a.html", "two"), File{Path: "big", Data: bytes.Repeat([]byte("x"), 2<<20), Modified: day})
		if _, err := run(context.Background(), dir, big, Options{}); !errors.Is(err, unix.ENOSPC) {
			t.Errorf("error %v", err)
		}
		if got := content(t, dir); got["ko/b.html"] != "b" || got["a.html"] != "one" {
			t.Errorf("the old tree is spoilt: %q", got)
		}
		next := files("a.html", "three")
		run.must(t, dir, next, Options{})
		wantTree(t, dir, next)
	})
}

func TestReadOnlyDisk(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		base := smallDisk(t)
		dir := filepath.Join(base, "public")
		old := files("a.html", "one")
		run.must(t, dir, old, quick)
		if err := unix.Mount("", base, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			t.Skip("may not remount:", err)
		}
		if _, err := run(context.Background(), dir, files("a.html", "two"), quick); !errors.Is(err, unix.EROFS) {
			t.Errorf("error %v", err)
		}
		wantTree(t, dir, old)
	})
}

// A mount point cannot be exchanged; Replace says so, Update works.
func TestMountPoint(t *testing.T) {
	dir := smallDisk(t)
	if _, err := Replace(context.Background(), dir, files("a", "1"), quick); err == nil {
		t.Error("exchanged a mount point")
	}
	publisher(Update).must(t, dir, files("a", "1"), quick)
	wantTree(t, dir, files("a", "1"))
}
