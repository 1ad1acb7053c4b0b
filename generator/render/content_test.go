package render

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/site"
	"bongsu/generator/source"
	"bongsu/templates"
)

// loadSite joins the site of a folder that holds content/. now is RFC 3339;
// empty means the time of the sample.
func loadSite(t testing.TB, fsys fs.FS, now string) *site.Site {
	t.Helper()
	entries, diags := source.List(fsys, "content")
	fail := func(l diag.List) {
		if l.HasErrors() {
			t.Fatal(l)
		}
	}
	fail(diags)
	files := map[string]source.File{}
	in := site.Input{Maps: map[string]*model.Map{}}
	var docs, old []source.File
	maps := map[string]source.Raw{}
	for _, e := range entries {
		raw, diags := source.Read(fsys, e)
		fail(diags)
		switch {
		case path.Dir(raw.Path) == "content" && path.Ext(raw.Path) == ".md":
		case strings.Contains(raw.Path, "/revisions/"):
			f, diags := source.ParseMarkdown(raw)
			fail(diags)
			old = append(old, f)
		case path.Ext(raw.Path) == ".yaml":
			files[raw.Path], diags = source.ParseYAML(raw)
			fail(diags)
		case path.Ext(raw.Path) == ".geojson":
			maps[path.Dir(raw.Path)] = raw
		case path.Ext(raw.Path) == ".md":
			f, diags := source.ParseMarkdown(raw)
			fail(diags)
			docs = append(docs, f)
		}
	}
	in.Config, diags = model.DecodeSite(files["content/site.yaml"])
	fail(diags)
	c := model.Context{Zone: in.Config.Zone, Languages: in.Config.Languages}
	in.Scheme, diags = model.DecodeScheme(files["content/levels.yaml"], c)
	fail(diags)
	in.Categories, _ = model.DecodeCategories(files["content/categories.yaml"], c)
	in.RedFlags, _ = model.DecodeRedFlags(files["content/red-flags.yaml"], c)
	in.Contacts, _ = model.DecodeContacts(files["content/contacts.yaml"], c)
	in.Figures, _ = model.DecodeFigures(files["content/figures.yaml"], c)
	for _, e := range entries {
		f, ok := files[e.Path]
		if !ok || path.Base(e.Path) != "country.yaml" {
			continue
		}
		country, diags := model.DecodeCountry(f, c)
		fail(diags)
		in.Countries = append(in.Countries, &country)
		if raw, ok := maps[path.Dir(e.Path)]; ok {
			in.Maps[country.Code], diags = model.DecodeMap(raw, &country)
			fail(diags)
		}
	}
	in.Now = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	if in.Config.Sample != nil {
		in.Now = in.Config.Sample.AsOf.Time
	}
	if now != "" {
		var err error
		if in.Now, err = time.Parse(time.RFC3339, now); err != nil {
			t.Fatal(err)
		}
	}
	in.Now = in.Now.In(in.Config.Zone)
	in.Docs = decodeDocs(t, docs, c, &in)
	for _, f := range old {
		r, d := model.LocateRevision(f.Path)
		if d != nil {
			t.Fatal(d.Error())
		}
		f.Path = r.Of
		r.Doc = decodeDocs(t, []source.File{f}, c, &in)[0]
		in.Revisions = append(in.Revisions, r)
	}
	s, diags := site.Join(in)
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Log(d.Error())
		}
	}
	return s
}

func decodeDocs(t testing.TB, files []source.File, c model.Context, in *site.Input) []*model.Doc {
	t.Helper()
	var out []*model.Doc
	r, atlas, links := markup.New(), model.NewAtlas(in.Countries), site.NewLinks(in.Config)
	for _, f := range files {
		kind, slug, tag, d := model.Locate(f.Path)
		if d != nil {
			t.Fatal(d.Error())
		}
		doc, diags := model.DecodeDoc(f, kind, slug, tag, c)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		body, diags := r.Render([]byte(f.Body), markup.Options{Lang: tag, File: f.Path, Line: f.BodyLine, Link: func(dest string) (string, bool) {
			p, ok := site.Target(atlas, dest)
			return links.Page(tag, p), ok
		}})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		doc.Body = model.NewBody(body)
		out = append(out, doc)
	}
	return out
}

// sampleSite is the site of the repository's own content.
func sampleSite(t testing.TB, now string) *site.Site {
	t.Helper()
	return loadSite(t, os.DirFS("../.."), now)
}

// loadSet reads the built-in templates.
func loadSet(t testing.TB, s *site.Site) *Set {
	t.Helper()
	set, diags := Load(templates.FS, s.Langs(), s.Config.Zone)
	for _, d := range diags {
		t.Log(d.Error())
	}
	if diags.HasErrors() {
		t.Fatal("templates have faults")
	}
	return set
}
