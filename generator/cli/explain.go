package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

type explainCmd struct {
	File string `arg:"" help:"A file below content/, such as content/advisories/2025/x.ko.md."`
}

// Run shows what became of one file.
func (c *explainCmd) Run(r *run) error {
	res, done, err := r.build()
	if err != nil {
		return err
	}
	defer done()
	rec, doc := c.find(r, res.Site)
	if rec == nil {
		return errUsage{fmt.Errorf("%q is no file of a record; name one below content/ that ends in .md", c.File)}
	}
	explain(r.stdout, res.Site, rec, doc)
	return nil
}

// find looks the file up as written, and from the site's folder.
func (c *explainCmd) find(r *run, s *site.Site) (*site.Record, *model.Doc) {
	name := filepath.ToSlash(c.File)
	if rel, err := filepath.Rel(r.Dir, c.File); err == nil && !strings.HasPrefix(rel, "..") {
		name = filepath.ToSlash(rel)
	}
	for _, rec := range s.All() {
		for _, d := range rec.Docs {
			if d.Path == name || d.Path == filepath.ToSlash(c.File) {
				return rec, d
			}
		}
	}
	return nil, nil
}

func explain(w io.Writer, s *site.Site, r *site.Record, d *model.Doc) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%-10s %s\n", label, fmt.Sprintf(format, args...))
	}
	role := "source file"
	if d != r.Source {
		role = fmt.Sprintf("translation of %s (revision %d of %d)", r.Source.Path, max(d.Translates, 1), r.Revision())
	}
	line("file", "%s: %s", d.Path, role)
	line("record", "%s, %s", r.ID, d.Title)
	line("text", "%d characters, %s, %s", len([]rune(d.Body.Text())), plural(len(d.Body.Headings), "heading"), plural(len(d.Body.Links), "link"))
	if !r.Visible {
		line("status", "not on the site at %s (issued %s, draft %v)", stamp(s, s.Now), stamp(s, r.Source.Issued.Time), r.Source.Draft)
		return
	}
	line("status", "%s at %s, revision %d", r.Status, stamp(s, s.Now), r.Revision())
	line("times", "issued %s, significant change %s", stamp(s, r.Issued), stamp(s, r.Updated))
	if a := r.Source.Advisory; r.Kind.ID == "advisories" {
		line("applies", "from %s until %s", stamp(s, a.Effective.Time), stamp(s, a.Until.Time))
	}
	for _, m := range s.Levels(r) {
		var ids []string
		for _, p := range m.Places {
			ids = append(ids, p.ID)
		}
		line("sets", "level %s for %s", m.Level.ID, strings.Join(ids, ", "))
	}
	for _, c := range s.ChangesBy(r) {
		line("changes", "%s: %s → %s at %s", c.Place.ID, levelID(c.From), levelID(c.To), stamp(s, c.At))
	}
	for _, l := range s.Langs() {
		note := ""
		if t := r.In(l); t.Fallback {
			note = " (text in " + t.Lang + ", with a notice)"
		} else if t.Outdated {
			note = " (outdated translation, with a notice)"
		}
		line("page", "%s%s", site.File(l, r.Path), note)
	}
	for _, ch := range s.Channels() {
		if ch.Kind == site.ChannelAlerts {
			continue
		}
		for _, x := range s.Records(ch) {
			if x == r {
				line("feed", "%s", ch.ID)
			}
		}
	}
	for _, a := range s.Alerts() {
		if a.Record == r {
			line("alert", "%s at %s", a.ID(), stamp(s, a.At))
		}
	}
}

func levelID(l *model.Level) string {
	if l == nil {
		return "none"
	}
	return l.ID
}

func stamp(s *site.Site, t time.Time) string {
	if t.IsZero() {
		return "open"
	}
	return t.In(s.Config.Zone).Format("2006-01-02 15:04 -07:00")
}
