package publish

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"os"
	"strconv"
	"sync"
)

// fingerprint sums up what a folder holds, in any order: the sum of numbers
// that stand for one entry each.
type fingerprint struct{ high, low uint64 }

// markOf gives the number of an entry: a folder counts by its name only.
func markOf[P string | []byte](p P, e *entry) fingerprint {
	var buffer [256]byte
	line := append(buffer[:0], p...)
	if !e.mode.IsDir() {
		line = append(line, 0)
		line = append(strconv.AppendUint(line, uint64(e.mode), 10), ' ')
		line = append(strconv.AppendInt(line, e.size, 10), ' ')
		line = strconv.AppendInt(line, e.mtime.UnixNano(), 10)
	}
	s := sha256.Sum256(line)
	return fingerprint{binary.LittleEndian.Uint64(s[:8]), binary.LittleEndian.Uint64(s[8:16])}
}

func (f *fingerprint) add(m fingerprint) { f.high, f.low = f.high+m.high, f.low+m.low }

func (f *fingerprint) drop(m fingerprint) { f.high, f.low = f.high-m.high, f.low-m.low }

func (f *fingerprint) String() string {
	b := binary.LittleEndian.AppendUint64(nil, f.high)
	return hex.EncodeToString(binary.LittleEndian.AppendUint64(b, f.low))
}

// Fingerprint sums up what an output folder holds: the path, kind, size and
// time of everything in it. It does not read the files: what changes a file and
// puts its time back stays unseen, as with make and git.
func Fingerprint(dir string) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	var f fingerprint
	var mu sync.Mutex
	err = walk(root, fully, func(p []byte, e entry) {
		m := markOf(p, &e)
		mu.Lock()
		f.add(m)
		mu.Unlock()
	})
	if err != nil {
		return "", err
	}
	return f.String(), nil
}

func (t *tree) fingerprint() fingerprint {
	var f fingerprint
	for p, e := range t.all() {
		f.add(markOf(p, &e))
	}
	return f
}

// fingerprint gives that of the output folder after a run: the one from before,
// but for what went and what was written.
func (s *session) fingerprint() (string, error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	f := s.tree.sum
	if !s.tree.summed || len(s.extras) > 0 {
		f = s.tree.fingerprint() // without what Update has forgotten
	}
	gone := func(p string, e entry) {
		if e.there {
			f.drop(markOf(p, &e))
		}
	}
	for _, p := range s.extras {
		gone(p, s.tree.others[p])
	}
	for d := range s.folders {
		if !s.tree.isFolder(d) {
			f.add(markOf(d, &entry{mode: fs.ModeDir}))
		}
	}
	names := []string{Manifest} // to look at
	for _, k := range s.keep {
		if s.tree.hasFile(k) {
			names = append(names, k)
		}
	}
	for _, name := range names {
		gone(name, s.tree.others[name])
	}
	for i := range s.jobs {
		j := &s.jobs[i]
		if j.same {
			continue
		}
		gone(j.Path, s.tree.wanted[i])
		if j.looked {
			f.add(j.mark)
		} else {
			names = append(names, j.Path)
		}
	}
	for _, name := range names {
		info, err := root.Lstat(name)
		if err != nil {
			return "", err
		}
		e := entryOf(info)
		f.add(markOf(name, &e))
	}
	return f.String(), nil
}
