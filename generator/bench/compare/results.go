package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// entry holds the samples of one tool for one part, place and size.
type entry struct {
	Part, Tool, Place string
	Size              int
	Samples           []sample
	Files             int   `json:",omitempty"`
	Bytes             int64 `json:",omitempty"`
	Date              string
	Load              float64 // of the machine before the first run: other people's work
	Version           string  // of the tool
}

// results are all entries that were measured on a machine, also in earlier
// runs: what is measured anew replaces what was.
type results struct {
	Machine  machine
	Entries  []*entry
	versions map[string]string
}

// load reads what was measured before on this machine.
func load(s settings, tools []tool) (*results, error) {
	r := &results{versions: map[string]string{}}
	data, err := os.ReadFile(filepath.Join(s.out, "results.json"))
	if err == nil {
		err = json.Unmarshal(data, r)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	now := describe(s)
	same := now
	same.Files = r.Machine.Files
	if r.Machine != same {
		r.Machine, r.Entries = now, nil
	}
	r.Machine.Files = now.Files
	for _, t := range tools {
		r.versions[t.name] = t.version
	}
	return r, nil
}

// entry makes an empty entry in the place of an earlier one.
func (r *results) entry(part, tool, place string, size int) *entry {
	e := &entry{Part: part, Tool: tool, Place: place, Size: size, Date: time.Now().UTC().Format(time.DateOnly), Version: r.versions[tool], Load: load1()}
	r.Entries = slices.DeleteFunc(r.Entries, func(o *entry) bool {
		return o.Part == part && o.Tool == tool && o.Place == place && o.Size == size
	})
	r.Entries = append(r.Entries, e)
	return e
}

// find is the entry, or nil.
func (r *results) find(part, tool, place string, size int) *entry {
	for _, e := range r.Entries {
		if e.Part == part && e.Tool == tool && e.Place == place && e.Size == size && len(e.Samples) > 0 {
			return e
		}
	}
	return nil
}

// save writes results.json and RESULTS.md.
func (r *results) save(dir string) error {
	slices.SortFunc(r.Entries, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Size, b.Size), cmp.Compare(a.Tool, b.Tool))
	})
	data, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "results.json"), append(data, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "RESULTS.md"), []byte(r.markdown()), 0o644)
}

// metric takes one number of a sample.
type metric func(sample) float64

func wall(s sample) float64   { return s.Wall }
func user(s sample) float64   { return s.User }
func system(s sample) float64 { return s.System }
func memory(s sample) float64 { return s.Peak }

// of lists the numbers of an entry in order.
func (e *entry) of(m metric) []float64 {
	out := make([]float64, len(e.Samples))
	for i, s := range e.Samples {
		out[i] = m(s)
	}
	slices.Sort(out)
	return out
}

// median of the numbers of an entry.
func (e *entry) median(m metric) float64 {
	v := e.of(m)
	n := len(v)
	if n%2 == 1 {
		return v[n/2]
	}
	return (v[n/2-1] + v[n/2]) / 2
}
