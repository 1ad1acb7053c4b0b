package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/source"
)

// world is a small site in memory: files by path below content/.
type world struct {
	base   string // base address
	title  string
	drafts bool
	files  map[string]string
}

// newWorld is a site with vocabularies, two countries and no records.
func newWorld() *world {
	return &world{base: "https://example.org/", title: "알림", files: map[string]string{
		"levels.yaml": levelRow("1", 1, "") + levelRow("2", 2, "") + levelRow("special", 2.5, ", temporary: true, max_days: 90") +
			levelRow("3", 3, "") + levelRow("4", 4, ", legal_force: true"),
		"categories.yaml": "- {id: crime, name: {ko: 범죄, en: Crime}}\n- {id: scam, name: {ko: 사기, en: Scam}}\n",
		"red-flags.yaml":  "- {id: passport, text: {ko: 여권, en: Passport}, weight: 3}\n",
		"contacts.yaml":   `- {id: call, name: {ko: 콜센터, en: Call centre}, number: "112", verified_on: 2026-01-01, source: "https://a.example/"}` + "\n",
		"provinces/cambodia/country.yaml": `
code: KH
slug: cambodia
name: {ko: 캄보디아, en: Cambodia}
level: 1
areas:
  - {id: border, name: {ko: 국경, en: Border}, touches: [KH-1]}
provinces:
  - {code: KH-1, slug: banteay, name: {ko: 반테이, en: Banteay}, areas: [{id: poipet, name: {ko: 포이펫, en: Poipet}}]}
  - {code: KH-7, slug: kampot, name: {ko: 캄폿, en: Kampot}, level: 2, areas: [{id: bokor, name: {ko: 보코산, en: Bokor}}]}
`,
		"provinces/laos/country.yaml": "code: LA\nslug: laos\nname: {ko: 라오스, en: Laos}\nlevel: 2\n",
	}}
}

func levelRow(id string, rank float64, more string) string {
	return fmt.Sprintf(`- {id: %s, rank: %v, digit: "1", name: {ko: 가, en: a}, color: "#000000", ink: "#FFFFFF", planning: x, staying: x%s}`+"\n", id, rank, more)
}

// add puts a record in two languages; front is the front matter of the source
// file but title and summary.
func (w *world) add(path, front string) *world {
	return w.text(path, front, "본문")
}

// text is add with a body in the source language.
func (w *world) text(path, front, body string) *world {
	w.files[path+".ko.md"] = "---\ntitle: 가\nsummary: 나\n" + strings.TrimSpace(front) + "\n---\n" + body + "\n"
	w.files[path+".en.md"] = "---\ntitle: a\nsummary: b\ntranslates: " + fmt.Sprint(1+strings.Count(front, "note:")) + "\n---\nText.\n"
	return w
}

// join makes the site at a time (RFC 3339, or a date in Seoul).
func (w *world) join(t testing.TB, now string) (*Site, diag.List) {
	t.Helper()
	in, diags := w.input(t, now)
	s, more := Join(in)
	return s, append(diags, more...)
}

// good is join of a site without errors.
func (w *world) good(t testing.TB, now string) *Site {
	t.Helper()
	s, diags := w.join(t, now)
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Fatal(diags.Sort())
		}
	}
	return s
}

func (w *world) input(t testing.TB, now string) (Input, diag.List) {
	t.Helper()
	var diags diag.List
	yaml := func(name string) source.File {
		f, d := source.ParseYAML(source.Raw{Path: "content/" + name, Data: []byte(w.files[name])})
		diags.Add(d...)
		return f
	}
	config, d := model.DecodeSite(must(source.ParseYAML(source.Raw{Path: "content/site.yaml", Data: []byte(
		"title: " + w.title + "\nbase_url: " + w.base + "\nlanguages: [ko, en]\ntime_zone: Asia/Seoul\n" +
			"publisher: {name: x, url: \"https://a.example/\"}\ntag_authority: \"example.org,2025\"\n")})))
	diags.Add(d...)
	at, _, ok := model.ParseTime(now, config.Zone)
	if !ok {
		t.Fatalf("time %q", now)
	}
	in := Input{Config: config, Now: at, Drafts: w.drafts, Maps: map[string]*model.Map{}}
	c := model.Context{Zone: config.Zone, Languages: config.Languages}
	in.Scheme, d = model.DecodeScheme(yaml("levels.yaml"), c)
	diags.Add(d...)
	in.Categories, d = model.DecodeCategories(yaml("categories.yaml"), c)
	diags.Add(d...)
	in.RedFlags, d = model.DecodeRedFlags(yaml("red-flags.yaml"), c)
	diags.Add(d...)
	in.Contacts, d = model.DecodeContacts(yaml("contacts.yaml"), c)
	diags.Add(d...)
	names := slices.Sorted(maps.Keys(w.files))
	for _, name := range names {
		if strings.HasSuffix(name, "country.yaml") {
			k, d := model.DecodeCountry(yaml(name), c)
			diags.Add(d...)
			in.Countries = append(in.Countries, &k)
		}
	}
	renderer := markup.New()
	for _, name := range names {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		doc, d := readDoc(renderer, "content/"+name, []byte(w.files[name]), c)
		diags.Add(d...)
		if doc != nil {
			in.Docs = append(in.Docs, doc)
		}
	}
	return in, diags
}

func readDoc(r *markup.Renderer, name string, data []byte, c model.Context) (*model.Doc, diag.List) {
	kind, slug, lang, bad := model.Locate(name)
	if bad != nil {
		return nil, diag.List{*bad}
	}
	f, diags := source.ParseMarkdown(source.Raw{Path: name, Data: data})
	doc := &model.Doc{Kind: kind, Slug: slug, Lang: lang, Path: name, Broken: true}
	if f.Matter.Kind == source.Map {
		var d diag.List
		doc, d = model.DecodeDoc(f, kind, slug, lang, c)
		diags.Add(d...)
	}
	body, d := r.Render([]byte(f.Body), markup.Options{Lang: lang, File: name, Line: f.BodyLine})
	doc.Body = model.NewBody(body)
	return doc, append(diags, d...)
}

func must(f source.File, diags diag.List) source.File {
	if len(diags) > 0 {
		panic(diags)
	}
	return f
}

// levelOf gives the level of a place, with ! where it is held.
func levelOf(s *Site, place string) string {
	st := s.Book.At(s.Atlas.Place(place), s.Now)
	id := ""
	if st.Level != nil {
		id = st.Level.ID
	}
	if st.Held {
		id += "!"
	}
	return id
}

// clock writes a time in the zone of the site.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone, _ := time.LoadLocation("Asia/Seoul")
	return t.In(zone).Format("2006-01-02T15:04")
}

func idsOf(list []*Record) string {
	var out []string
	for _, r := range list {
		out = append(out, r.ID)
	}
	return strings.Join(out, " ")
}
