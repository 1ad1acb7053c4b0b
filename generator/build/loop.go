package build

import (
	"context"
	"maps"
	"time"
)

// Change says what may differ since the last build. Paths nil means anything.
type Change struct {
	Paths map[string]bool // by their paths in Root
	At    time.Time       // when the first was noticed; zero: not known
}

// merge joins two changes into one.
func (c Change) merge(d Change) Change {
	if c.At.IsZero() || (!d.At.IsZero() && d.At.Before(c.At)) {
		c.At = d.At
	}
	if c.Paths == nil || d.Paths == nil {
		return Change{At: c.At}
	}
	c.Paths = maps.Clone(c.Paths)
	maps.Copy(c.Paths, d.Paths)
	return c
}

// Loop builds again whenever files change or the output changes with time. One
// build runs at a time; what changes meanwhile leads to exactly one more.
type Loop struct {
	Builder *Builder
	Options Options // Now and Changed are set by the loop
	Changes <-chan Change
	// Now gives the time of the site. Frozen says that it stands still.
	Now    func() time.Time
	Frozen bool
	// Reading, if set, is called before files are read; what it returns, after.
	Reading func() (done func())
	// Patience is how long the faults of a change are kept back while more
	// changes may come: a file that is half written mends itself.
	Patience time.Duration
	// Built is called after each build, in the loop's goroutine.
	Built func(Event)
	// Failed is called when a build could not be made for reasons other than
	// the content; the loop goes on.
	Failed func(error)
}

// Event is a build of a loop.
type Event struct {
	Result *Result
	Change Change
	Due    bool // the time had come, no file changed
	Took   time.Duration
}

// wake is the longest that a loop sleeps before it looks at the clock again: a
// machine that was suspended, or whose clock was set, is late by no more.
const wake = 20 * time.Second

// Run builds once and then until ctx is done or Changes is closed.
func (l *Loop) Run(ctx context.Context) error {
	next := l.build(ctx, Event{}, time.Time{})
	for {
		var timer <-chan time.Time
		var stop func() bool
		if !next.IsZero() && !l.Frozen {
			t := time.NewTimer(min(max(next.Sub(l.Now()), 0), wake))
			timer, stop = t.C, t.Stop
		}
		var e Event
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c, ok := <-l.Changes:
			if !ok {
				return nil
			}
			e.Change = l.drain(c)
		case <-timer:
			if l.Now().Before(next) {
				continue
			}
			e.Due, e.Change = true, Change{Paths: map[string]bool{}}
		}
		if stop != nil {
			stop()
		}
		next = l.build(ctx, e, next)
	}
}

// settle waits for a further change after a build with errors; ok is false
// where none came.
func (l *Loop) settle(ctx context.Context, e Event) (again Event, ok bool) {
	if l.Patience <= 0 || e.Change.At.IsZero() || !e.Result.Diags.HasErrors() {
		return e, false
	}
	t := time.NewTimer(l.Patience)
	defer t.Stop()
	select {
	case c, open := <-l.Changes:
		if !open {
			return e, false
		}
		return Event{Change: l.drain(c.merge(e.Change))}, true
	case <-t.C:
	case <-ctx.Done():
	}
	return e, false
}

// drain takes the changes that wait already.
func (l *Loop) drain(c Change) Change {
	for {
		select {
		case more, ok := <-l.Changes:
			if !ok {
				return c
			}
			c = c.merge(more)
		default:
			return c
		}
	}
}

// build makes one build and returns the next time at which the output changes
// by itself; after a failed one it stays as it was, or is soon.
func (l *Loop) build(ctx context.Context, e Event, next time.Time) time.Time {
	start := time.Now()
	o := l.Options
	o.Changed = e.Change.Paths
	if !l.Frozen {
		o.Now = l.Now()
	}
	done := func() {}
	if l.Reading != nil {
		done = l.Reading()
	}
	r, err := l.Builder.Build(ctx, o)
	done()
	if err != nil {
		if ctx.Err() == nil {
			l.Failed(err)
		}
		return next
	}
	e.Result, e.Took = r, time.Since(start)
	if again, ok := l.settle(ctx, e); ok {
		return l.build(ctx, again, next)
	}
	l.Built(e)
	if r.Site == nil {
		return next
	}
	return r.Site.Next
}
