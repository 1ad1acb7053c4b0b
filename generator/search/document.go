package search

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// edition is the site in one language.
type edition struct {
	site   *site.Site
	lang   string
	words  *lang.Catalog
	format lang.Formatter
	memory *Memory
}

// document is something that can be found: a place, a record, or a section
// that no record fills.
type document struct {
	place   *model.Place
	record  *site.Record
	section int // of site.Sections
}

// documents lists what can be found: places, sections, pages, then advisories
// and warnings, oldest first, so that a new record comes last and leaves the
// numbers of the others alone.
func (e *edition) documents() []document {
	var out []document
	for _, c := range e.site.Atlas.Countries {
		c.Walk(func(p *model.Place) { out = append(out, document{place: p}) })
	}
	for i, s := range site.Sections {
		if e.site.Record("pages/"+s.Page) == nil && e.words.Has("nav."+s.Page) && s.Path != "" {
			out = append(out, document{section: i})
		}
	}
	pages := slices.Clone(e.site.Pages)
	slices.SortFunc(pages, func(a, b *site.Record) int { return strings.Compare(a.ID, b.ID) })
	records := slices.Concat(e.site.Advisories, e.site.Scams)
	slices.SortFunc(records, func(a, b *site.Record) int {
		return cmp.Or(a.Issued.Compare(b.Issued), strings.Compare(a.ID, b.ID))
	})
	for _, r := range slices.Concat(pages, records) {
		out = append(out, document{record: r})
	}
	return out
}

// result is what a result shows of a document, as the page reads it.
type result struct {
	Address string      `json:"u"` // below the folder of the language
	Title   string      `json:"t"`
	Lang    string      `json:"g,omitempty"` // of title and summary, where it differs from the page's
	Summary string      `json:"s,omitempty"`
	Kind    string      `json:"k"`
	Day     string      `json:"d,omitempty"` // for machines
	Date    string      `json:"h,omitempty"` // for people
	Levels  []string    `json:"l,omitempty"` // ids
	State   string      `json:"x,omitempty"` // where it does not plainly hold
	Within  string      `json:"w,omitempty"` // the province or country of a place
	Places  string      `json:"p,omitempty"` // of a record: the first places that it names
	Names   [][2]string `json:"n,omitempty"` // other names: language, name
	Aliases []string    `json:"a,omitempty"` // shown where they are what was asked for
}

// result describes a document.
func (e *edition) result(d document) result {
	switch {
	case d.place != nil:
		return e.placeResult(d.place)
	case d.record != nil:
		return e.recordResult(d.record)
	}
	s := site.Sections[d.section]
	return result{Address: e.address(s.Path), Title: e.words.T("nav." + s.Page), Kind: e.words.T("kind.page")}
}

// address gives the address of a path below the folder of the language.
func (e *edition) address(path string) string {
	return strings.TrimPrefix(e.site.Links.Page(e.lang, path), e.site.Links.Page(e.lang, ""))
}

func (e *edition) placeResult(p *model.Place) result {
	r := result{Address: e.address(site.PlacePath(p)), Title: p.Name.Get(e.lang), Kind: e.words.T("kind.place"), Aliases: p.Aliases}
	if p.Parent != nil {
		r.Within = p.Parent.Name.Get(e.lang)
	}
	for _, tag := range sortedTags(p.Name) {
		if name := p.Name[tag]; tag != e.lang && tag != "" && name != r.Title {
			r.Names = append(r.Names, [2]string{tag, name})
		}
	}
	for _, l := range e.levelsOf(p) {
		r.Levels = append(r.Levels, l.ID)
	}
	if since := e.site.Book.At(p, e.site.Now).Since; !since.IsZero() {
		r.Day, r.Date = e.format.MachineDate(since), e.format.Date(since)
	}
	return r
}

// levelsOf gives the level that a place has now and those of its parts, of a
// country those of its provinces, highest first.
func (e *edition) levelsOf(p *model.Place) []*model.Level {
	var out []*model.Level
	note := func(l *model.Level) {
		if l != nil && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	note(e.site.Book.At(p, e.site.Now).Level)
	for _, part := range e.site.Book.Parts(p, e.site.Now) {
		note(part.State.Level)
	}
	if p.Kind == model.CountryPlace {
		p.Walk(func(x *model.Place) { note(e.site.Book.At(x, e.site.Now).Level) })
	}
	slices.SortStableFunc(out, func(a, b *model.Level) int {
		if level.Higher(a, b) {
			return -1
		}
		return 1
	})
	return out
}

// maxPlaces is how many places a result names.
const maxPlaces = 4

func (e *edition) recordResult(rec *site.Record) result {
	t := rec.In(e.lang)
	r := result{Address: e.address(rec.Path), Title: t.Title, Summary: t.Summary, Kind: e.kind(rec)}
	if t.Lang != e.lang {
		r.Lang = t.Lang
	}
	if rec.Kind.ID == "pages" {
		return r
	}
	r.Day, r.Date = e.format.MachineDate(rec.Issued), e.format.Date(rec.Issued)
	var places []string
	for _, p := range rec.Places[:min(len(rec.Places), maxPlaces)] {
		places = append(places, p.Name.Get(e.lang))
	}
	r.Places = e.format.List(places)
	for _, m := range e.site.Levels(rec) {
		r.Levels = append(r.Levels, m.Level.ID)
	}
	switch {
	case rec.Held:
		r.State = e.words.T("status.held")
	case rec.Status != site.StatusActive:
		r.State = e.words.T("status." + string(rec.Status))
	}
	return r
}

// kind says what a record is.
func (e *edition) kind(r *site.Record) string {
	switch {
	case r.Kind.ID == "scams":
		return e.words.T("kind.scam")
	case r.Kind.ID == "pages":
		return e.words.T("kind.page")
	case len(r.Source.Advisory.Levels) == 0:
		return e.words.T("kind.notice")
	}
	return e.words.T("kind.advisory")
}

// manifest is index.json.
type manifest struct {
	Version string `json:"v"` // of all files of the index
	Docs    int    `json:"n"`
	Places  int    `json:"p"` // documents that are places, the first ones
	Shards  int    `json:"s"`
	Chunk   int    `json:"c"`
	Over    string `json:"o"` // documents that hold no longer, packed as postings
}

func sortedTags(t model.Text) []string {
	tags := make([]string, 0, len(t))
	for tag := range t {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // the types above hold strings and numbers only
	}
	return data
}
