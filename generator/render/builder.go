package render

import (
	"bytes"
	"html/template"
	"slices"
	"sync"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// kinds is the table of what a site has: one function for each kind of page.
// A new kind of page is a new row.
var kinds = []func(*builder) []File{
	homePages,
	countryPages,
	provincePages,
	advisoryPages,
	advisoryLists,
	scamPages,
	scamLists,
	archivePages,
	changePages,
	historyPages,
	datePages,
	levelsPages,
	helpPages,
	checkPages,
	searchPages,
	subscribePages,
	dataPages,
	embedPages,
	standingPages,
	figurePages,
	textFiles,
	cardFiles,
	manifestFiles,
	securityFiles,
	redirects,
	removedPages,
	rootPages,
}

// builder renders one site.
type builder struct {
	set      *Set
	site     *site.Site
	sheets   map[string]Asset // style sheets by kind of page; "style" for the others
	editions []*edition
	latest   func() time.Time // newest change of anything
	framed   time.Time        // newest change of what every page shows
	outlines *outlines        // drawn forms of the countries
	changed  *sync.Map        // *model.Place to func() time.Time
}

// edition is the site in one language. What several pages show is rendered
// once and kept.
type edition struct {
	*builder
	words
	lang     string
	badges   func() map[badgeKey]template.HTML
	levels   func() map[*model.Level]string // their names
	places   func() map[*model.Place]string // their addresses
	signed   func() string                  // signature of plain texts
	items    sync.Map                       // *site.Record to func() template.HTML
	navs     sync.Map                       // section to func() template.HTML
	callers  sync.Map                       // ids of contacts to func() template.HTML
	pictures sync.Map                       // pictureKey to *picture
	previews sync.Map                       // path of a picture to func() template.HTML
	chrome   func() *Chrome

	publisher func() string // as an object of JSON-LD
}

func newBuilder(set *Set, s *site.Site) *builder {
	b := &builder{set: set, site: s, sheets: set.styleSheets(s), latest: sync.OnceValue(func() time.Time { return latest(s) }), outlines: &outlines{}, changed: &sync.Map{}}
	b.framed = framed(s)
	for _, tag := range s.Langs() {
		w, ok := set.words[tag]
		if !ok {
			continue // Load has reported it
		}
		e := &edition{builder: b, words: w, lang: tag}
		e.badges, e.levels = sync.OnceValue(e.makeBadges), sync.OnceValue(e.nameLevels)
		e.places = sync.OnceValue(e.placeURLs)
		e.signed = sync.OnceValue(e.signature)
		e.chrome, e.publisher = sync.OnceValue(e.makeChrome), sync.OnceValue(e.describePublisher)
		b.editions = append(b.editions, e)
	}
	return b
}

// latest gives the newest time, up to now, at which anything on the site
// changed.
func latest(s *site.Site) time.Time {
	out := s.Start()
	note := func(t time.Time) {
		if t.After(out) && !t.After(s.Now) {
			out = t
		}
	}
	for _, list := range [][]*site.Record{s.Advisories, s.Scams, s.Pages} {
		for _, r := range list {
			note(r.Modified)
			note(r.Source.Advisory.Effective.Time)
			note(r.Source.Advisory.Until.Time)
		}
	}
	for _, c := range s.Changes() {
		note(c.At)
	}
	return out
}

// later gives the later of two times.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// asset gives the address of a file of the assets folder, or nothing.
func (b *builder) asset(name string) string {
	for _, a := range b.set.assets {
		if a.Name == name {
			return b.site.Links.Root(a.Path)
		}
	}
	return ""
}

// url gives the address of a path in the edition's language.
func (e *edition) url(path string) string { return e.site.Links.Page(e.lang, path) }

// t gives a text of the site in the edition's language.
func (e *edition) t(key string, args ...any) string { return e.cat.T(key, args...) }

// text gives a text of the content in the edition's language.
func (e *edition) text(t model.Text) string { return t.Get(e.lang) }

// part renders a template to a fragment. A template that fails ends the file
// that is being rendered: file turns the panic into its error.
func (e *edition) part(name string, view any) template.HTML {
	out, err := e.tmpl.Fragment(name, view)
	if err != nil {
		panic(partError{err})
	}
	return out
}

// partError carries an error of a template up to the file.
type partError struct{ error }

// file makes the file of a page: view is called when the file is rendered, and
// gives the page and the dot of the template pages/NAME.
func (e *edition) file(path string, modified func() time.Time, name string, view func() (*Page, any)) File {
	out := site.File(e.lang, path)
	changed := func() time.Time { return later(modified(), e.chromeChanged()) }
	return File{lang: e.lang, path: path, langs: e.site.Langs, File: output.File{Path: out, Modified: changed, Shows: output.NoBody, Render: func(b *bytes.Buffer) (err error) {
		defer func() {
			switch r := recover().(type) {
			case nil:
			case partError:
				err = &fileError{out, r.error}
			default:
				panic(r)
			}
		}()
		page, dot := view()
		if err := e.tmpl.Wrap(b, "base", page, page.fill, "pages/"+name, dot); err != nil {
			return &fileError{out, err}
		}
		return nil
	}}}
}

// recordFile makes the file of a record's page. Only the languages that have
// the text are announced to search engines.
func (e *edition) recordFile(r *site.Record, modified func() time.Time, name string, view func() (*Page, any)) File {
	f := e.file(r.Path, modified, name, view)
	f.langs, f.Shows = nil, e.bodyOf(r)
	if r.Translated(e.lang) {
		f.langs = func() []string {
			return slices.DeleteFunc(slices.Clone(e.site.Langs()), func(tag string) bool { return !r.Translated(tag) })
		}
	}
	return f
}

// bodyOf is Shows of a file that the body of a record is part of, as the edition
// shows it.
func (e *edition) bodyOf(r *site.Record) func(record, lang string) bool {
	return func(record, lang string) bool { return record == r.ID && lang == r.In(e.lang).Lang }
}

// edited gives the newest time at which what a record says, or links to,
// changed.
func edited(r *site.Record) func() time.Time {
	return func() time.Time { return later(r.Modified, r.Linked) }
}

// chromeChanged gives the newest time at which the frame of every page changed.
func (b *builder) chromeChanged() time.Time { return b.framed }

// framed gives the newest time, up to now, at which what every page shows, the
// urgent notices, changed.
func framed(s *site.Site) time.Time {
	out := s.Start()
	note := func(t time.Time) {
		if !t.After(s.Now) {
			out = later(out, t)
		}
	}
	for _, r := range s.Advisories {
		if !r.Source.Advisory.Urgent {
			continue
		}
		note(r.Modified)
		note(r.Source.Advisory.Effective.Time)
		note(r.Source.Advisory.Until.Time)
		if end, _ := s.Book.End(r.ID); !end.IsZero() {
			note(end)
		}
	}
	return out
}
