package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"bongsu/generator/build"
	"bongsu/generator/check"
	"bongsu/generator/diag"
	"bongsu/generator/publish"
	"bongsu/generator/site"
	"bongsu/generator/style"
)

type checkCmd struct {
	Strict   bool   `help:"Exit with 1 on warnings too."`
	Notes    bool   `help:"Show notes too: suggestions about style and links."`
	Sarif    bool   `help:"Print the findings as SARIF 2.1.0, for tools that show them beside the code."`
	GitLab   bool   `name:"gitlab" help:"Print the findings as a code quality report of GitLab."`
	Links    bool   `help:"Ask other sites whether the links to them still lead somewhere. This uses the network."`
	Recheck  bool   `help:"With --links: ask again also for those that were good within the last week."`
	Loopback bool   `hidden:"" help:"With --links: ask this machine too, for tests."`
	Fix      bool   `help:"First put the form of the files right where that is safe: line ends, spaces, NFC, sorted lists."`
	DryRun   bool   `help:"With --fix: write nothing, and show what would be different."`
	Impact   bool   `help:"Print what publishing would change since REV, too."`
	Markdown bool   `help:"With --impact: as Markdown, for a comment on a pull request."`
	Rev      string `arg:"" optional:"" help:"With --impact: a revision of git, HEAD without it."`
}

// Run prints every fault of the content, and renders every page once so that
// faults of templates show too.
func (c *checkCmd) Run(r *run) error {
	switch {
	case !c.Impact && (c.Rev != "" || c.Markdown):
		return errUsage{errors.New("a revision and --markdown go with --impact alone")}
	case (c.Sarif || c.GitLab) && (c.Impact || c.Fix || r.JSON || c.Sarif && c.GitLab):
		return errUsage{errors.New("--sarif and --gitlab go alone: --impact, --fix and --json print results too")}
	case (c.Recheck || c.Loopback) && !c.Links:
		return errUsage{errors.New("--recheck goes with --links alone")}
	case c.DryRun && !c.Fix:
		return errUsage{errors.New("--dry-run goes with --fix alone")}
	}
	if c.Fix {
		if err := r.fix(c.DryRun); err != nil {
			return err
		}
	}
	res, files, err := c.find(r)
	if err != nil {
		return err
	}
	shown := res.Diags
	if !c.Notes {
		shown = slices.DeleteFunc(slices.Clone(shown), func(d diag.Diagnostic) bool {
			asked := d.Code == diag.ExternalMoved || d.Code == diag.ExternalUnsure
			return d.Severity == diag.Note && !asked
		})
	}
	if err := r.print(shown); err != nil {
		return err
	}
	failed, warned := res.Diags.Count()
	switch {
	case c.Sarif:
		err = diag.PrintSARIF(r.stdout, shown.Below(r.base()), Version())
	case c.GitLab:
		err = diag.PrintGitLab(r.stdout, shown.Below(r.base()))
	case c.Impact && failed == 0:
		err = c.impact(r, res, files)
	case !r.JSON:
		fmt.Fprintf(r.stdout, "%s, %s in %s%s\n", plural(failed, "error"), plural(warned, "warning"), plural(res.Inputs, "file"), c.hidden(res.Diags, shown))
	}
	if err == nil && (failed > 0 || c.Strict && warned > 0) {
		err = errContent
	}
	return err
}

// hidden tells how many notes are not shown.
func (c *checkCmd) hidden(all, shown diag.List) string {
	if n := len(all) - len(shown); n > 0 {
		return fmt.Sprintf("; %s (--notes shows them)", plural(n, "note"))
	}
	return ""
}

// find looks for everything that can be said of the site. Without errors files
// is its whole output.
func (c *checkCmd) find(r *run) (*build.Result, []publish.File, error) {
	o, done, err := r.options()
	if err != nil {
		return nil, nil, err
	}
	defer done()
	return c.findIn(r, o)
}

// findIn looks at the site of the options.
func (c *checkCmd) findIn(r *run, o build.Options) (*build.Result, []publish.File, error) {
	o.Whole, o.Texts = true, true
	res, err := build.NewBuilder().Build(r.ctx, o)
	fitMemory()
	if err != nil {
		return nil, nil, err
	}
	var files []publish.File
	if !res.Diags.HasErrors() {
		if files, err = res.Render(r.ctx); err != nil {
			return nil, nil, err
		}
		res.Add(inspect(res.Site, files)...)
	}
	if res.Site != nil {
		res.Add(style.Check(res.Site)...)
		if c.Links {
			found, err := c.links(r, res.Site)
			if err != nil {
				return nil, nil, err
			}
			res.Add(found...)
		}
	}
	return res, files, nil
}

// base gives what stands before the paths of findings where those are counted
// from the folder that the program was started in, as in a repository.
func (r *run) base() string {
	dir := filepath.ToSlash(filepath.Clean(r.Dir))
	if filepath.IsAbs(r.Dir) {
		wd, err := os.Getwd()
		if err != nil {
			return ""
		}
		rel, err := filepath.Rel(wd, r.Dir)
		if err != nil {
			return ""
		}
		dir = filepath.ToSlash(rel)
	}
	if dir == "." {
		return ""
	}
	return dir + "/"
}

// inspect applies the rules over the finished output, side by side.
func inspect(s *site.Site, files []publish.File) diag.List {
	at, pages := checkable(s, files)
	var found [3]diag.List
	var all sync.WaitGroup
	all.Go(func() { found[0] = check.Pages(at, pages) })
	all.Go(func() { found[1] = check.Budgets(at, pages) })
	all.Go(func() { found[2] = check.Alerts(pages) })
	all.Wait()
	return append(append(found[0], found[1]...), found[2]...)
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
