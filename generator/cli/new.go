package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"bongsu/generator/build"
	"bongsu/generator/desk"
	"bongsu/generator/kit"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// newCmd writes the files of something new; it never overwrites one.
type newCmd struct {
	Advisory    newAdvisory    `cmd:"" help:"A travel alert or safety notice."`
	Scam        newScam        `cmd:"" help:"A warning of a recruitment scam."`
	Page        newPage        `cmd:"" help:"A standing page."`
	Translation newTranslation `cmd:"" help:"A translation of a record."`
}

// newText is what every record begins with.
type newText struct {
	Slug      string `arg:"" optional:"" help:"Name of the record and its address: a-z, 0-9 and hyphens; made of the English title without it."`
	Title     string `placeholder:"TEXT" help:"Title in the site's first language."`
	TitleEn   string `name:"title-en" placeholder:"TEXT" help:"Title in English."`
	Summary   string `placeholder:"TEXT" help:"Summary in the site's first language, instead of one made of level and places."`
	SummaryEn string `name:"summary-en" placeholder:"TEXT" help:"Summary in English."`
}

type newAdvisory struct {
	newText
	Level    string   `placeholder:"ID" help:"Level that it sets."`
	Place    []string `sep:"none" placeholder:"CODE" help:"Place, by code or name; repeat it for more."`
	Category string   `placeholder:"ID" help:"What kind of danger."`
	From     string   `placeholder:"TIME" help:"When it begins to apply, such as midnight or 2025-10-16T09:00; at once without it."`
	Until    string   `placeholder:"TIME" help:"When it ends."`
	Ends     []string `name:"supersedes" sep:"none" placeholder:"RECORD" help:"Advisory that ends when this one takes effect; repeat it for more."`
	Why      string   `placeholder:"TEXT" help:"Why, in the site's first language; a lowering needs it."`
	WhyEn    string   `name:"why-en" placeholder:"TEXT" help:"Why, in English."`
}

type newScam struct {
	newText
	Place   []string `sep:"none" placeholder:"CODE" help:"Where victims end up, by code or name; repeat it for more."`
	Channel []string `sep:"none" placeholder:"ID" help:"Where the advertisement is seen; repeat it for more."`
	RedFlag []string `name:"red-flag" sep:"none" placeholder:"ID" help:"Red flag; repeat it for more."`
}

type newPage struct{ newText }

// Run writes an advisory.
func (c *newAdvisory) Run(r *run) error {
	bare := c.bare() && c.Level+c.Category+c.From+c.Until+c.Why+c.WhyEn == "" && len(c.Place)+len(c.Ends) == 0
	return r.create("advisories", &c.newText, bare, func(n *newcomer, d *desk.Draft, ask bool) (err error) {
		if ask {
			if err := n.askAdvisory(c); err != nil {
				return err
			}
		}
		if d.Level, err = n.level(c.Level); err != nil {
			return err
		}
		if d.Places, err = n.places(c.Place); err != nil {
			return err
		}
		if d.Category, err = n.category(c.Category); err != nil {
			return err
		}
		if d.Ends, err = n.advisories(c.Ends); err != nil {
			return err
		}
		d.Why = model.Text{"en": oneLine(c.WhyEn)}
		if c.Why != "" {
			d.Why[n.site.Langs()[0]] = oneLine(c.Why)
		}
		if d.From, err = n.time(c.From); err != nil {
			return err
		}
		if d.Until, err = n.time(c.Until); err != nil {
			return err
		}
		start := d.From
		if start.IsZero() {
			start = d.Issued
		}
		if !d.Until.IsZero() && !d.Until.After(start) {
			return errUsage{fmt.Errorf("--until %s is not after %s, when it begins", c.Until, stamp(n.site, start))}
		}
		return nil
	})
}

// Run writes a warning of a recruitment scam.
func (c *newScam) Run(r *run) error {
	bare := c.bare() && len(c.Place)+len(c.Channel)+len(c.RedFlag) == 0
	return r.create("scams", &c.newText, bare, func(n *newcomer, d *desk.Draft, ask bool) (err error) {
		if ask {
			if err := n.askScam(c); err != nil {
				return err
			}
			c.texts(n.site, d)
		}
		if d.Places, err = n.places(c.Place); err != nil {
			return err
		}
		if d.Channels, err = n.choices("channel", c.Channel, model.Channels); err != nil {
			return err
		}
		d.RedFlags, err = n.choices("red flag", c.RedFlag, n.redFlags())
		return err
	})
}

