package cli

import (
	"errors"
	"fmt"
	"time"

	"bongsu/generator/check"
	"bongsu/generator/diag"
	"bongsu/generator/publish"
	"bongsu/generator/site"
)

type checkCmd struct {
	Strict   bool   `help:"Exit with 1 on warnings too."`
	Impact   bool   `help:"Print what publishing would change since REV, too."`
	Markdown bool   `help:"With --impact: as Markdown, for a comment on a pull request."`
	Rev      string `arg:"" optional:"" help:"With --impact: a revision of git, HEAD without it."`
}

// Run prints every fault of the content, and renders every page once so that
// faults of templates show too.
func (c *checkCmd) Run(r *run) error {
	if !c.Impact && (c.Rev != "" || c.Markdown) {
		return errUsage{errors.New("a revision and --markdown go with --impact alone")}
	}
	res, done, err := r.build()
	if err != nil && !errors.Is(err, errContent) {
		return err
	}
	var files []publish.File
	if err == nil {
		defer done()
		files, err = res.Render(r.ctx)
		if err != nil {
			return err
		}
		more := inspect(res.Site, files)
		if err := r.print(more); err != nil {
			return err
		}
		res.Diags.Add(more...)
	}
	failed, warned := res.Diags.Count()
	if c.Impact && failed == 0 {
		if err := c.impact(r, res, files); err != nil {
			return err
		}
	} else if !r.JSON {
		fmt.Fprintf(r.stdout, "%s, %s in %s\n", plural(failed, "error"), plural(warned, "warning"), plural(res.Inputs, "file"))
	}
	if failed > 0 || (c.Strict && warned > 0) {
		return errContent
	}
	return nil
}

// inspect applies the rules over the finished output.
func inspect(s *site.Site, files []publish.File) diag.List {
	at, pages := checkable(s, files)
	diags := check.Pages(at, pages)
	diags.Add(check.Budgets(at, pages)...)
	diags.Add(check.Alerts(pages)...)
	return diags
}

// checkable gives output files as the checks take them.
func checkable(s *site.Site, files []publish.File) (check.Site, []check.File) {
	out := make([]check.File, len(files))
	for i, f := range files {
		out[i] = check.File{Path: f.Path, Data: f.Data}
	}
	return siteOf(s), out
}

func siteOf(s *site.Site) check.Site {
	return check.Site{Host: s.Links.Host, Prefix: s.Links.Prefix}
}

type nextCmd struct{}

// Run prints the next time at which the output changes with no edit.
func (c *nextCmd) Run(r *run) error {
	res, done, err := r.build()
	if err != nil {
		return err
	}
	defer done()
	if res.Site.Next.IsZero() {
		fmt.Fprintln(r.stdout, "never")
		return nil
	}
	fmt.Fprintln(r.stdout, res.Site.Next.Format(time.RFC3339))
	return nil
}
