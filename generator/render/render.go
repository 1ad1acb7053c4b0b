// Package render turns a site into its HTML pages, its style sheet and the
// other files that templates make.
//
// In: a file system of templates, styles, words and assets (once), and a
// site.Site (each time). Out: files, each rendered when it is asked for. It
// must not read the clock, the environment or the content's files, nor write
// any; what it shows is a function of the templates and of the site.
package render

import (
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/output"
	"bongsu/generator/site"
	"bongsu/generator/stencil"
)

// folder is where templates stand in a site folder; diagnostics name files so.
const folder = "templates/"

// Set is everything that Load read: templates, styles and words. It is frozen
// and may be used for many sites and by goroutines at once.
type Set struct {
	langs   []string
	words   map[string]words
	sheets  map[string]string // joined styles but the colours of the levels, by kind of page
	assets  []Asset           // with a content hash in the path
	scripts map[string]Asset  // by kind of page; "site" for the others
	cards   sync.Map          // pictures drawn so far, by path: func() ([]byte, error)
	icon    []byte            // favicon.ico
	worker  string            // text of the service worker
	judge   func() diag.List
}

// words is what depends on a language alone.
type words struct {
	cat    *lang.Catalog
	format lang.Formatter
	tmpl   *stencil.Set
}

// Asset is a file that pages refer to. Its path carries a hash of its content,
// so that it may be cached for ever.
type Asset struct {
	Name string // as the templates folder has it, such as favicon.svg
	Path string // of the output file
	Data []byte
}

// File is one output file. An error of Render can be turned into a diagnostic
// by Fault.
type File struct {
	output.File

	lang, path string          // of pages
	langs      func() []string // of pages: languages that have it as their own; for the site map; nil: it is not for search engines
}

// Load reads the templates folder: base.html, parts, pages, css, strings and
// assets. langs are the languages of the site, zone its time zone. With errors
// in the list the set must not be used.
func Load(fsys fs.FS, langs []string, zone *time.Location) (*Set, diag.List) {
	return load(fsys, langs, zone, false)
}

// LoadLazily is Load of templates that are likely to be those of an earlier
// run, which found no fault in them: each is looked at when a page first needs
// it. Where they may be others, Judge says what Load would have found beside.
func LoadLazily(fsys fs.FS, langs []string, zone *time.Location) (*Set, diag.List) {
	return load(fsys, langs, zone, true)
}

// Judge gives what is wrong with the templates; nothing where Load has said it.
func (set *Set) Judge() diag.List { return set.judge() }

func load(fsys fs.FS, langs []string, zone *time.Location, lazily bool) (*Set, diag.List) {
	l := &loader{fsys: fsys}
	l.templates()
	var bound []*binding
	var found diag.List
	var all sync.WaitGroup // a build with little to read waits for the templates alone
	all.Go(func() {
		if bound = l.languages(langs, zone); !lazily {
			found = judge(bound)
		}
	})
	files := &loader{fsys: fsys}
	set := &Set{
		langs: langs, words: map[string]words{}, judge: func() diag.List { return nil },
		sheets: files.sheets(), assets: files.assets(), scripts: files.scripts(), worker: files.worker(),
	}
	set.icon, _ = fs.ReadFile(fsys, "assets/"+iconFile) // a templates folder may go without
	all.Wait()
	for _, b := range bound {
		set.words[b.cat.Lang()] = b.words
	}
	if lazily {
		set.judge = sync.OnceValue(func() diag.List { return judge(bound) })
	}
	l.diags.Add(files.diags...)
	l.diags.Add(found...)
	return set, l.diags.Sort()
}

// Catalog gives the words of a language of the site.
func (set *Set) Catalog(tag string) *lang.Catalog { return set.words[tag].cat }

// Format gives the formatter of a language of the site, in the site's zone.
func (set *Set) Format(tag string) lang.Formatter { return set.words[tag].format }

// Assets lists the style sheets of the site, which depend on the colours of its
// levels, the scripts, and the assets of the templates folder.
func (set *Set) Assets(s *site.Site) []Asset {
	sheets := set.styleSheets(s)
	var out []Asset
	for _, kind := range slices.Sorted(maps.Keys(sheets)) {
		out = append(out, sheets[kind])
	}
	for _, kind := range slices.Sorted(maps.Keys(set.scripts)) {
		out = append(out, set.scripts[kind])
	}
	return append(out, set.assets...)
}

// Files lists every page and the other files that pages need: redirects,
// sitemap.xml, robots.txt, 404.html and the index page of the site.
func (set *Set) Files(s *site.Site) []File {
	b := newBuilder(set, s)
	lists, n := make([][]File, len(kinds)), 0
	for i, kind := range kinds {
		lists[i] = kind(b)
		n += len(lists[i])
	}
	const few = 64 // files made of others
	out := make([]File, 0, n+few)
	for _, list := range lists {
		out = append(out, list...)
	}
	out = append(out, b.workerFiles(out)...)
	return append(out, b.machineFiles(out)...)
}
