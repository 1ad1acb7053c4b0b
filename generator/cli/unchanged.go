package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
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
	Inputs  string    // program, options, and the files read
	Outputs string    // see publish.Fingerprint
	From    time.Time // the site as of this time,
	Until   time.Time // shows the same before this one; zero: for a day
	Clocked bool      // the time was that of the clock

	Files, Read int
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

// unchanged gives what the last build left where it still holds for a build
// with the same options; inputs is what to leave after this one, empty where it
// cannot be told.
func (r *run) unchanged(out string, o build.Options, flags any) (last *built, inputs string) {
	inputs, newest := r.inputs(o, flags)
	if inputs == "" {
		return nil, ""
	}
	now := r.clock()
	if now.Sub(newest) < settled {
		inputs = ""
	}
	var b built
	if data := publish.Recall(out); data == nil || json.Unmarshal(data, &b) != nil || b.Inputs != inputs || inputs == "" {
		return nil, inputs
	}
	until := b.From.Add(freshFor)
	if !b.Until.IsZero() && b.Until.Before(until) {
		until = b.Until
	}
	if b.Clocked && (now.Before(b.From) || !now.Before(until)) {
		return nil, inputs
	}
	if outputs, err := publish.Fingerprint(out); err != nil || outputs != b.Outputs {
		return nil, inputs
	}
	return &b, inputs
}

// inputs sums up everything that a build depends on but the time, and gives the
// time of the newest file; nothing where that cannot be told.
func (r *run) inputs(o build.Options, flags any) (sum string, newest time.Time) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s %v %+v\n", o.BaseURL, o.Now, o.Drafts, flags)
	if !program(h) {
		return "", newest
	}
	for _, dir := range []string{build.Content, "templates"} {
		if _, err := os.Lstat(r.Dir + "/" + dir); err != nil {
			continue
		}
		entries, diags := source.List(o.Root, dir)
		if len(diags) > 0 {
			return "", newest
		}
		for _, e := range entries {
			at := e.Info.ModTime()
			if at.After(newest) {
				newest = at
			}
			fmt.Fprintln(h, e.Path, e.Info.Mode(), e.Info.Size(), at.UnixNano())
		}
	}
	return hex.EncodeToString(h.Sum(nil)), newest
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

// leave keeps what the next build needs to know that nothing changed.
func leave(out string, o build.Options, res *build.Result, files int, inputs string) {
	s := res.Site
	clocked := s.Now.Equal(o.Clock)
	if inputs == "" || clocked && s.Start().Equal(s.Now) { // an empty site is dated by the clock
		publish.Forget(out)
		return
	}
	outputs, err := publish.Fingerprint(out)
	if err != nil {
		publish.Forget(out)
		return
	}
	findings := make([]finding, len(res.Diags))
	for i, d := range res.Diags {
		findings[i] = finding(d)
	}
	data, err := json.Marshal(built{
		Inputs: inputs, Outputs: outputs, From: s.Now, Until: s.Next, Clocked: clocked,
		Files: files, Read: res.Inputs, Next: nextOf(s), Findings: findings,
	})
	if err == nil {
		publish.Remember(out, data)
	}
}
