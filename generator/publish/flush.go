package publish

import (
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// stretch is how many bytes are written before the next flush begins.
const stretch = 16 << 20

// flusher brings a tree to disk while it is still being filled, so that the
// disk works beside the processors and the flush before the swap finds little
// left to do.
type flusher struct {
	behind atomic.Int64 // bytes written since a flush began
	busy   atomic.Bool
	runs   errgroup.Group
}

// wrote begins a flush once enough was written, and does not wait for it.
func (f *flusher) wrote(bytes int, flush func() error) {
	if f.behind.Add(int64(bytes)) < stretch || !f.busy.CompareAndSwap(false, true) {
		return
	}
	f.behind.Store(0)
	f.runs.Go(func() error {
		defer f.busy.Store(false)
		return flush()
	})
}

// wait waits for the flushes that began. The system tells of a failure only
// once: an error means that files may not be on disk, also where a later flush
// succeeds.
func (f *flusher) wait() error { return f.runs.Wait() }

// syncEach reports whether every file has to be flushed on its own, because
// the system cannot flush a whole file system at once.
func (s *session) syncEach() bool { return !canSyncTree && !s.opts.NoSync }

// syncWhole reports whether the whole file system is flushed instead.
func (s *session) syncWhole() bool { return canSyncTree && !s.opts.NoSync }

// flush brings the staged tree to disk before it can be swapped in.
func (st *staging) flush() error {
	if !st.syncWhole() {
		return nil
	}
	err := st.flusher.wait()
	if err == nil {
		err = st.opts.syncTree(st.next)
	}
	if err != nil {
		return fmt.Errorf("publish: flush the staging folder: %w", err)
	}
	return nil
}
