package data

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bongsu/generator/site"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compile reads schemas, by the name of their file.
func compile(t testing.TB, files map[string][]byte) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	var ids []string
	for name, data := range files {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(name, err)
		}
		id := doc.(map[string]any)["$id"].(string)
		if err := c.AddResource(id, doc); err != nil {
			t.Fatal(name, err)
		}
		ids = append(ids, id)
	}
	out := map[string]*jsonschema.Schema{}
	for _, id := range ids {
		s, err := c.Compile(id)
		if err != nil {
			t.Fatal(err)
		}
		out[path.Base(id)] = s
	}
	return out
}

// schemaFilesOf picks the schemas among output files.
func schemaFilesOf(files map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for name, data := range files {
		if dir, base := path.Split(name); dir == site.API+"schema/" {
			out[base] = data
		}
	}
	return out
}

// kindOf gives the kind of data file that a path belongs to.
func kindOf(name string) *site.DataFile {
	for i := range site.DataFiles {
		f := &site.DataFiles[i]
		if pattern(f).MatchString(name) {
			return f
		}
	}
	return nil
}

// pattern matches the paths of a kind of file.
func pattern(f *site.DataFile) *regexp.Regexp {
	p := regexp.QuoteMeta(f.Path)
	p = strings.ReplaceAll(p, `\{place\}`, `[A-Z0-9-]+(/[a-z0-9-]+)?`)
	return regexp.MustCompile(`^` + regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(p, `[A-Za-z0-9-]+`) + `$`)
}

// validate checks every file that has a schema, and every line of the log, and
// returns how many values it looked at.
func validate(t testing.TB, schemas map[string]*jsonschema.Schema, files map[string][]byte) int {
	t.Helper()
	n := 0
	for name, data := range files {
		kind := kindOf(name)
		if kind == nil {
			t.Errorf("%s is of no kind", name)
			continue
		}
		if kind.Schema == "" {
			continue
		}
		s := schemas[kind.Schema+".json"]
		if s == nil {
			continue // a kind that is newer than the schemas
		}
		values := [][]byte{data}
		if kind.ID == "changes" {
			values = bytes.FieldsFunc(data, func(r rune) bool { return r == '\n' })
		}
		for _, value := range values {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(value))
			if err == nil {
				err = s.Validate(v)
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			n++
		}
	}
	return n
}

// TestSchemas: every JSON file is valid against its published schema, and
// every schema describes each of its fields in both languages.
func TestSchemas(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	if n := validate(t, compile(t, schemaFilesOf(files)), files); n < 120 {
		t.Errorf("only %d values were checked", n)
	}
	for _, name := range schemaNames() {
		text := files[schemaPath(name)]
		if a, b := bytes.Count(text, []byte(`"description": "`)), bytes.Count(text, []byte(`"x-description-ko": "`)); a != b || a == 0 {
			t.Errorf("%s has %d English and %d Korean descriptions", name, a, b)
		}
		if !bytes.Contains(text, []byte(`"$id": "https://example.org/api/v1/schema/`+name+`.json"`)) {
			t.Errorf("%s has no $id with the version", name)
		}
	}
}

// TestSchemaRefuses: the schemas are not so wide that anything fits.
func TestSchemaRefuses(t *testing.T) {
	files := write(t, sample(t).join(t, ""))
	schemas := compile(t, schemaFilesOf(files))
	for _, c := range []struct{ file, old, new string }{
		{"levels.json", `"place":"KH-1"`, `"place":"kh 1"`},
		{"levels.json", `+09:00"`, `"`},
		{"levels.json", `"held":false`, `"held":"no"`},
		{"levels.json", `"kind":"province"`, `"kind":"town"`},
		{"levels.json", `"level":"1",`, ``},
		{"levels-history.json", `"on_date":"2025-07-25"`, `"on_date":"25 July 2025"`},
		{"places.json", `"name":{`, `"name":{"zz":1,`},
	} {
		kind := kindOf(site.API + c.file)
		text := strings.Replace(string(files[kind.Path]), c.old, c.new, 1)
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil || text == string(files[kind.Path]) {
			t.Fatal(c.file, c.old, err)
		}
		if schemas[kind.Schema+".json"].Validate(v) == nil {
			t.Errorf("%s is valid with %s", c.file, c.new)
		}
	}
}

var freeze = flag.Bool("freeze", false, "write the schemas of now as the first version's")

