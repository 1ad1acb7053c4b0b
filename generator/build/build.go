// Package build knows the order of the stages: it reads a site's folder, runs
// each file through source, markup and model in parallel, joins the site, and
// lists the output files, rendered on demand.
//
// In: file systems, Now and options. Out: a Result, and bytes to be kept for the
// next run of the program. It keeps per-file results between builds, keyed by
// content; it must not hold any other state, read the clock, or write anything.
package build

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bongsu/generator/data"
	"bongsu/generator/diag"
	"bongsu/generator/feed"
	"bongsu/generator/host"
	"bongsu/generator/lang"
	"bongsu/generator/markup"
	"bongsu/generator/output"
	"bongsu/generator/render"
	"bongsu/generator/search"
	"bongsu/generator/site"
	"bongsu/generator/source"
)

// Options are the inputs of a build beside the files.
type Options struct {
	Root      fs.FS     // the site's folder: content/, perhaps templates/
	Templates fs.FS     // the templates that Root's overlay; nil: only the site is wanted
	Now       time.Time // zero: sample.as_of, else Clock
	Clock     time.Time // the time of the run
	BaseURL   string    // instead of the one in site.yaml
	Drafts    bool
	Tool      string // name and version of the program, told in the open data

	// Listed, if not nil, is what source.List gives of the content folder now.
	Listed []source.Entry

	// Texts keeps the whole text of each file of a record (model.Doc.Text), which
	// rules of style look at.
	Texts bool

	// Last is what an earlier run left in the output folder; may be nil.
	Last *Before

	// Ahead says that all output will be made: what takes long is begun as soon
	// as it can be, while a processor has nothing else to do.
	Ahead bool

	// Whole asks for everything that can be found beside errors, which takes
	// rendering a few pages of a site that will not be published.
	Whole bool

	// Changed names the files that may differ from the Builder's last build, by
	// their paths in Root; nil means that any may. It must not leave one out.
	Changed map[string]bool
}

// Result is a site and its output. With errors in Diags nothing of it may be
// published; Site is nil where not even a site could be made of the files.
type Result struct {
	Site   *site.Site
	Diags  diag.List
	Files  []File        // by path; empty if Diags has errors
	Inputs int           // files read
	Shared func() string // a sum of what all output depends on; see Hold. It is the Builder's until its next build
	media  []cleanImage

	lost atomic.Pointer[error] // why words of a body could not be had, which makes all output unfit

	set func() (*render.Set, diag.List) // waits for the templates; nil without a site

	mark   string          // of what was restored
	edited func() []bodyID // texts whose body is not what it was then
	fits   bool            // Options.Last is of the same site, but for bodies
	held   []bool          // of Files: whether they are as they were

	text func(file string) (string, bool) // of the files read, for excerpts
}

// Add adds findings of later rules to the result, in order and with the lines
// that they are about.
func (r *Result) Add(d ...diag.Diagnostic) {
	r.Diags.Add(d...)
	r.Diags.AddLines(r.text)
	r.Diags = r.Diags.Sort()
}

// File is one output file.
type File = output.File

// Builder builds a site again and again; what a file parses to is kept from
// build to build. It is not safe for concurrent use.
type Builder struct {
	markup   *markup.Renderer
	entries  []source.Entry    // of the last build, by path
	parsed   map[string]parsed // by path
	yaml     map[string]*parsedYAML
	maps     map[string]parsedMap
	images   map[string]cleanImage
	search   *search.Memory
	set      *render.Set                      // of the last build
	setSalt  string                           // what set depends on
	kept     memos                            // of earlier runs
	restored func()                           // waits for them
	prepared func()                           // waits for what Prepare began
	before   func(name string) (parsed, bool) // what a file was then
	lost     *atomic.Pointer[error]           // of the last result
	ahead    sync.WaitGroup                   // what Options.Ahead has begun
	salt     string                           // what parsed depends on
	zone     *time.Location
}

// NewBuilder returns a Builder without memory.
func NewBuilder() *Builder {
	return &Builder{markup: markup.New(), parsed: map[string]parsed{}, yaml: map[string]*parsedYAML{}, maps: map[string]parsedMap{}, images: map[string]cleanImage{}, search: search.NewMemory(), restored: func() {}, prepared: func() {}}
}

