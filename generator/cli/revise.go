package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"bongsu/generator/desk"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

type reviseCmd struct {
	Record string `arg:"" help:"Record, such as advisories/travel-ban, or one of its files."`
	Note   string `required:"" placeholder:"TEXT" help:"What changes, for readers, in the language of the source."`
	NoteEn string `name:"note-en" placeholder:"TEXT" help:"The same in English, for the English translation."`
	Major  bool   `help:"Announce it again in the feeds."`
}

// Run keeps the texts that readers have seen and notes what changes. The text
// itself is then changed by the editor.
func (c *reviseCmd) Run(r *run) error {
	n, done, err := r.newcomer()
	if err != nil {
		return err
	}
	defer done()
	rec, err := n.find(c.Record)
	if err != nil {
		return err
	}
	at := n.site.Now.Truncate(time.Minute)
	if err := c.allowed(n.site, rec, at); err != nil {
		return err
	}
	root, err := os.OpenRoot(r.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	texts, edits, err := c.prepare(root, n.site, rec, at)
	if err != nil {
		return err
	}
	if err := r.keep(root, rec, texts); err != nil {
		return err
	}
	for _, f := range edits {
		if err := replace(root, f.Path, []byte(f.Text)); err != nil {
			return err
		}
		fmt.Fprintf(r.stdout, "noted revision %d in %s\n", rec.Source.Revision()+1, f.Path)
	}
	c.next(r, n.site, rec, edits)
	return nil
}

// allowed refuses what would not make a revision that readers can follow.
func (c *reviseCmd) allowed(s *site.Site, rec *site.Record, at time.Time) error {
	if oneLine(c.Note) == "" {
		return errUsage{fmt.Errorf("--note is empty; say in a sentence what changes")}
	}
	if !rec.Visible {
		return errUsage{fmt.Errorf("%s is not public yet; change %s, there is nothing to note", rec.ID, rec.Source.Path)}
	}
	if k := rec.Source.Changes; len(k) > 0 && k[len(k)-1].At.After(at) {
		return errUsage{fmt.Errorf("the last change of %s is of %s, after now (%s)", rec.ID, stamp(s, k[len(k)-1].At.Time), stamp(s, at))}
	}
	if en := rec.Docs["en"]; c.NoteEn != "" && (en == nil || en == rec.Source) {
		return errUsage{fmt.Errorf("%s has no English translation for --note-en", rec.ID)}
	}
	return nil
}

// prepare reads the files of the record and makes the changed ones, so that
// nothing is written where one of them cannot be changed.
func (c *reviseCmd) prepare(root *os.Root, s *site.Site, rec *site.Record, at time.Time) (texts map[string][]byte, edits []desk.File, err error) {
	texts = map[string][]byte{}
	for tag, d := range rec.Docs {
		if texts[tag], err = root.ReadFile(filepath.FromSlash(d.Path)); err != nil {
			return nil, nil, err
		}
	}
	edit := func(d *model.Doc, change desk.Change) error {
		out, err := desk.AppendChange(d.Path, texts[d.Lang], change)
		if err != nil {
			return errUsage{err}
		}
		edits = append(edits, desk.File{Path: d.Path, Text: string(out)})
		return nil
	}
	src := rec.Source
	if err := edit(src, desk.Change{At: at.In(s.Config.Zone), Note: oneLine(c.Note), Major: c.Major}); err != nil {
		return nil, nil, err
	}
	if en := rec.Docs["en"]; c.NoteEn != "" {
		if len(en.Changes) != len(src.Changes) {
			return nil, nil, errUsage{fmt.Errorf("%s lacks the notes of earlier changes; write them first, then --note-en", en.Path)}
		}
		if err := edit(en, desk.Change{Note: oneLine(c.NoteEn)}); err != nil {
			return nil, nil, err
		}
	}
	return texts, edits, nil
}

// keep copies the present texts beside the record; one that is kept already
// stays.
func (r *run) keep(root *os.Root, rec *site.Record, texts map[string][]byte) error {
	var tags []string
	for tag := range texts {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	for _, tag := range tags {
		dir := path.Join(path.Dir(rec.Docs[tag].Path), "revisions")
		name := path.Join(dir, fmt.Sprintf("%s.%s.r%d.md", path.Base(rec.Slug), tag, rec.Source.Revision()))
		if err := root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
			return err
		}
		switch err := writeNew(root, name, texts[tag]); {
		case errors.Is(err, fs.ErrExist):
			fmt.Fprintf(r.stdout, "kept before: %s\n", name)
		case err != nil:
			return err
		default:
			fmt.Fprintf(r.stdout, "kept %s\n", name)
		}
	}
	return nil
}

// replace writes a file, new or in the place of another, in one step.
func replace(root *os.Root, name string, data []byte) error {
	name = filepath.FromSlash(name)
	mode := fs.FileMode(0o644)
	switch info, err := root.Stat(name); {
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	part := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".part")
	if err := root.WriteFile(part, data, mode); err != nil {
		return err
	}
	if err := root.Rename(part, name); err != nil {
		return errors.Join(err, root.Remove(part))
	}
	return nil
}

// next says what is left to do.
func (c *reviseCmd) next(r *run, s *site.Site, rec *site.Record, edits []desk.File) {
	fmt.Fprintf(r.stdout, "next: change the text in %s\n", rec.Source.Path)
	for _, tag := range s.Langs() {
		d := rec.Docs[tag]
		if d == nil || d == rec.Source {
			continue
		}
		note := "translate the note below changes, "
		if slices.ContainsFunc(edits, func(f desk.File) bool { return f.Path == d.Path }) {
			note = ""
		}
		fmt.Fprintf(r.stdout, "next: %s is behind now: %sbring the text up to date, then write \"translates: %d\"\n", d.Path, note, rec.Source.Revision()+1)
	}
	fmt.Fprintln(r.stdout, "next: run \"bongsu check\", then commit")
}
