package stencil

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// compiler makes one sheet.
type compiler struct {
	set   *Set
	slots int
	scope []variable // innermost last
}

// variable is a name with the place of its value in the frame.
type variable struct {
	name string
	slot int
	typ  reflect.Type
}

// unknown says what the compiler does not understand; it travels as a panic
// from the node to make.
type unknown string

func fail(format string, args ...any) { panic(unknown(fmt.Sprintf(format, args...))) }

// make compiles a template, and those it calls. The lock is held.
func (s *Set) make(k key) (sh *sheet) {
	if sh = s.sheets[k]; sh != nil {
		return sh // made meanwhile, or being made: it calls itself
	}
	sh = &sheet{key: k}
	s.sheets[k] = sh
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unknown:
			sh.steps = nil
			s.gap(k, r)
		default:
			panic(r)
		}
	}()
	t := s.escaped(k.name).Lookup(k.name)
	if t == nil || t.Tree == nil {
		fail("there is no such template")
	}
	c := &compiler{set: s}
	c.declare("$", k.dot)
	steps := c.list(t.Tree.Root, k.dot)
	if steps == nil {
		steps = []step{}
	}
	sh.slots, sh.steps = c.slots, steps
	return
}

func (c *compiler) declare(name string, typ reflect.Type) int {
	slot := c.slots
	c.slots++
	c.scope = append(c.scope, variable{name, slot, typ})
	return slot
}

// list compiles nodes; texts that stand together become one.
func (c *compiler) list(n *parse.ListNode, dot reflect.Type) []step {
	if n == nil {
		return nil
	}
	var out []step
	var text []byte
	flush := func() {
		if len(text) > 0 {
			piece := bytes.Clone(text)
			out = append(out, func(f *frame, _ reflect.Value) { f.out = append(f.out, piece...) })
			text = text[:0]
		}
	}
	for _, node := range n.Nodes {
		if t, ok := node.(*parse.TextNode); ok {
			text = append(text, t.Text...)
			continue
		}
		do, fixed := c.node(node, dot)
		if fixed {
			if piece, ok := written(do); ok {
				text = append(text, piece...)
				continue
			}
		}
		flush()
		out = append(out, do)
	}
	flush()
	return out
}

// written gives what a step writes that is always the same. Where it fails, it
// will do so in its place.
func written(do step) (text []byte, ok bool) {
	defer func() { _ = recover() }()
	f := new(frame)
	do(f, reflect.Value{})
	return f.out, true
}

// node compiles a node, and reports whether it always writes the same.
func (c *compiler) node(n parse.Node, dot reflect.Type) (do step, fixed bool) {
	switch n := n.(type) {
	case *parse.ActionNode:
		return c.action(n.Pipe, dot)
	case *parse.IfNode:
		return c.choice(n.Pipe, n.List, n.ElseList, dot), false
	case *parse.WithNode:
		return c.with(&n.BranchNode, dot), false
	case *parse.RangeNode:
		return c.repeat(&n.BranchNode, dot), false
	case *parse.TemplateNode:
		return c.call(n, dot), false
	}
	fail("%s", n)
	return nil, false
}

// action compiles what prints a value, or sets a variable.
func (c *compiler) action(p *parse.PipeNode, dot reflect.Type) (do step, fixed bool) {
	if len(p.Decl) > 0 {
		return c.assign(p, c.pipe(p.Cmds, dot)), false
	}
	n := len(p.Cmds)
	for n > 0 && escaper(p.Cmds[n-1]) != "" {
		n--
	}
	var names []string
	for _, cmd := range p.Cmds[n:] {
		names = append(names, escaper(cmd))
	}
	e := c.pipe(p.Cmds[:n], dot)
	return printer(e, strings.Join(names, " ")), e.fixed
}

// escaper gives the name of an escaper that html/template put into a pipeline.
func escaper(cmd *parse.CommandNode) string {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && len(cmd.Args) == 1 {
		if name, ok := strings.CutPrefix(id.Ident, "_html_template_"); ok {
			return name
		}
	}
	return ""
}

