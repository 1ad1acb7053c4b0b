package watch

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bongsu/generator/source"

	"golang.org/x/text/unicode/norm"
)

// inputs reads the files that a build would read, by package source's own walk:
// a second opinion on what there is. What it complains of counts too.
func (s *scene) inputs() map[string]string {
	s.t.Helper()
	root, err := os.OpenRoot(s.dir)
	s.must(err)
	defer root.Close()
	all := map[string]string{}
	for _, dir := range []string{"content", "templates"} {
		entries, diags := source.List(root.FS(), dir)
		for _, d := range diags {
			if d.Pos.File != dir {
				to, _ := os.Readlink(s.full(d.Pos.File))
				all[norm.NFC.String(d.Pos.File)] += d.Message + to
			}
		}
		for _, e := range entries {
			data, err := fs.ReadFile(root.FS(), e.Path)
			s.must(err)
			all[norm.NFC.String(e.Path)] += string(data)
		}
	}
	return all
}

// difference is the paths whose content differs.
func difference(a, b map[string]string) map[string]bool {
	out := map[string]bool{}
	for p, text := range a {
		if other, ok := b[p]; !ok || other != text {
			out[p] = true
		}
	}
	for p := range b {
		if _, ok := a[p]; !ok {
			out[p] = true
		}
	}
	return out
}

// world does random things to a site. Operations on what is not there, or on
// what is in the way, fail and are no operations.
type world struct {
	*scene
	rand *rand.Rand

	last map[string]string // what there was when it was looked at last
	ever map[string]bool   // what differed from one look to the next
}

// look notes what differs now. Operations that bring back what they took away
// call it between, since a watcher may see that too.
func (w *world) look() {
	now := w.inputs()
	maps.Copy(w.ever, difference(w.last, now))
	w.last = now
}

var words = []string{"a.md", "b.md", "c.yaml", "d", "e", "\u1112\u1161\u11ab", "4913", "f.md~", ".g"}

func (w *world) name() string {
	parts := []string{[]string{"content", "content", "templates", "shared"}[w.rand.IntN(4)]}
	for range 1 + w.rand.IntN(3) {
		parts = append(parts, words[w.rand.IntN(len(words))])
	}
	return path.Join(parts...)
}

// some returns something that is there, or a name that may not be.
func (w *world) some() string {
	var all []string
	for _, root := range []string{"content", "templates", "shared"} {
		filepath.WalkDir(w.full(root), func(p string, d fs.DirEntry, err error) error {
			if err == nil {
				rel, _ := filepath.Rel(w.dir, p)
				all = append(all, filepath.ToSlash(rel))
			}
			return nil
		})
	}
	if len(all) == 0 || w.rand.IntN(8) == 0 {
		return w.name()
	}
	return all[w.rand.IntN(len(all))]
}

func (w *world) text() []byte { return []byte(fmt.Sprintf("%02d", w.rand.IntN(20))) }

func (w *world) put(name string) {
	os.MkdirAll(filepath.Dir(w.full(name)), 0o755)
	os.WriteFile(w.full(name), w.text(), 0o644)
}

