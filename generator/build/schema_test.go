package build

import (
	"context"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"bongsu/generator/diag"
	"bongsu/generator/kit"
	"bongsu/generator/model"
	"bongsu/generator/site"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	yaml "go.yaml.in/yaml/v4"
)

// visible are the codes of findings that one field of one file shows, so that a
// schema sees them while somebody types.
var visible = []diag.Code{
	diag.UnknownField, diag.MissingField, diag.WrongType, diag.BadValue, diag.BadTime, diag.UnsafeLink, diag.SharedField,
	diag.UnknownLevel, diag.UnknownCategory, diag.UnknownPlace, diag.UnknownContact, diag.UnknownRedFlag,
}

// beyond are parts of the messages of such findings that depend on more than
// one value, which no schema sees.
var beyond = []string{
	"but the source is at", "changes, the source", "in this advisory", "does not lie in the places", `there is no "until"`,
	`is not "LA-"`, "is not on earth", "2026-02-30", "name of a time zone", "number without a source", "names no place",
	"categories is empty", "of its own", "belongs in a translation", "is not in the source file",
	`"urgent" belongs in the source`, // of a file that may be the source
	`"levels" belongs in the source`, // the same
}

// compiler keeps schemas that were compiled, by their text.
type compiler map[string]map[string]*jsonschema.Schema

// schemas compiles the schemas of a site with an independent validator, by the
// kind of file.
func (known compiler) schemas(t testing.TB, s *site.Site) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := kit.Files(s)
	if err != nil {
		t.Fatal(err)
	}
	c, all := jsonschema.NewCompiler(), ""
	for _, f := range files {
		if path.Dir(f.Path) == kit.Schemas {
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(f.Text))
			if err != nil {
				t.Fatal(f.Path, err)
			}
			if err := c.AddResource(f.Path, doc); err != nil {
				t.Fatal(f.Path, err)
			}
			all += f.Text
		}
	}
	if known[all] != nil {
		return known[all]
	}
	out := map[string]*jsonschema.Schema{}
	for _, f := range model.FileForms() {
		if out[f.ID], err = c.Compile(kit.SchemaPath(f.ID)); err != nil {
			t.Fatal(err)
		}
	}
	known[all] = out
	return out
}

// formOf tells the kind of a file of the content; "" for one that has no schema.
func formOf(name string) string {
	under := strings.TrimPrefix(name, "content/")
	for _, f := range model.FileForms() {
		if f.Kind != nil && strings.HasPrefix(under, f.Kind.ID+"/") && path.Ext(name) == ".md" && !isRevision(name) {
			return f.ID
		}
		if ok, _ := path.Match(f.Files, under); ok {
			return f.ID
		}
	}
	return ""
}

// node parses a YAML file or the front matter of a Markdown file; nil where it
// is no YAML. The lines are those of the file.
func node(name string, data []byte) *yaml.Node {
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	if path.Ext(name) == ".md" {
		var ok bool
		if text, ok = strings.CutPrefix(text, "---\n"); !ok {
			return nil
		}
		if text, _, ok = strings.Cut("\n"+text, "\n---"); !ok {
			return nil
		}
	}
	var n yaml.Node
	if yaml.Unmarshal([]byte(text), &n) != nil || len(n.Content) == 0 {
		return nil
	}
	return n.Content[0]
}

// value turns YAML into what JSON holds, as the language servers of editors do.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			out[n.Content[i].Value] = value(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, value(c))
		}
		return out
	case yaml.AliasNode:
		return value(n.Alias)
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f
		}
	}
	return n.Value
}

// at finds the line of a place in a document.
func at(n *yaml.Node, place []string) int {
	for _, step := range place {
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i < len(n.Content); i += 2 {
				if n.Content[i].Value == step {
					n = n.Content[i+1]
					break
				}
			}
		case yaml.SequenceNode:
			i, _ := strconv.Atoi(step)
			n = n.Content[i]
		}
	}
	return n.Line
}

// refused lists the lines at which a schema refuses a document.
func refused(s *jsonschema.Schema, n *yaml.Node) (lines []int, err error) {
	err = s.Validate(value(n))
	if err == nil {
		return nil, nil
	}
	var walk func(*jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		lines = append(lines, at(n, e.InstanceLocation))
		if k, ok := e.ErrorKind.(*kind.AdditionalProperties); ok {
			for _, p := range k.Properties {
				lines = append(lines, at(n, append(slices.Clone(e.InstanceLocation), p)))
			}
		}
		for _, c := range e.Causes {
			walk(c)
		}
	}
	walk(err.(*jsonschema.ValidationError))
	return lines, err
}

