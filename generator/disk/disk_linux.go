package disk

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Folder is an open folder of which files are read one after the other.
type Folder struct{ dir *os.File }

// Open opens a folder in a root; "." is the root itself.
func Open(root *os.Root, name string) (*Folder, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	return &Folder{f}, nil
}

// Close closes the folder; files that were opened in it stay open.
func (d *Folder) Close() error { return d.dir.Close() }

// Open opens a file of the folder by its name, a single one. A link is not
// followed, and of a pipe nobody waits for a writer.
func (d *Folder) Open(name string) (io.ReadCloser, error) {
	const flags = syscall.O_RDONLY | syscall.O_NOFOLLOW | syscall.O_NONBLOCK | syscall.O_CLOEXEC
	fd, err := Retry(func() (int, error) { return syscall.Openat(int(d.dir.Fd()), name, flags, 0) })
	if err != nil {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: err}
	}
	return file(fd), nil
}

// file is an open file by the number that the system gave it.
type file int

func (f file) Read(p []byte) (int, error) {
	n, err := Retry(func() (int, error) { return syscall.Read(int(f), p) })
	if err != nil {
		return 0, os.NewSyscallError("read", err)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (f file) Close() error { return os.NewSyscallError("close", syscall.Close(int(f))) }

// Retry calls f again where a signal interrupted it.
func Retry(f func() (int, error)) (n int, err error) {
	for {
		if n, err = f(); err != syscall.EINTR {
			return n, err
		}
	}
}
