package kit

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/schema"
)

// Schemas is the folder of the schemas, from the site's folder.
const Schemas = ".vscode/schemas"

// schemaFiles writes a schema for every kind of file.
func schemaFiles(v vocabularies) ([]File, error) {
	var out []File
	for _, f := range model.FileForms() {
		text, err := pretty(schemaOf(f, v))
		if err != nil {
			return nil, err
		}
		out = append(out, File{SchemaPath(f.ID), text, true})
	}
	return out, nil
}

// SchemaPath gives the file of the schema of a kind of file.
func SchemaPath(id string) string { return Schemas + "/" + id + ".json" }

// role says which fields of a record's file a schema is for.
type role string

const (
	whole       role = ""
	original    role = "source"
	translation role = "translation"
)

// maker makes the schema of a kind of file; maps and words that are met on the
// way become definitions.
type maker struct {
	words vocabularies
	role  role
	defs  map[string]*schema.Schema
}

// schemaOf makes the schema of a kind of file. What it refuses, the check
// refuses too; it cannot see what depends on other files or fields.
func schemaOf(f model.FileForm, v vocabularies) *schema.Schema {
	m := &maker{words: v, defs: map[string]*schema.Schema{}}
	root := &schema.Schema{}
	switch {
	case f.Kind != nil:
		root.If = translates(f.Form)
		m.role = translation
		root.Then = m.object(f.Form)
		m.role = original
		root.Else = m.object(f.Form)
	case f.List:
		root.Type, root.Items = []string{"array", "null"}, m.object(f.Form)
	default:
		root = m.fields(f.Form)
	}
	root.Dialect, root.Title, root.Description = schema.Draft7, "Bongsu: "+f.ID, describe(f.Words)
	root.Comment = "made by \"bongsu kit\" from the program's own table of fields; do not edit"
	root.Definitions = m.defs
	return root
}

// translates gives the schema of what is taken for a translation: a file that
// says so, or has no field that belongs in a source file.
func translates(f model.Form) *schema.Schema {
	var shared []*schema.Schema
	for _, x := range f.Fields {
		if x.Shared {
			shared = append(shared, &schema.Schema{Required: []string{x.Key}})
		}
	}
	return &schema.Schema{AnyOf: []*schema.Schema{
		{Required: []string{"translates"}},
		{Not: &schema.Schema{AnyOf: shared}},
	}}
}

// describe joins a description in both languages.
func describe(w model.Words) string { return w.Ko + "\n\n" + w.En }

// define gives a reference to a definition, which make makes at first need.
func (m *maker) define(name string, make func() *schema.Schema) *schema.Schema {
	if m.defs[name] == nil {
		m.defs[name] = make()
	}
	return &schema.Schema{Ref: "#/definitions/" + name}
}

// object gives a reference to the schema of a map.
func (m *maker) object(f model.Form) *schema.Schema {
	name := strings.ReplaceAll(f.Name, " ", "-")
	if m.role != whole {
		name += "." + string(m.role)
	}
	return m.define(name, func() *schema.Schema { return m.fields(f) })
}

// fields gives the schema of a map: its fields and no other.
func (m *maker) fields(f model.Form) *schema.Schema {
	s := &schema.Schema{Type: "object", Additional: false}
	for _, x := range f.Fields {
		if (m.role == translation && x.Shared) || (m.role == original && x.Key == "translates") {
			continue
		}
		v := m.value(x.Form)
		v.Description = describe(x.Words)
		s.Properties = append(s.Properties, schema.Property{Name: x.Key, Of: v})
		if x.Required || (x.RequiredInSource && m.role == original) {
			s.Required = append(s.Required, x.Key)
		}
	}
	return s
}

