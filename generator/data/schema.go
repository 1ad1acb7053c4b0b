package data

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

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

// schema is a JSON Schema, with its keywords in the order in which they are
// read best.
type schema struct {
	Dialect     string             `json:"$schema,omitempty"`
	ID          string             `json:"$id,omitempty"`
	Title       string             `json:"title,omitempty"`
	Ref         string             `json:"$ref,omitempty"`
	Type        any                `json:"type,omitempty"` // a name, or a list of names
	Description string             `json:"description,omitempty"`
	Korean      string             `json:"x-description-ko,omitempty"`
	Format      string             `json:"format,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	AnyOf       []*schema          `json:"anyOf,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Properties  properties         `json:"properties,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Additional  *schema            `json:"additionalProperties,omitempty"`
	Defs        map[string]*schema `json:"$defs,omitempty"`
}

// properties keep the order of the fields.
type properties []property

type property struct {
	name string
	of   *schema
}

// MarshalJSON writes an object in the order of the list.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, x := range p {
		b.WriteByte("{,"[min(i, 1)])
		if err := encode(&b, x.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encode(&b, x.of); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// forms is the table of types that have a form of their own.
var forms = map[reflect.Type]schema{
	reflect.TypeFor[Moment]():    {Type: "string", Format: "date-time", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$`},
	reflect.TypeFor[Date]():      {Type: "string", Format: "date", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`},
	reflect.TypeFor[Address]():   {Type: "string", Format: "uri"},
	reflect.TypeFor[PlaceCode](): {Type: "string", Pattern: `^[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]+)?$`},
	reflect.TypeFor[LevelID]():   {Type: "string", Pattern: `^[a-z0-9-]+$`},
	reflect.TypeFor[RecordID]():  {Type: "string", Pattern: `^(advisories|scams|pages)/[a-z0-9-]+$`},
	reflect.TypeFor[FileName]():  {Type: "string", Pattern: `^[A-Za-z0-9./-]+$`},
	reflect.TypeFor[Digest]():    {Type: "string", Pattern: `^[0-9a-f]{64}$`},
	reflect.TypeFor[Text]():      {Type: "object", Additional: &schema{Type: "string"}},
	reflect.TypeFor[coords]():    {Type: "array"},
}

// maker makes one schema; types that are met on the way become definitions.
type maker struct{ defs map[string]*schema }

// schemaOf makes the schema of a kind of file. Fields that it does not name
// are allowed, so that data with new fields stay valid.
func schemaOf(id, name string, t reflect.Type) *schema {
	m := maker{map[string]*schema{}}
	root := m.object(t)
	root.Dialect, root.ID, root.Title, root.Defs = "https://json-schema.org/draft/2020-12/schema", id, name, m.defs
	return root
}

func (m *maker) object(t reflect.Type) *schema {
	s := &schema{Type: "object"}
	m.fields(s, t)
	return s
}

// fields adds the fields of a type, those of embedded types in their place.
func (m *maker) fields(s *schema, t reflect.Type) {
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
			p.Enum = strings.Split(list, "|")
		}
		s.Properties = append(s.Properties, property{name, p})
		if options != "omitempty" {
			s.Required = append(s.Required, name)
		}
	}
}

// value gives the schema of a value of a type.
func (m *maker) value(t reflect.Type) *schema {
	if form, ok := forms[t]; ok {
		return &form
	}
	switch t.Kind() {
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int:
		return &schema{Type: "integer"}
	case reflect.Float64:
		return &schema{Type: "number"}
	case reflect.Slice:
		return &schema{Type: "array", Items: m.value(t.Elem())}
	case reflect.Map:
		return &schema{Type: "object", Additional: m.value(t.Elem())}
	case reflect.Pointer:
		return nullable(m.value(t.Elem()))
	case reflect.Struct:
		if m.defs[t.Name()] == nil {
			m.defs[t.Name()] = &schema{} // the name is taken while it is made
			m.defs[t.Name()] = m.object(t)
		}
		return &schema{Ref: "#/$defs/" + t.Name()}
	}
	return &schema{Type: "string"}
}

// nullable lets a value be null too.
func nullable(s *schema) *schema {
	if name, ok := s.Type.(string); ok {
		s.Type = []string{name, "null"}
		return s
	}
	return &schema{AnyOf: []*schema{s, {Type: "null"}}}
}

// schemaNames lists the schemas.
func schemaNames() []string {
	var out []string
	for _, s := range schemas {
		out = append(out, s.name)
	}
	return slices.Clip(out)
}
