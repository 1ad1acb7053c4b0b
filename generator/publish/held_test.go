package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestHeld: a file that is held is not made, and stays with its time; in a
// folder that is not as it was said to be nothing is published.
func TestHeld(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	at := time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)
	made := map[string]int{}
	var mu sync.Mutex // of made
	files := func(b string, held ...string) []File {
		var out []File
		for name, text := range map[string]string{"a.html": "a", "x/b.html": b, "x/c.html": "c"} {
			f := File{Path: name, Modified: at, Make: func(w *bytes.Buffer) error {
				mu.Lock()
				defer mu.Unlock()
				made[name]++
				w.WriteString(text)
				return nil
			}}
			for _, h := range held {
				f.Held = f.Held || h == name
			}
			out = append(out, f)
		}
		return out
	}
	replace := func(files []File, as string) (Result, error) {
		clear(made)
		return Replace(context.Background(), dir, files, Options{As: as, NoSync: true, Done: func(fingerprint func() (string, error)) {
			got, err := fingerprint()
			want, err2 := Fingerprint(dir)
			if got != want || err != nil || err2 != nil {
				t.Errorf("the run tells of a folder %s, %v; it is %s, %v", got, err, want, err2)
			}
		}})
	}
	if _, err := replace(files("b"), ""); err != nil {
		t.Fatal(err)
	}
	as, err := Fingerprint(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := replace(files("b2", "a.html", "x/c.html"), as)
	if err != nil || r.Written != 1 || r.Unchanged != 2 || r.Made != 1 || made["a.html"]+made["x/c.html"] > 0 {
		t.Fatalf("%+v, made %v, %v", r, made, err)
	}
	for name, want := range map[string]string{"a.html": "a", "x/b.html": "b2", "x/c.html": "c"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(data) != want {
			t.Errorf("%s holds %q, %v", name, data, err)
		}
	}
	if _, err := replace(files("b3", "a.html", "x/c.html"), as); !errors.Is(err, ErrMoved) {
		t.Errorf("the fingerprint of another time is taken: %v", err)
	}
	if as, err = Fingerprint(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.html"), []byte("evil"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := replace(files("b3", "a.html", "x/c.html"), as); !errors.Is(err, ErrMoved) {
		t.Errorf("a file that somebody changed is held: %v", err)
	}
	if _, err := replace(files("b3", "new.html"), ""); err != nil || len(made) != 3 {
		t.Errorf("held files of no fingerprint are not made: %v, %v", made, err)
	}
}

// TestNotes: what runs leave is read again, added to and replaced; notes that
// another run replaced meanwhile are known.
func TestNotes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	fill := func(words, list string, end int64) func(io.WriterAt, int64) ([]byte, error) {
		return func(w io.WriterAt, shelved int64) ([]byte, error) {
			if shelved != end {
				t.Errorf("the shelf holds %d bytes, want %d", shelved, end)
			}
			_, err := w.WriteAt([]byte(words), shelved)
			return []byte(list), err
		}
	}
	read := func(list, words string) *Notes {
		t.Helper()
		n := OpenNotes(dir)
		t.Cleanup(n.Close)
		got := make([]byte, len(words))
		if _, err := n.ReadAt(got, 0); err != nil && len(words) > 0 || n.List != list || string(got) != words {
			t.Fatalf("list %q, words %q, %v", n.List, got, err)
		}
		return n
	}
	none := read("", "")
	if none.Current() {
		t.Error("no notes are current")
	}
	if err := none.Replace(fill("words", "list", 0)); err != nil {
		t.Fatal(err)
	}
	n := read("list", "words")
	if !n.Current() || none.Current() {
		t.Error("the notes that were opened are mistaken")
	}
	if err := n.Append(2, fill("+more", "ST", 5)); err != nil {
		t.Fatal(err)
	}
	m := read("liST", "words+more")
	if err := m.Replace(fill("new", "fresh", 0)); err != nil {
		t.Fatal(err)
	}
	if n.Current() || m.Current() {
		t.Error("replaced notes count as current")
	}
	read("fresh", "new")
	if err := n.Replace(func(io.WriterAt, int64) ([]byte, error) { return nil, io.ErrUnexpectedEOF }); err == nil {
		t.Error("a failure is hidden")
	}
	read("fresh", "new")
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".public.*-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestToldOfMany: the fingerprint that a run tells is that of the folder, also
// of the files that it did not look at after writing them.
func TestToldOfMany(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for round := range 2 {
		var files []File
		for i := range 5 * sample {
			files = append(files, File{
				Path: fmt.Sprintf("%d/%d", i%3, i), Data: bytes.Repeat([]byte("x"), i*round),
				Modified: time.Unix(int64(1e9+i), int64(i)),
			})
		}
		told := ""
		if _, err := Replace(context.Background(), dir, files, Options{NoSync: true, Done: func(fingerprint func() (string, error)) { told, _ = fingerprint() }}); err != nil {
			t.Fatal(err)
		}
		if want, err := Fingerprint(dir); told != want || err != nil {
			t.Errorf("round %d: told %s, is %s, %v", round, told, want, err)
		}
	}
}
