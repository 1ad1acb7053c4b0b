//go:build unix

package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// many makes a site of n files of 5 kB, 100 a folder, an hour old.
func many(b *testing.B, n int) Options {
	dir := b.TempDir()
	text := make([]byte, 5000)
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("content/advisories/%d/%d.ko.md", i/100, i))
		os.MkdirAll(filepath.Dir(name), 0o755)
		if err := os.WriteFile(name, text, 0o644); err != nil {
			b.Fatal(err)
		}
		os.Chtimes(name, time.Time{}, time.Now().Add(-time.Hour))
	}
	time.Sleep(2 * fineTick) // so that the files are not fresh
	return Options{Dir: dir, Roots: []string{"content", "templates"}, Audit: -1}
}

// A look at every file, with nothing changed; and the start, which adds the
// watches too.
func BenchmarkLook(b *testing.B) {
	for _, n := range []int{4_000, 20_000} {
		o := many(b, n)
		if err := o.complete(); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("all/%d", n), func(b *testing.B) {
			t := newTree(o, newHub(nil))
			t.look(true)
			for b.Loop() {
				t.look(true)
			}
		})
		b.Run(fmt.Sprintf("folder/%d", n), func(b *testing.B) {
			k, err := openKernel()
			if err != nil {
				b.Fatal(err)
			}
			m := newMail(k, func() bool { return false })
			defer func() { k.close(); <-m.done }()
			t := newTree(o, newHub(k))
			t.look(true)
			w := t.hub.byName[filepath.Join(o.Dir, "content/advisories/7")]
			for b.Loop() {
				w.dirty = true
				t.look(false)
			}
		})
		b.Run(fmt.Sprintf("prime/%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				t := newTree(o, newHub(nil))
				t.look(true)
				b.StartTimer()
				for t.prime(1000) {
				}
			}
		})
		b.Run(fmt.Sprintf("start/%d", n), func(b *testing.B) {
			for b.Loop() {
				w, err := New(o)
				if err != nil {
					b.Fatal(err)
				}
				w.Close()
			}
		})
	}
}

// From a write to the receiving of its Change.
func BenchmarkLatency(b *testing.B) {
	o := many(b, 4_000)
	w, err := New(o)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	name := filepath.Join(o.Dir, "content/advisories/3/300.ko.md")
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		if err := os.WriteFile(name, fmt.Append(nil, i), 0o644); err != nil {
			b.Fatal(err)
		}
		<-w.Changes()
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

// What watching costs when nothing happens, looks without events included.
func BenchmarkIdle(b *testing.B) {
	o := many(b, 4_000)
	o.Audit = 0
	w, err := New(o)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	time.Sleep(time.Second) // the contents get summed up
	for b.Loop() {
		before := cpu(b)
		time.Sleep(31 * time.Second) // one look
		b.ReportMetric(float64((cpu(b)-before).Microseconds())/31e6*100, "%cpu")
	}
}

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
