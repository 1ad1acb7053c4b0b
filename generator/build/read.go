package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
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

// mediaTypes are the images that a site may carry. SVG is not among them: it
// can carry scripts.
var mediaTypes = []string{".png", ".jpg", ".jpeg", ".webp"}

func sortFiles(entries []source.Entry) tree {
	t := tree{root: map[string]source.Entry{}, maps: map[string]source.Entry{}}
	for _, e := range entries {
		name, dir := path.Base(e.Path), path.Dir(e.Path)
		under := strings.TrimPrefix(e.Path, Content+"/")
		switch {
		case name == "README.md":
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

// loader reads the files that are not records and remembers their texts, for
// excerpts.
type loader struct {
	root    fs.FS
	result  *Result
	texts   map[string]string
	memory  *Builder
	changed map[string]bool
}

// text returns a function that finds the text of a file; it looks for it only
// when first asked.
func (l *loader) text(docs []*model.Doc, revisions []model.Revision) func(string) (string, bool) {
	byPath := sync.OnceValue(func() map[string]string {
		m := make(map[string]string, len(docs)+len(l.texts))
		for _, d := range docs {
			m[d.Path] = d.Text
		}
		for _, r := range revisions {
			if r.Doc != nil {
				m[r.Path] = r.Doc.Text
			}
		}
		maps.Copy(m, l.texts)
		return m
	})
	return func(file string) (string, bool) {
		s, ok := byPath()[file]
		return s, ok
	}
}

// yaml reads one YAML file; ok is false where nothing of it could be read.
func (l *loader) yaml(e source.Entry) (source.File, bool) {
	c := l.memory.yaml[e.Path]
	if c == nil || l.changed == nil || l.changed[e.Path] {
		raw, diags := source.Read(l.root, e)
		if diags.HasErrors() {
			delete(l.memory.yaml, e.Path)
			l.result.Diags.Add(diags...)
			return source.File{}, false
		}
		if sum := sha256.Sum256(raw.Data); c == nil || c.sum != sum {
			c = &parsedYAML{sum: sum}
			c.file, c.diags = source.ParseYAML(raw)
			l.memory.yaml[e.Path] = c
		}
	}
	l.result.Diags.Add(c.diags...)
	if l.texts == nil {
		l.texts = map[string]string{}
	}
	l.texts[c.file.Path] = c.file.Text
	return c.file, c.file.Matter.Kind != source.Null
}

// parsedYAML is a YAML file as it was read last.
type parsedYAML struct {
	sum   [sha256.Size]byte
	file  source.File
	diags diag.List
}

// config reads site.yaml and settles Now. Where it cannot be used, in gets
// what the other files need to be checked by themselves.
func (l *loader) config(t tree, in *site.Input, o Options) (usable bool) {
	in.Config.Zone = time.UTC
	e, ok := t.root["site.yaml"]
	if !ok {
		l.result.Diags.Add(diag.MissingFile.At(diag.Position{File: Content + "/site.yaml"}, "site.yaml is missing").
			WithHint("run bongsu in the folder that holds content/, or name it with -C"))
		return false
	}
	f, ok := l.yaml(e)
	if !ok {
		return false
	}
	config, diags := model.DecodeSite(f)
	l.result.Diags.Add(diags...)
	if o.BaseURL != "" {
		config.BaseURL = o.BaseURL
	}
	in.Config, in.Now = config, o.Now
	if in.Now.IsZero() {
		in.Now = o.Clock
		if config.Sample != nil && config.Sample.AsOf.Set() {
			in.Now = config.Sample.AsOf.Time
		}
	}
	in.Now = in.Now.In(config.Zone)
	return len(config.Languages) > 0 && config.BaseURL != ""
}

// vocabularies are the files of content/ that define words for records.
// unknown is the finding about a word that is not defined.
var vocabularies = []struct {
	name    string
	unknown diag.Code
	load    func(source.File, model.Context, *site.Input) diag.List
}{
	{"levels.yaml", diag.UnknownLevel, func(f source.File, c model.Context, in *site.Input) (d diag.List) {
		in.Scheme, d = model.DecodeScheme(f, c)
		return d
	}},
	{"categories.yaml", diag.UnknownCategory, func(f source.File, c model.Context, in *site.Input) (d diag.List) {
		in.Categories, d = model.DecodeCategories(f, c)
		return d
	}},
	{"red-flags.yaml", diag.UnknownRedFlag, func(f source.File, c model.Context, in *site.Input) (d diag.List) {
		in.RedFlags, d = model.DecodeRedFlags(f, c)
		return d
	}},
	{"contacts.yaml", diag.UnknownContact, func(f source.File, c model.Context, in *site.Input) (d diag.List) {
		in.Contacts, d = model.DecodeContacts(f, c)
		return d
	}},
	{"figures.yaml", "", func(f source.File, c model.Context, in *site.Input) (d diag.List) { // nothing refers to them
		in.Figures, d = model.DecodeFigures(f, c)
		return d
	}},
	{"removed.yaml", diag.UnknownRecord, func(f source.File, c model.Context, in *site.Input) (d diag.List) {
		in.Removals, d = model.DecodeRemovals(f, c)
		return d
	}},
}

func vocabularyNames() []string {
	var names []string
	for _, v := range vocabularies {
		names = append(names, v.name)
	}
	return names
}

func (l *loader) vocabularies(t tree, in *site.Input) {
	for _, v := range vocabularies {
		e, ok := t.root[v.name]
		if !ok {
			if v.name == "levels.yaml" {
				l.result.Diags.Add(diag.MissingFile.At(diag.Position{File: Content + "/" + v.name}, "%s is missing", v.name).
					WithHint("it defines the levels, lowest first"))
				in.Unread = append(in.Unread, v.unknown)
			}
			continue
		}
		f, ok := l.yaml(e)
		if ok {
			l.result.Diags.Add(v.load(f, contextOf(in), in)...)
		}
		if f.Matter.Kind != source.Sequence && len(f.Matter.Pairs) > 0 || !ok {
			in.Unread = append(in.Unread, v.unknown)
		}
	}
}

func contextOf(in *site.Input) model.Context {
	return model.Context{Zone: in.Config.Zone, Languages: in.Config.Languages}
}

func (l *loader) countries(t tree, in *site.Input) {
	for _, e := range t.countries {
		f, ok := l.yaml(e)
		if !ok {
			in.Unread = append(in.Unread, diag.UnknownPlace)
			continue
		}
		c, diags := model.DecodeCountry(f, contextOf(in))
		l.result.Diags.Add(diags...)
		in.Countries = append(in.Countries, &c)
		if slices.ContainsFunc(c.Provinces, func(p model.Province) bool { return p.Code == "" }) {
			in.Unread = append(in.Unread, diag.UnknownPlace)
		}
		m, ok := t.maps[path.Dir(e.Path)]
		if !ok || diags.HasErrors() {
			continue
		}
		outlines, diags := l.outlines(m, &c)
		l.result.Diags.Add(diags...)
		if outlines != nil {
			in.Maps[c.Code] = outlines
		}
	}
}

// parsedMap is a map file as it was read last, for a country with these codes.
type parsedMap struct {
	codes string
	sum   [sha256.Size]byte
	data  *model.Map
	diags diag.List
}

// outlines reads the map of a country.
func (l *loader) outlines(e source.Entry, c *model.Country) (*model.Map, diag.List) {
	var codes strings.Builder
	for _, p := range c.Provinces {
		codes.WriteString(p.Code + " ")
	}
	old, known := l.memory.maps[e.Path]
	known = known && old.codes == codes.String()
	if known && l.changed != nil && !l.changed[e.Path] {
		return old.data, old.diags
	}
	raw, diags := source.Read(l.root, e)
	if diags.HasErrors() {
		delete(l.memory.maps, e.Path)
		return nil, diags
	}
	sum := sha256.Sum256(raw.Data)
	if !known || old.sum != sum {
		old = parsedMap{codes: codes.String(), sum: sum}
		old.data, old.diags = model.DecodeMap(raw, c)
		l.memory.maps[e.Path] = old
	}
	return old.data, old.diags
}

// strange reports files that are nothing.
func (l *loader) strange(t tree) {
	for dir, e := range t.maps {
		if !slices.ContainsFunc(t.countries, func(c source.Entry) bool { return path.Dir(c.Path) == dir }) {
			l.result.Diags.Add(diag.BadMap.At(diag.Position{File: e.Path}, "there is no country.yaml beside this map").
				WithHint("put it into the folder of its country"))
		}
	}
	for _, e := range t.strange {
		d := diag.UnknownKind.At(diag.Position{File: e.Path}, "file %q is of no known kind", e.Path)
		if strings.HasPrefix(e.Path, Content+"/media/") {
			l.result.Diags.Add(d.WithHint("media are %s", strings.Join(mediaTypes, ", ")))
			continue
		}
		l.result.Diags.Add(d.WithHint("content/ holds site.yaml, %s, media/, and folders of records", strings.Join(vocabularyNames(), ", ")))
	}
}

// parsed is what a file of a record became. salt and sum are what it depends
// on: everything but the file, and the file.
type parsed struct {
	salt  string
	sum   [sha256.Size]byte
	doc   *model.Doc
	old   *model.Revision // of a file in a folder revisions/
	diags diag.List
}

// docs reads and parses the files of records and their earlier texts in
// parallel, taking over what is known already.
func (b *Builder) docs(ctx context.Context, o Options, entries []source.Entry, in *site.Input, r *Result) error {
	p := parser{markup: b.markup, context: contextOf(in), links: site.NewLinks(in.Config), atlas: model.NewAtlas(in.Countries)}
	salt := p.fingerprint()
	results := make([]parsed, len(entries))
	err := parallel(ctx, len(entries), func(i int) error {
		path := entries[i].Path
		old, known := b.parsed[path]
		known = known && old.salt == salt
		if known && o.Changed != nil && !o.Changed[path] {
			results[i] = old
			return nil
		}
		raw, diags := source.Read(o.Root, entries[i])
		if diags.HasErrors() {
			results[i] = unread(raw.Path, diags)
			return nil
		}
		sum := sha256.Sum256(raw.Data)
		if known && old.sum == sum {
			results[i] = old
			return nil
		}
		results[i] = p.parse(raw)
		results[i].salt, results[i].sum = salt, sum
		return nil
	})
	if err != nil {
		return err
	}
	b.parsed = make(map[string]parsed, len(entries))
	in.Docs = make([]*model.Doc, 0, len(entries))
	for i, res := range results {
		b.parsed[entries[i].Path] = res
		r.Diags.Add(res.diags...)
		if res.doc != nil {
			in.Docs = append(in.Docs, res.doc)
		}
		if res.old != nil {
			in.Revisions = append(in.Revisions, *res.old)
		}
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
	if isRevision(raw.Path) {
		return p.revision(raw)
	}
	var out parsed
	kind, slug, lang, d := model.Locate(raw.Path)
	if d != nil {
		out.diags.Add(*d)
		return out
	}
	f, diags := source.ParseMarkdown(raw)
	out.diags.Add(diags...)
	doc := model.Doc{Kind: kind, Slug: slug, Lang: lang, Path: f.Path, Text: f.Text, Broken: true}
	if f.Matter.Kind == source.Map {
		doc, diags = model.DecodeDoc(f, kind, slug, lang, p.context)
		out.diags.Add(diags...)
	}
	if f.BodyLine > 0 {
		doc.Body, diags = p.body(f, lang)
		out.diags.Add(diags...)
	}
	out.doc = &doc
	return out
}

// body renders the body of a file.
func (p *parser) body(f source.File, lang string) (markup.Document, diag.List) {
	return p.markup.Render([]byte(f.Body), markup.Options{
		Lang: lang, File: f.Path, Line: f.BodyLine,
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