// Build reads everything and joins it. The error is for faults that are not
// the content's; those are in the Result.
func (b *Builder) Build(ctx context.Context, o Options) (*Result, error) {
	r, err := b.join(ctx, o)
	if err != nil {
		return nil, err
	}
	s := r.Site
	if s == nil {
		r.Diags = r.Diags.Sort()
		return r, nil
	}
	set, diags := r.set()
	r.Diags.Add(diags...)
	r.Shared = sync.OnceValue(func() string { return b.shared(o) })
	r.mark, r.edited = b.kept.mark, b.edited
	// What fits was built of the same templates, by the same program, which
	// found nothing wrong with any of them.
	r.fits = !r.Diags.HasErrors() && o.Last.fits(r)
	var judged diag.List
	var judging sync.WaitGroup
	if !r.fits {
		judging.Go(func() { judged = set.Judge() })
	}
	if !r.Diags.HasErrors() {
		r.Files = r.files(set, b.search, o.Tool)
		r.Diags.Add(twice(r.Files)...)
	}
	judging.Wait()
	r.Diags.Add(judged...)
	pages, faulty := r.Files, r.Diags.HasErrors()
	if faulty && o.Whole && set != nil {
		pages = pagesOf(set, s)
	}
	r.fits = r.fits && !faulty
	if !r.fits && (!faulty || o.Whole) { // links to headings were good, and neither has changed
		diags, err := anchors(ctx, s, pages, faulty)
		if err != nil {
			return nil, err
		}
		r.Diags.Add(diags...)
	}
	if r.Diags.HasErrors() {
		r.Files = nil
	}
	r.Diags.AddLines(r.text)
	r.Diags = r.Diags.Sort()
	return r, nil
}

// join reads everything and makes the site, without its output.
func (b *Builder) join(ctx context.Context, o Options) (*Result, error) {
	b.ahead.Wait()
	r := &Result{}
	b.lost = &r.lost
	in, err := b.read(ctx, o, r)
	if r.set != nil {
		defer r.set() // they are loaded once the Builder is used again
	}
	if err != nil {
		return nil, err
	}
	if in != nil {
		var diags diag.List
		r.Site, diags = site.Join(*in)
		r.Diags.Add(diags...)
	}
	r.Diags.AddLines(r.text)
	return r, nil
}

// files lists the output of every stage that makes some.
func (r *Result) files(set *render.Set, terms *search.Memory, tool string) []File {
	s := r.Site
	words, formats := map[string]*lang.Catalog{}, map[string]lang.Formatter{}
	for _, l := range s.Langs() {
		words[l], formats[l] = set.Catalog(l), set.Format(l)
	}
	stages := []func() []File{
		func() []File { return pagesOf(set, s) },
		func() []File { return feed.Files(s, words, formats) },
		func() []File { return data.Files(s, words, formats, tool) },
		func() []File { return search.Files(s, words, formats, terms) },
		func() []File { return host.Files(s) },
		func() []File { return r.fixed(set) },
	}
	lists := make([][]File, len(stages))
	var g sync.WaitGroup
	for i, list := range stages {
		g.Go(func() {
			lists[i] = list()
			slices.SortFunc(lists[i], byPath)
		})
	}
	g.Wait()
	return merge(lists)
}

func byPath(a, b File) int { return strings.Compare(a.Path, b.Path) }

// pagesOf lists what the templates make, by path.
func pagesOf(set *render.Set, s *site.Site) []File {
	files := set.Files(s)
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = f.File
	}
	slices.SortFunc(out, byPath)
	return out
}

// fixed lists the files that are there already: assets and images.
func (r *Result) fixed(set *render.Set) []File {
	var out []File
	start := r.Site.Start()
	for _, a := range set.Assets(r.Site) {
		out = append(out, output.Fixed(a.Path, start, a.Data))
	}
	for _, m := range r.media {
		out = append(out, output.Fixed(m.path, start, m.data))
	}
	return out
}

// merge joins sorted lists into one.
func merge(lists [][]File) []File {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	out := make([]File, 0, n)
	for len(out) < n {
		first := -1
		for i, l := range lists {
			if len(l) > 0 && (first < 0 || l[0].Path < lists[first][0].Path) {
				first = i
			}
		}
		out = append(out, lists[first][0])
		lists[first] = lists[first][1:]
	}
	return out
}

// twice reports output paths that two things claim.
func twice(files []File) diag.List {
	var l diag.List
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			l.Add(diag.DuplicateRoute.At(diag.Position{File: "public/" + files[i].Path}, "two pages have the address %q", files[i].Path).
				WithHint("change the slug or alias of one"))
		}
	}
	return l
}
