package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
)

const (
	floorWord = "floor" // the first argument of a run that measures the floor
	floorName = "Floor"
)

// floors measures reading Bongsu's input and writing as many files of the same
// names and sizes, with no work between.
func (b *bench) floors(e *entry) error {
	t := b.tools[0]
	list := filepath.Join(b.dir, "floor.list")
	if err := writeList(list, filepath.Join(b.site(t), "public")); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out := b.site(t) + "-floor"
	for range b.runs {
		if err := b.away(out); err != nil {
			return err
		}
		syscall.Sync()
		s, err := measure(b.cache(t), self, floorWord, list, out)
		if err != nil {
			return err
		}
		e.Samples = append(e.Samples, s)
	}
	e.Files, e.Bytes, err = made(out)
	b.say("floor %.2f s", e.Samples[len(e.Samples)-1].Wall)
	return err
}

// writeList notes names and sizes of the files of an output folder.
func writeList(list, public string) error {
	var text strings.Builder
	fmt.Fprintln(&text, filepath.Join(filepath.Dir(public), "content"))
	err := filepath.WalkDir(public, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(public, path)
		fmt.Fprintf(&text, "%d %s\n", info.Size(), name)
		return err
	})
	if err != nil {
		return err
	}
	return os.WriteFile(list, []byte(text.String()), 0o644)
}

// floor reads every input and writes every output of a list below out.
func floor(list, out string) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	var inputs []string
	err = filepath.WalkDir(lines[0], func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			inputs = append(inputs, path)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = spread(inputs, func(path string) error {
		_, err := os.ReadFile(path)
		return err
	})
	if err != nil {
		return err
	}
	most, folders := 0, map[string]bool{}
	for _, line := range lines[1:] {
		var size int
		if _, err := fmt.Sscan(line, &size); err != nil {
			return err
		}
		_, name, _ := strings.Cut(line, " ")
		most = max(most, size)
		folders[filepath.Dir(filepath.Join(out, name))] = true
	}
	for folder := range folders {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	bytes := make([]byte, most)
	return spread(lines[1:], func(line string) error {
		var size int
		_, _ = fmt.Sscan(line, &size)
		_, name, _ := strings.Cut(line, " ")
		return os.WriteFile(filepath.Join(out, name), bytes[:size], 0o644)
	})
}

// spread does the work on every processor and returns the last error.
func spread(work []string, do func(string) error) error {
	var wait sync.WaitGroup
	var mu sync.Mutex
	var failed error
	n := runtime.GOMAXPROCS(0)
	for worker := range n {
		wait.Go(func() {
			for i := worker; i < len(work); i += n {
				if err := do(work[i]); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return failed
}