// assign declares the variable of a pipeline and sets it to a value.
func (c *compiler) assign(p *parse.PipeNode, e expr) step {
	if p.IsAssign || len(p.Decl) != 1 {
		fail("%s", p)
	}
	slot := c.declare(p.Decl[0].Ident[0], e.typ)
	return func(f *frame, dot reflect.Value) {
		v := e.get(f, dot)
		f.vars[f.base+slot] = v
	}
}

// inner compiles a list with variables of its own.
func (c *compiler) inner(n *parse.ListNode, dot reflect.Type) []step {
	mark := len(c.scope)
	out := c.list(n, dot)
	c.scope = c.scope[:mark]
	return out
}

func (c *compiler) choice(p *parse.PipeNode, list, other *parse.ListNode, dot reflect.Type) step {
	if len(p.Decl) > 0 {
		fail("%s", p)
	}
	holds := c.condition(p.Cmds, dot)
	yes, no := c.inner(list, dot), c.inner(other, dot)
	return func(f *frame, dot reflect.Value) {
		steps := no
		if holds(f, dot) {
			steps = yes
		}
		for _, do := range steps {
			do(f, dot)
		}
	}
}

func (c *compiler) with(n *parse.BranchNode, dot reflect.Type) step {
	mark := len(c.scope)
	e := c.pipe(n.Pipe.Cmds, dot)
	set := func(*frame, reflect.Value) {}
	if len(n.Pipe.Decl) > 0 {
		set = c.assign(n.Pipe, e)
	}
	holds := truth(e.typ)
	yes, no := c.inner(n.List, e.typ), c.inner(n.ElseList, dot)
	c.scope = c.scope[:mark]
	return func(f *frame, dot reflect.Value) {
		v, steps := e.get(f, dot), yes
		set(f, dot)
		if !holds(v) {
			v, steps = dot, no
		}
		for _, do := range steps {
			do(f, v)
		}
	}
}

// repeat compiles a range over a list.
func (c *compiler) repeat(n *parse.BranchNode, dot reflect.Type) step {
	e := c.pipe(n.Pipe.Cmds, dot)
	if e.typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		fail("range over %s", e.typ)
	}
	mark := len(c.scope)
	index, elem := -1, -1
	switch decl := n.Pipe.Decl; len(decl) {
	case 2:
		index = c.declare(decl[0].Ident[0], reflect.TypeFor[int]())
		elem = c.declare(decl[1].Ident[0], e.typ.Elem())
	case 1:
		elem = c.declare(decl[0].Ident[0], e.typ.Elem())
	}
	each := c.inner(n.List, e.typ.Elem())
	c.scope = c.scope[:mark]
	none := c.inner(n.ElseList, dot)
	return func(f *frame, dot reflect.Value) {
		list := e.get(f, dot)
		n := list.Len()
		for i := range n {
			v := list.Index(i)
			if index >= 0 {
				f.vars[f.base+index] = reflect.ValueOf(i)
			}
			if elem >= 0 {
				f.vars[f.base+elem] = v
			}
			for _, do := range each {
				do(f, v)
			}
		}
		if n > 0 {
			return
		}
		for _, do := range none {
			do(f, dot)
		}
	}
}

// call compiles the call of a template. One that is not understood is executed
// by html/template from here on.
func (c *compiler) call(n *parse.TemplateNode, dot reflect.Type) step {
	if n.Pipe == nil || len(n.Pipe.Decl) > 0 || strings.Contains(n.Name, "$") {
		fail("%s", n) // a name with a dollar is one that html/template made for another context
	}
	e := c.pipe(n.Pipe.Cmds, dot)
	if e.typ.Kind() == reflect.Interface {
		fail("%s: type not known", n)
	}
	set, sh := c.set, c.set.make(key{n.Name, e.typ})
	return func(f *frame, dot reflect.Value) {
		v := e.get(f, dot)
		if sh.steps != nil {
			sh.write(f, v)
			return
		}
		var b bytes.Buffer
		if err := set.root(sh.name).ExecuteTemplate(&b, sh.name, v.Interface()); err != nil {
			panic(err)
		}
		f.out = append(f.out, b.Bytes()...)
	}
}
