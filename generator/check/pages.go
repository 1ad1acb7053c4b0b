// Package check holds the rules over the finished output: every internal link
// and anchor leads somewhere, and no page carries what the content security
// policy, a reader or a parser would refuse.
//
// In: the output files. Out: diagnostics whose file is the output file. It must
// not render anything or know how pages are made.
package check

import (
	"bytes"
	"io"
	"net/url"
	"path"
	"strings"

	"bongsu/generator/diag"

	"golang.org/x/net/html"
)

// File is an output file.
type File struct {
	Path string
	Data []byte
}

// Site says under which address the output stands.
type Site struct {
	Host   string // https://example.org
	Prefix string // "/" or "/sub/"
}

// Pages checks every HTML page among the files.
func Pages(s Site, files []File) diag.List {
	c := &checker{site: s, files: make(map[string]bool, len(files)), ids: map[string]map[string]bool{}}
	for _, f := range files {
		c.files[f.Path] = true
	}
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".html") {
			c.page(f)
		}
	}
	c.follow()
	return c.diags.Sort()
}

type checker struct {
	site  Site
	files map[string]bool
	ids   map[string]map[string]bool // by page
	links []link
	diags diag.List
}

type link struct{ from, to string }

func (c *checker) report(code diag.Code, file, format string, args ...any) {
	c.diags.Add(code.At(diag.Position{File: file}, format, args...))
}

// page reads one page: it collects ids and links and applies the rules that
// need no other page.
func (c *checker) page(f File) {
	p := pageState{ids: map[string]bool{}}
	for _, bad := range []string{"ZgotmplZ", "⟦", "<no value>", "%!"} {
		if bytes.Contains(f.Data, []byte(bad)) && (bad != "%!" || bytes.Contains(f.Data, []byte("%!s("))) {
			c.report(diag.BadTemplate, f.Path, "page contains %q", bad)
		}
	}
	z := html.NewTokenizer(bytes.NewReader(f.Data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				c.report(diag.BadTemplate, f.Path, "page cannot be read: %v", z.Err())
			}
			c.finish(f.Path, p)
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			c.tag(f.Path, &p, z.Token())
		}
	}
}

type pageState struct {
	ids  map[string]bool
	h1   int
	lang string
}

func (c *checker) finish(file string, p pageState) {
	c.ids[file] = p.ids
	if p.lang == "" {
		c.report(diag.BadTemplate, file, "page has no language")
	}
	if p.h1 != 1 {
		c.report(diag.BadTemplate, file, "page has %d h1 headings instead of 1", p.h1)
	}
}

// tag applies the rules for one start tag.
func (c *checker) tag(file string, p *pageState, t html.Token) {
	attr := map[string]string{}
	for _, a := range t.Attr {
		attr[a.Key] = a.Val
		switch {
		case a.Key == "style":
			c.report(diag.UnsafeTemplate, file, "<%s> carries a style attribute", t.Data)
		case strings.HasPrefix(a.Key, "on"):
			c.report(diag.UnsafeTemplate, file, "<%s> carries the handler %q", t.Data, a.Key)
		case a.Key == "id":
			if p.ids[a.Val] {
				c.report(diag.BadTemplate, file, "id %q stands twice", a.Val)
			}
			p.ids[a.Val] = true
		case a.Key == "target":
			c.report(diag.BadTemplate, file, "<%s> opens a new window", t.Data)
		case (a.Key == "href" && t.Data != "link") || a.Key == "src":
			c.links = append(c.links, link{file, a.Val})
		}
	}
	switch t.Data {
	case "html":
		p.lang = attr["lang"]
	case "h1":
		p.h1++
	case "style":
		c.report(diag.UnsafeTemplate, file, "page has a style element")
	case "script":
		if attr["src"] == "" && attr["type"] != "application/ld+json" {
			c.report(diag.UnsafeTemplate, file, "page has an inline script")
		}
	case "link":
		if rel := attr["rel"]; rel != "canonical" || strings.HasPrefix(attr["href"], c.site.Host) {
			c.links = append(c.links, link{file, attr["href"]})
		}
	case "iframe", "object", "embed", "form":
		c.report(diag.UnsafeTemplate, file, "page has the element <%s>", t.Data)
	}
}

// follow checks every internal link against the files and their ids.
func (c *checker) follow() {
	seen := map[link]bool{}
	for _, l := range c.links {
		if seen[l] {
			continue
		}
		seen[l] = true
		target, frag, ok := c.target(l)
		if !ok {
			continue
		}
		switch {
		case !c.files[target]:
			c.report(diag.DeadLink, l.from, "link %q leads to no file (%s)", l.to, target)
		case frag != "" && strings.HasSuffix(target, ".html") && !c.ids[target][frag]:
			c.report(diag.DeadAnchor, l.from, "link %q: %s has no id %q", l.to, target, frag)
		}
	}
}

// target gives the output file that a link leads to; ok is false where it
// leads out of the site.
func (c *checker) target(l link) (file, frag string, ok bool) {
	to := l.to
	if rest, in := strings.CutPrefix(to, c.site.Host); in && (rest == "" || rest[0] == '/') {
		to = rest
	}
	u, err := url.Parse(to)
	if err != nil {
		c.report(diag.DeadLink, l.from, "link %q cannot be read", l.to)
		return "", "", false
	}
	if u.Scheme != "" || u.Host != "" {
		return "", "", false
	}
	frag = u.Fragment
	if u.Path == "" {
		return l.from, frag, true
	}
	rest, in := strings.CutPrefix(u.Path, c.site.Prefix)
	if !in {
		c.report(diag.DeadLink, l.from, "link %q leads out of %q", l.to, c.site.Prefix)
		return "", "", false
	}
	if rest == "" || strings.HasSuffix(rest, "/") {
		return rest + "index.html", frag, true
	}
	if path.Ext(rest) == "" && !c.files[rest] { // clean addresses
		rest += ".html"
	}
	return rest, frag, true
}
