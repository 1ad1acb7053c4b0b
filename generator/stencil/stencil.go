// Package stencil renders the templates of a site without interpreting them
// each time.
//
// In: templates that html/template has parsed and escaped, and the functions
// that they use. Out: the bytes that html/template would write. A template is
// turned into a list of Go functions once for each type of its dot: which field
// is read and how a value is escaped is then known and not looked up again.
//
// It must not decide what is safe where: that is done by html/template, whose
// marks in the tree are followed. It must not guess either: a template that it
// does not understand, and one that fails, is executed by html/template, whose
// errors name the place.
package stencil

import (
	"bytes"
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"sync"
)

// Set is the templates of a language. It may be used by goroutines at once.
type Set struct {
	escaped, root func(name string) *template.Template // the set that has it, to read and to execute
	funcs         template.FuncMap

	mu     sync.RWMutex
	sheets map[key]*sheet // nil: none are made
	gaps   map[string]bool
}

// key names a sheet: the same template is another one for another dot.
type key struct {
	name string
	dot  reflect.Type
}

// sheet is a template made ready for one type of dot.
type sheet struct {
	key
	steps []step // nil, where the template is left to html/template
	slots int    // variables, the dot of the whole template included
}

// step writes a piece of a template.
type step func(f *frame, dot reflect.Value)

// frame is the state of an execution.
type frame struct {
	out   []byte
	vars  []reflect.Value // of all templates that are being executed
	base  int             // where the variables of the innermost begin
	depth int
	inset *inset // what stands for hole; nil: nothing does
}

// inset is a template that is written inside another.
type inset struct {
	sheet *sheet
	dot   reflect.Value
	done  bool // it was written
}

// hole is the text of a value in whose place Wrap writes another template. No
// content holds it, because no text of content holds a zero byte.
const hole = "\x00hole\x00"

// maxDepth is how deep templates may call each other here.
const maxDepth = 100

// New takes templates: for a name, root gives a set that holds that template and
// those that it calls, with the functions funcs, and escaped one that was executed
// once, so that all are escaped, perhaps with functions of the same names and
// types that give other texts. A function must give the same for the same
// arguments: where these are constants, it is called once.
func New(escaped, root func(name string) *template.Template, funcs template.FuncMap) *Set {
	return &Set{escaped: escaped, root: root, funcs: funcs, sheets: map[key]*sheet{}, gaps: map[string]bool{}}
}

// Interpreted gives the same templates, all of them left to html/template: what
// tests compare with.
func (s *Set) Interpreted() *Set {
	out := New(s.escaped, s.root, s.funcs)
	out.sheets = nil
	return out
}

// frames holds frames for reuse: many goroutines render many small fragments.
var frames = sync.Pool{New: func() any { return &frame{out: make([]byte, 0, 4<<10)} }}

// Execute writes a template to b. The error is that of html/template; b then
// holds what was written before it.
func (s *Set) Execute(b *bytes.Buffer, name string, dot any) error {
	f := frames.Get().(*frame)
	own := f.out
	f.out = b.AvailableBuffer()
	ok := s.run(f, name, dot)
	if ok {
		b.Write(f.out)
	}
	f.out = own
	frames.Put(f)
	if ok {
		return nil
	}
	return s.root(name).ExecuteTemplate(b, name, dot)
}

// Wrap is Execute for a template around another one, which is written straight
// into its place: set is called to put what it gives into the dot, where the
// template prints it. The error is that of html/template.
func (s *Set) Wrap(b *bytes.Buffer, name string, dot any, set func(template.HTML), innerName string, innerDot any) error {
	if s.wrap(b, name, dot, set, innerName, innerDot) {
		return nil
	}
	text, err := s.Fragment(innerName, innerDot)
	if err != nil {
		return err
	}
	set(text)
	return s.Execute(b, name, dot)
}

func (s *Set) wrap(b *bytes.Buffer, name string, dot any, set func(template.HTML), innerName string, innerDot any) (ok bool) {
	typ := reflect.TypeOf(innerDot)
	if typ == nil || s.sheets == nil {
		return false
	}
	sh := s.sheet(innerName, typ)
	if sh.steps == nil {
		return false
	}
	f := frames.Get().(*frame)
	own := f.out
	f.out, f.inset = b.AvailableBuffer(), &inset{sheet: sh, dot: reflect.ValueOf(innerDot)}
	set(hole)
	if ok = s.run(f, name, dot) && f.inset.done; ok {
		b.Write(f.out)
	}
	f.out, f.inset = own, nil
	frames.Put(f)
	return ok
}

// fill writes what stands for hole.
func (f *frame) fill() {
	if f.inset == nil {
		panic("nothing stands for the hole")
	}
	start := len(f.out)
	f.inset.done = true
	f.inset.sheet.write(f, f.inset.dot)
	if len(f.out) == start {
		panic("nothing to print, which a template may ask for")
	}
}

// Fragment gives what a template writes.
func (s *Set) Fragment(name string, dot any) (template.HTML, error) {
	f := frames.Get().(*frame)
	f.out = f.out[:0]
	ok := s.run(f, name, dot)
	out := template.HTML(f.out)
	frames.Put(f)
	if ok {
		return out, nil
	}
	var b bytes.Buffer
	err := s.root(name).ExecuteTemplate(&b, name, dot)
	return template.HTML(b.String()), err
}

// run fills a frame and reports whether that went well. Whatever goes wrong
// does so again in html/template, which says where.
func (s *Set) run(f *frame, name string, dot any) (ok bool) {
	typ := reflect.TypeOf(dot)
	if typ == nil || s.sheets == nil {
		return false
	}
	defer func() {
		if r := recover(); r != nil {
			s.leave(name, typ, r)
			ok = false
		}
		clear(f.vars)
		f.vars, f.base, f.depth = f.vars[:0], 0, 0
	}()
	sh := s.sheet(name, typ)
	if sh.steps == nil {
		return false
	}
	sh.write(f, reflect.ValueOf(dot))
	return true
}

// sheet gives a template made ready for a type of dot.
func (s *Set) sheet(name string, dot reflect.Type) *sheet {
	s.mu.RLock()
	sh := s.sheets[key{name, dot}]
	s.mu.RUnlock()
	if sh != nil {
		return sh
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.make(key{name, dot})
}

// write executes the steps of a sheet, with variables of their own.
func (sh *sheet) write(f *frame, dot reflect.Value) {
	if f.depth++; f.depth > maxDepth {
		panic("templates call each other without end")
	}
	outer := f.base
	f.base = len(f.vars)
	f.vars = slices.Grow(f.vars, sh.slots)[:f.base+sh.slots]
	f.vars[f.base] = dot
	for _, do := range sh.steps {
		do(f, dot)
	}
	clear(f.vars[f.base:])
	f.vars = f.vars[:f.base]
	f.base = outer
	f.depth--
}

// leave notes what html/template has to do, and why.
func (s *Set) leave(name string, dot reflect.Type, why any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gap(key{name, dot}, why)
}

func (s *Set) gap(k key, why any) { s.gaps[fmt.Sprintf("%s with %v: %v", k.name, k.dot, why)] = true }

// Gaps lists the templates that were left to html/template so far, with the
// type of their dot and the reason.
func (s *Set) Gaps() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Sorted(maps.Keys(s.gaps))
}
