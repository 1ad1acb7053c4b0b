package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"bongsu/generator/desk"
)

// impactStyle is how an impact is printed.
type impactStyle struct {
	since    string // the revision compared with
	lang     string // of the names of places
	all      bool   // name every file
	markdown bool   // for a comment on a pull request
}

// impactRows is how many rows a part has before the rest is counted.
const impactRows = 40

// printImpact writes an impact in words.
func printImpact(w io.Writer, i desk.Impact, st impactStyle) error {
	p := &impactPrinter{style: st}
	p.head(fmt.Sprintf("What publishing would change since %s, at %s", p.code(st.since), i.Now))
	if i.None() {
		p.text("Nothing.")
	}
	p.levels("Raised at once", i.Raised)
	p.levels("Lowered at once", i.Lowered)
	p.levels("Changes to come", i.Later)
	p.levels("Changes that will not come any more", i.Dropped)
	p.records("Advisories that start", i.Starting)
	p.records("Advisories that end", i.Ending)
	p.records("Scheduled", i.Scheduled)
	p.records("New", i.Added)
	p.records("Revised", i.Revised)
	p.records("Removed", i.Removed)
	rows := make([]string, 0, len(i.Alerts))
	for _, a := range i.Alerts {
		when := "at once"
		if a.Later {
			when = "at " + a.At
		}
		rows = append(rows, fmt.Sprintf("%s: %s (%s, %s)", p.code(a.ID), p.safe(a.Title), a.Kind, when))
	}
	p.list("Alerts that subscribers get", rows)
	rows = nil
	for _, f := range i.Translations {
		rows = append(rows, p.code(f.File)+": "+p.safe(f.Message))
	}
	p.list("Translations", rows)
	if !i.None() {
		p.files([]string{"pages", "feeds", "other files"}, []desk.FileMoves{i.Pages, i.Feeds, i.Other})
	}
	_, err := w.Write(p.b.Bytes())
	return err
}

type impactPrinter struct {
	style impactStyle
	b     bytes.Buffer
}

func (p *impactPrinter) head(s string) {
	if p.style.markdown {
		s = "### " + s
	}
	fmt.Fprintf(&p.b, "%s\n", s)
}

func (p *impactPrinter) text(s string) { fmt.Fprintf(&p.b, "\n%s\n", s) }

// list writes a part, or nothing where it has no row.
func (p *impactPrinter) list(title string, rows []string) {
	if len(rows) == 0 {
		return
	}
	before, mark := "", "  "
	if p.style.markdown {
		before, mark = "**", "- "
	}
	fmt.Fprintf(&p.b, "\n%s%s: %d%s\n", before, title, len(rows), before)
	if p.style.markdown {
		p.b.WriteByte('\n')
	}
	for i, r := range rows {
		if i == impactRows && !p.style.all {
			fmt.Fprintf(&p.b, "%sand %d more\n", mark, len(rows)-i)
			break
		}
		fmt.Fprintf(&p.b, "%s%s\n", mark, r)
	}
}

func (p *impactPrinter) levels(title string, moves []desk.LevelMove) {
	var rows []string
	for _, m := range moves {
		row := fmt.Sprintf("%s %s: %s → %s", p.code(m.Place), p.safe(m.Name.Get(p.style.lang)), none(m.From), none(m.To))
		if m.At != "" {
			row += " at " + m.At
		}
		if m.Advisory != "" {
			row += " (" + p.code(m.Advisory) + ")"
		}
		rows = append(rows, row)
	}
	p.list(title, rows)
}

func none(id string) string {
	if id == "" {
		return "none"
	}
	return id
}

func (p *impactPrinter) records(title string, moves []desk.RecordMove) {
	var rows []string
	for _, m := range moves {
		row := p.code(m.ID) + ": " + p.safe(m.Title)
		if m.At != "" {
			row += " (" + m.At + ")"
		}
		rows = append(rows, row)
	}
	p.list(title, rows)
}

// files counts the files of the output, and names them where all is asked for.
func (p *impactPrinter) files(kinds []string, moves []desk.FileMoves) {
	var rows []string
	for i, m := range moves {
		if m.Count() == 0 {
			continue
		}
		rows = append(rows, fmt.Sprintf("%s: %d new, %d changed, %d removed", kinds[i], len(m.Added), len(m.Changed), len(m.Removed)))
		if !p.style.all {
			continue
		}
		for _, part := range []struct {
			mark  string
			files []string
		}{{"new", m.Added}, {"changed", m.Changed}, {"removed", m.Removed}} {
			for _, f := range part.files {
				rows = append(rows, part.mark+" "+p.code(f))
			}
		}
	}
	if len(rows) == 0 {
		return
	}
	title, mark := "Output", "  "
	if p.style.markdown {
		title, mark = "**Output**\n", "- "
	}
	p.text(title)
	for _, r := range rows {
		fmt.Fprintf(&p.b, "%s%s\n", mark, r)
	}
}

// code sets a name off; the names that it is used for hold no backtick.
func (p *impactPrinter) code(s string) string {
	if p.style.markdown {
		return "`" + strings.ReplaceAll(s, "`", "'") + "`"
	}
	return s
}

// safe takes the meaning from marks of Markdown, HTML and of names of people.
func (p *impactPrinter) safe(s string) string {
	if !p.style.markdown {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@':
			b.WriteString("&#64;")
		case strings.ContainsRune("\\`*_[]#|~!:", r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
