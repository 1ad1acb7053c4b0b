package data

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// Limits of the lists.
const (
	newestRecords = 100 // of advisories.json and scams.json
	pageRecords   = 500 // of a file of a year
)

// recordFiles writes one file for each advisory and scam warning, and lists.
func (a *api) recordFiles() []File {
	out := make([]File, 0, len(a.site.Advisories)+len(a.site.Scams)+32)
	kind := site.DataFileOf("advisory")
	for _, r := range a.site.Advisories {
		path, _ := r.DataPath()
		out = append(out, showing(r, a.fileAt(kind, path, a.turned(r), func(h Head) any { return a.advisory(h, r) })))
	}
	kind = site.DataFileOf("scam")
	for _, r := range a.site.Scams {
		path, _ := r.DataPath()
		out = append(out, showing(r, a.fileAt(kind, path, a.turned(r), func(h Head) any { return a.scam(h, r) })))
	}
	out = append(out, listFiles(a, "advisories", a.site.Advisories, func(r *site.Record) AdvisoryRow {
		return AdvisoryRow{recordFile(r), a.advisoryRecord(r)}
	})...)
	return append(out, listFiles(a, "scams", a.site.Scams, func(r *site.Record) ScamRow {
		return ScamRow{recordFile(r), a.scamRecord(r)}
	})...)
}

// showing is a file that the body of a record is part of.
func showing(r *site.Record, f File) File {
	f.Shows = output.BodyOf(r.ID)
	return f
}

// listFiles writes the lists of one kind of record: the newest, and all by
// year. Within a year the oldest stand first, so that a new record changes the
// last file alone.
func listFiles[R any](a *api, kind string, records []*site.Record, row func(*site.Record) R) []File {
	rows := func(list []*site.Record) []R {
		out := make([]R, len(list))
		for i, r := range list {
			out[i] = row(r)
		}
		return out
	}
	years, newest := []YearFile{}, records[:min(len(records), newestRecords)]
	var out []File
	oldest := slices.Clone(records)
	slices.Reverse(oldest)
	for len(oldest) > 0 {
		year, n := oldest[0].Issued.In(a.zone).Year(), 0
		for n < len(oldest) && oldest[n].Issued.In(a.zone).Year() == year {
			n++
		}
		page := 0
		for list := range slices.Chunk(oldest[:n], pageRecords) {
			page++
			name := fmt.Sprintf("%04d", year)
			if page > 1 {
				name += fmt.Sprintf("-%d", page)
			}
			f := a.file(kind+"-year", a.newestOf(list), func(h Head) any { return ListPage[R]{h, year, page, rows(list)} }, "page", name)
			out = append(out, f)
			years = append(years, YearFile{year, inAPI(f.Path), len(list)})
		}
		oldest = oldest[n:]
	}
	return append(out, a.file(kind, a.newestOf(newest), func(h Head) any { return List[R]{h, len(records), years, rows(newest)} }))
}

// newest is the newest time at which what is shown of some records changed.
func (a *api) newest(records []*site.Record) time.Time {
	t := a.site.Start()
	for _, r := range records {
		t = later(t, a.site.Turned(r))
	}
	return t
}

// newestOf is newest, found when first asked for.
func (a *api) newestOf(records []*site.Record) func() time.Time {
	return sync.OnceValue(func() time.Time { return a.newest(records) })
}

// turned is when what is shown of a record changed last.
func (a *api) turned(r *site.Record) func() time.Time {
	return func() time.Time { return a.site.Turned(r) }
}

func (a *api) record(r *site.Record) Record {
	out := Record{
		ID: RecordID(r.Stable()), URL: Text{}, Title: Text{}, Summary: Text{}, Issued: a.moment(r.Issued), Updated: a.moment(r.Updated),
		Modified: a.moment(r.Modified), Revision: r.Revision(), Status: string(r.Status), Places: placeCodes(r.Places),
	}
	for tag := range a.docs(r) {
		out.URL[tag] = a.pageOf(r, tag)
		if t := r.In(tag); !t.Fallback { // else the translation is of a text to come
			out.Title[tag], out.Summary[tag] = t.Title, t.Summary
		}
	}
	if w := r.Source.Withdrawn; w != nil && !w.At.After(a.site.Now) {
		out.Withdrawn = &Withdrawn{a.moment(w.At.Time), Text{}}
		for tag, d := range a.docs(r) {
			if d.Withdrawn != nil && d.Withdrawn.Reason != "" {
				out.Withdrawn.Reason[tag] = d.Withdrawn.Reason
			}
		}
	}
	return out
}

// pageOf gives the address of the page of a record in a language.
func (a *api) pageOf(r *site.Record, tag string) string {
	return a.site.Links.URL(tag, r.Path)
}

// docs gives the texts of a record in the languages of the site.
func (a *api) docs(r *site.Record) iter.Seq2[string, *model.Doc] {
	return func(yield func(string, *model.Doc) bool) {
		for _, tag := range a.site.Langs() {
			if d := r.Docs[tag]; d != nil && !yield(tag, d) {
				return
			}
		}
	}
}

