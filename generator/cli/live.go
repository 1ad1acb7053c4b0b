package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/watch"
)

// live is what serve and watch share: a watcher and a loop of builds.
type live struct {
	Poll time.Duration `placeholder:"TIME" help:"Look at every file in this interval instead of waiting for events: for network folders and containers (1s)."`
}

// quiet is how long the files must rest before a build. A build is quick and
// its faults are kept back for patience, so it need not be long.
const (
	quiet    = 2 * time.Millisecond
	patience = 60 * time.Millisecond
)

// run builds on every change and at every due time until the context ends.
// begin, if not nil, is called before each build, built after it.
func (c live) run(r *run, out string, begin func(), built func(build.Event)) error {
	o, done, err := r.options()
	if err != nil {
		return err
	}
	defer done()
	w, err := watch.New(watch.Options{
		Dir: r.Dir, Roots: []string{build.Content, "templates"}, Exclude: exclude(out), Poll: c.Poll, Quiet: quiet,
		Notice: func(n watch.Notice) { r.notice(n) },
	})
	if err != nil {
		return err
	}
	defer w.Close()
	now, frozen := r.running(o.Now, build.Peek(o.Root))
	changes := make(chan build.Change)
	go forward(r, w, changes)
	l := &build.Loop{
		Builder: build.NewBuilder(), Options: o, Changes: changes, Now: now, Frozen: frozen, Patience: patience,
		Reading: func() func() {
			if begin != nil {
				begin()
			}
			return w.Reading()
		},
		Built: func(e build.Event) {
			built(e)
			fitMemory()
		},
		Failed: func(err error) { fmt.Fprintf(r.stderr, "bongsu: %v\n", err) },
	}
	err = l.Run(r.ctx)
	if r.ctx.Err() != nil {
		return nil // stopped by the user
	}
	return err
}

func exclude(out string) []string {
	if out == "" {
		return nil
	}
	if abs, err := filepath.Abs(out); err == nil {
		return []string{abs}
	}
	return []string{out}
}

// forward turns changes of the watcher into those of the loop.
func forward(r *run, w *watch.Watcher, to chan<- build.Change) {
	defer close(to)
	for c := range w.Changes() {
		b := build.Change{At: c.At, Paths: make(map[string]bool, len(c.Paths))}
		for _, p := range c.Paths {
			b.Paths[p] = true
		}
		if c.Rescan {
			b.Paths = nil
		}
		select {
		case to <- b:
		case <-r.ctx.Done():
			return
		}
	}
}

// notice says what the operator should know of the watching.
func (r *run) notice(n watch.Notice) {
	fmt.Fprintf(r.stderr, "bongsu: %s\n", n.Message)
	if n.Hint != "" {
		fmt.Fprintf(r.stderr, "    hint: %s\n", n.Hint)
	}
}

// why says in a few words what led to a build.
func why(e build.Event) string {
	switch {
	case e.Due:
		return "time has come"
	case e.Change.Paths == nil && e.Change.At.IsZero():
		return "start"
	case e.Change.Paths == nil:
		return "everything looked at again"
	}
	var names []string
	for p := range e.Change.Paths {
		names = append(names, p)
	}
	if len(names) == 1 {
		return names[0]
	}
	return plural(len(names), "changed file")
}

// report prints the faults and the one line of a build.
func (r *run) report(e build.Event, now time.Time, rest string) {
	if err := r.print(e.Result.Diags); err != nil {
		return
	}
	errors, warnings := e.Result.Diags.Count()
	parts := []string{why(e)}
	if errors > 0 {
		parts = append(parts, plural(errors, "error"), "the last good site stays")
	} else {
		parts = append(parts, rest)
		if warnings > 0 {
			parts = append(parts, plural(warnings, "warning"))
		}
	}
	fmt.Fprintf(r.stdout, "%s %s, %d ms\n", now.Format(time.TimeOnly), strings.Join(parts, ", "), e.Took.Milliseconds())
}
