package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/site"
	"bongsu/generator/source"
)

// Content is the folder that editors write in.
const Content = "content"

// read turns the files of the content folder into the input of the join; nil
// where site.yaml cannot be used.
func (b *Builder) read(ctx context.Context, o Options, r *Result) (*site.Input, error) {
	entries, diags := b.list(o)
	r.Diags.Add(diags...)
	r.Inputs = len(entries)
	t := sortFiles(entries)
	l := &loader{root: o.Root, result: r, memory: b, changed: o.Changed}
	in := &site.Input{Drafts: o.Drafts, Maps: map[string]*model.Map{}}
	in.Media = l.images(t.media)
	usable := l.config(t, in, o)
	if usable && o.Templates != nil {
		r.set = b.loading(o, in.Config)
	}
	l.vocabularies(t, in)
	l.countries(t, in)
	err := b.docs(ctx, o, slices.Concat(t.docs, t.revisions), in, r)
	l.strange(t)
	r.text = l.text(in.Docs, in.Revisions)
	if !usable {
		return nil, err
	}
	return in, err
}

// tree is the files of a content folder by what they are.
type tree struct {
	root      map[string]source.Entry // site.yaml and its like, by name
	countries []source.Entry
	maps      map[string]source.Entry // by folder
	docs      []source.Entry
	revisions []source.Entry
	media     []source.Entry
	strange   []source.Entry
}

// guides are the lists of the editors' guide; they are not part of the site.
var guides = []string{Content + "/FIELDS.md", Content + "/DIAGNOSTICS.md"}

// mediaTypes are the images that a site may carry. SVG is not among them: it
// can carry scripts.
var mediaTypes = []string{".png", ".jpg", ".jpeg", ".webp"}

func sortFiles(entries []source.Entry) tree {
	t := tree{root: map[string]source.Entry{}, maps: map[string]source.Entry{}}
	for _, e := range entries {
		name, dir := path.Base(e.Path), path.Dir(e.Path)
		under := strings.TrimPrefix(e.Path, Content+"/")
		switch {
		case name == "README.md" || slices.Contains(guides, e.Path):
		case dir == Content && (name == "site.yaml" || slices.Contains(vocabularyNames(), name)):
			t.root[name] = e
		case strings.HasPrefix(under, "media/") && slices.Contains(mediaTypes, path.Ext(name)):
			t.media = append(t.media, e)
		case strings.HasPrefix(under, "provinces/") && name == "country.yaml":
			t.countries = append(t.countries, e)
		case strings.HasPrefix(under, "provinces/") && name == "map.geojson":
			t.maps[dir] = e
		case path.Ext(name) == ".md" && isRevision(e.Path):
			t.revisions = append(t.revisions, e)
		case path.Ext(name) == ".md":
			t.docs = append(t.docs, e)
		default:
			t.strange = append(t.strange, e)
		}
	}
	return t
}

// parsed is what a file of a record became. salt and sum are what it depends
// on: everything but the file, and the file.
type parsed struct {
	stamp
	salt  string
	sum   [sha256.Size]byte
	front digest // see frontOf
	doc   *model.Doc
	old   *model.Revision // of a file in a folder revisions/
	diags diag.List
}

// docs reads and parses the files of records and their earlier texts in
// parallel, taking over what is known already.
func (b *Builder) docs(ctx context.Context, o Options, entries []source.Entry, in *site.Input, r *Result) error {
	p := parser{markup: b.markup, texts: o.Texts, context: contextOf(in), links: site.NewLinks(in.Config), atlas: model.NewAtlas(in.Countries)}
	b.restored()
	b.salt, b.zone = p.fingerprint(), in.Config.Zone
	memory, err := b.remembered(func(name string) (html, text string) {
		html, text, err := p.again(o.Root, name, b.kept.files[name].sum)
		if err != nil {
			r.lost.CompareAndSwap(nil, &err)
		}
		return html, text
	})
	if err != nil {
		return err
	}
	folders := source.NewFolders(o.Root)
	defer folders.Close()
	results, made := make([]parsed, len(entries)), make([]bool, len(entries))
	rooms := sync.Pool{New: func() any { return new([]byte) }} // for the bytes of a file, of which nothing is kept
	err = parallel(ctx, len(entries), func(i int) error {
		path, now := entries[i].Path, stampOf(entries[i], o.Clock)
		old, known := b.parsed[path]
		known = known && old.salt == b.salt
		if known && o.Changed != nil && !o.Changed[path] {
			results[i] = old
			return nil
		}
		if !known {
			if old, known = memory(path, func(m memo) bool { return m.same(now) }); known {
				results[i] = old
				return nil
			}
		}
		room := rooms.Get().(*[]byte)
		defer rooms.Put(room)
		raw, diags := source.ReadInto(*room, folders, entries[i])
		*room = raw.Data
		if diags.HasErrors() {
			results[i] = unread(raw.Path, diags)
			return nil
		}
		sum := sha256.Sum256(raw.Data)
		if known = known && old.sum == sum; !known {
			old, known = memory(path, func(m memo) bool { return m.sum == sum })
		}
		if results[i] = old; !known {
			results[i], made[i] = p.parse(raw), true
		}
		results[i].stamp, results[i].salt, results[i].sum = now, b.salt, sum
		return nil
	})
	if err != nil {
		return err
	}
	b.parsed = make(map[string]parsed, len(entries))
	in.Docs = make([]*model.Doc, 0, len(entries))
	var fresh []*model.Doc
	for i, res := range results {
		b.parsed[entries[i].Path] = res
		r.Diags.Add(res.diags...)
		if res.doc != nil {
			in.Docs = append(in.Docs, res.doc)
			if made[i] && !res.doc.Broken {
				fresh = append(fresh, res.doc)
			}
		}
		if res.old != nil {
			in.Revisions = append(in.Revisions, *res.old)
		}
	}
	if o.Ahead {
		b.ahead.Go(func() { b.search.Collect(fresh) })
	}
	return nil
}