// value gives the schema of a value.
func (m *maker) value(f model.Form) *schema.Schema {
	switch f.Kind {
	case model.MapForm:
		return m.object(f)
	case model.ListForm:
		return &schema.Schema{Type: "array", Items: m.value(*f.Item)}
	case model.TextsForm:
		return m.define("texts", m.texts)
	case model.TimeForm:
		return m.define("time", func() *schema.Schema {
			return &schema.Schema{Type: "string", Pattern: model.TimePattern(), PatternText: likeText("2025-10-16, 2025-10-16T09:00, 2025-10-16T09:00+09:00")}
		})
	case model.BoolForm:
		return &schema.Schema{Type: "boolean"}
	case model.IntForm:
		s := &schema.Schema{Type: []string{"integer", "string"}, Pattern: `^(0|[1-9][0-9]*)$`, Minimum: &f.Min}
		if f.Max > 0 {
			s.Maximum = &f.Max
		}
		return s
	case model.NumberForm:
		return &schema.Schema{Type: []string{"number", "string"}, Pattern: `^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$`}
	case model.PointForm:
		return &schema.Schema{Type: "array", MinItems: 2, MaxItems: 2, Items: m.value(model.Form{Kind: model.NumberForm})}
	}
	return m.text(f)
}

// text gives the schema of a single text.
func (m *maker) text(f model.Form) *schema.Schema {
	switch {
	case len(f.Enum) > 0:
		return &schema.Schema{Enum: schema.Texts(f.Enum...)}
	case f.Refers == model.AdvisoryIDs: // a list would be old with every new advisory
		return &schema.Schema{Type: "string", Pattern: `^advisories/[a-z0-9]+(-[a-z0-9]+)*$`, PatternText: likeText("advisories/travel-ban")}
	case len(m.words.words[f.Refers]) > 0:
		return m.define(string(f.Refers), func() *schema.Schema { return choice(m.words.words[f.Refers]) })
	case f.Pattern != "":
		return &schema.Schema{Type: scalars(f.Pattern), Pattern: f.Pattern, PatternText: likeText(f.Example)}
	}
	return &schema.Schema{Type: scalars("."), Pattern: `\S`}
}

// likeText says how a value is written.
func likeText(example string) string {
	return fmt.Sprintf("이렇게 씁니다: %[1]s · write it like %[1]s", example)
}

// scalars gives the types that YAML may see in a text that matches a pattern.
func scalars(pattern string) any {
	types := []string{"string"}
	re := regexp.MustCompile(pattern)
	if re.MatchString("1") || re.MatchString("112") {
		types = append(types, "number")
	}
	if re.MatchString("true") {
		types = append(types, "boolean")
	}
	if len(types) == 1 {
		return "string"
	}
	return types
}

// choice gives the schema of one of the words of a site. A word that looks like
// a number is offered as one, and allowed in quotes too.
func choice(words []word) *schema.Schema {
	s := &schema.Schema{}
	var quoted []string
	for _, w := range words {
		var value any = w.id
		if n, err := strconv.ParseUint(w.id, 10, 31); err == nil && strconv.FormatUint(n, 10) == w.id {
			value = n
			quoted = append(quoted, w.id)
		}
		s.Enum, s.EnumWords = append(s.Enum, value), append(s.EnumWords, w.name)
	}
	if len(quoted) == 0 {
		return s
	}
	text := &schema.Schema{Type: "string", Pattern: "^(" + strings.Join(quoted, "|") + ")$"}
	return &schema.Schema{AnyOf: []*schema.Schema{s, text}}
}

// texts gives the schema of a text by language; those of the site are offered.
func (m *maker) texts() *schema.Schema {
	one := &schema.Schema{Type: []string{"string", "number", "boolean"}, Pattern: `\S`}
	by := &schema.Schema{
		Type: "object", MinFields: 1, Additional: false,
		Matching: map[string]*schema.Schema{model.LanguagePattern(): {Type: []string{"string", "number", "boolean", "null"}}},
	}
	for _, l := range m.words.langs {
		by.Properties = append(by.Properties, schema.Property{Name: l, Of: &schema.Schema{}})
	}
	return &schema.Schema{AnyOf: []*schema.Schema{by, one}}
}