func placeCodes(places []*model.Place) []PlaceCode {
	out := make([]PlaceCode, len(places))
	for i, p := range places {
		out[i] = PlaceCode(p.ID)
	}
	return out
}

// full writes what lists leave out.
func (a *api) full(r *site.Record) Full {
	src := r.Source
	out := Full{
		Text: Text{}, Changes: []Revision{}, Translations: []Translation{}, Sources: []Source{}, Contacts: ids(src.Contacts),
		ReviewDate: a.date(src.Review.Time), FormerNames: src.Aliases,
	}
	for i, c := range r.Changes {
		note := Text{}
		for tag, d := range a.docs(r) {
			if i < len(d.Changes) && d.Changes[i].Note != "" {
				note[tag] = d.Changes[i].Note
			}
		}
		out.Changes = append(out.Changes, Revision{i + 2, a.moment(c.At.Time), c.Major, note})
	}
	for _, tag := range a.site.Langs() {
		d, t := r.Docs[tag], r.In(tag)
		if d == nil || t.Fallback {
			continue
		}
		out.Text[tag] = a.defanged(r, t.Body.Text())
		revision := r.Revision()
		if d != src {
			revision = min(max(d.Translates, 1), revision)
		}
		out.Translations = append(out.Translations, Translation{tag, d == src, revision})
	}
	for _, s := range src.Sources {
		out.Sources = append(out.Sources, Source{s.Title, Address(s.URL), s.Publisher, a.date(s.Date.Time)})
	}
	return out
}

// defanged replaces the indicators of a scam that stand in its text.
func (a *api) defanged(r *site.Record, text string) string {
	for _, i := range r.Source.Scam.Indicators {
		if safe := site.Defang(i); safe != i.Value {
			text = strings.ReplaceAll(text, i.Value, safe)
		}
	}
	return text
}

func ids(refs []model.Ref) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = r.ID
	}
	return out
}

func (a *api) advisoryRecord(r *site.Record) AdvisoryRecord {
	src := r.Source.Advisory
	out := AdvisoryRecord{
		Record: a.record(r), Effective: a.moment(src.Effective.Time), Until: a.moment(src.Until.Time), Held: r.Held, Urgent: src.Urgent,
		Categories: ids(src.Categories), Measures: []Measure{},
	}
	if d := a.site.Decision(r); d != nil {
		for _, m := range d.Measures {
			out.Measures = append(out.Measures, Measure{LevelID(m.Level.ID), placeCodes(m.Places), placeCodes(m.Except)})
		}
	}
	for _, ref := range src.Supersedes {
		if old := a.site.Record(ref.ID); old != nil {
			out.Supersedes = append(out.Supersedes, RecordID(old.Stable()))
		}
	}
	if r.EndedBy != nil {
		out.SupersededBy = RecordID(r.EndedBy.Stable())
	}
	return out
}

func (a *api) advisory(h Head, r *site.Record) Advisory {
	out := Advisory{Head: h, AdvisoryRecord: a.advisoryRecord(r), Full: a.full(r), AtEnd: r.Source.Advisory.AtEnd, LevelChanges: []Change{}}
	if out.AtEnd == "" {
		out.AtEnd = "hold"
	}
	if r.Source.Advisory.Legal != nil {
		out.Legal = &Legal{Text{}, Text{}, Text{}}
		for tag, d := range a.docs(r) {
			if l := d.Advisory.Legal; l != nil {
				put(out.Legal.Basis, tag, l.Basis)
				put(out.Legal.Penalty, tag, l.Penalty)
				put(out.Legal.Exemption, tag, l.Exemption)
			}
		}
	}
	for _, c := range a.site.ChangesBy(r) {
		x := a.change(c)
		x.Place, x.Advisory = PlaceCode(c.Place.ID), ""
		out.LevelChanges = append(out.LevelChanges, x)
	}
	return out
}

// put sets a text where there is one.
func put(t Text, tag, s string) {
	if s != "" {
		t[tag] = s
	}
}

func (a *api) scamRecord(r *site.Record) ScamRecord {
	src := r.Source.Scam
	return ScamRecord{a.record(r), orEmpty(src.Channels), ids(src.RedFlags), orEmpty(src.AsksFor)}
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (a *api) scam(h Head, r *site.Record) Scam {
	src := r.Source.Scam
	out := Scam{
		Head: h, ScamRecord: a.scamRecord(r), Full: a.full(r), Indicators: []Indicator{},
		Offer: Offer{Roles: a.texts(src.Offer.Roles), Pay: a.text(src.Offer.Pay), Benefits: a.texts(src.Offer.Benefits), ClaimedPlace: a.text(src.Offer.ClaimedPlace)},
	}
	for _, i := range src.Indicators {
		out.Indicators = append(out.Indicators, Indicator{i.Type, site.Defang(i), a.date(i.Seen.Time), i.Status, i.Basis, Address(i.Source)})
	}
	if src.Reports != nil {
		out.Reports = &Reports{src.Reports.Count, a.date(src.Reports.AsOf.Time)}
	}
	return out
}

func (a *api) texts(list []model.Text) []Text {
	var out []Text
	for _, t := range list {
		out = append(out, a.text(t))
	}
	return out
}
