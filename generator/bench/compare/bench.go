package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"bongsu/generator/bench/corpus"
)

// Places of input and output.
const (
	inMemory = "in memory (tmpfs)"
	onDisk   = "on disk"
)

// bench measures one size in one place.
type bench struct {
	settings
	place   string
	dir     string
	size    int
	results *results
	tools   []tool
	kept    map[string][]string // what the corpus wrote, by tool
	edited  int
	moved   int // folders, aside
}

func (b *bench) site(t tool) string  { return filepath.Join(b.dir, t.name) }
func (b *bench) cache(t tool) string { return filepath.Join(b.dir, t.name+"-cache") }

// newest is the slug of the newest advisory.
func (b *bench) newest() string { return fmt.Sprintf("notice-%05d", b.size-1) }

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%d %s: %s\n", b.size, b.place, fmt.Sprintf(format, args...))
}

func (b *bench) run() error {
	if err := os.RemoveAll(b.dir); err != nil {
		return err
	}
	b.kept = map[string][]string{}
	for _, t := range b.tools {
		if err := t.write(b.site(t), corpus.Corpus{Model: b.model, Advisories: b.size}); err != nil {
			return err
		}
		entries, err := os.ReadDir(b.site(t))
		if err != nil {
			return err
		}
		for _, e := range entries {
			b.kept[t.name] = append(b.kept[t.name], e.Name())
		}
	}
	time.Sleep(3 * time.Second) // what has just been written is not yet trusted to rest
	if slices.Contains(b.parts, "cold") || slices.Contains(b.parts, "warm") {
		if err := errors.Join(b.cold(), b.tidy()); err != nil {
			return err
		}
	}
	if slices.Contains(b.parts, "warm") {
		for _, kind := range []string{"nothing changed", "one body edited"} {
			if err := b.warm(kind); err != nil {
				return err
			}
		}
	}
	// Servers keep their pages in memory: the place hardly matters.
	if slices.Contains(b.parts, "served") && (b.place == inMemory || b.memory == "") {
		return b.served()
	}
	return nil
}

// fresh takes away everything that earlier runs made.
func (b *bench) fresh(t tool) error {
	entries, err := os.ReadDir(b.site(t))
	if err != nil {
		return err
	}
	err = b.away(b.cache(t))
	for _, e := range entries {
		if !slices.Contains(b.kept[t.name], e.Name()) {
			err = errors.Join(err, b.away(filepath.Join(b.site(t), e.Name())))
		}
	}
	return errors.Join(err, os.MkdirAll(b.cache(t), 0o755))
}

// away takes a folder away: in memory it is deleted, on disk moved aside, since
// ext4 takes several times as long to make a file in the seconds after others
// were deleted, which is nothing that either program does.
func (b *bench) away(path string) error {
	if b.place == inMemory {
		return os.RemoveAll(path)
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.MkdirAll(b.aside(), 0o755); err != nil {
		return err
	}
	b.moved++
	return os.Rename(path, filepath.Join(b.aside(), fmt.Sprint(b.moved)))
}

func (b *bench) aside() string { return filepath.Join(b.dir, "aside") }

// tidy deletes what was moved aside, and waits until that is forgotten.
func (b *bench) tidy() error {
	if b.place == inMemory {
		return nil
	}
	err := os.RemoveAll(b.aside())
	syscall.Sync()
	time.Sleep(10 * time.Second)
	return err
}

// turns calls one for every tool, and again for every run; who goes first
// changes from run to run.
func (b *bench) turns(one func(t tool) error) error {
	for i := range b.runs {
		order := slices.Clone(b.tools)
		if i%2 == 1 {
			slices.Reverse(order)
		}
		for _, t := range order {
			syscall.Sync() // nobody pays for what another wrote
			if err := one(t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) build(t tool) (sample, error) {
	return measure(b.cache(t), t.program, t.build(b.site(t), b.cache(t))...)
}

// cold builds with nothing there; then the floor, of the same files.
func (b *bench) cold() error {
	got := map[string]*entry{}
	err := b.turns(func(t tool) error {
		if err := b.fresh(t); err != nil {
			return err
		}
		s, err := b.build(t)
		b.say("cold %s %.2f s, user %.2f s, system %.2f s, %.0f MiB", t.name, s.Wall, s.User, s.System, s.Peak)
		e := b.entry(got, "cold", t.name)
		e.Samples = append(e.Samples, s)
		return err
	})
	for _, t := range b.tools {
		if e := got[t.name]; e != nil && err == nil {
			e.Files, e.Bytes, err = made(filepath.Join(b.site(t), "public"))
		}
	}
	if err != nil {
		return err
	}
	return b.floors(b.entry(got, "cold", floorName))
}

// entry is the entry of a tool for a part of this size and place, made anew.
func (b *bench) entry(got map[string]*entry, part, name string) *entry {
	if got[name] == nil {
		got[name] = b.results.entry(part, name, b.place, b.size)
	}
	return got[name]
}

// warm builds again over what is there.
func (b *bench) warm(kind string) error {
	got := map[string]*entry{}
	return b.turns(func(t tool) error {
		if kind != "nothing changed" {
			b.edited++
			if err := b.edit(t, func(text string) string { return text + fmt.Sprintf("\n%d.\n", b.edited) }); err != nil {
				return err
			}
		}
		s, err := b.build(t)
		b.say("warm, %s: %s %.2f s, user %.2f s", kind, t.name, s.Wall, s.User)
		e := b.entry(got, "warm, "+kind, t.name)
		e.Samples = append(e.Samples, s)
		return err
	})
}

// edit changes the file of the newest advisory.
func (b *bench) edit(t tool, change func(string) string) error {
	path := filepath.Join(b.site(t), fmt.Sprintf(t.edited, b.newest()))
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(change(string(data))), 0o644)
}
