package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/check"
	"bongsu/generator/publish"
)

type buildCmd struct {
	Out   string `short:"o" default:"public" placeholder:"DIR" help:"Output folder, from the site's folder."`
	Fresh bool   `help:"Look at every file again, also where nothing seems to have changed since the last build."`

	Compress bool          `help:"Write packed copies (.gz, .br) of the files too, for servers that send them."`
	Sign     string        `placeholder:"KEY" help:"Write manifest.json with the sum of every file, signed with this secret key of minisign: a file outside the site's folder, or env:NAME. $BONGSU_KEY_PASSWORD opens one with a password."`
	Valid    time.Duration `placeholder:"TIME" default:"168h" help:"With --sign: how long the manifest holds."`
}

// Run builds the site and publishes it whole.
func (c *buildCmd) Run(r *run) error {
	start := r.clock()
	thrifty()
	out := c.Out
	if !filepath.IsAbs(out) {
		out = filepath.Join(r.Dir, out)
	}
	o, done, err := r.options()
	if err != nil {
		return err
	}
	defer done()
	o.Ahead = true
	m := r.recall(out, o, *c)
	if !c.Fresh && c.Sign == "" && m.unchanged(r.clock()) { // a manifest is issued anew, before the last one expires
		return r.nothing(m, start)
	}
	o.Listed = m.listed
	if !c.Fresh {
		m.read()
		defer m.close()
		if o.Last = m.before(); o.Last != nil {
			mostlyKnown()
		}
	}
	res, err := r.buildWith(m.builder, o)
	if err != nil {
		if res != nil {
			r.faults(res.Diags.Count())
		}
		return err
	}
	as := ""
	if !c.Fresh && !c.Compress && c.Sign == "" {
		as = m.hold(res)
	}
	published, err := c.publish(r, m, o, res, as)
	if errors.Is(err, publish.ErrMoved) {
		o.Listed, o.Last = nil, nil
		if res, err = m.builder.Build(r.ctx, o); err == nil {
			published, err = c.publish(r, m, o, res, "")
		}
	}
	if err != nil {
		return err
	}
	_, warnings := res.Diags.Count()
	return r.summary(out, published, res.Inputs, warnings, start, nextOf(res.Site))
}

// nothing tells that there is nothing to do.
func (r *run) nothing(m *memory, start time.Time) error {
	last := m.last
	if r.Verbose {
		fmt.Fprintf(r.stderr, "nothing that this depends on changed since the last build, and %s is as that left it\n", m.out)
	}
	if err := r.print(last.diags()); err != nil {
		return err
	}
	_, warnings := last.diags().Count()
	return r.summary(m.out, publish.Result{Unchanged: last.Files}, last.Read, warnings, start, last.Next)
}

// publish brings the output folder up to date, which is as the fingerprint as
// says where that is not empty, and leaves what the next build can use.
func (c *buildCmd) publish(r *run, m *memory, o build.Options, res *build.Result, as string) (publish.Result, error) {
	files, scale, ready, err := r.weighed(res, m.packed())
	if err != nil {
		return publish.Result{}, err
	}
	if files, err = c.more(r, files, res.Site.Config.BaseURL, m.out); err != nil {
		return publish.Result{}, err
	}
	made := len(files)
	return publish.Replace(r.ctx, m.out, files, publish.Options{
		As: as, Waiting: r.waiting(m.out), Ready: ready, Meanwhile: func() { m.note(res) }, Done: func(fingerprint func() (string, error)) { m.leave(o, res, made, scale.Sizes(), fingerprint) },
	})
}

// more adds packed copies and the signed manifest where they are asked for.
// They are made of all the bytes, which are held for that.
func (c *buildCmd) more(r *run, files []publish.File, base, out string) ([]publish.File, error) {
	if !c.Compress && c.Sign == "" {
		return files, nil
	}
	files, err := publish.Made(r.ctx, files)
	if err == nil && c.Compress {
		files, err = compress(r.ctx, files, out)
	}
	if err == nil && c.Sign != "" {
		files, err = sign(r, files, base, out, c.Sign, c.Valid)
	}
	return files, err
}

// summary prints the one line of a build.
func (r *run) summary(out string, p publish.Result, inputs, warnings int, start time.Time, next string) error {
	files := p.Written + p.Unchanged
	ms := r.clock().Sub(start).Milliseconds()
	if r.JSON {
		return json.NewEncoder(r.stdout).Encode(map[string]any{
			"out": out, "files": files, "written": p.Written, "unchanged": p.Unchanged,
			"removed": p.Removed, "made": p.Made, "warnings": warnings, "ms": ms, "next": next,
		})
	}
	fmt.Fprintf(r.stdout, "%s: %s (%d written, %d unchanged, %d removed) from %s, %s, %d ms\n",
		out, plural(files, "file"), p.Written, p.Unchanged, p.Removed, plural(inputs, "input"), plural(warnings, "warning"), ms)
	if next != "" {
		fmt.Fprintf(r.stdout, "changes with no edit at %s\n", next)
	}
	return nil
}

// weighed gives the output files, the scale that they are weighed on, and a
// function that says, once all of them were rendered, whether any is too large;
// it prints which. known are sizes for the scale.
func (r *run) weighed(res *build.Result, known map[string]int) (files []publish.File, scale *check.Scale, ready func() error, err error) {
	var assets []check.File
	for _, f := range res.Files {
		if check.Asset(f.Path) {
			var b bytes.Buffer
			if err := f.Render(&b); err != nil {
				return nil, nil, nil, err
			}
			assets = append(assets, check.File{Path: f.Path, Data: b.Bytes()})
		}
	}
	scale = check.NewScale(siteOf(res.Site), assets, known)
	files = res.Outputs(func(path string, data []byte) { scale.Weigh(check.File{Path: path, Data: data}) })
	return files, scale, func() error {
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
