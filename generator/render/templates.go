package render

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
)

// refusal is a piece that no file of a kind may hold. Each match of the pattern
// holds one of the words, in small letters where the pattern takes both: most
// files have none of them and need no search.
type refusal struct {
	words   []string
	pattern *regexp.Regexp
	what    string
	hint    string
}

// possible reports whether a text can match.
func (r *refusal) possible(text string) bool {
	return slices.ContainsFunc(r.words, func(w string) bool { return strings.Contains(text, w) })
}

// unsafe are pieces of markup that no template may hold (standards SEC-20,
// SEC-21, A11Y-14).
var unsafe = []refusal{
	{[]string{"style"}, regexp.MustCompile(`(?i)\sstyle\s*=`), "style attribute", "add a class and a rule to a style sheet"},
	{[]string{" on", "\non", "\ton", "\ron", "\fon"}, regexp.MustCompile(`(?i)\son[a-z]+\s*=`), "inline handler", "use a link or a form"},
	{[]string{"target"}, regexp.MustCompile(`(?i)\starget\s*=`), "target attribute", "links open in the same window"},
	{[]string{"<style", "<iframe", "<object", "<embed"}, regexp.MustCompile(`(?i)<(style|iframe|object|embed)\b`), "forbidden element", ""},
	{[]string{"//"}, regexp.MustCompile(`(?i)(src|href)="?(https?:)?//`), "address of another host", "addresses come from content"},
}

// templates reads base.html and the templates of parts and pages.
func (l *loader) templates() {
	names := append([]string{"base.html"}, l.list("parts/*/*.html")...)
	names = append(names, l.list("pages/*/*.html")...)
	for _, name := range names {
		text, ok := l.read(name)
		if !ok {
			continue
		}
		l.pages = append(l.pages, page{name: templateName(name), file: name, text: text})
	}
}

// harmless reports what no template may hold.
func (l *loader) harmless() {
	for _, p := range l.pages {
		small := strings.ToLower(p.text)
		for _, u := range unsafe {
			if !u.possible(small) {
				continue
			}
			if at := u.pattern.FindStringIndex(p.text); at != nil {
				d := diag.UnsafeTemplate.At(place(p.file, p.text, at[0]), "%s %q is not allowed", u.what, strings.TrimSpace(p.text[at[0]:at[1]]))
				if u.hint != "" {
					d = d.WithHint("%s", u.hint)
				}
				l.diags.Add(d)
			}
		}
	}
}

// templateName is how templates name each other: base, parts/item, pages/home.
// A folder's file of its own name takes the folder's name; further files are
// parts/item/row.
func templateName(file string) string {
	dir, name := path.Split(strings.TrimSuffix(file, ".html"))
	if path.Base(dir) == name {
		return path.Clean(dir)
	}
	return dir + name
}

// templateFile is the file of a template, by its name.
func templateFile(name string) string {
	if strings.Count(name, "/") == 1 {
		name += "/" + path.Base(name)
	}
	return name + ".html"
}

// call is a use of a word by a template.
type call struct {
	key string
	pos diag.Position
}

// collect finds the words that a template uses. A key that is not written out
// could not be checked, and is reported.
func (l *loader) collect(p page, n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				l.collect(p, c)
			}
		}
	case *parse.ActionNode:
		l.collectPipe(p, n.Pipe)
	case *parse.IfNode:
		l.collectBranch(p, &n.BranchNode)
	case *parse.RangeNode:
		l.collectBranch(p, &n.BranchNode)
	case *parse.WithNode:
		l.collectBranch(p, &n.BranchNode)
	case *parse.TemplateNode:
		l.collectPipe(p, n.Pipe)
	}
}

func (l *loader) collectBranch(p page, n *parse.BranchNode) {
	l.collectPipe(p, n.Pipe)
	l.collect(p, n.List)
	l.collect(p, n.ElseList)
}

func (l *loader) collectPipe(p page, pipe *parse.PipeNode) {
	if pipe == nil {
		return
	}
	for _, c := range pipe.Cmds {
		for _, a := range c.Args {
			if inner, ok := a.(*parse.PipeNode); ok {
				l.collectPipe(p, inner)
			}
		}
		if id, ok := c.Args[0].(*parse.IdentifierNode); !ok || id.Ident != "t" {
			continue
		}
		pos := place(p.file, p.text, int(c.Position()))
		if len(c.Args) > 1 {
			if s, ok := c.Args[1].(*parse.StringNode); ok {
				l.calls = append(l.calls, call{s.Text, pos})
				continue
			}
		}
		l.diags.Add(diag.BadTemplate.At(pos, "the key of a text must be written out").WithHint(`write {{t "home.title"}}; choose between texts in Go`))
	}
}

// checkKeys reports the keys of templates that no language has.
func (l *loader) checkKeys(catalogs map[string]*lang.Catalog) {
	for _, tag := range slices.Sorted(maps.Keys(catalogs)) {
		cat := catalogs[tag]
		for _, c := range l.calls {
			if cat.Has(c.key) {
				continue
			}
			d := diag.BadTemplate.At(c.pos, "text %q is not in the strings", c.key)
			if near, ok := lang.Closest(c.key, cat.Keys()); ok {
				d = d.WithHint("did you mean %q?", near)
			} else {
				d = d.WithHint("add it to %sstrings/%s.yaml", folder, tag)
			}
			l.diags.Add(d)
		}
	}
}

// errorPlace finds where an error of a template happened.
var errorPlace = regexp.MustCompile(`template: ?([^:\s]+):(\d+)(?::(\d+))?: (.*)`)

// fault turns an error of a template into a diagnostic.
func fault(err error) diag.Diagnostic {
	m := errorPlace.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.BadTemplate.At(diag.Position{File: folder + "base.html"}, "%s", err)
	}
	line, _ := strconv.Atoi(m[2]) // the pattern takes digits only
	col, _ := strconv.Atoi(m[3])
	if col > 0 {
		col++ // templates count from 0
	}
	return diag.BadTemplate.At(diag.Position{File: folder + templateFile(m[1]), Line: line, Col: col}, "%s", m[4])
}

// Fault turns an error of File.Render into a diagnostic that names the template.
func Fault(err error) diag.Diagnostic {
	var f *fileError
	if errors.As(err, &f) {
		return fault(f.err).WithHint("while rendering %s", f.path)
	}
	return fault(err)
}

// fileError is an error of a template with the file that was rendered.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return fmt.Sprintf("%s: %v", e.path, e.err) }
func (e *fileError) Unwrap() error { return e.err }
