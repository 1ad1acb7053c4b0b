package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// universe holds paths that cannot all stand side by side, so that random sets
// turn files into folders and change the case of names.
var universe = []string{
	"index.html", "a", "a/b", "a/b/c", "A", "b.html", "B.html", "ko/a.html", "ko/b.html", "ko/b.html/x",
	"ko/deep/er/still.xml", "ko/deep/x", "en/a.html", "en/가.html", "assets/s.css", "assets/t.css", "z/z/z/z",
}

// randomSet picks files that can be published together.
func randomSet(r *rand.Rand) []File {
	var set []File
	for _, i := range r.Perm(len(universe)) {
		text := fmt.Sprint("text ", r.IntN(3))
		more := append(set[:len(set):len(set)], File{Path: universe[i], Data: []byte(text), Modified: day.Add(time.Duration(r.IntN(5)) * time.Minute)})
		if _, err := checkPaths(more, nil); err == nil && r.IntN(3) > 0 {
			set = more
		}
	}
	return set
}

// tamper does to a published tree what people and programs do.
func tamper(r *rand.Rand, dir string, set []File) error {
	if len(set) == 0 || r.IntN(2) == 0 {
		return nil
	}
	p := filepath.Join(dir, set[r.IntN(len(set))].Path)
	switch r.IntN(5) {
	case 0:
		return os.WriteFile(p, []byte("text X"), 0o644) // through the hard link
	case 1:
		return os.Remove(p)
	case 2:
		return errors.Join(os.Remove(p), os.Symlink(filepath.Dir(dir), p))
	case 3:
		return errors.Join(os.Remove(p), os.Mkdir(p, 0o755))
	}
	return os.RemoveAll(filepath.Join(filepath.Dir(dir), ".public.next"))
}

// snapshot is every regular file with its bytes.
func snapshot(t *testing.T, dir string) (map[string]fs.FileInfo, map[string]string) {
	texts := content(t, dir)
	infos := make(map[string]fs.FileInfo)
	for p := range texts {
		if i := info(t, dir, p); i.Mode().IsRegular() {
			infos[p] = i
		}
	}
	return infos, texts
}

// After any run the tree equals the wanted set; unchanged files are the same
// files with the same time, changed ones are newer than before. The run knows
// the fingerprint of what it made.
func TestRandomSequences(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		dir := filepath.Join(t.TempDir(), "public")
		o := quick
		if seed%3 == 0 {
			o = noExchange
		}
		var set []File
		for step := range 20 {
			if r.IntN(4) > 0 {
				set = randomSet(r)
			}
			var infos map[string]fs.FileInfo
			var texts map[string]string
			if exists(dir) {
				infos, texts = snapshot(t, dir)
			}
			run := []publisher{Replace, Update}[r.IntN(2)]
			o.As, _ = Fingerprint(dir)
			o.Done = func(fingerprint func() (string, error)) {
				got, err := fingerprint()
				want, err2 := Fingerprint(dir)
				if got != want || err != nil || err2 != nil {
					t.Errorf("the run tells of a folder %s, %v; it is %s, %v", got, err, want, err2)
				}
			}
			run.must(t, dir, set, o)
			wantTree(t, dir, set)
			for _, f := range set {
				old, now := infos[f.Path], info(t, dir, f.Path)
				switch {
				case old == nil:
					if !now.ModTime().Equal(f.Modified) {
						t.Errorf("new %s has %v, want %v", f.Path, now.ModTime(), f.Modified)
					}
				case texts[f.Path] == string(f.Data):
					if !os.SameFile(old, now) || !old.ModTime().Equal(now.ModTime()) {
						t.Errorf("unchanged %s is another file or has another time", f.Path)
					}
				case os.SameFile(old, now) || !now.ModTime().After(old.ModTime().Truncate(time.Second)):
					t.Errorf("changed %s was written in place or has no later time", f.Path)
				}
			}
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
			if err := tamper(r, dir, set); err != nil {
				t.Fatal(err)
			}
		}
	}
}
