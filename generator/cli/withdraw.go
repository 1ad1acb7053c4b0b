package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bongsu/generator/desk"
	"bongsu/generator/model"
)

type withdrawCmd struct {
	Record   string `arg:"" help:"Record, such as advisories/travel-ban, or one of its files."`
	Reason   string `required:"" placeholder:"TEXT" help:"Why, for readers, in the language of the source."`
	ReasonEn string `name:"reason-en" placeholder:"TEXT" help:"The same in English, for the English translation."`
}

// Run marks a record as withdrawn from now on, in its source and, where a
// reason in English is given, in its English translation.
func (c *withdrawCmd) Run(r *run) error {
	n, done, err := r.newcomer()
	if err != nil {
		return err
	}
	defer done()
	rec, err := n.find(c.Record)
	if err != nil {
		return err
	}
	if oneLine(c.Reason) == "" {
		return errUsage{errors.New("--reason is empty; say in a sentence why it is taken back")}
	}
	if !rec.Visible {
		return errUsage{fmt.Errorf("%s is not public yet; delete its files instead", rec.ID)}
	}
	en := rec.Docs["en"]
	if c.ReasonEn != "" && (en == nil || en == rec.Source) {
		return errUsage{fmt.Errorf("%s has no English translation for --reason-en", rec.ID)}
	}
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	var edits []desk.File
	edit := func(d *model.Doc, at time.Time, reason string) error {
		data, err := root.ReadFile(filepath.FromSlash(d.Path))
		if err != nil {
			return err
		}
		out, err := desk.Withdraw(d.Path, data, at, oneLine(reason))
		if err != nil {
			return errUsage{err}
		}
		edits = append(edits, desk.File{Path: d.Path, Text: string(out)})
		return nil
	}
	if err := edit(rec.Source, n.site.Now.In(n.site.Config.Zone).Truncate(time.Minute), c.Reason); err != nil {
		return err
	}
	if c.ReasonEn != "" {
		if err := edit(en, time.Time{}, c.ReasonEn); err != nil {
			return err
		}
	}
	for _, f := range edits {
		if err := replace(root, f.Path, []byte(f.Text)); err != nil {
			return err
		}
		fmt.Fprintf(r.stdout, "withdrawn in %s\n", f.Path)
	}
	for _, tag := range n.site.Langs() {
		if d := rec.Docs[tag]; d != nil && d != rec.Source && (tag != "en" || c.ReasonEn == "") {
			fmt.Fprintf(r.stdout, "next: add \"withdrawn: {reason: …}\" to %s\n", d.Path)
		}
	}
	_, err = fmt.Fprintln(r.stdout, "next: run \"bongsu check\", then commit")
	return err
}