// frozen holds the schemas as they were first published. They are never
// written again: within version 1 what is published stays valid against them.
const frozen = "testdata/v1"

// TestOldConsumer: what is published now, with records, languages and fields
// that an old consumer never saw, is valid against the first schemas.
func TestOldConsumer(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	if *freeze {
		for name, data := range schemaFilesOf(files) {
			if err := os.WriteFile(filepath.Join(frozen, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	old := map[string][]byte{}
	names, err := fs.Glob(os.DirFS(frozen), "*.json")
	if err != nil || len(names) < 16 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		if old[name], err = os.ReadFile(filepath.Join(frozen, name)); err != nil {
			t.Fatal(err)
		}
	}
	schemas := compile(t, old)
	validate(t, schemas, files)
	for name, data := range files { // every object gets a field that is new
		if kind := kindOf(name); kind.Schema != "" && kind.ID != "changes" {
			var v any
			if err := json.Unmarshal(data, &v); err != nil {
				t.Fatal(err)
			}
			grow(v, "")
			files[name], err = json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := validate(t, schemas, files); n < 120 {
		t.Errorf("only %d values were checked", n)
	}
	for name := range old { // nothing that was promised is gone
		if !slices.Contains(schemaNames(), strings.TrimSuffix(name, ".json")) {
			t.Errorf("the schema %s is no longer published", name)
		}
	}
}

// grow adds a field to every object but those whose keys are data.
func grow(v any, key string) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			grow(x, k)
		}
		if _, text := v["ko"]; !text && key != "levels" && v["en"] == nil && len(v) > 0 {
			v["added_later"] = map[string]any{"x": 1}
		}
	case []any:
		for _, x := range v {
			grow(x, "")
		}
	}
}

// TestOpenAPI: every path of the description has a file, and every file a
// path.
func TestOpenAPI(t *testing.T) {
	files := write(t, plain(t).join(t, ""))
	var api struct {
		OpenAPI string
		Paths   map[string]struct {
			Servers []struct{ URL string }
			Get     struct {
				OperationID string `json:"operationId"`
				Parameters  []struct {
					Name   string
					Schema struct{ Pattern string }
				}
				Responses map[string]struct {
					Content map[string]struct{ Schema map[string]any }
				}
			}
		}
	}
	if err := json.Unmarshal(files["api/v1/openapi.json"], &api); err != nil {
		t.Fatal(err)
	}
	found, ids := map[string]bool{}, map[string]bool{}
	for p, item := range api.Paths {
		expr := regexp.QuoteMeta(path.Join("api/v1", item.Servers[0].URL) + p)
		for _, x := range item.Get.Parameters {
			expr = strings.Replace(expr, `\{`+x.Name+`\}`, strings.Trim(x.Schema.Pattern, "^$"), 1)
		}
		re := regexp.MustCompile("^" + strings.TrimPrefix(expr, `\./`) + "$")
		n := 0
		for name := range files {
			if re.MatchString(name) {
				found[name] = true
				n++
			}
		}
		if n == 0 {
			t.Errorf("the path %s has no file (%v)", p, re)
		}
		if ids[item.Get.OperationID] || len(item.Get.Responses) != 3 {
			t.Errorf("%s: operation %q, responses %v", p, item.Get.OperationID, slices.Collect(maps.Keys(item.Get.Responses)))
		}
		ids[item.Get.OperationID] = true
		for _, c := range item.Get.Responses["200"].Content {
			if ref, ok := c.Schema["$ref"].(string); ok && files[site.API+ref] == nil {
				t.Errorf("%s refers to %s, which is no file", p, ref)
			}
		}
	}
	for name := range files {
		if !found[name] {
			t.Errorf("%s has no path", name)
		}
	}
	if !strings.HasPrefix(api.OpenAPI, "3.1.") {
		t.Error(api.OpenAPI)
	}
}

// TestCatalogues: every address that a catalogue or the index gives leads to a
// file, and the fields that Project Open Data 1.1 requires are there.
func TestCatalogues(t *testing.T) {
	files := write(t, sample(t).edit(t, "site.yaml", "  url: https://example.org/\n", "  url: https://example.org/\n  mail: data@example.org\n").join(t, ""))
	address := regexp.MustCompile(`"(?:downloadURL|describedBy|schema|dcat:downloadURL|@id|\$ref|url)": ?"https://example\.org/((?:api|badges|data)[^"]*)"`)
	for _, name := range []string{"data.json", "api/v1/catalog.jsonld", "api/v1/index.json", "api/v1/openapi.json"} {
		n := 0
		for _, m := range address.FindAllSubmatch(files[name], -1) {
			if n++; files[string(m[1])] == nil {
				t.Errorf("%s: %s is no file", name, m[1])
			}
		}
		if n < 5 && name != "api/v1/openapi.json" {
			t.Errorf("%s gives %d addresses", name, n)
		}
	}
	var pod struct {
		ConformsTo string
		Dataset    []struct {
			Title, Description, Modified, Identifier, AccessLevel, License string
			Keyword                                                        []string
			Publisher                                                      struct{ Name string }
			ContactPoint                                                   struct{ Fn, HasEmail string }
			Distribution                                                   []struct{ DownloadURL, MediaType string }
		}
	}
	if err := json.Unmarshal(files["data.json"], &pod); err != nil {
		t.Fatal(err)
	}
	if len(pod.Dataset) != len(site.DataSets) || pod.ConformsTo != "https://project-open-data.cio.gov/v1.1/schema" {
		t.Errorf("%d data sets, %s", len(pod.Dataset), pod.ConformsTo)
	}
	for _, d := range pod.Dataset {
		required := []string{d.Title, d.Description, d.Modified, d.Identifier, d.AccessLevel, d.License, d.Publisher.Name, d.ContactPoint.Fn, d.ContactPoint.HasEmail}
		if slices.Contains(required, "") || len(d.Keyword) == 0 || len(d.Distribution) == 0 || strings.Contains(strings.Join(required, ""), "⟦") {
			t.Errorf("data set %q lacks something: %q", d.Identifier, required)
		}
	}
}

// TestBadges: every place has a badge in every language, without script or
// style, that says its name and level in its title.
func TestBadges(t *testing.T) {
	s := sample(t).join(t, "")
	files := write(t, s)
	n := 0
	for _, id := range s.Atlas.IDs() {
		for _, tag := range s.Langs() {
			p := s.Atlas.Place(id)
			svg := string(files[site.BadgePath(tag, p)])
			title := regexp.MustCompile(`<title id="t">(.*)</title>`).FindStringSubmatch(svg)
			if title == nil || !strings.Contains(title[1], p.Name.Get(tag)) || !strings.Contains(svg, `role="img"`) {
				t.Errorf("badge of %s in %s has no title with its name", id, tag)
				continue
			}
			if l := s.Book.At(p, s.Now).Level; l != nil && !strings.Contains(title[1], l.Name.Get(tag)) {
				t.Errorf("badge of %s in %s does not say its level: %s", id, tag, title[1])
			}
			if regexp.MustCompile(`style|script|href|on[a-z]+=|⟦`).MatchString(svg) {
				t.Errorf("badge of %s in %s is not inert", id, tag)
			}
			n++
		}
	}
	if n < 60 {
		t.Errorf("only %d badges", n)
	}
	for place, want := range map[string]string{"KH": "Level 4", "KH-1": "Poipet city: Level 4", "KH-12": "2025-12-04"} {
		if svg := string(files["badges/en/"+place+".svg"]); !strings.Contains(svg, want) {
			t.Errorf("the badge of %s does not say %q", place, want)
		}
	}
}

// TestShapes: a site of baselines alone, and one with a country that has no
// provinces and no map, are valid too.
func TestShapes(t *testing.T) {
	two := plain(t).with(map[string]string{"provinces/japan/country.yaml": "code: JP\nslug: japan\nname: {ko: 일본, en: Japan}\nlevel: 1\n"})
	bare := content{}
	for name, text := range two {
		if path.Ext(name) != ".md" && name != "removed.yaml" {
			bare[name] = text
		}
	}
	for name, c := range map[string]content{"two countries": two, "baselines": bare} {
		files := write(t, c.join(t, ""))
		if n := validate(t, compile(t, schemaFilesOf(files)), files); n < 10 {
			t.Errorf("%s: only %d values were checked", name, n)
		}
		for _, want := range []string{"api/v1/levels-history/JP.json", "badges/ko/JP.svg", "api/v1/levels-history/KH.json"} {
			if files[want] == nil {
				t.Errorf("%s: no %s", name, want)
			}
		}
		if !bytes.Contains(files["api/v1/levels.geojson"], []byte(`"id":"JP"`)) || !bytes.Contains(files["api/v1/levels.json"], []byte(`"place":"JP"`)) {
			t.Errorf("%s: a country without provinces is missing", name)
		}
	}
}
