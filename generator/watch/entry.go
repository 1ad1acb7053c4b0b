package watch

import (
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bongsu/generator/source"
)

// ident names a file or folder whatever its path is; zero where the system has
// no such thing.
type ident struct{ dev, ino uint64 }

// stamp is what tells two states of a file apart without reading it. Times are
// nanoseconds since 1970 and are compared for equality only: clocks differ, and
// times go backwards. The change time is 0 where the system has none.
type stamp struct {
	id    ident
	size  int64
	mtime int64
	ctime int64
}

func stampOf(info fs.FileInfo) stamp {
	id, ctime := attributes(info)
	return stamp{id, info.Size(), info.ModTime().UnixNano(), ctime}
}

// kind is what a name in a folder stands for.
type kind uint8

const (
	absent  kind = iota
	regular      // a regular file, or a link to one
	special      // FIFO, socket, device, folder too deep: never opened
	link         // a symbolic link that leads nowhere, in a circle, or out
)

// entry is the state of one name when it was looked at.
type entry struct {
	kind   kind
	stamp  stamp
	text   string // of a link: where it leads, and why not further
	sum    uint64 // of the content, if known
	known  bool
	denied bool // it may not be opened
	fresh  bool // so new that a later write may carry the same stamp
}

// Clocks of file systems tick: two writes in one tick have the same times. A
// tick is 10 ms at most (100 Hz) where times have nanoseconds, and up to 2 s
// (FAT) where they are whole seconds.
const (
	fineTick   = 20 * time.Millisecond
	coarseTick = 2 * time.Second
)

func isFresh(s stamp, now time.Time) bool {
	last := s.ctime // a tool can set the other one to anything
	if last == 0 {
		last = s.mtime
	}
	tick := fineTick
	if last%int64(time.Second) == 0 || s.mtime%int64(time.Second) == 0 {
		tick = coarseTick
	}
	return last > now.Add(-tick).UnixNano()
}

// reader sums contents up. The sums hold for one process only.
type reader struct {
	seed maphash.Seed
	buf  []byte
}

func newReader() *reader {
	return &reader{maphash.MakeSeed(), make([]byte, 64<<10)}
}

// fill adds the sum of the content to an entry, unless the file has changed
// since the entry was made: then it stays unknown. A file too large for any use
// is not read, and nothing but a regular file is.
func (r *reader) fill(path string, e *entry) {
	if e.kind != regular || e.known || e.stamp.size > source.MaxFile {
		return
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		e.denied = errors.Is(err, fs.ErrPermission)
		return
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || stampOf(info) != e.stamp {
		return
	}
	var h maphash.Hash
	h.SetSeed(r.seed)
	// The plain reader and writer keep CopyBuffer from going around buf.
	n, err := io.CopyBuffer(struct{ io.Writer }{&h}, struct{ io.Reader }{io.LimitReader(f, e.stamp.size+1)}, r.buf)
	if err != nil || n != e.stamp.size {
		return
	}
	if info, err := f.Stat(); err != nil || stampOf(info) != e.stamp {
		return
	}
	e.sum, e.known, e.denied = h.Sum64(), true, false
}

// settle completes cur, the state of a file that was in state old, and reports
// whether a reader of the file would see a difference. It reads the file only
// where the stamps cannot tell.
func (r *reader) settle(dir, name string, old entry, cur *entry) bool {
	if old.kind == regular && cur.kind == regular && old.stamp == cur.stamp && !old.fresh {
		cur.sum, cur.known, cur.denied, cur.fresh = old.sum, old.known, old.denied, false
		return false
	}
	if cur.fresh || old.kind == regular && old.stamp.size == cur.stamp.size {
		r.fill(filepath.Join(dir, name), cur)
	}
	return !same(old, *cur)
}

// same reports whether a reader of two states of a path sees no difference. In
// doubt there is one.
func same(a, b entry) bool {
	if a.kind != b.kind || a.text != b.text || a.kind == regular && a.stamp.size != b.stamp.size {
		return false
	}
	switch {
	case a.kind != regular:
		return true
	case a.denied || b.denied:
		return a.denied == b.denied && a.stamp.id == b.stamp.id && a.stamp.mtime == b.stamp.mtime
	case a.known && b.known:
		return a.sum == b.sum
	case a.stamp.size > source.MaxFile:
		return a.stamp == b.stamp
	}
	return false
}
