package watch

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"time"
)

// While Git changes a working tree it holds index.lock. maxLock is how long a
// lock is waited for: it may be left over, or "git commit -a" may have an
// editor open. lockTick is how often it is looked at.
const (
	maxLock  = 10 * time.Second
	lockTick = 50 * time.Millisecond
)

// gitLock remembers which lock is waited for, and since when.
type gitLock struct {
	path  string
	id    ident
	since time.Time
	told  bool
}

// held reports whether to wait for a lock of the working tree that one of the
// folders is in; expired, once for each lock, that it has been long enough.
func (g *gitLock) held(folders []string, now time.Time) (held, expired bool) {
	path, id, ok := findLock(folders)
	switch {
	case !ok:
		*g = gitLock{}
		return false, false
	case path != g.path || id != g.id:
		*g = gitLock{path: path, id: id, since: now}
	}
	if now.Sub(g.since) < maxLock {
		return true, false
	}
	expired = !g.told
	g.told = true
	return false, expired
}

func findLock(folders []string) (path string, id ident, ok bool) {
	seen := map[string]bool{}
	for _, dir := range folders {
		for !seen[dir] {
			seen[dir] = true
			path := filepath.Join(gitDir(dir), "index.lock")
			if info, err := os.Lstat(path); err == nil {
				return path, idOf(info), true
			}
			dir = filepath.Dir(dir)
		}
	}
	return "", ident{}, false
}

// gitDir is where Git keeps its files for a working tree at dir: .git, or the
// folder that the file .git names in a linked tree or a submodule.
func gitDir(dir string) string {
	path := filepath.Join(dir, ".git")
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return path
	}
	f, err := os.Open(path)
	if err != nil {
		return path
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	target, ok := bytes.CutPrefix(bytes.TrimSpace(text), []byte("gitdir: "))
	if err != nil || !ok {
		return path
	}
	if filepath.IsAbs(string(target)) {
		return string(target)
	}
	return filepath.Join(dir, string(target))
}
