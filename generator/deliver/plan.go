package deliver

import (
	"bytes"
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"bongsu/generator/proof"
)

// run is one publication.
type run struct {
	store  Store
	site   *Site
	opts   Options
	result *Result

	state    *state // as it was found
	next     *state // as it will be
	live     *proof.Manifest
	manifest *proof.Manifest
	sealed   bool               // manifest is the one that lies there
	uploads  [2 * phases][]file // new files by phase, then changed ones
	removals [phases][]string
	foreign  map[string]bool // files of the site that lie there and that we did not put there
}

// plan compares the site with the store and changes nothing.
func (r *run) plan(ctx context.Context) error {
	var err error
	if r.state, r.live, err = readState(ctx, r.store); err != nil {
		return err
	}
	if err := r.prove(ctx); err != nil {
		return err
	}
	if err := r.notOlder(); err != nil {
		return err
	}
	objects, err := r.store.List(ctx, "")
	if err != nil {
		return fmt.Errorf("list what is published: %w", err)
	}
	there := make(map[string]Object, len(objects))
	for _, o := range objects {
		if !strings.HasPrefix(o.Key, private) {
			there[o.Key] = o
		}
	}
	r.result = &Result{Manifest: r.manifest, Finished: !r.state.Complete}
	r.next, r.foreign = newState(), map[string]bool{}
	r.next.AsOf, r.next.Changes = r.manifest.AsOf, r.manifest.Changes
	for _, f := range r.site.files {
		r.next.Files[f.Path] = f.mark()
		if err := r.planFile(f, there); err != nil {
			return err
		}
	}
	r.planRemovals(there)
	r.next.Pending = r.state.Pending.join(r.result.Changes)
	return nil
}

// prove makes the manifest, or keeps the one that lies there where it stands.
func (r *run) prove(ctx context.Context) error {
	read := func(p string) ([]byte, error) {
		for _, f := range r.site.files {
			if f.Path == p {
				return r.site.plain(f.File)
			}
		}
		return nil, fmt.Errorf("there is no %s", p)
	}
	var err error
	if r.manifest, err = proof.New(r.site.sums(), read, r.opts.Stamp); err != nil {
		return err
	}
	if !r.state.Complete || !r.live.Standing(r.manifest, r.opts.Stamp.Issued) {
		return nil
	}
	if signed, err := r.signed(ctx); err != nil || !signed {
		return err
	}
	r.manifest, r.sealed = r.live, true
	return nil
}

// signed reports whether the manifest that lies there has the signature that
// it shall have.
func (r *run) signed(ctx context.Context) (bool, error) {
	signature, _, err := r.store.Get(ctx, proof.SignatureName)
	if errors.Is(err, fs.ErrNotExist) {
		return r.opts.Key == nil, nil
	}
	if err != nil || r.opts.Key == nil {
		return false, err
	}
	return bytes.Equal(signature, r.opts.Key.Sign(r.live, r.live.Encode())), nil
}

// notOlder refuses a site that knows less than the newest one that was
// published, or that somebody began to publish. What cannot be told apart by
// its content, such as another template, counts as equal.
func (r *run) notOlder() error {
	m, s := r.manifest, r.state
	if r.opts.Rollback || m.AsOf.IsZero() || !m.AsOf.Before(s.AsOf) && m.Changes >= s.Changes {
		return nil
	}
	return fmt.Errorf("this site knows changes up to %s (%d lines in its log), the published one up to %s (%d): %w; build from the newest content, or add --rollback to go back on purpose",
		m.AsOf.Format(time.RFC3339), m.Changes, s.AsOf.Format(time.RFC3339), s.Changes, ErrOlder)
}

// planFile decides whether a file is uploaded.
func (r *run) planFile(f file, there map[string]Object) error {
	object, present := there[f.Path]
	known, ours := r.state.Files[f.Path]
	if present && !ours {
		r.foreign[f.Path] = true
	}
	same, err := r.same(f, known, object, present)
	if err != nil {
		return err
	}
	if same {
		r.result.Unchanged++
		return nil
	}
	p := phaseOf(f.Path)
	if present {
		p += phases
		r.result.Changes.Changed = append(r.result.Changes.Changed, f.Path)
	} else {
		r.result.Changes.Added = append(r.result.Changes.Added, f.Path)
	}
	r.uploads[p] = append(r.uploads[p], f)
	r.result.Uploaded++
	return nil
}

// same reports whether a file lies in the store as it shall. What is known is
// believed, unless a recheck was asked for; what is not known, because a run
// was killed, is compared by its MD5.
func (r *run) same(f file, known mark, object Object, present bool) (bool, error) {
	switch {
	case !present:
		return false, nil
	case object.Size != f.Size && (r.site.pack == nil || f.headers.ContentEncoding == ""):
		return false, nil
	case known == f.mark() && !r.opts.Recheck:
		return true, nil
	case known.headers() != f.headers.sum() || object.MD5 == nil:
		return false, nil
	}
	data, err := r.site.stored(f)
	if err != nil {
		return false, err
	}
	sum := md5.Sum(data)
	return bytes.Equal(sum[:], object.MD5), nil
}

// planRemovals decides what goes: files that we put there and the site has no
// more. Assets stay for a while, since pages that somebody keeps still ask for
// them.
func (r *run) planRemovals(there map[string]Object) {
	now := r.opts.Stamp.Issued
	for _, p := range slices.Sorted(maps.Keys(r.state.Files)) {
		if _, wanted := r.next.Files[p]; wanted {
			continue
		}
		if _, present := there[p]; !present {
			continue
		}
		since, retired := r.state.Retired[p]
		if !retired {
			since = now
		}
		if hashed(p) && now.Before(since.Add(r.opts.Grace)) {
			r.next.Files[p], r.next.Retired[p] = r.state.Files[p], since.UTC()
			r.result.Kept++
			continue
		}
		r.removals[phaseOf(p)] = append(r.removals[phaseOf(p)], p)
		r.result.Changes.Deleted = append(r.result.Changes.Deleted, p)
		r.result.Deleted++
	}
}

// needed reports whether anything has to be written.
func (r *run) needed() bool {
	return r.result.Uploaded+r.result.Deleted > 0 || !r.sealed || !r.state.Complete ||
		!maps.Equal(r.state.Files, r.next.Files) || !maps.EqualFunc(r.state.Retired, r.next.Retired, time.Time.Equal)
}