func siteOf(t testing.TB, f fault) (*site.Site, diag.List) {
	t.Helper()
	r, err := NewBuilder().join(context.Background(), Options{Root: f.files, Now: f.now})
	if err != nil {
		t.Fatal(err)
	}
	return r.Site, r.Diags
}

// TestSchemasRefuse holds that the schemas of editors refuse every fault of the
// corpus that a schema can see, in its line, and nothing that the check lets
// pass.
func TestSchemasRefuse(t *testing.T) {
	compiled := compiler{}
	base, _ := siteOf(t, readFault(t, "_base"))
	seen, excused := map[diag.Code]int{}, map[string]bool{}
	for _, name := range cases(t) {
		f := readFault(t, name)
		s, found := siteOf(t, f)
		whole := !slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Error && path.Ext(d.Pos.File) == ".yaml"
		})
		if s == nil || len(s.Scheme.Levels) == 0 {
			s = base // its own words cannot be read
		}
		using := compiled.schemas(t, s)
		for file, data := range f.files {
			schema, n := using[formOf(file)], node(file, data.Data)
			if schema == nil || n == nil {
				continue
			}
			lines, err := refused(schema, n)
			failed := false
			for _, d := range found {
				if d.Pos.File != file || d.Severity != diag.Error {
					continue
				}
				failed = true
				i := slices.IndexFunc(beyond, func(part string) bool { return strings.Contains(d.Message, part) })
				switch {
				case slices.Contains(lines, d.Pos.Line), d.Pos.Line == 1 && slices.Contains(lines, n.Line):
					seen[d.Code]++
				case i >= 0:
					excused[beyond[i]] = true
				case slices.Contains(visible, d.Code) && d.Pos.Line > 0 && d.Pos.Line <= last(n):
					t.Errorf("%s: no schema sees %v; refused are the lines %v", name, d.Error(), lines)
				}
			}
			if err != nil && !failed && whole { // else the words of the site are not all known
				t.Errorf("%s: %s is refused, but has no error: %v", name, file, err)
			}
		}
	}
	for _, code := range visible {
		if seen[code] == 0 {
			t.Errorf("no case shows that a schema sees %q", code)
		}
	}
	for _, part := range beyond {
		if !excused[part] {
			t.Errorf("%q excuses nothing", part)
		}
	}
}

// last gives the last line of a document.
func last(n *yaml.Node) int {
	line := n.Line
	for _, c := range n.Content {
		line = max(line, last(c))
	}
	return line
}

// TestSchemasAccept holds that the schemas accept every file of the sample
// content, and of new sites with their schemes of levels.
func TestSchemasAccept(t *testing.T) {
	all := map[string]int{}
	for _, root := range []fs.FS{os.DirFS("../.."), newSite(t, "mofa-kr"), newSite(t, "four-step")} {
		for id, n := range accepted(t, root) {
			all[id] += n
		}
	}
	for _, f := range model.FileForms() {
		if all[f.ID] == 0 && f.ID != "removed" { // the sample removed nothing
			t.Errorf("no file of kind %s was looked at", f.ID)
		}
	}
}

// newSite gives the content that a new site begins with.
func newSite(t *testing.T, levels string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	add := func(from, to string) {
		data, err := os.ReadFile("../cli/init/" + from)
		if err != nil {
			t.Fatal(err)
		}
		out[to] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(data), "TODAY", "2026-02-01"))}
	}
	add("levels/"+levels+".yaml", "content/levels.yaml")
	err := fs.WalkDir(os.DirFS("../cli/init/site"), "content", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			add("site/"+name, strings.ReplaceAll(name, "YEAR", "2026"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// accepted validates every file of a site against its schemas, and counts the
// files of each kind.
func accepted(t *testing.T, root fs.FS) map[string]int {
	t.Helper()
	r, err := NewBuilder().join(context.Background(), Options{Root: root})
	if err != nil || r.Site == nil || r.Diags.HasErrors() {
		t.Fatal(err, r.Diags)
	}
	using, count := compiler{}.schemas(t, r.Site), map[string]int{}
	err = fs.WalkDir(root, "content", func(name string, d fs.DirEntry, err error) error {
		schema := using[formOf(name)]
		if err != nil || d.IsDir() || schema == nil {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		count[formOf(name)]++
		if _, err := refused(schema, node(name, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}
