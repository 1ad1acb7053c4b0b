// Command compare measures Bongsu beside Hugo on the same texts and writes what
// it found to RESULTS.md.
//
// In: sizes and how often. Out: results.json with every sample, and RESULTS.md,
// which is made of it alone. It runs the programs as a user would, one after the
// other and in turn, and knows nothing of how they work.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// settings are the flags.
type settings struct {
	sizes       []int
	runs, edits int
	parts       []string
	scale       []scaleSize
	memory      string // a folder in memory; empty: not measured
	disk        string // a folder on disk; empty: not measured
	model       string
	out         string
	hugo        string
}

// allParts are what -parts may name.
var allParts = []string{"cold", "warm", "served", "scale"}

func main() {
	if len(os.Args) == 4 && os.Args[1] == floorWord {
		fail(floor(os.Args[2], os.Args[3]))
		return
	}
	s, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	fail(err)
	fail(compare(s))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	var s settings
	cache, err := os.UserCacheDir()
	if err != nil {
		return s, err
	}
	memory := ""
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		memory = "/dev/shm/bongsu-bench"
	}
	f := flag.NewFlagSet("compare", flag.ContinueOnError)
	sizes := f.String("sizes", "100,1000", "how many advisories, with commas")
	scale := f.String("scale", "", "sizes for Bongsu alone, as ADVISORIES:COUNTRIES with commas (100000:200)")
	parts := f.String("parts", strings.Join(allParts, ","), "what to measure")
	f.IntVar(&s.runs, "runs", 5, "builds of each kind")
	f.IntVar(&s.edits, "edits", 10, "edits while the servers run")
	f.StringVar(&s.memory, "memory", memory, "a folder in memory; empty: leave it out")
	f.StringVar(&s.disk, "disk", filepath.Join(cache, "bongsu-bench", "work"), "a folder on disk; empty: leave it out")
	f.StringVar(&s.model, "model", "content", "the content folder whose settings are taken over")
	f.StringVar(&s.out, "out", "generator/bench", "where the results go")
	f.StringVar(&s.hugo, "hugo", "", "a hugo instead of the one that is installed")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	s.parts = strings.Split(*parts, ",")
	for _, p := range s.parts {
		if !slices.Contains(allParts, p) {
			return s, fmt.Errorf("no part is called %q; there are %s", p, strings.Join(allParts, ", "))
		}
	}
	for word := range strings.SplitSeq(*sizes, ",") {
		if word == "" {
			continue
		}
		n, err := strconv.Atoi(word)
		if err != nil || n < 20 {
			return s, fmt.Errorf("%q is not a number of advisories from 20", word)
		}
		s.sizes = append(s.sizes, n)
	}
	s.scale, err = parseScale(*scale)
	return s, err
}

// compare measures what was asked for and writes the results after each part,
// so that nothing is lost when it is stopped.
func compare(s settings) error {
	tools, err := install(s)
	if err != nil {
		return err
	}
	r, err := load(s, tools)
	if err != nil {
		return err
	}
	for _, place := range []struct{ name, dir string }{{inMemory, s.memory}, {onDisk, s.disk}} {
		if place.dir == "" {
			continue
		}
		for _, n := range s.sizes {
			b := bench{settings: s, place: place.name, dir: filepath.Join(place.dir, strconv.Itoa(n)), size: n, results: r, tools: tools}
			if err := b.run(); err != nil {
				return errors.Join(err, os.RemoveAll(b.dir))
			}
			if err := errors.Join(os.RemoveAll(b.dir), r.save(s.out)); err != nil {
				return err
			}
		}
	}
	if slices.Contains(s.parts, "scale") {
		if err := scale(s, tools[0], r); err != nil {
			return err
		}
	}
	return r.save(s.out)
}