var operations = []struct {
	name string
	do   func(*world)
}{
	{"write", func(w *world) { w.put(w.name()) }},
	{"write again", func(w *world) { w.put(w.some()) }},
	{"truncate, write", func(w *world) {
		if f, err := os.OpenFile(w.full(w.some()), os.O_WRONLY|os.O_TRUNC, 0); err == nil {
			w.look()
			f.Write(w.text())
			f.Close()
		}
	}},
	{"append", func(w *world) {
		if f, err := os.OpenFile(w.full(w.some()), os.O_WRONLY|os.O_APPEND, 0); err == nil {
			f.Write(w.text())
			f.Close()
		}
	}},
	{"temporary file, rename", func(w *world) {
		name := w.some()
		w.put(path.Dir(name) + "/sedAbC")
		os.Rename(w.full(path.Dir(name)+"/sedAbC"), w.full(name))
		os.Remove(w.full(path.Dir(name) + "/sedAbC"))
	}},
	{"vim", func(w *world) {
		name := w.some()
		if info, err := os.Lstat(w.full(name)); err != nil || !info.Mode().IsRegular() {
			return
		}
		w.put(path.Dir(name) + "/4913")
		os.Remove(w.full(path.Dir(name) + "/4913"))
		os.Rename(w.full(name), w.full(name)+"~")
		w.look()
		w.put(name)
		os.Remove(w.full(name) + "~")
	}},
	{"touch", func(w *world) {
		t := time.Unix(int64(w.rand.IntN(1<<31)), 0)
		os.Chtimes(w.full(w.some()), t, t)
	}},
	{"move", func(w *world) { os.Rename(w.full(w.some()), w.full(w.some())) }},
	{"move to a new name", func(w *world) { os.Rename(w.full(w.some()), w.full(w.name())) }},
	{"swap", func(w *world) {
		x, y := w.full(w.some()), w.full(w.some())
		if os.Rename(x, w.full("aside")) == nil {
			w.look()
			os.Rename(y, x)
			w.look()
			os.Rename(w.full("aside"), y)
			os.RemoveAll(w.full("aside"))
		}
	}},
	{"remove", func(w *world) { os.Remove(w.full(w.some())) }},
	{"remove all", func(w *world) {
		if w.rand.IntN(3) == 0 {
			os.RemoveAll(w.full(w.some()))
		}
	}},
	{"remove all and put back", func(w *world) {
		name := w.some()
		before, err := os.ReadFile(w.full(name))
		os.RemoveAll(w.full(name))
		w.look()
		if err == nil {
			os.WriteFile(w.full(name), before, 0o644)
		} else {
			w.put(name + "/a.md")
		}
	}},
	{"folders", func(w *world) { os.MkdirAll(w.full(w.name()), 0o755) }},
	{"tree", func(w *world) {
		w.remove("tree")
		for range 5 {
			w.put("tree/" + w.name())
		}
		os.Rename(w.full("tree"), w.full(w.name()))
	}},
	{"link", func(w *world) {
		from, to := w.name(), w.some()
		if strings.HasPrefix(from, "shared/") {
			return // no links to links: they make circles
		}
		if !strings.HasPrefix(to, "shared/") || to == "shared/d" {
			to = "shared/" + words[w.rand.IntN(3)]
		}
		rel, err := filepath.Rel(filepath.Dir(w.full(from)), w.full(to))
		if err == nil && os.Symlink(rel, w.full("aside")) == nil {
			if os.Rename(w.full("aside"), w.full(from)) != nil {
				os.Remove(w.full("aside"))
			}
		}
	}},
	{"pause", func(w *world) { time.Sleep(time.Duration(w.rand.IntN(60)) * time.Millisecond) }},
}

// Whatever happens, the paths reported are those whose content differs: none is
// missing, and one too many was different for a while.
func TestRandomOperations(t *testing.T) {
	modes := map[string]func(*Options, *system){
		"events":  func(*Options, *system) {},
		"polling": polling,
	}
	rounds, seeds := 20, 4
	if testing.Short() {
		rounds = 3
	}
	for mode, options := range modes {
		for seed := range uint64(seeds) {
			t.Run(fmt.Sprintf("%s/%d", mode, seed), func(t *testing.T) {
				t.Parallel()
				w := &world{scene: site(t), rand: rand.New(rand.NewPCG(seed, 7))}
				w.watching(options)
				for round := range rounds {
					w.round(round)
					if t.Failed() {
						return
					}
				}
			})
		}
	}
}

func (w *world) round(round int) {
	w.t.Helper()
	before := w.inputs()
	w.last, w.ever = before, map[string]bool{}
	var log []string
	for range 1 + w.rand.IntN(12) {
		op := operations[w.rand.IntN(len(operations))]
		log = append(log, op.name)
		op.do(w)
		w.look()
	}
	got := w.settled()
	want := difference(before, w.inputs())
	for p := range want {
		if !slices.Contains(got, p) {
			w.t.Errorf("round %d %q: %q is not reported: %q, now %q", round, log, p, before[p], w.inputs()[p])
		}
	}
	for _, p := range got {
		if !want[p] && !w.ever[p] {
			w.t.Errorf("round %d %q: %q is reported and never differed: %q, now %q", round, log, p, before[p], w.inputs()[p])
		}
	}
}
