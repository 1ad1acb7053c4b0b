package deliver

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"bongsu/generator/host"
	"bongsu/generator/proof"

	"golang.org/x/sync/errgroup"
)

// announce notes, before anything is touched, what is ours and what counts as
// unknown from now on: all that will be uploaded. Where a file had the headers
// already that it shall have, only its bytes are unknown.
func (r *run) announce(ctx context.Context) error {
	s := *r.next
	s.Complete = false
	s.Files = maps.Clone(r.state.Files)
	s.Retired = maps.Clone(r.state.Retired)
	for _, list := range r.uploads {
		for _, f := range list {
			known, ours := s.Files[f.Path]
			s.Files[f.Path] = ":"
			if !ours && !r.foreign[f.Path] || known.headers() == f.headers.sum() {
				s.Files[f.Path] = mark(":" + f.headers.sum())
			}
		}
	}
	if s.AsOf.Before(r.state.AsOf) && !r.opts.Rollback {
		s.AsOf = r.state.AsOf
	}
	return s.write(ctx, r.store)
}

// upload sends the files, one phase after the other: all new ones first, since
// only they can be missing when a link is followed.
func (r *run) upload(ctx context.Context) error {
	progress := r.counter(r.result.Uploaded + r.result.Deleted)
	for _, list := range r.uploads {
		if err := r.each(ctx, len(list), func(ctx context.Context, i int) error {
			f := list[i]
			data, err := r.site.stored(f)
			if err != nil {
				return err
			}
			if err := r.store.Put(ctx, f.Path, data, f.headers, false); err != nil {
				return fmt.Errorf("upload %s: %w", f.Path, err)
			}
			progress(int64(len(data)))
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// seal publishes the manifest, after its signature.
func (r *run) seal(ctx context.Context) error {
	if r.sealed {
		return nil
	}
	encoded := r.manifest.Encode()
	put := func(name string, data []byte) error {
		return r.store.Put(ctx, name, data, Headers{ContentType: host.MediaType(name), CacheControl: host.CacheControl(name)}, false)
	}
	if r.opts.Key != nil {
		if err := put(proof.SignatureName, r.opts.Key.Sign(r.manifest, encoded)); err != nil {
			return err
		}
	} else if err := r.store.Delete(ctx, proof.SignatureName); err != nil {
		return err
	}
	return put(proof.Name, encoded)
}

// remove deletes what the site has no more: what links before what is linked to.
func (r *run) remove(ctx context.Context) error {
	progress := r.counter(r.result.Deleted)
	for p := phases - 1; p >= 0; p-- {
		list := r.removals[p]
		if err := r.each(ctx, len(list), func(ctx context.Context, i int) error {
			if err := r.store.Delete(ctx, list[i]); err != nil {
				return fmt.Errorf("delete %s: %w", list[i], err)
			}
			progress(0)
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// complete notes that all is done.
func (r *run) complete(ctx context.Context) error {
	return r.next.write(ctx, r.store)
}

// each calls do for 0 to n-1, several at once, and ends when all are done or
// one failed.
func (r *run) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(r.opts.Workers)
	for i := range n {
		if inner.Err() != nil {
			break
		}
		g.Go(func() error {
			return do(inner, i)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// counter tells the progress of a stretch of work.
func (r *run) counter(total int) func(bytes int64) {
	var mu sync.Mutex
	done := 0
	return func(bytes int64) {
		mu.Lock()
		defer mu.Unlock()
		done++
		r.result.Bytes += bytes
		r.opts.Progress(Progress{done, total, r.result.Bytes})
	}
}
