package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"bongsu/generator/check"
	"bongsu/generator/publish"
)

type buildCmd struct {
	Out string `short:"o" default:"public" placeholder:"DIR" help:"Output folder, from the site's folder."`

	Compress bool          `help:"Write packed copies (.gz, .br) of the files too, for servers that send them."`
	Sign     string        `placeholder:"KEY" help:"Write manifest.json with the sum of every file, signed with this secret key of minisign: a file outside the site's folder, or env:NAME. $BONGSU_KEY_PASSWORD opens one with a password."`
	Valid    time.Duration `placeholder:"TIME" default:"168h" help:"With --sign: how long the manifest holds."`
}

// Run builds the site and publishes it whole.
func (c *buildCmd) Run(r *run) error {
	start := r.clock()
	res, done, err := r.build()
	if err != nil {
		if res != nil {
			r.faults(res.Diags.Count())
		}
		return err
	}
	defer done()
	files, err := res.Render(r.ctx)
	if err != nil {
		return err
	}
	if over := check.Budgets(checkable(res.Site, files)); over.HasErrors() {
		if err := r.print(over); err != nil {
			return err
		}
		r.faults(over.Count())
		return errContent
	}
	out := c.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(r.Dir, out)
	}
	if c.Compress {
		if files, err = compress(r.ctx, files, out); err != nil {
			return err
		}
	}
	if c.Sign != "" {
		if files, err = sign(r, files, res.Site.Config.BaseURL, out, c.Sign, c.Valid); err != nil {
			return err
		}
	}
	published, err := publish.Replace(r.ctx, out, files, publish.Options{Waiting: r.waiting(out)})
	if err != nil {
		return err
	}
	next := ""
	if !res.Site.Next.IsZero() {
		next = res.Site.Next.Format(time.RFC3339)
	}
	ms := r.clock().Sub(start).Milliseconds()
	_, warnings := res.Diags.Count()
	if r.JSON {
		return json.NewEncoder(r.stdout).Encode(map[string]any{
			"out": out, "files": len(files), "written": published.Written, "unchanged": published.Unchanged,
			"removed": published.Removed, "warnings": warnings, "ms": ms, "next": next,
		})
	}
	fmt.Fprintf(r.stdout, "%s: %s (%d written, %d unchanged, %d removed) from %s, %s, %d ms\n",
		out, plural(len(files), "file"), published.Written, published.Unchanged, published.Removed,
		plural(res.Inputs, "input"), plural(warnings, "warning"), ms)
	if next != "" {
		fmt.Fprintf(r.stdout, "changes with no edit at %s\n", next)
	}
	return nil
}

// faults prints the summary of a run that publishes nothing.
func (r *run) faults(errors, warnings int) {
	if !r.JSON {
		fmt.Fprintf(r.stderr, "%s, %s; nothing was written\n", plural(errors, "error"), plural(warnings, "warning"))
	}
}
