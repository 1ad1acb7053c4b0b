package publish

import (
	"bytes"
	"context"
	"errors"
	"os"
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

// bindOver mounts a file over another, which needs root.
func bindOver(t *testing.T, from, to string) {
	if err := unix.Mount(from, to, "", unix.MS_BIND, ""); err != nil {
		t.Skip("may not mount:", err)
	}
	t.Cleanup(func() { unix.Unmount(to, unix.MNT_DETACH) })
}

// The list of a folder names the file below a mount: of a staging folder that
// holds one, no list may be trusted.
func TestStagingUnderMount(t *testing.T) {
	base := smallDisk(t)
	dir := filepath.Join(base, "public")
	for _, text := range []string{"one", "two"} {
		publisher(Replace).must(t, dir, files("a.html", text, "ko/b.html", "b"), quick)
	}
	if got := trustedIn(t, dir); got.device == 0 {
		t.Fatal("no list of tmpfs is trusted: the test is empty")
	}
	staged := filepath.Join(base, ".public.next/ko/b.html")
	if !os.SameFile(info(t, dir, "ko/b.html"), info(t, staged)) {
		t.Fatal("not shared: the test is empty")
	}
	bindOver(t, put(t, "x", base, "other"), staged)
	_, err := Replace(context.Background(), dir, files("a.html", "three", "ko/b.html", "b"), quick)
	if got := content(t, dir)["ko/b.html"]; got != "b" || err == nil {
		t.Errorf("published %q, %v", got, err)
	}
}

func trustedIn(t *testing.T, dir string) places {
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	return trusted(root)
}

// What an overlay lists need not be what a look at the file tells.
func TestOverlay(t *testing.T) {
	base := smallDisk(t)
	for _, d := range []string{"lower", "upper", "work", "all"} {
		put(t, d, base, d, d)
	}
	if err := os.RemoveAll(base + "/work/work"); err != nil {
		t.Fatal(err)
	}
	all := base + "/all"
	err := unix.Mount("overlay", all, "overlay", 0, "lowerdir="+base+"/lower,upperdir="+base+"/upper,workdir="+base+"/work")
	if err != nil {
		t.Skip("may not mount:", err)
	}
	t.Cleanup(func() { unix.Unmount(all, unix.MNT_DETACH) })
	if got := trustedIn(t, all); got.device != 0 {
		t.Error("the lists of an overlay are trusted")
	}
	for n := range 4 {
		dir := filepath.Join(all, "public")
		publisher(Replace).must(t, dir, generation(n), quick)
		wantTree(t, dir, generation(n))
	}
}

// A folder of another device is looked into file by file.
func TestWalkOfTwoDevices(t *testing.T) {
	base := smallDisk(t)
	put(t, "x", base, "in", "x")
	root, err := os.OpenRoot(base)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f := files("in/x", "x")[0]
	for _, c := range []struct {
		device  uint64
		trusted bool
	}{{trusted(root).device, true}, {1 << 40, false}} {
		err := readFolder(root, "in", places{c.device}, func(name string, e entry) {
			if e.id != identify(info(t, base, f.Path)) || (e.size == 0) != c.trusted {
				t.Errorf("device %d: %s is %+v", c.device, name, e)
			}
		})
		if err != nil {
			t.Error(err)
		}
	}
}
