//go:build unix && !linux

package watch

import (
	"io/fs"
	"syscall"
)

// nonblock keeps open from waiting for the other end of a FIFO.
const nonblock = syscall.O_NONBLOCK

// attributes are those of a file that fs.FileInfo has no name for: its
// identity. The change time has a different name on each system and is not
// used.
func attributes(info fs.FileInfo) (ident, int64) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ident{}, 0
	}
	return ident{uint64(s.Dev), uint64(s.Ino)}, 0
}

// eventless would name a file system without events; here none is known.
func eventless(string) string { return "" }
