// Package deliver brings a built site to an object store, from which a CDN
// serves it, so that no reader ever follows a link to what is not there.
//
// In: a Site, which is an output folder and what was asked to stand beside its
// files, and a Store. Out: the store holding the site, its manifest, and a
// Result. It must not know any provider, run beside another run on the same
// store, or delete what it did not put there.
//
// Beside the files of the site it keeps, below .bongsu/ in the store:
//
//	.bongsu/state.json  what was put there, so that little is asked or sent
//	.bongsu/lock/N      who publishes: the highest number holds the lock
//
// The state is written before the first file (which then count as unknown) and
// after the last. A run that was killed is finished by the next one, whatever
// that one wants to publish.
package deliver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"bongsu/generator/proof"
)

// Errors to be told apart with errors.Is.
var (
	// ErrExists marks a file that was to be written only if there was none.
	ErrExists = errors.New("it exists already")
	// ErrDenied marks what the store does not let us do; trying again is in vain.
	ErrDenied = errors.New("the store refuses")
	// ErrOlder marks a site that is older than the published one.
	ErrOlder = errors.New("older than what is published")
	// ErrLost marks a run whose lock another took over.
	ErrLost = errors.New("another publisher took over")
)

// Headers are kept with a file and sent with it.
type Headers struct{ ContentType, CacheControl, ContentEncoding string }

// Object is a file in the store. MD5 is nil where the store does not tell.
type Object struct {
	Key  string
	Size int64
	MD5  []byte
}

// Store is an object store. Its methods may be called at once, and once again
// after a failure. A file that is not there is fs.ErrNotExist; a refusal is
// ErrDenied. Put with absent writes only where there is none: else ErrExists.
type Store interface {
	Get(ctx context.Context, key string) ([]byte, Headers, error)
	Put(ctx context.Context, key string, data []byte, h Headers, absent bool) error
	Delete(ctx context.Context, key string) error
	List(ctx context.Context, prefix string) ([]Object, error)
}

// Options say how to publish.
type Options struct {
	Stamp    proof.Stamp   // Issued is the time of the run
	Key      *proof.Key    // signs the manifest; nil: it is not signed
	Owner    string        // who publishes, for others who wait
	Rollback bool          // publish an older site over a newer one
	DryRun   bool          // change nothing
	Recheck  bool          // compare what lies in the store, not only what is known of it
	Workers  int           // files on their way at once; 0: 16
	Grace    time.Duration // how long assets of earlier builds stay; 0: 24 hours
	Lease    time.Duration // how long a silent lock holds; 0: 30 seconds

	// Waiting, if set, is called when another run holds the lock.
	Waiting func(owner string)
	// Progress, if set, is called after each file.
	Progress func(Progress)
	// After, if set, is called when everything is published, with what changed
	// since it last returned nil, also in runs that were killed. Its error is
	// returned as ErrAfter, and what changed is kept for the next run.
	After func(ctx context.Context, c Changes) error
}

// Progress tells how far a run is.
type Progress struct {
	Done, Total int
	Bytes       int64
}

// Changes lists paths of the site, sorted.
type Changes struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Deleted []string `json:"deleted"`
}

// Empty reports whether nothing changed.
func (c Changes) Empty() bool { return len(c.Added)+len(c.Changed)+len(c.Deleted) == 0 }

// Result says what a run did, or, on a dry run, would do.
type Result struct {
	Uploaded, Deleted, Unchanged int
	Kept                         int // assets of earlier builds that stay for a while
	Bytes                        int64
	Changes                      Changes // of this run
	Manifest                     *proof.Manifest
	Finished                     bool // a killed run before this one was finished
}

// AfterError is the error of Options.After: the site itself is published.
type AfterError struct{ Err error }

// Error tells it.
func (e AfterError) Error() string { return "published, but " + e.Err.Error() }

// Unwrap gives the error of After.
func (e AfterError) Unwrap() error { return e.Err }

func (o Options) withDefaults() Options {
	o.Workers = cmp.Or(o.Workers, 16)
	o.Grace = cmp.Or(o.Grace, 24*time.Hour)
	o.Lease = cmp.Or(o.Lease, 30*time.Second)
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Waiting == nil {
		o.Waiting = func(string) {}
	}
	return o
}

// Publish makes the store hold the site.
func Publish(ctx context.Context, store Store, site *Site, o Options) (*Result, error) {
	o = o.withDefaults()
	r := &run{store: retrying{store}, site: site, opts: o}
	if o.DryRun {
		if err := r.plan(ctx); err != nil {
			return nil, err
		}
		return r.result, nil
	}
	held, err := acquire(ctx, r.store, o)
	if err != nil {
		return nil, err
	}
	defer held.release()
	r.store = retrying{guarded{store, held}}
	if err := r.publish(held.ctx); err != nil {
		if lost := context.Cause(held.ctx); errors.Is(lost, ErrLost) {
			err = lost
		}
		return r.result, err
	}
	return r.result, nil
}

// publish does everything that needs the lock.
func (r *run) publish(ctx context.Context) error {
	if err := r.plan(ctx); err != nil {
		return err
	}
	if r.needed() {
		if err := r.announce(ctx); err != nil {
			return fmt.Errorf("note what will be published: %w", err)
		}
		if err := r.upload(ctx); err != nil {
			return err
		}
		if err := r.seal(ctx); err != nil {
			return fmt.Errorf("publish the manifest: %w", err)
		}
		if err := r.remove(ctx); err != nil {
			return err
		}
		if err := r.complete(ctx); err != nil {
			return fmt.Errorf("note what was published: %w", err)
		}
	}
	if r.opts.After == nil || r.next.Pending.Empty() {
		return nil
	}
	if err := r.opts.After(ctx, r.next.Pending); err != nil {
		return AfterError{err}
	}
	r.next.Pending = Changes{}
	return r.next.write(ctx, r.store)
}
