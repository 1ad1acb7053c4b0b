package build

import (
	"bytes"
	"cmp"
	"context"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/site"

	"golang.org/x/sync/errgroup"
)

// anchors checks that internal links with a fragment name an id of the page
// that they lead to. Only those pages are rendered, and looked at once for
// each fragment. Of a site with errors a page may be missing, or fail: its own
// fault is reported, and nothing is said of links to it.
func anchors(ctx context.Context, s *site.Site, files []File, faulty bool) (diag.List, error) {
	type place struct{ path, fragment string }
	links := s.Fragments()
	a := anchorer{pages: map[string][]byte{}}
	if err := a.render(ctx, files, links); err != nil && !faulty {
		return nil, err
	}
	known := map[place]bool{}
	var diags diag.List
	for _, l := range links {
		at := place{site.File(l.Lang, l.Path), l.Fragment}
		ok, looked := known[at]
		if !looked {
			page := a.pages[at.path]
			ok = faulty && page == nil || bytes.Contains(page, []byte(`id="`+l.Fragment+`"`))
			known[at] = ok
		}
		if !ok {
			diags.Add(a.dead(at.path, l))
		}
	}
	return diags, nil
}

// anchorer holds the pages that are linked to with a fragment, by path. One
// that is not there is reported as a dead link elsewhere.
type anchorer struct{ pages map[string][]byte }

// render renders the pages, each once and several at once, and gives the first
// error of any.
func (a *anchorer) render(ctx context.Context, files []File, links []site.Fragment) error {
	var wanted []File
	for _, l := range links {
		path := site.File(l.Lang, l.Path)
		if _, known := a.pages[path]; known {
			continue
		}
		a.pages[path] = nil
		if i, ok := slices.BinarySearchFunc(files, path, func(f File, p string) int { return strings.Compare(f.Path, p) }); ok {
			wanted = append(wanted, files[i])
		}
	}
	made, failed := make([][]byte, len(wanted)), make([]error, len(wanted))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range wanted {
		g.Go(func() error {
			if failed[i] = ctx.Err(); failed[i] == nil {
				made[i], failed[i] = renderOne(f)
			}
			return nil
		})
	}
	_ = g.Wait()
	for i, f := range wanted {
		if failed[i] == nil {
			a.pages[f.Path] = made[i]
		}
	}
	return cmp.Or(failed...)
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
