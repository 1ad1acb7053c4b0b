package stencil

import (
	"reflect"
	"slices"
	"text/template/parse"
)

// expr is a value that a template names. Texts come without reflection where
// they can: str is set for those that functions and constants give.
type expr struct {
	typ reflect.Type
	get func(f *frame, dot reflect.Value) reflect.Value
	str func(f *frame, dot reflect.Value) string

	fixed bool // it is always the same
}

// text gives the text of an expression whose kind is string.
func (e expr) text() func(f *frame, dot reflect.Value) string {
	if e.str != nil {
		return e.str
	}
	get := e.get
	return func(f *frame, dot reflect.Value) string { return get(f, dot).String() }
}

// texts is an expression of a function that gives a text of type typ.
func texts(typ reflect.Type, str func(f *frame, dot reflect.Value) string) expr {
	return expr{typ: typ, str: str, get: func(f *frame, dot reflect.Value) reflect.Value { return reflect.ValueOf(str(f, dot)).Convert(typ) }}
}

// constant is an expression that is always the same.
func constant(v any) expr {
	value := reflect.ValueOf(v)
	return expr{typ: value.Type(), get: func(*frame, reflect.Value) reflect.Value { return value }, fixed: true}
}

// pipe compiles commands of which each takes the value of the one before.
func (c *compiler) pipe(cmds []*parse.CommandNode, dot reflect.Type) expr {
	if len(cmds) == 0 {
		fail("empty pipeline")
	}
	var last []expr
	for _, cmd := range cmds {
		last = []expr{c.command(cmd, dot, last)}
	}
	return last[0]
}

// command compiles a command; last is the value before it in the pipeline, or
// nothing.
func (c *compiler) command(cmd *parse.CommandNode, dot reflect.Type, last []expr) expr {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		var args []expr
		for _, a := range cmd.Args[1:] {
			args = append(args, c.operand(a, dot))
		}
		args = append(args, last...)
		e := c.function(id.Ident, args)
		e.fixed = !slices.ContainsFunc(args, func(a expr) bool { return !a.fixed })
		return e
	}
	if len(cmd.Args) > 1 || len(last) > 0 {
		fail("%s", cmd)
	}
	return c.operand(cmd.Args[0], dot)
}

// operand compiles a value that is no call.
func (c *compiler) operand(n parse.Node, dot reflect.Type) expr {
	here := expr{typ: dot, get: func(_ *frame, dot reflect.Value) reflect.Value { return dot }}
	switch n := n.(type) {
	case *parse.DotNode:
		return here
	case *parse.FieldNode:
		return fields(here, n.Ident)
	case *parse.VariableNode:
		return fields(c.variable(n.Ident[0]), n.Ident[1:])
	case *parse.ChainNode:
		return fields(c.operand(n.Node, dot), n.Field)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt && isDigits(n.Text) {
			return constant(int(n.Int64))
		}
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return c.pipe(n.Cmds, dot)
		}
	}
	fail("%s", n)
	return expr{}
}

// isDigits tells 10 from 1e1 and 'a', which follow other rules.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) < 10
}

func (c *compiler) variable(name string) expr {
	for i := len(c.scope) - 1; i >= 0; i-- {
		if v := c.scope[i]; v.name == name {
			return expr{typ: v.typ, get: func(f *frame, _ reflect.Value) reflect.Value { return f.vars[f.base+v.slot] }}
		}
	}
	fail("%s", name)
	return expr{}
}

// fields follows names into a value.
func fields(e expr, names []string) expr {
	for _, name := range names {
		e = field(e, name)
	}
	return e
}

// field reads a field of a struct, or an entry of a map. Nil pointers and
// missing entries panic: html/template then says what is missing.
func field(e expr, name string) expr {
	typ, get := e.typ, e.get
	if typ.Kind() == reflect.Pointer {
		if typ = typ.Elem(); typ.Kind() != reflect.Struct {
			fail("%s of %s", name, e.typ)
		}
		get = func(f *frame, dot reflect.Value) reflect.Value { return e.get(f, dot).Elem() }
	}
	if _, ok := reflect.PointerTo(typ).MethodByName(name); ok {
		fail("%s is a method of %s", name, e.typ)
	}
	switch typ.Kind() {
	case reflect.Struct:
		if sf, ok := typ.FieldByName(name); ok && sf.IsExported() {
			return expr{typ: sf.Type, get: member(e, get, sf.Index)}
		}
	case reflect.Map:
		if typ.Key() == reflect.TypeFor[string]() {
			entry := reflect.ValueOf(name)
			return expr{typ: typ.Elem(), get: func(f *frame, dot reflect.Value) reflect.Value {
				v := get(f, dot).MapIndex(entry)
				if !v.IsValid() {
					panic("no entry " + name)
				}
				return v
			}}
		}
	}
	fail("%s of %s", name, e.typ)
	return expr{}
}

// member reads the field of a struct at an index path.
func member(e expr, get func(*frame, reflect.Value) reflect.Value, path []int) func(*frame, reflect.Value) reflect.Value {
	if len(path) > 1 {
		return func(f *frame, dot reflect.Value) reflect.Value { return get(f, dot).FieldByIndex(path) }
	}
	i := path[0]
	return func(f *frame, dot reflect.Value) reflect.Value { return get(f, dot).Field(i) }
}
