package build

import (
	"crypto/sha256"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/model"
	"bongsu/generator/site"
	"bongsu/generator/source"
)

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
// when first asked. Of what an earlier run left the text is not known: it is
// read then.
func (l *loader) text(docs []*model.Doc, revisions []model.Revision) func(string) (string, bool) {
	byPath := sync.OnceValue(func() map[string]*model.Doc {
		m := make(map[string]*model.Doc, len(docs))
		for _, d := range docs {
			m[d.Path] = d
		}
		for _, r := range revisions {
			if r.Doc != nil {
				m[r.Path] = r.Doc
			}
		}
		return m
	})
	return func(file string) (string, bool) {
		if s, ok := l.texts[file]; ok {
			return s, true
		}
		d, ok := byPath()[file]
		if !ok || d.Text != "" {
			return textOf(d), ok
		}
		data, err := fs.ReadFile(l.root, file)
		if err != nil {
			return "", false
		}
		s, _ := source.Text(source.Raw{Path: file, Data: data})
		return s, true
	}
}

func textOf(d *model.Doc) string {
	if d == nil {
		return ""
	}
	return d.Text
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
