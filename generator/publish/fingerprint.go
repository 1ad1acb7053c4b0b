package publish

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"os"
	"strconv"
)

// fingerprint sums up what a folder holds, in any order.
type fingerprint struct {
	high, low uint64
	line      []byte
}

// add takes in a file.
func (f *fingerprint) add(name string, info fs.FileInfo) {
	f.line = append(append(f.line[:0], name...), 0)
	f.line = strconv.AppendUint(f.line, uint64(info.Mode()), 10)
	f.line = append(f.line, ' ')
	f.line = strconv.AppendInt(f.line, info.Size(), 10)
	f.line = append(f.line, ' ')
	f.line = strconv.AppendInt(f.line, info.ModTime().UnixNano(), 10)
	f.sum()
}

func (f *fingerprint) sum() {
	s := sha256.Sum256(f.line)
	f.high += binary.LittleEndian.Uint64(s[:8])
	f.low += binary.LittleEndian.Uint64(s[8:16])
}

// folder takes in a folder by its name.
func (f *fingerprint) folder(name string) {
	f.line = append(f.line[:0], name...)
	f.sum()
}

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
	t, err := look(root)
	if err != nil {
		return "", err
	}
	return t.fingerprint(), nil
}

func (t tree) fingerprint() string {
	var f fingerprint
	for name, info := range t {
		if info.IsDir() {
			f.folder(name)
		} else {
			f.add(name, info)
		}
	}
	return f.String()
}

// fingerprint gives that of the output folder after a run, of which the files
// that did not change are known.
func (s *session) fingerprint() (string, error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	var f fingerprint
	for name := range s.folders {
		f.folder(name)
	}
	names := []string{Manifest}
	for i := range s.jobs {
		switch j := &s.jobs[i]; {
		case j.same:
			f.add(j.Path, j.old)
		case j.now != nil:
			f.add(j.Path, j.now)
		default:
			names = append(names, j.Path)
		}
	}
	for _, k := range s.keep {
		if s.tree.hasFile(k) {
			names = append(names, k)
		}
	}
	for _, name := range names {
		info, err := root.Lstat(name)
		if err != nil {
			return "", err
		}
		f.add(name, info)
	}
	return f.String(), nil
}
