package publish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"bongsu/generator/disk"

	"golang.org/x/sys/unix"
)

// identity tells a file from others, whatever its name.
type identity struct{ device, inode uint64 }

func identify(info fs.FileInfo) identity {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return identity{}
	}
	return identity{uint64(st.Dev), uint64(st.Ino)}
}

// same reports whether both are known and one file.
func (a identity) same(b identity) bool { return a == b && a.inode != 0 }

// places are where a folder's list tells the identity of a file, so that the
// file itself need not be looked at.
type places struct {
	device uint64 // of the folders; 0 where none is trusted
}

// numbering are the file systems whose folders hold the very number of a file
// that a look at the file gives. Others may make the one or the other up as
// they go (overlayfs of several disks, network and user-space file systems).
var numbering = map[int64]bool{unix.EXT4_SUPER_MAGIC: true, unix.XFS_SUPER_MAGIC: true, unix.TMPFS_MAGIC: true} // ext4: also 2 and 3

// trusted tells whether the lists of a folder and of those in it are trusted.
// They are in one file system of those above; a folder of another device is
// looked into file by file. But a folder lists what a mount hides: something
// mounted on a single file, on the same device, would seem to be the file below
// it. So nothing may be mounted there; where that cannot be told, nothing is
// trusted.
func trusted(root *os.Root) places {
	f, err := root.Open(".")
	if err != nil {
		return places{}
	}
	defer f.Close()
	var st unix.Stat_t
	var kind unix.Statfs_t
	if unix.Fstat(int(f.Fd()), &st) != nil || unix.Fstatfs(int(f.Fd()), &kind) != nil || !numbering[int64(kind.Type)] {
		return places{}
	}
	at, err := filepath.Abs(root.Name())
	if err != nil || strings.ContainsAny(at, " \t\n\\#") { // written otherwise in the list of mounts
		return places{}
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil || !bytes.Contains(mounts, []byte(" / ")) || bytes.Contains(mounts, []byte(" "+at+"/")) {
		return places{}
	}
	return places{uint64(st.Dev)}
}

// buffers are for lists of folders.
var buffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// readFolder shows what a folder holds. What went meanwhile is left out. It asks
// the system itself, as create does: os makes three objects of every file. The
// folder is opened by root, and its names are single ones that are not followed.
func readFolder(root *os.Root, folder string, known places, see func(name string, e entry)) error {
	f, err := root.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	dir := int(f.Fd())
	var st unix.Stat_t
	trust := false
	if known.device != 0 && unix.Fstat(dir, &st) == nil {
		trust = uint64(st.Dev) == known.device
	}
	buffer := buffers.Get().(*[32 << 10]byte)
	defer buffers.Put(buffer)
	for {
		n, err := disk.Retry(func() (int, error) { return unix.Getdents(dir, buffer[:]) })
		if err != nil {
			return &fs.PathError{Op: "readdirent", Path: f.Name(), Err: err}
		}
		if n <= 0 {
			return nil
		}
		list := string(buffer[:n]) // of which the names are parts
		for at := 0; at+direntName < n; {
			d := buffer[at:n]
			size := int(binary.NativeEndian.Uint16(d[16:]))
			if size <= direntName || size > len(d) {
				return &fs.PathError{Op: "readdirent", Path: f.Name(), Err: errors.New("a damaged list")}
			}
			name, _, _ := strings.Cut(list[at+direntName:at+size], "\x00")
			at += size
			if name == "." || name == ".." {
				continue
			}
			kind, ok := direntTypes[d[18]]
			if trust && ok {
				see(name, entry{there: true, mode: kind, id: identity{known.device, binary.NativeEndian.Uint64(d)}})
				continue
			}
			if _, err := disk.Retry(func() (int, error) { return 0, unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) }); err == unix.ENOENT {
				continue
			} else if err != nil {
				return &fs.PathError{Op: "fstatat", Path: filepath.Join(f.Name(), name), Err: err}
			}
			see(name, entryIn(&st))
		}
	}
}

// lookAt tells of one name in a folder, which is open as dir.
func lookAt(_ *os.Root, dir *os.File, name string) (entry, error) {
	var st unix.Stat_t
	_, err := disk.Retry(func() (int, error) { return 0, unix.Fstatat(int(dir.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW) })
	if err != nil {
		return entry{}, &fs.PathError{Op: "fstatat", Path: name, Err: err}
	}
	return entryIn(&st), nil
}

// direntName is where the name begins in an entry of a folder's list: behind a
// number of 8 bytes, an offset of 8, the size of 2 and the type of 1.
const direntName = 19

var direntTypes = map[byte]fs.FileMode{unix.DT_REG: 0, unix.DT_DIR: fs.ModeDir, unix.DT_LNK: fs.ModeSymlink}

// modes are the types and marks of files as the system and as Go write them.
var modes = []struct {
	mask, bits uint32
	mode       fs.FileMode
}{
	{unix.S_IFMT, unix.S_IFDIR, fs.ModeDir},
	{unix.S_IFMT, unix.S_IFLNK, fs.ModeSymlink},
	{unix.S_IFMT, unix.S_IFIFO, fs.ModeNamedPipe},
	{unix.S_IFMT, unix.S_IFSOCK, fs.ModeSocket},
	{unix.S_IFMT, unix.S_IFBLK, fs.ModeDevice},
	{unix.S_IFMT, unix.S_IFCHR, fs.ModeDevice | fs.ModeCharDevice},
	{unix.S_ISUID, unix.S_ISUID, fs.ModeSetuid},
	{unix.S_ISGID, unix.S_ISGID, fs.ModeSetgid},
	{unix.S_ISVTX, unix.S_ISVTX, fs.ModeSticky},
}

func entryIn(st *unix.Stat_t) entry {
	bits := uint32(st.Mode)
	mode := fs.FileMode(bits & 0o777)
	for _, m := range modes {
		if bits&m.mask == m.bits {
			mode |= m.mode
		}
	}
	return entry{
		there: true, mode: mode, size: st.Size, mtime: time.Unix(st.Mtim.Unix()),
		id: identity{uint64(st.Dev), uint64(st.Ino)},
	}
}