// unread stands for a file of a record that could not be read.
func unread(path string, diags diag.List) parsed {
	out := parsed{diags: diags}
	if isRevision(path) {
		return out
	}
	if kind, slug, lang, d := model.Locate(path); d == nil {
		out.doc = &model.Doc{Kind: kind, Slug: slug, Lang: lang, Path: path, Broken: true}
	}
	return out
}

// parser turns one file of a record into a Doc. What that depends on beside the
// file is in its fields, and in its fingerprint.
type parser struct {
	markup  *markup.Renderer
	texts   bool // keep the whole text of each file
	context model.Context
	links   site.Links
	atlas   *model.Atlas
}

// fingerprint sums up everything but the file that a Doc depends on.
func (p *parser) fingerprint() string {
	h := sha256.New()
	fmt.Fprintf(h, "%v\n%v\n%v\n", p.context.Zone, p.context.Languages, p.links)
	for _, id := range p.atlas.IDs() {
		fmt.Fprintf(h, "%s %s\n", id, site.PlacePath(p.atlas.Place(id)))
	}
	return string(h.Sum(nil))
}

func (p *parser) parse(raw source.Raw) parsed {
	if !p.texts { // nor do findings show the text, where there are none
		if f, body, ok := source.ParseQuick(raw); ok {
			out := p.split(f, body, nil)
			f.Release() // fields keep texts of it alone
			if len(out.diags) == 0 {
				return out
			}
		}
	}
	f, diags := source.ParseMarkdown(raw)
	return p.split(f, []byte(f.Body), diags)
}

// split makes a Doc of a file that is split into front matter and body, with
// the findings of that.
func (p *parser) split(f source.File, src []byte, diags diag.List) parsed {
	if isRevision(f.Path) {
		return p.revision(f, src, diags)
	}
	var out parsed
	kind, slug, lang, d := model.Locate(f.Path)
	if d != nil {
		out.diags.Add(*d)
		return out
	}
	out.diags.Add(diags...)
	var doc *model.Doc
	switch {
	case f.Matter.Kind == source.Map:
		doc, diags = model.DecodeDoc(f, kind, slug, lang, p.context)
		out.diags.Add(diags...)
	case !diags.HasErrors(): // a list or a text: says that it must be a map
		_, diags = model.DecodeDoc(f, kind, slug, lang, p.context)
		out.diags.Add(diags...)
	}
	if doc == nil {
		doc = &model.Doc{Kind: kind, Slug: slug, Lang: lang, Path: f.Path, Text: f.Text, Broken: true}
	}
	if f.BodyLine > 0 {
		body, diags := p.body(f, src, lang)
		out.diags.Add(diags...)
		doc.Body = model.NewBody(body)
		out.front = frontOf(f, body)
	}
	if !p.texts && len(out.diags) == 0 {
		doc.Text = "" // what asks for it reads the file
	}
	out.doc = doc
	return out
}

// again makes the words of a file that was parsed in an earlier run, when it had
// this sum.
func (p *parser) again(root fs.FS, name string, sum [sha256.Size]byte) (html, text string, err error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return "", "", err
	}
	out := p.parse(source.Raw{Path: name, Data: data})
	doc := out.doc
	if out.old != nil {
		doc = out.old.Doc
	}
	if doc == nil || sha256.Sum256(data) != sum {
		return "", "", fmt.Errorf("%s was changed while the site was built; build again", name)
	}
	return doc.Body.HTML(), doc.Body.Text(), nil
}

// body renders the body of a file.
func (p *parser) body(f source.File, src []byte, lang string) (markup.Document, diag.List) {
	return p.markup.Render(src, markup.Options{
		Lang: lang, File: f.Path, Line: f.BodyLine, Plain: f.Plain,
		Link: func(dest string) (string, bool) { return p.link(lang, dest) },
	})
}

// link turns an internal link into an address.
func (p *parser) link(lang, dest string) (string, bool) {
	if strings.HasPrefix(dest, "/media/") {
		return p.links.Root(dest[1:]), true
	}
	if strings.HasPrefix(dest, "#") {
		return dest, true
	}
	path, ok := site.Target(p.atlas, dest)
	if !ok {
		return dest, false
	}
	return p.links.Page(lang, path), true
}

// Peek reads site.yaml before the site is built, so that times of the command
// line can be read; what cannot be read is left zero, the zone UTC.
func Peek(root fs.FS) model.Site {
	name := Content + "/site.yaml"
	data, err := fs.ReadFile(root, name)
	if err != nil || len(data) > source.MaxText {
		return model.Site{Zone: time.UTC}
	}
	f, _ := source.ParseYAML(source.Raw{Path: name, Data: data})
	config, _ := model.DecodeSite(f)
	return config
}
