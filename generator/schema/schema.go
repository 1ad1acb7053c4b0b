// Package schema is the shape of a JSON Schema as this program writes it, with
// keywords and properties in the order in which they are read best.
//
// In: values of Schema. Out: JSON. It must not know what a schema describes.
package schema

import (
	"bytes"
	"encoding/json"
)

// The dialects that are written. Editors know Draft7 best.
const (
	Draft2020 = "https://json-schema.org/draft/2020-12/schema"
	Draft7    = "http://json-schema.org/draft-07/schema#"
)

// Schema is a JSON Schema; what is left zero is left out.
type Schema struct {
	Dialect     string             `json:"$schema,omitempty"`
	ID          string             `json:"$id,omitempty"`
	Comment     string             `json:"$comment,omitempty"`
	Title       string             `json:"title,omitempty"`
	Ref         string             `json:"$ref,omitempty"`
	Type        any                `json:"type,omitempty"` // a name, or a list of names
	Description string             `json:"description,omitempty"`
	Korean      string             `json:"x-description-ko,omitempty"`
	Format      string             `json:"format,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	PatternText string             `json:"patternErrorMessage,omitempty"` // of editors, instead of the pattern
	Enum        []any              `json:"enum,omitempty"`
	EnumWords   []string           `json:"enumDescriptions,omitempty"` // of editors, beside each of Enum
	Minimum     *int               `json:"minimum,omitempty"`
	Maximum     *int               `json:"maximum,omitempty"`
	MinItems    int                `json:"minItems,omitempty"`
	MaxItems    int                `json:"maxItems,omitempty"`
	If          *Schema            `json:"if,omitempty"`
	Then        *Schema            `json:"then,omitempty"`
	Else        *Schema            `json:"else,omitempty"`
	AnyOf       []*Schema          `json:"anyOf,omitempty"`
	Not         *Schema            `json:"not,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Properties  Properties         `json:"properties,omitempty"`
	Matching    map[string]*Schema `json:"patternProperties,omitempty"`
	MinFields   int                `json:"minProperties,omitempty"`
	Items       *Schema            `json:"items,omitempty"`
	Additional  any                `json:"additionalProperties,omitempty"` // false, or *Schema
	Defs        map[string]*Schema `json:"$defs,omitempty"`
	Definitions map[string]*Schema `json:"definitions,omitempty"` // the Defs of Draft7
}

// Properties keep the order of the fields.
type Properties []Property

// Property is a field and what it may hold.
type Property struct {
	Name string
	Of   *Schema
}

// MarshalJSON writes an object in the order of the list.
func (p Properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, x := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := enc.Encode(x.Name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := enc.Encode(x.Of); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Texts gives texts as the values of an enumeration.
func Texts(list ...string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
