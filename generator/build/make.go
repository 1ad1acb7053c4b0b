package build

import (
	"bytes"
	"context"
	"fmt"
	"runtime"

	"bongsu/generator/publish"

	"golang.org/x/sync/errgroup"
)

// Render renders every output file, on every processor.
func (r *Result) Render(ctx context.Context) ([]publish.File, error) {
	out := make([]publish.File, len(r.Files))
	err := parallel(ctx, len(r.Files), func(i int) error {
		f := r.Files[i]
		data, err := renderOne(f)
		out[i] = publish.File{Path: f.Path, Data: data, Modified: f.Modified()}
		return err
	})
	return out, err
}

// renderOne renders one file into bytes of its own.
func renderOne(f File) ([]byte, error) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := f.Render(buf); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	return bytes.Clone(buf.Bytes()), nil
}

// parallel calls f for 0 to n-1 from as many goroutines as there are
// processors, in pieces, and returns the first error.
func parallel(ctx context.Context, n int, f func(i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	next := make(chan int, workers)
	const piece = 16
	g.Go(func() error {
		defer close(next)
		for i := 0; i < n; i += piece {
			select {
			case next <- i:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		g.Go(func() error {
			for from := range next {
				for i := from; i < min(from+piece, n); i++ {
					if err := f(i); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// Outputs gives every output file to be rendered when it is published. seen, if
// not nil, is shown the bytes of each, by goroutines at once, and must not keep
// them. The result gives its files up: what several of them share can go as
// soon as the last of these is published.
func (r *Result) Outputs(seen func(path string, data []byte)) []publish.File {
	out := make([]publish.File, len(r.Files))
	files := r.Files
	r.Files = nil
	_ = parallel(context.Background(), len(files), func(i int) error {
		f := files[i]
		out[i] = publish.File{Path: f.Path, Modified: f.Modified(), Held: r.held != nil && r.held[i], Summed: f.Told, Make: func(b *bytes.Buffer) error {
			start := b.Len()
			if err := f.Render(b); err != nil {
				return fmt.Errorf("%s: %w", f.Path, err)
			}
			if err := r.lost.Load(); err != nil {
				return *err
			}
			if seen != nil {
				seen(f.Path, b.Bytes()[start:])
			}
			return nil
		}}
		return nil
	})
	return out
}
