package cli

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"bongsu/generator/build"
	"bongsu/generator/kit"
	"bongsu/generator/model"
	"bongsu/templates"
)

//go:embed init
var beginnings embed.FS

type initCmd struct {
	Folder string `arg:"" name:"dir" help:"Folder of the new site; it must be new or empty."`
	Forge  string `enum:",github,gitlab" default:"" placeholder:"NAME" help:"Also the files for continuous integration of github or gitlab."`
	Levels string `enum:"mofa-kr,four-step" default:"mofa-kr" help:"Levels: mofa-kr (Korea's foreign ministry) or four-step."`
}

// Run writes a new site with a small invented sample.
func (c *initCmd) Run(r *run) error {
	dir := c.Folder
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.Dir, dir)
	}
	if err := vacant(dir); err != nil {
		return err
	}
	zone, err := time.LoadLocation("Asia/Seoul") // of the site.yaml that it writes
	if err != nil {
		return err
	}
	now := r.clock().In(zone)
	if r.Now != "" {
		if now, err = r.time(r.Now, model.Site{Zone: zone}); err != nil {
			return err
		}
	}
	files, err := c.files(now.Format(time.DateOnly))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		if err := root.MkdirAll(filepath.FromSlash(path.Dir(f.name)), 0o755); err != nil {
			return err
		}
		if err := writeNew(root, f.name, []byte(f.text)); err != nil {
			return err
		}
	}
	more, err := c.equip(r, root)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.stdout, "%s: %s\nnext: bongsu -C %s serve, then change content/site.yaml; the guide is content/README.md\n",
		c.Folder, plural(len(files)+more, "file"), c.Folder)
	return err
}

// equip adds what helps editors, which is made from the new site itself.
func (c *initCmd) equip(r *run, root *os.Root) (int, error) {
	res, err := build.NewBuilder().Build(r.ctx, build.Options{Root: root.FS(), Templates: templates.FS, Clock: r.clock()})
	if err != nil {
		return 0, err
	}
	if res.Diags.HasErrors() {
		return 0, fmt.Errorf("the new site has errors: %v", res.Diags)
	}
	files, err := kitFiles(res.Site, c.Forge)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		if err := putFile(root, f); err != nil {
			return 0, err
		}
	}
	return len(files), nil
}

// vacant refuses a folder that holds anything but a new repository.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != ".git" {
			return errUsage{fmt.Errorf("%s is not empty: it holds %s; nothing was written", dir, e.Name())}
		}
	}
	return nil
}

// beginning is a file of a new site.
type beginning struct{ name, text string }

// files gives the files of a new site as of a day (2025-10-16).
func (c *initCmd) files(today string) ([]beginning, error) {
	year, _, _ := strings.Cut(today, "-")
	site, err := fs.Sub(beginnings, "init/site")
	if err != nil {
		return nil, err
	}
	levels, err := fs.ReadFile(beginnings, "init/levels/"+c.Levels+".yaml")
	if err != nil {
		return nil, err
	}
	const scheme = "content/levels.yaml"
	out := []beginning{{scheme, kit.WithModeline(scheme, string(levels))}}
	err = fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(site, name)
		if name == "gitignore" { // a name with a dot would not be embedded
			name = ".gitignore"
		}
		name = strings.ReplaceAll(name, "YEAR", year)
		out = append(out, beginning{name, kit.WithModeline(name, strings.ReplaceAll(string(data), "TODAY", today))})
		return err
	})
	return out, err
}
