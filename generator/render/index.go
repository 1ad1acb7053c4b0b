package render

import (
	"bytes"
	"html/template"
	"strings"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/output"
)

// RootView is the dot of pages/index: a page that speaks every language of the
// site and stands outside their folders.
type RootView struct {
	Lang, Title, Skip string
	Description       string
	Head              template.HTML
	Robots            string
	Canonical         string // empty where the page has no address of its own
	Alternates        []Alternate
	Switch            []Switch
	Feeds             []FeedLink
	Sample            []template.HTML // one a language; likewise the next three
	Sections          []template.HTML
	Help              RootHelp
	Footers           []template.HTML
}

// RootHelp is whom to call, in every language.
type RootHelp struct {
	Label    string
	Sections []template.HTML
}

// RootSection is the dot of a language's parts of such a page.
type RootSection struct {
	Lang, SiteName      string
	HomeURL, HelpURL    string
	PlacesURL           string
	AsOf                string // of a sample
	Publisher, Official Link
	Alerts              []RootAlert
	Contacts            []Contact
	First               bool
}

// RootAlert is a level and the places that have it.
type RootAlert struct {
	Badge  template.HTML
	Places []PlaceLink
	More   int // places not listed
}

// rootPages makes index.html and 404.html. They redirect nobody: whoever comes
// reads in every language what is worst and whom to call, and chooses.
func rootPages(b *builder) []File {
	if len(b.editions) == 0 {
		return nil
	}
	return []File{
		b.rootFile("index.html", "index", func(e *edition) string { return e.text(b.site.Config.Title) }, func(v *RootView) {
			v.Canonical = b.site.Links.Abs(b.site.Links.Prefix)
			for _, e := range b.editions {
				v.Alternates = append(v.Alternates, Alternate{e.lang, b.site.Links.Abs(e.url(""))})
			}
			v.Alternates = append(v.Alternates, Alternate{"x-default", v.Canonical})
		}),
		b.rootFile("404.html", "notfound", func(e *edition) string { return e.t("notfound.title") }, func(v *RootView) {
			v.Robots = "noindex"
		}),
	}
}

// rootFile makes a page of the parts pages/NAME/section, one a language.
func (b *builder) rootFile(path, name string, title func(*edition) string, finish func(*RootView)) File {
	return File{File: output.File{Path: path, Modified: b.rootChanged, Shows: output.NoBody, Render: guard(path, func(buf *bytes.Buffer) error {
		first := b.editions[0]
		v := RootView{Lang: first.lang, Skip: first.t("site.skip"), Head: first.chrome().Head, Feeds: first.feedLinks(nil)}
		v.Help.Label = first.t("help_block.title")
		var titles, texts []string
		for i, e := range b.editions {
			section := e.rootSection(i == 0)
			if section.AsOf != "" {
				v.Sample = append(v.Sample, e.part("pages/index/sample", section))
			}
			v.Sections = append(v.Sections, e.part("pages/"+name+"/section", section))
			v.Help.Sections = append(v.Help.Sections, e.part("pages/index/help", section))
			v.Footers = append(v.Footers, e.part("pages/index/footer", section))
			v.Switch = append(v.Switch, Switch{Lang: e.lang, Name: e.languageName(e.lang), URL: e.url("")})
			titles, texts = append(titles, title(e)), append(texts, e.t("index.text"))
		}
		v.Title, v.Description = strings.Join(titles, " · "), strings.Join(texts, " ")
		finish(&v)
		return first.tmpl.Execute(buf, "pages/index", v)
	})}}
}

// rootChanged gives the newest time at which a level changed or became known.
func (b *builder) rootChanged() time.Time {
	return later(b.chromeChanged(), b.levelsChanged())
}

func (e *edition) rootSection(first bool) RootSection {
	c := e.site.Config
	r := RootSection{
		Lang: e.lang, SiteName: e.text(c.Title), First: first,
		HomeURL: e.url(""), HelpURL: e.url("help/"), PlacesURL: e.url("provinces/"),
		Publisher: Link{e.text(c.Publisher.Name), c.Publisher.URL}, Official: Link{e.text(c.Official.Name), c.Official.URL},
		Alerts: e.highest(), Contacts: e.contacts(numbersOf(e.site, e.site.Record("pages/help"))),
	}
	if c.Sample != nil {
		r.AsOf = e.format.Date(c.Sample.AsOf.Time)
	}
	return r
}

// What the root page lists of the highest levels.
const (
	rootLevels = 2
	rootPlaces = 8
)

// highest gives the highest levels in force and the places that have them.
// Areas that only follow their province are left out.
func (e *edition) highest() []RootAlert {
	places := map[*model.Level][]*model.Place{}
	now := func(p *model.Place) *model.Level { return e.site.Book.At(p, e.site.Now).Level }
	for _, c := range e.site.Atlas.Countries {
		c.Walk(func(p *model.Place) {
			l := now(p)
			if l == nil || (p.Kind == model.CountryPlace && len(p.Provinces()) > 0) || (p.Kind == model.AreaPlace && now(p.Parent) == l) {
				return
			}
			places[l] = append(places[l], p)
		})
	}
	var out []RootAlert
	for _, l := range e.levelsDown() {
		list := places[l]
		if l == nil || len(list) == 0 || len(out) == rootLevels || !level.Higher(l, &e.site.Scheme.Levels[0]) {
			continue
		}
		e.sortPlaces(list)
		a := RootAlert{Badge: e.badge(l, Small), More: max(len(list)-rootPlaces, 0)}
		for _, p := range list[:len(list)-a.More] {
			a.Places = append(a.Places, e.placeLink(p))
		}
		out = append(out, a)
	}
	return out
}

// guard turns a fault of a fragment into the error of the file at path.
func guard(path string, render func(*bytes.Buffer) error) func(*bytes.Buffer) error {
	return func(b *bytes.Buffer) (err error) {
		defer func() {
			switch r := recover().(type) {
			case nil:
				if err != nil {
					err = &fileError{path, err}
				}
			case partError:
				err = &fileError{path, r.error}
			default:
				panic(r)
			}
		}()
		return render(b)
	}
}
