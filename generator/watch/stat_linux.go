package watch

import (
	"io/fs"
	"syscall"
)

// nonblock keeps open from waiting for the other end of a FIFO.
const nonblock = syscall.O_NONBLOCK

// attributes are those of a file that fs.FileInfo has no name for: its identity
// and change time in nanoseconds.
func attributes(info fs.FileInfo) (ident, int64) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ident{}, 0
	}
	return ident{uint64(s.Dev), s.Ino}, s.Ctim.Nano()
}

// remoteTypes are file systems whose files also change by other hands than this
// kernel's, which then has no events for them. Numbers: statfs(2) and the
// kernel's magic.h.
var remoteTypes = map[uint32]string{
	0x01021997: "9p",
	0x5346414f: "AFS",
	0x00c36400: "Ceph",
	0xff534d42: "CIFS",
	0x65735546: "FUSE",
	0x00006969: "NFS",
	0x0000517b: "SMB",
	0xfe534d42: "SMB2",
	0xbacbacbc: "vmhgfs",
	0x786f4256: "vboxsf",
	0x6a656a63: "virtiofs",
}

// eventless names the file system that a path is on if the kernel cannot be
// trusted to report its changes; otherwise it is empty.
func eventless(path string) string {
	var s syscall.Statfs_t
	if syscall.Statfs(path, &s) != nil {
		return ""
	}
	return remoteTypes[uint32(s.Type)]
}
