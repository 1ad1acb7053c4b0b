package cli

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"sync"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/diag"
	"bongsu/generator/publish"
	"bongsu/generator/site"
	"bongsu/generator/source"
)

// built is what a build leaves for the next one: where everything that it
// depends on and all that it made is still as it was, there is nothing to do.
type built struct {
	Inputs  string // program, options, and the files read
	Outputs string // see publish.Fingerprint
	Clocked bool   // the time was that of the clock
	build.Before

	Files, Read int
	Packed      map[string]int // check.Scale.Sizes
	Next        string
	Findings    []finding
}

// finding is a diagnostic without its contract form, so that it can be read
// back.
type finding diag.Diagnostic

// diags gives the findings of the build.
func (b *built) diags() diag.List {
	var l diag.List
	for _, f := range b.Findings {
		l.Add(diag.Diagnostic(f))
	}
	return l
}

// settled is how old the newest input must be: a file that is written twice
// within the grain of the clock of a file system would seem unchanged.
const settled = 2 * time.Second

// freshFor is how long the output of a build counts as up to date by itself:
// warnings, such as of contacts that nobody verified, come due without a change
// of the output.
const freshFor = 24 * time.Hour

// memory is what earlier builds left beside an output folder.
type memory struct {
	out     string
	program string         // names the program; empty where it cannot be told
	last    *built         // of the last build; nil where there is none that can be used
	inputs  string         // of this build, for built.Inputs; empty where they cannot be told
	listed  []source.Entry // the content folder
	notes   *publish.Notes
	opened  func() // waits for notes; nil where they were not asked for
	mark    string // of the notes that this build leaves; empty where it leaves none
	builder *build.Builder
}

// recall reads what earlier builds left beside an output folder.
func (r *run) recall(out string, o build.Options, flags any) *memory {
	m := &memory{out: out, builder: build.NewBuilder()}
	var newest time.Time
	data := publish.Recall(out)
	if data == nil { // nor is there anything to compare with
		m.builder.Prepare(o)
	}
	if m.inputs, newest, m.listed = r.inputs(o, flags); r.clock().Sub(newest) < settled {
		m.inputs = ""
	}
	h := sha256.New()
	if program(h) {
		m.program = hex.EncodeToString(h.Sum(nil))
	}
	var b built
	if data != nil && json.Unmarshal(data, &b) == nil {
		m.last = &b
	}
	return m
}

// unchanged reports whether a build at this time has nothing to do.
func (m *memory) unchanged(now time.Time) bool {
	b := m.last
	if b == nil || m.inputs == "" || b.Inputs != m.inputs {
		return false
	}
	if b.Clocked && (!b.Holds(now) || !now.Before(b.From.Add(freshFor))) {
		return false
	}
	outputs, err := publish.Fingerprint(m.out)
	return err == nil && outputs == b.Outputs
}

// read gives the builder what earlier builds left.
func (m *memory) read() {
	if m.program == "" {
		return
	}
	m.opened = m.builder.RestoreFrom(m.program, func() (string, io.ReaderAt) {
		m.notes = publish.OpenNotes(m.out)
		return m.notes.List, m.notes
	})
}

// close lets go of what was read; texts may be read from it until then.
func (m *memory) close() {
	if m.opened != nil {
		m.opened()
		m.notes.Close()
	}
}

// packed gives the sizes of what pages load, as far as the last build told them.
func (m *memory) packed() map[string]int {
	if m.before() == nil {
		return nil
	}
	return m.last.Packed
}

// before tells the builder of the last build; nothing where there is none.
func (m *memory) before() *build.Before {
	if m.last == nil || m.program == "" {
		return nil
	}
	return &m.last.Before
}

// hold marks what of a build's output stands in the folder already, and gives
// the fingerprint of the folder; nothing where the output is to be made anew.
func (m *memory) hold(res *build.Result) (as string) {
	if !res.Hold() {
		return ""
	}
	return m.last.Outputs
}

// inputs sums up everything that a build depends on but the time, and gives the
// time of the newest file and the list of the content folder; nothing where
// that cannot be told.
func (r *run) inputs(o build.Options, flags any) (sum string, newest time.Time, content []source.Entry) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s %v %+v\n", o.BaseURL, o.Now, o.Drafts, flags)
	if !program(h) {
		return "", newest, nil
	}
	var line []byte
	for _, dir := range []string{build.Content, "templates"} {
		if _, err := os.Lstat(r.Dir + "/" + dir); err != nil {
			continue
		}
		entries, diags := source.List(o.Root, dir)
		if len(diags) > 0 {
			return "", newest, nil
		}
		if dir == build.Content {
			content = entries
		}
		for _, e := range entries {
			at := e.Info.ModTime()
			if at.After(newest) {
				newest = at
			}
			line = append(append(line[:0], e.Path...), 0)
			for _, n := range []int64{int64(e.Info.Mode()), e.Info.Size(), at.UnixNano()} {
				line = binary.LittleEndian.AppendUint64(line, uint64(n))
			}
			h.Write(line)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), newest, content
}

// program sums up which program this is, its templates included.
func program(h hash.Hash) bool {
	name, err := os.Executable()
	if err != nil {
		return false
	}
	info, err := os.Stat(name)
	if err != nil {
		return false
	}
	fmt.Fprintln(h, Version(), info.Size(), info.ModTime().UnixNano())
	return true
}

// nextOf tells when the output of a site changes with no edit; empty: never.
func nextOf(s *site.Site) string {
	if s.Next.IsZero() {
		return ""
	}
	return s.Next.Format(time.RFC3339)
}

// leave keeps what the next build needs to know that nothing changed, or what
// did. It is called while no other run can change the output.
func (m *memory) leave(o build.Options, res *build.Result, files int, packed map[string]int, fingerprint func() (string, error)) {
	s := res.Site
	clocked := s.Now.Equal(o.Clock)
	outputs, err := fingerprint()
	if err != nil || m.program == "" || clocked && s.Start().Equal(s.Now) { // an empty site is dated by the clock
		publish.Forget(m.out)
		return
	}
	findings := make([]finding, len(res.Diags))
	for i, d := range res.Diags {
		findings[i] = finding(d)
	}
	data, err := json.Marshal(built{
		Inputs: m.inputs, Outputs: outputs, Clocked: clocked,
		Before: build.Before{Shared: res.Shared(), Mark: m.mark, From: s.Now, Until: s.Next},
		Files:  files, Read: res.Inputs, Packed: packed, Next: nextOf(s), Findings: findings,
	})
	if err != nil {
		publish.Forget(m.out)
		return
	}
	publish.Remember(m.out, data)
}

// note leaves what the input files became. Where the output folder is not brought
// up to date after all, what the last build left of it has the mark of other
// notes.
func (m *memory) note(res *build.Result) {
	if m.notes == nil {
		return
	}
	var sum sync.WaitGroup
	defer sum.Wait()
	sum.Go(func() { res.Shared() }) // for leave
	k := m.builder.Keep(m.program, !m.notes.Current())
	var err error
	switch {
	case k.Empty:
	case k.Whole:
		err = m.notes.Replace(k.Write)
	default:
		err = m.notes.Append(k.Size, k.Write)
	}
	if err == nil { // else the next build does the work again
		m.mark = k.Mark
	}
}
