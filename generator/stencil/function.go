package stencil

import (
	"html/template"
	"reflect"
	"text/template/parse"
	"time"
)

var (
	stringType = reflect.TypeFor[string]()
	htmlType   = reflect.TypeFor[template.HTML]()
	jsType     = reflect.TypeFor[template.JS]()
	intType    = reflect.TypeFor[int]()
	timeType   = reflect.TypeFor[time.Time]()
)

// function compiles the call of a function of the set. Each form of function is
// a case: a call through reflect would cost more than most functions do.
func (c *compiler) function(name string, args []expr) expr {
	switch fn := c.set.funcs[name].(type) {
	case func(string) string:
		a := takes(name, args, stringType)[0].text()
		return texts(stringType, func(f *frame, dot reflect.Value) string { return fn(a(f, dot)) })
	case func(string) template.HTML:
		a := takes(name, args, stringType)[0].text()
		return texts(htmlType, func(f *frame, dot reflect.Value) string { return string(fn(a(f, dot))) })
	case func(int) string:
		a := takes(name, args, intType)[0].get
		return texts(stringType, func(f *frame, dot reflect.Value) string { return fn(int(a(f, dot).Int())) })
	case func(time.Time) template.HTML:
		a := takes(name, args, timeType)[0].get
		return texts(htmlType, func(f *frame, dot reflect.Value) string {
			return string(fn(a(f, dot).Interface().(time.Time)))
		})
	case func(string, ...any) string:
		if len(args) == 0 {
			fail("%s without arguments", name)
		}
		a, rest := takes(name, args[:1], stringType)[0].text(), values(name, args[1:])
		return texts(stringType, func(f *frame, dot reflect.Value) string {
			list := make([]any, len(rest))
			for i, value := range rest {
				list[i] = value(f, dot)
			}
			return fn(a(f, dot), list...)
		})
	}
	fail("function %s", name)
	return expr{}
}

// takes checks the arguments of a function.
func takes(name string, args []expr, types ...reflect.Type) []expr {
	if len(args) != len(types) {
		fail("%s with %d arguments", name, len(args))
	}
	for i, a := range args {
		if a.typ != types[i] {
			fail("%s with %s", name, a.typ)
		}
	}
	return args
}

// values gives arguments of any type.
func values(name string, args []expr) []func(*frame, reflect.Value) any {
	var out []func(*frame, reflect.Value) any
	for _, a := range args {
		switch {
		case a.typ == stringType:
			text := a.text()
			out = append(out, func(f *frame, dot reflect.Value) any { return text(f, dot) })
		case a.typ.Kind() == reflect.Interface:
			fail("%s with %s", name, a.typ)
		default:
			out = append(out, func(f *frame, dot reflect.Value) any { return a.get(f, dot).Interface() })
		}
	}
	return out
}

// test reports whether a condition holds.
type test func(f *frame, dot reflect.Value) bool

// condition compiles what stands behind if.
func (c *compiler) condition(cmds []*parse.CommandNode, dot reflect.Type) test {
	if id, ok := cmds[0].Args[0].(*parse.IdentifierNode); ok && len(cmds) == 1 && c.set.funcs[id.Ident] == nil {
		if t := c.logic(id.Ident, cmds[0].Args[1:], dot); t != nil {
			return t
		}
	}
	e := c.pipe(cmds, dot)
	holds := truth(e.typ)
	return func(f *frame, dot reflect.Value) bool { return holds(e.get(f, dot)) }
}

// logic compiles and, or, not, eq and ne; nil is another function.
func (c *compiler) logic(name string, args []parse.Node, dot reflect.Type) test {
	switch {
	case (name == "and" || name == "or") && len(args) > 0:
		var all []test
		for _, a := range args {
			all = append(all, c.holds(a, dot))
		}
		end := name == "or" // a test with this outcome decides
		return func(f *frame, dot reflect.Value) bool {
			for _, t := range all {
				if t(f, dot) == end {
					return end
				}
			}
			return !end
		}
	case name == "not" && len(args) == 1:
		t := c.holds(args[0], dot)
		return func(f *frame, dot reflect.Value) bool { return !t(f, dot) }
	case (name == "eq" || name == "ne") && len(args) == 2:
		t, want := equal(c.operand(args[0], dot), c.operand(args[1], dot)), name == "eq"
		return func(f *frame, dot reflect.Value) bool { return t(f, dot) == want }
	}
	return nil
}

// holds compiles an argument of and, or and not.
func (c *compiler) holds(n parse.Node, dot reflect.Type) test {
	if p, ok := n.(*parse.PipeNode); ok && len(p.Decl) == 0 {
		return c.condition(p.Cmds, dot)
	}
	e := c.operand(n, dot)
	holds := truth(e.typ)
	return func(f *frame, dot reflect.Value) bool { return holds(e.get(f, dot)) }
}

// equal compares two texts, or two whole numbers.
func equal(a, b expr) test {
	switch {
	case a.typ.Kind() == reflect.String && b.typ.Kind() == reflect.String:
		x, y := a.text(), b.text()
		return func(f *frame, dot reflect.Value) bool { return x(f, dot) == y(f, dot) }
	case a.typ == intType && b.typ == intType:
		return func(f *frame, dot reflect.Value) bool { return a.get(f, dot).Int() == b.get(f, dot).Int() }
	}
	fail("eq of %s and %s", a.typ, b.typ)
	return nil
}

// truth tells how to see whether a value of a type is what if and with take for
// true.
func truth(typ reflect.Type) func(reflect.Value) bool {
	switch typ.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	fail("truth of %s", typ)
	return nil
}
