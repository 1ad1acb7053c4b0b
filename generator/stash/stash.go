// Package stash writes values as bytes and reads them back: what was made of
// input files is kept between runs of the program.
//
// In: values made of exported fields, lists, maps from strings and pointers.
// Out: bytes, and the same values again. The bytes are for the same program
// only: nothing in them says what they are, so what they hold must be checked
// before (Seal, Open) and belong to the same types. It must not read files nor
// know what the values mean.
package stash

import (
	"fmt"
	"math/bits"
	"reflect"
)

// Codec writes and reads values of T. It is safe for concurrent use.
type Codec[T any] struct{ plan plan }

// Hook says how values of one type are written and read where its fields do not
// say it. The two functions must agree.
type Hook struct {
	of   reflect.Type
	plan plan
}

// HookFor makes the Hook of a type.
func HookFor[T any](write func(*Writer, *T), read func(*Reader, *T)) Hook {
	return Hook{reflect.TypeFor[T](), plan{
		write: func(w *Writer, v reflect.Value) { write(w, v.Addr().Interface().(*T)) },
		read:  func(r *Reader, v reflect.Value) { read(r, v.Addr().Interface().(*T)) },
	}}
}

// NewCodec works out how a type is written. The error names a type inside it
// that cannot be: one with unexported fields, a function, an interface.
func NewCodec[T any](hooks ...Hook) (*Codec[T], error) {
	p := planner{known: map[reflect.Type]*plan{}}
	for _, h := range hooks {
		p.known[h.of] = &h.plan
	}
	top, err := p.of(reflect.TypeFor[T]())
	if err != nil {
		return nil, fmt.Errorf("stash: %w", err)
	}
	return &Codec[T]{*top}, nil
}

// Write appends a value.
func (c *Codec[T]) Write(w *Writer, v *T) { c.plan.write(w, reflect.ValueOf(v).Elem()) }

// Read reads a value into v, which must be zero. Whether the bytes were good is
// told by the Reader.
func (c *Codec[T]) Read(r *Reader, v *T) { c.plan.read(r, reflect.ValueOf(v).Elem()) }

// plan is how a type is written and read; the values can be addressed.
type plan struct {
	write func(*Writer, reflect.Value)
	read  func(*Reader, reflect.Value)
}

// planner works out plans. A type that holds itself finds its own plan, which
// is filled in later.
type planner struct{ known map[reflect.Type]*plan }

func (p planner) of(t reflect.Type) (*plan, error) {
	if known := p.known[t]; known != nil {
		return known, nil
	}
	out := &plan{}
	p.known[t] = out
	made, err := p.make(t)
	if err != nil {
		return nil, err
	}
	*out = made
	return out, nil
}

func (p planner) make(t reflect.Type) (plan, error) {
	switch t.Kind() {
	case reflect.String:
		return plan{func(w *Writer, v reflect.Value) { w.String(v.String()) }, func(r *Reader, v reflect.Value) { v.SetString(r.String()) }}, nil
	case reflect.Bool:
		return plan{func(w *Writer, v reflect.Value) { w.Bool(v.Bool()) }, func(r *Reader, v reflect.Value) { v.SetBool(r.Bool()) }}, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return plan{func(w *Writer, v reflect.Value) { w.Int(v.Int()) }, func(r *Reader, v reflect.Value) { v.SetInt(r.Int()) }}, nil
	case reflect.Slice:
		return p.list(t)
	case reflect.Map:
		return p.table(t)
	case reflect.Pointer:
		return p.pointer(t)
	case reflect.Struct:
		return p.fields(t)
	}
	return plan{}, fmt.Errorf("values of %s cannot be kept", t)
}

// list writes a length, one more than it is, so that no list is 0.
func (p planner) list(t reflect.Type) (plan, error) {
	item, err := p.of(t.Elem())
	return plan{
		write: func(w *Writer, v reflect.Value) {
			if v.IsNil() {
				w.Len(0)
				return
			}
			w.Len(v.Len() + 1)
			for i := range v.Len() {
				item.write(w, v.Index(i))
			}
		},
		read: func(r *Reader, v reflect.Value) {
			n := r.Len()
			if n == 0 {
				return
			}
			v.Set(reflect.MakeSlice(t, n-1, n-1))
			for i := range n - 1 {
				item.read(r, v.Index(i))
			}
		},
	}, err
}

func (p planner) table(t reflect.Type) (plan, error) {
	if t.Key().Kind() != reflect.String {
		return plan{}, fmt.Errorf("values of %s cannot be kept: its keys are no strings", t)
	}
	item, err := p.of(t.Elem())
	return plan{
		write: func(w *Writer, v reflect.Value) {
			if v.IsNil() {
				w.Len(0)
				return
			}
			w.Len(v.Len() + 1)
			for it := v.MapRange(); it.Next(); {
				w.String(it.Key().String())
				value := reflect.New(t.Elem()).Elem()
				value.Set(it.Value())
				item.write(w, value)
			}
		},
		read: func(r *Reader, v reflect.Value) {
			n := r.Len()
			if n == 0 {
				return
			}
			v.Set(reflect.MakeMapWithSize(t, n-1))
			for range n - 1 {
				key := reflect.New(t.Key()).Elem()
				key.SetString(r.String())
				value := reflect.New(t.Elem()).Elem()
				item.read(r, value)
				v.SetMapIndex(key, value)
			}
		},
	}, err
}

func (p planner) pointer(t reflect.Type) (plan, error) {
	to, err := p.of(t.Elem())
	return plan{
		write: func(w *Writer, v reflect.Value) {
			w.Bool(!v.IsNil())
			if !v.IsNil() {
				to.write(w, v.Elem())
			}
		},
		read: func(r *Reader, v reflect.Value) {
			if r.Bool() {
				v.Set(reflect.New(t.Elem()))
				to.read(r, v.Elem())
			}
		},
	}, err
}

func (p planner) fields(t reflect.Type) (plan, error) {
	plans := make([]*plan, t.NumField())
	for i := range plans {
		f := t.Field(i)
		if !f.IsExported() {
			return plan{}, fmt.Errorf("values of %s cannot be kept: field %s is not exported", t, f.Name)
		}
		var err error
		if plans[i], err = p.of(f.Type); err != nil {
			return plan{}, err
		}
	}
	const each = 8
	return plan{
		write: func(w *Writer, v reflect.Value) {
			at := len(w.Bytes) // of a bit for each field: whether it is other than zero
			w.Bytes = append(w.Bytes, make([]byte, (len(plans)+each-1)/each)...)
			for i, f := range plans {
				if x := v.Field(i); !x.IsZero() {
					w.Bytes[at+i/each] |= 1 << (i % each)
					f.write(w, x)
				}
			}
		},
		read: func(r *Reader, v reflect.Value) {
			set := r.Raw((len(plans) + each - 1) / each)
			for i := range set {
				for b := set[i]; b != 0; b &= b - 1 {
					if n := i*each + bits.TrailingZeros8(b); n < len(plans) {
						plans[n].read(r, v.Field(n))
					}
				}
			}
		},
	}, nil
}
