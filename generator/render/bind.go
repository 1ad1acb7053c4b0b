package render

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"
	"sync"
	"text/template/parse"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/stencil"
)

// binding is the templates with the functions of a language. They are parsed and
// escaped all together, by judge, or each with those that it calls when it is
// first asked for. Those of the first language stand for all, since nothing but
// the texts that functions give differs; the others are there for what html/template
// executes itself.
type binding struct {
	*loader // what was found on the way
	words
	used template.FuncMap

	mu   sync.Mutex
	all  *template.Template            // once all are there
	some map[string]*template.Template // by name of a template: a set that has it
}

// languages reads the words, for the templates to be bound to.
func (l *loader) languages(langs []string, zone *time.Location) []*binding {
	catalogs := l.catalogs(langs)
	var out []*binding
	for _, tag := range langs {
		cat := catalogs[tag]
		if cat == nil {
			continue // a diagnostic says why
		}
		b := &binding{loader: &loader{fsys: l.fsys, pages: l.pages}, words: words{cat: cat, format: lang.NewFormatter(cat, zone)}}
		b.used, b.some = funcs(b.words), map[string]*template.Template{}
		out = append(out, b)
		b.tmpl = stencil.New(out[0].set, b.set, b.used)
	}
	return out
}

// judge binds all templates, and gives what is wrong with them.
func judge(bound []*binding) diag.List {
	if len(bound) == 0 {
		return nil
	}
	bound[0].bind()
	l := &loader{pages: bound[0].pages, calls: bound[0].calls}
	l.harmless()
	catalogs := map[string]*lang.Catalog{}
	for _, b := range bound {
		catalogs[b.cat.Lang()] = b.cat
	}
	l.checkKeys(catalogs)
	l.diags.Add(bound[0].diags...)
	return l.diags.Sort()
}

// bind binds all templates, and finds what is wrong with them.
func (b *binding) bind() {
	root, faults := b.together(b.collect)
	if root == nil { // the fault has spoilt the set
		root = b.root()
		b.parse(root, b.pages, func(page, parse.Node) {})
		b.diags.Add(faults...)
		for _, p := range b.pages {
			if t := root.Lookup(p.name); t != nil && t.Tree != nil {
				var bad *template.Error
				if err := t.Execute(io.Discard, nil); errors.As(err, &bad) {
					b.diags.Add(fault(err))
				}
			}
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = root
}

// together parses the templates and has them escaped, which
// html/template does when one is executed. A template that calls all of them
// does it in one go; only where that fails is each to be executed alone, to find
// all faults.
func (b *binding) together(see func(page, parse.Node)) (root *template.Template, faults diag.List) {
	root = b.root()
	if faults = b.parse(root, b.pages, see); len(faults) > 0 || b.escape(root, b.pages) != nil {
		return nil, faults
	}
	return root, nil
}

// set gives a set that has a template.
func (b *binding) set(name string) *template.Template {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all != nil {
		return b.all
	}
	if root := b.some[name]; root != nil {
		return root
	}
	root, pages := b.closure(name)
	if root == nil { // one of them is at odds, or not in a file of its own
		if b.all, _ = b.together(func(page, parse.Node) {}); b.all == nil {
			b.all = b.root() // has none: whoever executes the template fails
		}
		return b.all
	}
	for _, p := range pages {
		if b.some[p.name] == nil {
			b.some[p.name] = root
		}
	}
	return root
}

// defines finds a template that is defined inside a file.
var defines = regexp.MustCompile(`\{\{-?\s*(define|block)\b`)

// closure gives a set of a template and those that it calls, directly or by
// others: what it becomes does not depend on the rest. It is nil where that
// cannot be told, because a file defines a template beside its own, or has a
// fault.
func (b *binding) closure(name string) (root *template.Template, pages []page) {
	root = b.root()
	wanted := map[string]bool{name: true}
	see := func(_ page, n parse.Node) { called(n, wanted) }
	for found := true; found; {
		found = false
		for _, p := range b.pages {
			if (strings.Contains(p.text, "define") || strings.Contains(p.text, "block")) && defines.MatchString(p.text) {
				return nil, nil
			}
			if !wanted[p.name] || root.Lookup(p.name) != nil {
				continue
			}
			found = true
			pages = append(pages, p)
			if len(b.parse(root, []page{p}, see)) > 0 {
				return nil, nil
			}
		}
	}
	if b.escape(root, pages) != nil {
		return nil, nil
	}
	return root, pages
}

func (b *binding) root() *template.Template {
	return template.New("").Option("missingkey=error").Funcs(b.used)
}

// parse adds templates to a set; see is shown each tree.
func (b *binding) parse(root *template.Template, pages []page, see func(page, parse.Node)) diag.List {
	var faults diag.List
	for _, p := range pages {
		t, err := root.New(p.name).Parse(p.text)
		if err != nil {
			faults.Add(fault(err))
			continue
		}
		see(p, t.Tree.Root)
	}
	return faults
}

// escape has the templates of a set escaped, by a template that calls all.
func (b *binding) escape(root *template.Template, pages []page) error {
	var text strings.Builder
	for _, p := range pages {
		fmt.Fprintf(&text, "{{template %q}}\n", p.name)
	}
	err := template.Must(root.New(" all").Parse(text.String())).Execute(io.Discard, nil)
	if bad := (*template.Error)(nil); errors.As(err, &bad) {
		return err
	}
	return nil // others are for want of a dot
}

// called notes the templates that a tree calls.
func called(n parse.Node, names map[string]bool) {
	branch := func(b *parse.BranchNode) {
		called(b.List, names)
		called(b.ElseList, names)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				called(c, names)
			}
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		names[n.Name] = true
	}
}
