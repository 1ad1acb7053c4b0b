package host

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"bongsu/generator/output"
	"bongsu/generator/site"
)

// Limits of static hosts (standards section 11).
const (
	maxRules     = 100
	maxLine      = 2000
	maxRedirects = 2000
)

// File is an output file of the site.
type File = output.File

// Files gives _headers and _redirects, which Cloudflare Pages, Netlify and
// others read.
func Files(s *site.Site) []File {
	text := func(name string, at time.Time, write func(*site.Site) string) File {
		return File{Path: name, Modified: output.At(at), Shows: output.NoBody, Render: func(b *bytes.Buffer) error {
			b.WriteString(write(s))
			return nil
		}}
	}
	moved := s.Start()
	for _, list := range [][]*site.Record{s.Advisories, s.Scams, s.Pages} {
		for _, r := range list {
			if len(r.Source.Aliases) > 0 && r.Modified.After(moved) {
				moved = r.Modified
			}
		}
	}
	return []File{text("_headers", s.Start(), headers), text("_redirects", moved, redirects)}
}

// headers writes the rules for static hosts. Rules whose paths overlap are
// joined, header by header, with a comma, so that no header stands in two rules
// that can meet: two content security policies would both apply.
func headers(s *site.Site) string {
	var b strings.Builder
	rule := func(pattern string, list ...Header) {
		b.WriteString(s.Links.Prefix + pattern + "\n")
		for _, h := range list {
			fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
		}
	}
	rule("*", Security...)
	for _, p := range places {
		var list []Header
		list = append(list, Header{"Cache-Control", p.cache})
		if p.shared {
			list = append(list, Header{"Access-Control-Allow-Origin", "*"})
		}
		for _, at := range p.in(s) {
			rule(at+"*", list...)
			if p.ext != "" {
				rule(at+"*"+p.ext, Header{"Content-Type", p.media})
			}
		}
	}
	for _, n := range specials() {
		rule(n.path, Header{"Content-Type", n.media})
	}
	for _, k := range kinds {
		if !known[k.ext] && !slices.ContainsFunc(places, func(p place) bool { return p.ext == k.ext }) {
			rule("*"+k.ext, Header{"Content-Type", k.media})
		}
	}
	return b.String()
}

// known lists the endings whose type every static host knows. It is read only.
var known = map[string]bool{
	".html": true, ".css": true, ".js": true, ".txt": true, ".svg": true, ".png": true, ".jpg": true, ".jpeg": true,
	".webp": true, ".avif": true, ".ico": true, ".woff2": true, ".wasm": true, ".pdf": true,
}

// move is an old address and the one that it leads to, from the host's root.
type move struct{ from, to string }

// moves lists the old addresses of records, those of the newest changed first.
// The pages that stand there lead on too, where a host knows no redirects.
func moves(s *site.Site) []move {
	all := slices.Concat(s.Advisories, s.Scams, s.Pages)
	slices.SortStableFunc(all, func(a, b *site.Record) int { return b.Modified.Compare(a.Modified) })
	var out []move
	for _, r := range all {
		for _, old := range r.Source.Aliases {
			for _, l := range s.Langs() {
				out = append(out, move{s.Links.Page(l, site.RecordPath(r.Kind, old)), s.Links.Page(l, r.Path)})
			}
		}
	}
	return out
}

func redirects(s *site.Site) string {
	var b strings.Builder
	for i, m := range moves(s) {
		if i == maxRedirects {
			break
		}
		b.WriteString(m.from + " " + m.to + " 301\n")
	}
	return b.String()
}