// Run writes a standing page.
func (c *newPage) Run(r *run) error {
	return r.create("pages", &c.newText, c.bare(), func(n *newcomer, d *desk.Draft, ask bool) error {
		if ask {
			if err := n.askSummary(&c.newText); err != nil {
				return err
			}
			c.texts(n.site, d)
		}
		return nil
	})
}

// bare reports whether no flag gives a text.
func (t newText) bare() bool { return t.Title+t.TitleEn+t.Summary+t.SummaryEn == "" }

// texts puts title and summary into a draft. On a site whose first language is
// English, --title is the English title.
func (t newText) texts(s *site.Site, d *desk.Draft) {
	first := s.Langs()[0]
	d.Title, d.Summary = model.Text{"en": oneLine(t.TitleEn)}, model.Text{"en": oneLine(t.SummaryEn)}
	if t.Title != "" {
		d.Title[first] = oneLine(t.Title)
	}
	if t.Summary != "" {
		d.Summary[first] = oneLine(t.Summary)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// create makes a draft, has it filled in, and writes its files. On a terminal,
// what no flag gives is asked for.
func (r *run) create(kind string, t *newText, bare bool, fill func(n *newcomer, d *desk.Draft, ask bool) error) error {
	n, done, err := r.newcomer()
	if err != nil {
		return err
	}
	defer done()
	ask := bare && n.askable()
	if ask {
		if err := n.askTexts(t); err != nil {
			return err
		}
	}
	if err := n.name(kind, t, ask); err != nil {
		return err
	}
	d := desk.Draft{Kind: model.KindOf(kind), Slug: t.Slug, Issued: n.site.Now}
	t.texts(n.site, &d)
	if err := fill(n, &d, ask); err != nil {
		return err
	}
	return n.write(d.Files(n.site))
}

type newTranslation struct {
	Record string `arg:"" help:"Record, such as advisories/travel-ban, or one of its files."`
	Lang   string `arg:"" help:"Language of the site."`
}

// Run writes the beginning of a translation.
func (c *newTranslation) Run(r *run) error {
	n, done, err := r.newcomer()
	if err != nil {
		return err
	}
	defer done()
	rec, err := n.find(c.Record)
	if err != nil {
		return err
	}
	if c.Lang, err = n.choice("language", c.Lang, n.site.Langs()); err != nil {
		return err
	}
	if d := rec.Docs[c.Lang]; d != nil {
		return errUsage{fmt.Errorf("%s has a text in %q already: %s", rec.ID, c.Lang, d.Path)}
	}
	return n.write([]desk.File{desk.Translation(n.site, rec, c.Lang)})
}

// write creates files that do not exist yet, and says what check finds in them.
func (n *newcomer) write(files []desk.File) error {
	root, err := os.OpenRoot(n.run.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		if _, err := root.Lstat(filepath.FromSlash(f.Path)); !errors.Is(err, fs.ErrNotExist) {
			return errUsage{fmt.Errorf("%s exists already; nothing was written", f.Path)}
		}
	}
	_, err = root.Stat(filepath.FromSlash(kit.Schemas))
	known := err == nil // the editor's tools know the fields
	for _, f := range files {
		if known {
			f.Text = kit.WithModeline(f.Path, f.Text)
		}
		if err := root.MkdirAll(filepath.FromSlash(path.Dir(f.Path)), 0o755); err != nil {
			return err
		}
		if err := writeNew(root, f.Path, []byte(f.Text)); err != nil {
			return err
		}
		fmt.Fprintf(n.run.stdout, "wrote %s\n", f.Path)
	}
	return n.next(files)
}

// writeNew writes a file that must not exist.
func writeNew(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = bytes.NewReader(data).WriteTo(f)
	return errors.Join(err, f.Close())
}

// next looks at the new files as check does and says what is left to do.
func (n *newcomer) next(files []desk.File) error {
	o, done, err := n.run.options()
	if err != nil {
		return err
	}
	defer done()
	res, err := build.NewBuilder().Build(n.run.ctx, o)
	if err != nil {
		return err
	}
	left := 0
	for _, d := range res.Diags {
		for _, f := range files {
			if d.Pos.File == f.Path {
				left++
				fmt.Fprintf(n.run.stdout, "  to do: %s: %s\n", d.Pos, d.Message)
			}
		}
	}
	if left == 0 {
		fmt.Fprintln(n.run.stdout, "check finds nothing wrong with it")
	}
	_, err = fmt.Fprintln(n.run.stdout, "next: open the files and write the text, look at it with \"bongsu serve\", see with \"bongsu check --impact\" what changes, then \"git add content\" and commit")
	return err
}
