package publish

import (
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// create makes a new file in a folder, as write does, with half as many calls
// of the system: a site has tens of thousands of files. The name is a single
// one; a link that stands there is not followed. root is not needed.
func create(_ *os.Root, folder *os.File, name string, data []byte, modified time.Time) error {
	dir := int(folder.Fd())
	fail := func(op string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
	const flags = unix.O_WRONLY | unix.O_CREAT | unix.O_EXCL | unix.O_NOFOLLOW | unix.O_CLOEXEC
	fd, err := retry(func() (int, error) { return unix.Openat(dir, name, flags, 0o644) })
	if err != nil {
		return fail("openat", err)
	}
	for len(data) > 0 {
		n, err := retry(func() (int, error) { return unix.Write(fd, data) })
		if err != nil {
			unix.Close(fd)
			return fail("write", err)
		}
		data = data[n:]
	}
	if err := unix.Close(fd); err != nil {
		return fail("close", err)
	}
	times := []unix.Timespec{{Nsec: unix.UTIME_OMIT}, unix.NsecToTimespec(modified.UnixNano())}
	if err := unix.UtimesNanoAt(dir, name, times, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return fail("utimensat", err)
	}
	return nil
}

// presentFolder is a folder of which files are read.
type presentFolder struct{ *os.File }

func openPresent(root *os.Root, folder string) (*presentFolder, error) {
	f, err := root.Open(folder)
	if err != nil {
		return nil, err
	}
	return &presentFolder{f}, nil
}

// open opens a file of the folder with half as many calls of the system as os
// does. A link is not followed.
func (d *presentFolder) open(name string) (io.ReadCloser, error) {
	const flags = unix.O_RDONLY | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_CLOEXEC // of a pipe nobody waits for a writer
	fd, err := retry(func() (int, error) { return unix.Openat(int(d.Fd()), name, flags, 0) })
	if err != nil {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: err}
	}
	return openFile(fd), nil
}

// openFile is a file by the number that the system gave it.
type openFile int

func (f openFile) Read(p []byte) (int, error) {
	n, err := retry(func() (int, error) { return unix.Read(int(f), p) })
	if err != nil {
		return 0, err
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (f openFile) Close() error { return unix.Close(int(f)) }

// retry calls f again where a signal interrupted it.
func retry(f func() (int, error)) (n int, err error) {
	for {
		if n, err = f(); err != unix.EINTR {
			return n, err
		}
	}
}
