package build

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/site"
)

// anchors checks that internal links with a fragment name an id of the page
// that they lead to. Only those pages are rendered, and looked at once for
// each fragment. Of a site with errors a page may be missing, or fail: its own
// fault is reported, and nothing is said of links to it.
func anchors(s *site.Site, files []File, faulty bool) (diag.List, error) {
	type place struct{ path, fragment string }
	a := anchorer{files: files, pages: map[string][]byte{}}
	known := map[place]bool{}
	var diags diag.List
	for _, l := range s.Fragments() {
		at := place{site.File(l.Lang, l.Path), l.Fragment}
		ok, looked := known[at]
		if !looked {
			page, err := a.page(at.path)
			if err != nil && !faulty {
				return nil, err
			}
			ok = faulty && page == nil || bytes.Contains(page, []byte(`id="`+l.Fragment+`"`))
			known[at] = ok
		}
		if !ok {
			diags.Add(a.dead(at.path, l))
		}
	}
	return diags, nil
}

// anchorer renders the pages that are linked to with a fragment.
type anchorer struct {
	files []File // by path
	pages map[string][]byte
}

// page renders a page once; nil where there is none, which is reported as a
// dead link elsewhere.
func (a *anchorer) page(path string) ([]byte, error) {
	data, done := a.pages[path]
	i, exists := slices.BinarySearchFunc(a.files, path, func(f File, p string) int { return strings.Compare(f.Path, p) })
	if done || !exists {
		return data, nil
	}
	data, err := renderOne(a.files[i])
	a.pages[path] = data
	return data, err
}

var idPattern = regexp.MustCompile(` id="([^"]+)"`)

func (a *anchorer) dead(path string, l site.Fragment) diag.Diagnostic {
	d := diag.DeadAnchor.At(l.Pos, "page %q has no heading %q", "/"+l.Path, "#"+l.Fragment).Wide(l.Width)
	var ids []string
	for _, m := range idPattern.FindAllSubmatch(a.pages[path], -1) {
		ids = append(ids, string(m[1]))
	}
	if near, ok := lang.Closest(l.Fragment, ids); ok {
		return d.WithHint("did you mean %q?", "#"+near)
	}
	return d.WithHint("give the heading that name: ## … {#%s}", l.Fragment)
}
