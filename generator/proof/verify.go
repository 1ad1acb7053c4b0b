package proof

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// Copy is a copy of a site that can be read. Read gives the bytes of a file, at
// most limit of them, and an error that is fs.ErrNotExist where there is none.
// List names every file, where the copy can tell; else it is nil.
type Copy struct {
	Read    func(ctx context.Context, path string, limit int64) ([]byte, error)
	List    func(ctx context.Context) ([]string, error)
	Workers int // how many files are read at once
}

// Finding is something that is wrong with a copy.
type Finding struct {
	Kind Kind   `json:"kind"`
	Path string `json:"path,omitempty"` // of the file; empty: the whole copy
	Text string `json:"text"`
}

// Kind says what sort of thing is wrong.
type Kind string

// Kinds of findings.
const (
	Unsigned Kind = "unsigned" // the signature is missing or by another key
	Expired  Kind = "expired"  // the manifest no longer holds: the copy may be held back
	Future   Kind = "future"   // it is issued later than now: a clock is wrong
	Older    Kind = "older"    // an older manifest than one that is known
	Missing  Kind = "missing"
	Changed  Kind = "changed"
	Extra    Kind = "extra"
	Broken   Kind = "broken" // the chain of changes
)

// Report is what Verify found.
type Report struct {
	Manifest *Manifest `json:"-"`
	Encoded  []byte    `json:"-"` // of the manifest, as it was read
	Signed   bool      `json:"signed"`
	Files    int       `json:"files"` // that were compared
	Findings []Finding `json:"findings"`
}

// Expect is what a copy is held against.
type Expect struct {
	Now    time.Time
	Key    *PublicKey // nil: signatures are not checked
	Known  *Manifest  // the newest that was seen before; nil: none
	Ignore []string   // names in the root that may stand in a folder beside the site
}

// slack is how far clocks may differ.
const slack = 5 * time.Minute

// Verify holds a copy of a site against its manifest: who signed it, whether it
// is fresh and no older than what is known, whether every file is there as
// listed and none beside them, and whether the log of changes only grew. An
// error means that it could not be looked at.
func Verify(ctx context.Context, c Copy, want Expect) (*Report, error) {
	encoded, err := c.Read(ctx, Name, MaxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s: the site was published without one", Name)
	}
	if err != nil {
		return nil, err
	}
	r := &Report{Encoded: encoded}
	if want.Key != nil {
		if err := r.signature(ctx, c, want.Key); err != nil {
			return nil, err
		}
		if !r.Signed { // what is not theirs says nothing of the files
			return r, nil
		}
	}
	if r.Manifest, err = Decode(encoded); err != nil {
		r.find(Changed, Name, "%v", err)
		return r, nil
	}
	r.times(want)
	if err := r.files(ctx, c); err != nil {
		return nil, err
	}
	if err := r.extras(ctx, c, want); err != nil {
		return nil, err
	}
	if err := r.chain(ctx, c, want.Known); err != nil {
		return nil, err
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return strings.Compare(a.Path, b.Path) })
	return r, nil
}

func (r *Report) find(k Kind, path, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{k, path, fmt.Sprintf(format, args...)})
}

func (r *Report) signature(ctx context.Context, c Copy, key *PublicKey) error {
	signature, err := c.Read(ctx, SignatureName, 4096)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.find(Unsigned, SignatureName, "there is no signature")
	case err != nil:
		return err
	case !key.Signed(r.Encoded, signature):
		r.find(Unsigned, SignatureName, "the signature is not of this manifest by this key")
	default:
		r.Signed = true
	}
	return nil
}

// times checks the manifest against the clock and against what is known.
func (r *Report) times(want Expect) {
	m := r.Manifest
	if !want.Now.Before(m.Expires) {
		r.find(Expired, Name, "it held until %s: the copy is not kept up to date, or somebody holds it back", m.Expires.Format(time.RFC3339))
	}
	if m.Issued.After(want.Now.Add(slack)) {
		r.find(Future, Name, "it was issued at %s, which is still to come: a clock is wrong", m.Issued.Format(time.RFC3339))
	}
	k := want.Known
	if k == nil {
		return
	}
	if m.Issued.Before(k.Issued) {
		r.find(Older, Name, "it was issued at %s; one of %s is known: an old copy was put back", m.Issued.Format(time.RFC3339), k.Issued.Format(time.RFC3339))
	}
	if k.Site != m.Site {
		r.find(Changed, Name, "it is of the site %q, the known one of %q", m.Site, k.Site)
	}
}

// files compares every file that the manifest lists.
func (r *Report) files(ctx context.Context, c Copy) error {
	found := make([]*Finding, len(r.Manifest.Files))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(max(c.Workers, 1))
	for i, f := range r.Manifest.Files {
		g.Go(func() error {
			data, err := c.Read(gctx, f.Path, f.Size+1)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				found[i] = &Finding{Missing, f.Path, "it is listed and is not there"}
			case err != nil:
				return err
			case Sum(f.Path, data) != f:
				found[i] = &Finding{Changed, f.Path, "it is not the file that was published"}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	r.Files = len(found)
	for _, f := range found {
		if f != nil {
			r.Findings = append(r.Findings, *f)
		}
	}
	return nil
}

// extras finds files that the manifest does not list: all of them in a copy
// that can name its files, else those that the known manifest listed.
func (r *Report) extras(ctx context.Context, c Copy, want Expect) error {
	if c.List != nil {
		paths, err := c.List(ctx)
		if err != nil {
			return err
		}
		for _, p := range paths {
			if _, listed := r.Manifest.Find(p); !listed && p != Name && p != SignatureName && !slices.Contains(want.Ignore, p) {
				r.find(Extra, p, "it is not listed")
			}
		}
		return nil
	}
	if want.Known == nil || want.Known.Issued.After(r.Manifest.Issued) {
		return nil
	}
	for _, f := range want.Known.Files {
		if _, listed := r.Manifest.Find(f.Path); listed || keptAfter(f.Path) {
			continue
		}
		switch _, err := c.Read(ctx, f.Path, 1); {
		case err == nil:
			r.find(Extra, f.Path, "it was published before, is listed no more, and is still there")
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	return nil
}

// keptAfter reports whether a file may stay after it is listed no more: assets
// and pictures, for pages that somebody still shows.
func keptAfter(path string) bool {
	return strings.HasPrefix(path, "assets/") || strings.HasPrefix(path, "cards/")
}

// chain checks the log of changes, and that it still holds what was known.
func (r *Report) chain(ctx context.Context, c Copy, known *Manifest) error {
	f, ok := r.Manifest.Find(changesPath)
	if !ok {
		return nil
	}
	data, err := c.Read(ctx, changesPath, f.Size+1)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // reported as missing
	}
	if err != nil {
		return err
	}
	log, err := ParseChain(data)
	if err != nil {
		r.find(Broken, changesPath, "%v", err)
		return nil
	}
	if log.Head != r.Manifest.ChangesHead || log.Lines != r.Manifest.Changes {
		r.find(Broken, changesPath, "the log of changes has %d lines, the manifest says %d", log.Lines, r.Manifest.Changes)
	}
	if known != nil && known.ChangesHead != "" && !known.Issued.After(r.Manifest.Issued) && !log.Holds(known.ChangesHead) {
		r.find(Broken, changesPath, "the log of changes lacks a line that is known: history was rewritten, or an older state published again")
	}
	return nil
}
