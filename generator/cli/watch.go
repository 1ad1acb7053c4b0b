package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/publish"
)

type watchCmd struct {
	Out string `short:"o" default:"public" placeholder:"DIR" help:"Output folder, from the site's folder."`
	live
}

// Run keeps the output folder up to date until it is stopped.
func (c *watchCmd) Run(r *run) error {
	out := c.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(r.Dir, out)
	}
	return c.live.run(r, out, nil, func(e build.Event) {
		rest := ""
		if !e.Result.Diags.HasErrors() {
			start := time.Now()
			p, err := publishTo(r, out, e.Result)
			if errors.Is(err, errContent) {
				return // was printed
			}
			if err != nil {
				fmt.Fprintf(r.stderr, "bongsu: %v\n", err)
				return
			}
			e.Took += time.Since(start)
			rest = fmt.Sprintf("%d written, %d removed", p.Written, p.Removed)
		}
		r.report(e, r.clock(), rest)
	})
}

// publishTo writes what changed, file by file, in an order in which no link
// leads to what is not there yet.
func publishTo(r *run, out string, res *build.Result) (publish.Result, error) {
	files, _, ready, err := r.weighed(res, nil)
	if err != nil {
		return publish.Result{}, err
	}
	return publish.Update(r.ctx, out, files, publish.Options{Waiting: r.waiting(out), Ready: ready})
}

// waiting says that another process holds the output folder.
func (r *run) waiting(out string) func(owner int) {
	return func(owner int) {
		fmt.Fprintf(r.stderr, "bongsu: waiting for process %d, which writes %s\n", owner, out)
	}
}
