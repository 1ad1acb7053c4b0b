package data

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"bongsu/generator/schema"
	"bongsu/generator/site"
)

// schemas is the table of schemas: each is made from the type that writes the
// files. It is read only.
var schemas = []struct {
	name string
	of   any
}{
	{"levels", Levels{}},
	{"day", Day{}},
	{"history", History{}},
	{"history-country", PlaceHistories{}},
	{"change", Line{}},
	{"advisories", List[AdvisoryRow]{}},
	{"advisories-page", ListPage[AdvisoryRow]{}},
	{"advisory", Advisory{}},
	{"scams", List[ScamRow]{}},
	{"scams-page", ListPage[ScamRow]{}},
	{"scam", Scam{}},
	{"places", Places{}},
	{"vocabulary", Vocabulary{}},
	{"freshness", Freshness{}},
	{"index", Index{}},
	{"levels-geojson", Collection{}},
}

// schemaPath gives the file of a schema.
func schemaPath(name string) string { return site.DataFileOf("schema").At("schema", name) }

// schemaFiles writes a JSON Schema (2020-12) for every kind of JSON file.
func (a *api) schemaFiles() []File {
	var out []File
	for _, s := range schemas {
		path := schemaPath(s.name)
		out = append(out, File{Path: path, Modified: a.site.Start, Render: func(b *bytes.Buffer) error {
			return pretty(b, schemaOf(a.abs(path), s.name, reflect.TypeOf(s.of)))
		}})
	}
	return out
}

// forms is the table of types that have a form of their own.
var forms = map[reflect.Type]schema.Schema{
	reflect.TypeFor[Moment]():    {Type: "string", Format: "date-time", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$`},
	reflect.TypeFor[Date]():      {Type: "string", Format: "date", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`},
	reflect.TypeFor[Address]():   {Type: "string", Format: "uri"},
	reflect.TypeFor[PlaceCode](): {Type: "string", Pattern: `^[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]+)?$`},
	reflect.TypeFor[LevelID]():   {Type: "string", Pattern: `^[a-z0-9-]+$`},
	reflect.TypeFor[RecordID]():  {Type: "string", Pattern: `^(advisories|scams|pages)/[a-z0-9-]+$`},
	reflect.TypeFor[FileName]():  {Type: "string", Pattern: `^[A-Za-z0-9./-]+$`},
	reflect.TypeFor[Digest]():    {Type: "string", Pattern: `^[0-9a-f]{64}$`},
	reflect.TypeFor[Text]():      {Type: "object", Additional: &schema.Schema{Type: "string"}},
	reflect.TypeFor[coords]():    {Type: "array"},

	reflect.TypeFor[PlaceLevels](): {Type: "object", Additional: &schema.Schema{Type: []string{"string", "null"}, Pattern: `^[a-z0-9-]+$`}},
}

// maker makes one schema; types that are met on the way become definitions.
type maker struct{ defs map[string]*schema.Schema }

// schemaOf makes the schema of a kind of file. Fields that it does not name
// are allowed, so that data with new fields stay valid.
func schemaOf(id, name string, t reflect.Type) *schema.Schema {
	m := maker{map[string]*schema.Schema{}}
	root := m.object(t)
	root.Dialect, root.ID, root.Title, root.Defs = schema.Draft2020, id, name, m.defs
	return root
}

func (m *maker) object(t reflect.Type) *schema.Schema {
	s := &schema.Schema{Type: "object"}
	m.fields(s, t)
	return s
}

// fields adds the fields of a type, those of embedded types in their place.
func (m *maker) fields(s *schema.Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			m.fields(s, f.Type)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := m.value(f.Type)
		p.Description, p.Korean = f.Tag.Get("en"), f.Tag.Get("ko")
		if list := f.Tag.Get("enum"); list != "" {
			p.Enum = schema.Texts(strings.Split(list, "|")...)
		}
		s.Properties = append(s.Properties, schema.Property{Name: name, Of: p})
		if options != "omitempty" {
			s.Required = append(s.Required, name)
		}
	}
}

// value gives the schema of a value of a type.
func (m *maker) value(t reflect.Type) *schema.Schema {
	if form, ok := forms[t]; ok {
		return &form
	}
	switch t.Kind() {
	case reflect.Bool:
		return &schema.Schema{Type: "boolean"}
	case reflect.Int:
		return &schema.Schema{Type: "integer"}
	case reflect.Float64:
		return &schema.Schema{Type: "number"}
	case reflect.Slice:
		return &schema.Schema{Type: "array", Items: m.value(t.Elem())}
	case reflect.Map:
		return &schema.Schema{Type: "object", Additional: m.value(t.Elem())}
	case reflect.Pointer:
		return nullable(m.value(t.Elem()))
	case reflect.Struct:
		if m.defs[t.Name()] == nil {
			m.defs[t.Name()] = &schema.Schema{} // the name is taken while it is made
			m.defs[t.Name()] = m.object(t)
		}
		return &schema.Schema{Ref: "#/$defs/" + t.Name()}
	}
	return &schema.Schema{Type: "string"}
}

// nullable lets a value be null too.
func nullable(s *schema.Schema) *schema.Schema {
	if name, ok := s.Type.(string); ok {
		s.Type = []string{name, "null"}
		return s
	}
	return &schema.Schema{AnyOf: []*schema.Schema{s, {Type: "null"}}}
}

// schemaNames lists the schemas.
func schemaNames() []string {
	var out []string
	for _, s := range schemas {
		out = append(out, s.name)
	}
	return slices.Clip(out)
}
