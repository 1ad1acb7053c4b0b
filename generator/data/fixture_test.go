package data

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/site"
	"bongsu/generator/source"
)

// content is a site's content folder in memory, by path below content/.
type content map[string]string

// sample copies the content of the repository.
func sample(t testing.TB) content {
	t.Helper()
	out := content{}
	root := os.DirFS("../../content")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(name, "media/") || (path.Dir(name) == "." && path.Ext(name) == ".md") {
			return err
		}
		text, err := fs.ReadFile(root, name)
		out[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// with gives a copy with more or other files, and without those that are
// empty.
func (c content) with(files map[string]string) content {
	out := content{}
	for name, text := range c {
		out[name] = text
	}
	for name, text := range files {
		if out[name] = text; text == "" {
			delete(out, name)
		}
	}
	return out
}

// edit gives a copy in which a text of a file is replaced.
func (c content) edit(t testing.TB, name, old, text string) content {
	t.Helper()
	if !strings.Contains(c[name], old) {
		t.Fatalf("%s does not contain %q", name, old)
	}
	return c.with(map[string]string{name: strings.Replace(c[name], old, text, 1)})
}

// loading reads the files of a content folder.
type loading struct {
	testing.TB
	files content
	in    site.Input
}

func (l *loading) fatal(diags diag.List) {
	l.Helper()
	for _, d := range diags {
		if d.Severity == diag.Error {
			l.Fatal(d.Error())
		}
	}
}

func (l *loading) yaml(name string) source.File {
	f, diags := source.ParseYAML(source.Raw{Path: "content/" + name, Data: []byte(l.files[name])})
	l.fatal(diags)
	return f
}

// join makes the site at a time (RFC 3339; empty: that of the sample).
func (c content) join(t testing.TB, now string) *site.Site {
	t.Helper()
	l := &loading{TB: t, files: c}
	l.in.Maps = map[string]*model.Map{}
	var diags diag.List
	l.in.Config, diags = model.DecodeSite(l.yaml("site.yaml"))
	l.fatal(diags)
	ctx := model.Context{Zone: l.in.Config.Zone, Languages: l.in.Config.Languages}
	l.in.Scheme, diags = model.DecodeScheme(l.yaml("levels.yaml"), ctx)
	l.fatal(diags)
	l.in.Categories, _ = model.DecodeCategories(l.yaml("categories.yaml"), ctx)
	l.in.RedFlags, _ = model.DecodeRedFlags(l.yaml("red-flags.yaml"), ctx)
	l.in.Contacts, _ = model.DecodeContacts(l.yaml("contacts.yaml"), ctx)
	if c["removed.yaml"] != "" {
		l.in.Removals, diags = model.DecodeRemovals(l.yaml("removed.yaml"), ctx)
		l.fatal(diags)
	}
	l.countries(ctx)
	l.docs(ctx)
	switch {
	case now != "":
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		l.in.Now = at
	default:
		l.in.Now = l.in.Config.Sample.AsOf.Time
	}
	s, diags := site.Join(l.in)
	l.fatal(diags)
	return s
}

func (l *loading) countries(ctx model.Context) {
	for name := range l.files {
		if path.Base(name) != "country.yaml" {
			continue
		}
		country, diags := model.DecodeCountry(l.yaml(name), ctx)
		l.fatal(diags)
		l.in.Countries = append(l.in.Countries, &country)
		file := path.Join(path.Dir(name), "map.geojson")
		if text := l.files[file]; text != "" {
			l.in.Maps[country.Code], diags = model.DecodeMap(source.Raw{Path: file, Data: []byte(text)}, &country)
			l.fatal(diags)
		}
	}
}

func (l *loading) docs(ctx model.Context) {
	links, atlas, r := site.NewLinks(l.in.Config), model.NewAtlas(l.in.Countries), markup.New()
	for name, text := range l.files {
		if path.Ext(name) != ".md" || strings.Contains(name, "/revisions/") {
			continue
		}
		kind, slug, tag, d := model.Locate("content/" + name)
		if d != nil {
			l.Fatal(d.Error())
		}
		f, diags := source.ParseMarkdown(source.Raw{Path: "content/" + name, Data: []byte(text)})
		l.fatal(diags)
		doc, diags := model.DecodeDoc(f, kind, slug, tag, ctx)
		l.fatal(diags)
		body, diags := r.Render([]byte(f.Body), markup.Options{Lang: tag, Link: func(dest string) (string, bool) {
			p, ok := site.Target(atlas, dest)
			return links.Page(tag, p), ok
		}})
		l.fatal(diags)
		doc.Body = model.NewBody(body)
		l.in.Docs = append(l.in.Docs, doc)
	}
}

// words loads the site's own words.
func words(t testing.TB, s *site.Site) (map[string]*lang.Catalog, map[string]lang.Formatter) {
	t.Helper()
	cats, formats := map[string]*lang.Catalog{}, map[string]lang.Formatter{}
	for _, l := range s.Langs() {
		name := "../../templates/strings/" + l + ".yaml"
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		cat, diags := lang.Load(name, text)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		cats[l], formats[l] = cat, lang.NewFormatter(cat, s.Config.Zone)
	}
	return cats, formats
}

// write writes every file of the open data, by path.
func write(t testing.TB, s *site.Site) map[string][]byte {
	t.Helper()
	cats, formats := words(t, s)
	out := map[string][]byte{}
	for _, f := range Files(s, cats, formats, "bongsu test") {
		var b bytes.Buffer
		if err := f.Render(&b); err != nil {
			t.Fatal(f.Path, err)
		}
		if _, twice := out[f.Path]; twice {
			t.Fatalf("%s is written twice", f.Path)
		}
		out[f.Path] = bytes.Clone(b.Bytes())
		if f.Modified().IsZero() || f.Modified().After(s.Now) {
			t.Errorf("%s was modified at %v, which is no time of the content up to %v", f.Path, f.Modified(), s.Now)
		}
	}
	return out
}

// asFS lets code that wants a file system read what was written.
func asFS(files map[string][]byte) fs.FS {
	out := fstest.MapFS{}
	for name, data := range files {
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}
