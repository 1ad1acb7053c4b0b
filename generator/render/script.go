package render

import (
	"path"
	"regexp"
	"strings"

	"bongsu/generator/diag"
)

// siteScript is the script that every page loads. A page loads one script at
// the most, so the script of a kind of page is joined to it, not added beside
// it:
//
//	assets/js/site.js                    every page
//	assets/js/site.js + pages/KIND/*.js  pages of the kind KIND
//
// A page of another kind that needs the script of KIND sets
// Page.Script = e.script("KIND"). Scripts are plain (no modules, no imports) and
// run after the page was read; each file is a block of its own, so names do
// not meet. Words come from data attributes of the page, addresses too.
const siteScript = "assets/js/site.js"

// namespaces begins the names of the vocabularies of XML.
const namespaces = "http://www.w3.org/"

// unsafeScript are pieces that no script may hold.
var unsafeScript = []refusal{
	{words: []string{"eval", "Function", "importScripts"}, pattern: regexp.MustCompile(`\b(eval|Function|importScripts)\s*\(`), what: "code from text"},
	{words: []string{`"//`, "'//", "`//", "://"}, pattern: regexp.MustCompile(`["'\x60](https?:)?//[a-z]`), what: "address of another host"},
	{words: []string{"HTML", "document.write"}, pattern: regexp.MustCompile(`\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write`), what: "markup from text"},
	{words: []string{"import", "export"}, pattern: regexp.MustCompile(`(?m)^\s*(import|export)\b`), what: "module"},
}

// scripts joins the scripts of each kind of page with that of every page.
// "site" names the bundle without any other.
func (l *loader) scripts() map[string]Asset {
	parts := map[string]string{"site": ""}
	for _, name := range l.list("pages/*/*.js") {
		kind := path.Base(path.Dir(name))
		parts[kind] += l.script(name)
	}
	if len(l.list(siteScript)) == 0 {
		return nil
	}
	first := l.script(siteScript)
	out := map[string]Asset{}
	for kind, rest := range parts {
		out[kind] = asset(kind+".js", []byte("\"use strict\";\n"+first+rest))
	}
	return out
}

// script reads a script as a block, without comments on lines of their own.
func (l *loader) script(name string) string {
	text, ok := l.read(name)
	if !ok {
		return ""
	}
	for _, u := range unsafeScript {
		if !u.possible(text) {
			continue
		}
		for _, at := range u.pattern.FindAllStringIndex(text, -1) {
			if strings.HasPrefix(text[at[0]+1:], namespaces) {
				continue // names a vocabulary, such as that of SVG; nothing is fetched
			}
			l.diags.Add(diag.UnsafeTemplate.At(place(name, text, at[0]), "%s %q is not allowed in a script", u.what, strings.TrimSpace(text[at[0]:at[1]])))
		}
	}
	var b strings.Builder
	b.WriteString("{\n")
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			b.WriteString(line + "\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// script gives the address of the script for a kind of page: its own joined to
// that of every page, or that of every page alone.
func (b *builder) script(kind string) string {
	a, ok := b.set.scripts[kind]
	if !ok {
		if a, ok = b.set.scripts["site"]; !ok {
			return ""
		}
	}
	return b.site.Links.Root(a.Path)
}
