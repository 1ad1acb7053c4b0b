package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bongsu/generator/bench/corpus"
)

// scaleSize is a site for Bongsu alone.
type scaleSize struct{ advisories, countries int }

func (s scaleSize) String() string { return fmt.Sprintf("%d:%d", s.advisories, s.countries) }

func parseScale(text string) ([]scaleSize, error) {
	var out []scaleSize
	for word := range strings.SplitSeq(text, ",") {
		if word == "" {
			continue
		}
		first, second, _ := strings.Cut(word, ":")
		n, err := strconv.Atoi(first)
		countries := 1
		if err == nil && second != "" {
			countries, err = strconv.Atoi(second)
		}
		if err != nil || n < 20 || countries < 1 || countries > 300 {
			return nil, fmt.Errorf("%q is not ADVISORIES:COUNTRIES with at most 300 countries", word)
		}
		out = append(out, scaleSize{n, countries})
	}
	return out, nil
}

// scale builds large sites on disk: cold, then again with nothing changed. They
// are deleted in the end, because ext4 makes files several times slower for some
// minutes after others were deleted. The program gets at most three quarters of the machine's memory, so that a site
// that is too large fails by itself.
func scale(s settings, t tool, r *results) error {
	for _, size := range s.scale {
		b := bench{settings: s, place: onDisk, dir: filepath.Join(s.disk, "scale-"+size.String()), size: size.advisories, results: r, tools: []tool{t}}
		defer os.RemoveAll(b.dir)
		if err := b.scale(t, size); err != nil {
			return err
		}
		if err := r.save(s.out); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) scale(t tool, size scaleSize) error {
	if err := os.RemoveAll(b.dir); err != nil {
		return err
	}
	b.say("writing the texts, with %d countries", size.countries)
	if err := t.write(b.site(t), corpus.Corpus{Model: b.model, Advisories: size.advisories, Countries: size.countries}); err != nil {
		return err
	}
	time.Sleep(3 * time.Second) // what has just been written is not yet trusted to rest
	limit := fmt.Sprintf("ulimit -v %d && exec \"$0\" \"$@\"", memoryTotal()/4*3>>10)
	for _, kind := range []string{"cold", "nothing changed", "one body edited"} {
		if kind == "one body edited" {
			if err := b.edit(t, func(text string) string { return text + "\n1.\n" }); err != nil {
				return err
			}
		}
		args := append([]string{"-c", limit, t.program}, t.build(b.site(t), b.cache(t))...)
		got, err := measure(b.cache(t), "sh", args...)
		if err != nil {
			return err
		}
		b.say("scale, %s: %.1f s, user %.1f s, %.0f MiB", kind, got.Wall, got.User, got.Peak)
		e := b.results.entry("scale, "+kind, t.name, size.String(), size.advisories)
		e.Samples = []sample{got}
		if e.Files, e.Bytes, err = made(filepath.Join(b.site(t), "public")); err != nil {
			return err
		}
	}
	return nil
}
