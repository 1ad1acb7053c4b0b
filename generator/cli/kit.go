package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"bongsu/generator/build"
	"bongsu/generator/diag"
	"bongsu/generator/kit"
	"bongsu/generator/site"
)

type kitCmd struct {
	Check bool   `help:"Write nothing; exit with 1 if a file is out of date."`
	Forge string `enum:",github,gitlab" default:"" placeholder:"NAME" help:"Also the files for continuous integration of github or gitlab."`
}

// Run writes the files that help editors in tools of their own. Those that are
// made from the site are made anew; the others are written once.
func (c *kitCmd) Run(r *run) error {
	o, done, err := r.options()
	if err != nil {
		return err
	}
	defer done()
	res, err := build.NewBuilder().Build(r.ctx, o)
	if err != nil {
		return err
	}
	// Words that cannot be read must not get lost; errors in texts do not matter.
	broken := slices.DeleteFunc(onlyErrors(res.Diags), func(d diag.Diagnostic) bool { return path.Ext(d.Pos.File) != ".yaml" })
	if len(broken) > 0 || res.Site == nil {
		return errors.Join(r.print(broken), errContent)
	}
	files, err := kitFiles(res.Site, c.Forge)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	old := 0
	for _, f := range files {
		now, err := root.ReadFile(filepath.FromSlash(f.Path))
		missing := errors.Is(err, fs.ErrNotExist)
		if (err == nil && (!f.Ours || string(now) == f.Text)) || (missing && c.Check && !f.Ours) {
			continue
		}
		if err != nil && !missing {
			return err
		}
		old++
		if c.Check {
			fmt.Fprintf(r.stdout, "out of date: %s\n", f.Path)
			continue
		}
		if err := putFile(root, f); err != nil {
			return err
		}
		fmt.Fprintf(r.stdout, "wrote %s\n", f.Path)
	}
	switch {
	case old == 0:
		_, err = fmt.Fprintf(r.stdout, "%s, all up to date\n", plural(len(files), "file"))
	case c.Check:
		_, err = fmt.Fprintln(r.stdout, "run \"bongsu kit\" and commit what it writes")
		err = errors.Join(err, errContent)
	}
	return err
}

// kitFiles gives the kit of a site, with the files of a forge where one is named.
func kitFiles(s *site.Site, forge string) ([]kit.File, error) {
	files, err := kit.Files(s)
	if err != nil || forge == "" {
		return files, err
	}
	more, err := kit.Forge(forge)
	return append(files, more...), err
}

// putFile writes a file whole, with the folders above it.
func putFile(root *os.Root, f kit.File) error {
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(f.Path)), 0o755); err != nil {
		return err
	}
	return replace(root, f.Path, []byte(f.Text))
}
