package data

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"bongsu/generator/quote"
)

// encode writes a value as one line. The characters < > & stay as they are:
// the file is no part of a page.
func encode(b *bytes.Buffer, v any) error {
	if enc := encoders()[reflect.TypeOf(v)]; enc != nil {
		b.Write(append(enc(b.AvailableBuffer(), reflect.ValueOf(v)), '\n'))
		return nil
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// pretty writes a value for readers, over several lines.
func pretty(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// encoder appends a value of one type as encoding/json writes it. The files of
// records are many and most of them is text, for which encoding/json takes
// several times as long.
type encoder func(b []byte, v reflect.Value) []byte

// encoders holds the encoders of the types in the table of schemas.
var encoders = sync.OnceValue(func() map[reflect.Type]encoder {
	out := map[reflect.Type]encoder{}
	for _, s := range schemas {
		out[reflect.TypeOf(s.of)] = encoderOf(reflect.TypeOf(s.of))
	}
	return out
})

// encoderOf makes the encoder of a type.
func encoderOf(t reflect.Type) encoder {
	switch t {
	case reflect.TypeFor[Text]():
		return func(b []byte, v reflect.Value) []byte { return appendText(b, v.Interface().(Text)) }
	case reflect.TypeFor[PlaceLevels]():
		return func(b []byte, v reflect.Value) []byte { return v.Interface().(PlaceLevels).append(b) }
	case reflect.TypeFor[coords]():
		return func(b []byte, v reflect.Value) []byte { return append(b, v.Bytes()...) }
	}
	switch t.Kind() {
	case reflect.String:
		return func(b []byte, v reflect.Value) []byte { return quote.JSON(b, v.String()) }
	case reflect.Bool:
		return func(b []byte, v reflect.Value) []byte { return strconv.AppendBool(b, v.Bool()) }
	case reflect.Int:
		return func(b []byte, v reflect.Value) []byte { return strconv.AppendInt(b, v.Int(), 10) }
	case reflect.Pointer:
		of := encoderOf(t.Elem())
		return func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, "null"...)
			}
			return of(b, v.Elem())
		}
	case reflect.Slice:
		return listEncoder(encoderOf(t.Elem()))
	case reflect.Struct:
		return structEncoder(fieldsOf(nil, nil, t))
	}
	return func(b []byte, v reflect.Value) []byte {
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if enc.Encode(v.Interface()) != nil {
			return append(b, "null"...) // never: the types hold texts, numbers and lists
		}
		return append(b, bytes.TrimSpace(text.Bytes())...)
	}
}

func listEncoder(of encoder) encoder {
	return func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, "null"...)
		}
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = of(b, v.Index(i))
		}
		return append(b, ']')
	}
}

// field is a field of a struct, or of one that is embedded in it.
type field struct {
	index []int
	key   string // as it is written, with the colon
	empty bool   // written where it is empty too
	of    encoder
}

// fieldsOf lists the fields of a struct at index, those of embedded structs in
// their place.
func fieldsOf(out []field, index []int, t reflect.Type) []field {
	for i := range t.NumField() {
		f, at := t.Field(i), append(slices.Clip(index), i)
		if f.Anonymous {
			out = fieldsOf(out, at, f.Type)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, field{at, string(quote.JSON(nil, name)) + ":", options != "omitempty", encoderOf(f.Type)})
	}
	return out
}

func structEncoder(fields []field) encoder {
	return func(b []byte, v reflect.Value) []byte {
		sep := byte('{')
		for i := range fields {
			f := &fields[i]
			x := v
			for _, n := range f.index {
				x = x.Field(n)
			}
			if !f.empty && empty(x) {
				continue
			}
			b = append(append(b, sep), f.key...)
			b = f.of(b, x)
			sep = ','
		}
		if sep == '{' {
			b = append(b, sep)
		}
		return append(b, '}')
	}
}

// empty reports whether omitempty leaves a value out.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// appendText writes a text by language.
func appendText(b []byte, t Text) []byte {
	if t == nil {
		return append(b, "null"...)
	}
	var few [8]string
	tags := few[:0]
	for tag := range t {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	b = append(b, '{')
	for i, tag := range tags {
		if i > 0 {
			b = append(b, ',')
		}
		b = quote.JSON(b, tag)
		b = append(b, ':')
		b = quote.JSON(b, t[tag])
	}
	return append(b, '}')
}
