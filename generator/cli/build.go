package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/check"
	"bongsu/generator/publish"
)

type buildCmd struct {
	Out string `short:"o" default:"public" placeholder:"DIR" help:"Output folder, from the site's folder."`
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
	out := c.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(r.Dir, out)
	}
	files, ready, err := r.weighed(res)
	if err != nil {
		return err
	}
	published, err := publish.Replace(r.ctx, out, files, publish.Options{Waiting: r.waiting(out), Ready: ready})
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

// weighed gives the output files, and a function that says, once all of them
// were rendered, whether any is too large; it prints which.
func (r *run) weighed(res *build.Result) (files []publish.File, ready func() error, err error) {
	var assets []check.File
	for _, f := range res.Files {
		if check.Asset(f.Path) {
			var b bytes.Buffer
			if err := f.Render(&b); err != nil {
				return nil, nil, err
			}
			assets = append(assets, check.File{Path: f.Path, Data: b.Bytes()})
		}
	}
	scale := check.NewScale(siteOf(res.Site), assets)
	files = res.Outputs(func(path string, data []byte) { scale.Weigh(check.File{Path: path, Data: data}) })
	return files, func() error {
		over := scale.Over()
		if !over.HasErrors() {
			return nil
		}
		if err := r.print(over); err != nil {
			return err
		}
		r.faults(over.Count())
		return errContent
	}, nil
}

// faults prints the summary of a run that publishes nothing.
func (r *run) faults(errors, warnings int) {
	if !r.JSON {
		fmt.Fprintf(r.stderr, "%s, %s; nothing was written\n", plural(errors, "error"), plural(warnings, "warning"))
	}
}
