package data

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// mark begins a CSV file, so that spreadsheets take it for UTF-8.
const mark = "\uFEFF"

// table writes a CSV file (RFC 4180).
type table struct{ w *csv.Writer }

func newTable(b *bytes.Buffer, header ...string) table {
	b.WriteString(mark)
	t := table{csv.NewWriter(b)}
	t.w.UseCRLF = true
	t.row(header...)
	return t
}

// row writes a row. A cell that a spreadsheet would take for a formula, such
// as +855 12 345 678, is guarded by an apostrophe.
func (t table) row(cells ...string) {
	for i, c := range cells {
		if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
			cells[i] = "'" + c
		}
	}
	_ = t.w.Write(cells) // a buffer takes everything
}

func (t table) end() error {
	t.w.Flush()
	return t.w.Error()
}

// tableFiles writes the CSV files.
func (a *api) tableFiles() []File {
	return []File{
		{Path: site.DataFileOf("levels-csv").Path, Modified: a.levelTime, Render: a.levelTable},
		{Path: site.DataFileOf("advisories-csv").Path, Modified: a.newestOf(a.site.Advisories), Render: a.advisoryTable},
		{Path: site.DataFileOf("changes-csv").Path, Modified: a.logTime, Render: a.changeTable},
	}
}

// named gives the headers of a column that each language has.
func (a *api) named(column string) []string {
	var out []string
	for _, l := range a.site.Langs() {
		out = append(out, column+"_"+l)
	}
	return out
}

// inLangs gives a text in each language of the site, empty where it has none.
func (a *api) inLangs(t Text) []string {
	var out []string
	for _, l := range a.site.Langs() {
		out = append(out, t[l])
	}
	return out
}

func join(parts ...[]string) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func idOf(l *LevelID) string {
	if l == nil {
		return ""
	}
	return string(*l)
}

func (a *api) levelTable(b *bytes.Buffer) error {
	t := newTable(b, join([]string{"place"}, a.named("name"), []string{"kind", "parent", "level", "rank"}, a.named("level_name"),
		[]string{"since", "until", "held", "advisory", "parts"})...)
	for _, p := range a.walk() {
		s := a.standing(p)
		rank, parts := "", []string(nil)
		if s.Rank != nil {
			rank = strconv.FormatFloat(*s.Rank, 'f', -1, 64)
		}
		for _, x := range s.Parts {
			parts = append(parts, string(x.Place)+"="+string(x.Level))
		}
		t.row(join([]string{string(s.Place)}, a.inLangs(s.Name), []string{s.Kind, string(s.Parent), idOf(s.Level), rank}, a.inLangs(s.LevelName),
			[]string{string(s.Since), string(s.Until), strconv.FormatBool(s.Held), string(s.Advisory), strings.Join(parts, " ")})...)
	}
	return t.end()
}

// advisoryTable has a row for each place of each advisory, oldest first.
func (a *api) advisoryTable(b *bytes.Buffer) error {
	t := newTable(b, join([]string{"advisory", "revision", "status", "place"}, a.named("place_name"), []string{"level"}, a.named("title"),
		[]string{"issued", "effective", "until", "held", "urgent", "categories", "modified"}, a.named("url"))...)
	names := map[*model.Place][]string{nil: make([]string, len(a.site.Langs()))}
	var cells []string
	for i := len(a.site.Advisories) - 1; i >= 0; i-- {
		r := a.site.Advisories[i]
		src := r.Source.Advisory
		titles, urls := a.titles(r)
		first := []string{r.Stable(), strconv.Itoa(r.Revision()), string(r.Status)}
		last := []string{
			string(a.moment(r.Issued)), string(a.moment(src.Effective.Time)), string(a.moment(src.Until.Time)), strconv.FormatBool(r.Held),
			strconv.FormatBool(src.Urgent), strings.Join(ids(src.Categories), " "), string(a.moment(r.Modified)),
		}
		row := func(code string, p *model.Place, level string) {
			cells = append(append(append(cells[:0], first...), code), names[p]...)
			cells = append(append(append(append(cells, level), titles...), last...), urls...)
			t.row(cells...)
		}
		if len(r.Places) == 0 {
			row("", nil, "")
		}
		for _, p := range r.Places {
			if names[p] == nil {
				names[p] = a.inLangs(a.text(p.Name))
			}
			row(p.ID, p, a.asked(r, p))
		}
	}
	return t.end()
}

// titles gives the title and the address of a record in each language of the
// site, empty where it has none.
func (a *api) titles(r *site.Record) (titles, urls []string) {
	for _, tag := range a.site.Langs() {
		title, url := "", ""
		if r.Docs[tag] != nil {
			url = a.pageOf(r, tag)
			if t := r.In(tag); !t.Fallback {
				title = t.Title
			}
		}
		titles, urls = append(titles, title), append(urls, url)
	}
	return titles, urls
}

// asked is the level that an advisory asks for at a place that it names.
func (a *api) asked(r *site.Record, p *model.Place) string {
	if d := a.site.Decision(r); d != nil {
		for _, m := range d.Measures {
			for _, named := range m.Places {
				if named == p {
					return m.Level.ID
				}
			}
		}
	}
	return ""
}

func (a *api) changeTable(b *bytes.Buffer) error {
	t := newTable(b, "seq", "time", "kind", "place", "from", "to", "effective", "reason", "advisory", "revision", "removed")
	for _, l := range a.log().lines {
		t.row(strconv.Itoa(l.Seq), string(l.Time), l.Kind, string(l.Place), idOf(l.From), idOf(l.To), string(l.Effective), l.Reason,
			string(l.Advisory), count(l.Revision), string(l.Removed))
	}
	return t.end()
}

// count gives a number that is not told where it is 0.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
