//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// noFollow refuses a lock file that is a symbolic link: its target would be
// overwritten.
const noFollow = unix.O_NOFOLLOW

// tryLock takes the lock or returns errBusy.
func tryLock(f *os.File) error {
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EWOULDBLOCK):
			return errBusy
		}
		return os.NewSyscallError("flock", err)
	}
}
