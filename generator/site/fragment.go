package site

import (
	"strings"
	"time"

	"bongsu/generator/diag"
)

// Fragment is a link of a text to a heading or part of a page.
type Fragment struct {
	Lang     string // of the page that the link leads to
	Path     string
	Fragment string
	Pos      diag.Position
	Width    int
}

// Fragments lists the internal links with a fragment of every text that is on
// the site, but those that lead to a record of which a file cannot be read: what
// it holds is not known.
func (s *Site) Fragments() []Fragment {
	var out []Fragment
	broken := map[string]bool{}
	for _, r := range s.all {
		for _, d := range r.Docs {
			if d.Broken {
				broken[r.pagePath(s)] = true
			}
		}
	}
	for _, r := range s.all {
		if !r.Visible {
			continue
		}
		for _, tag := range sorted(r.Docs) {
			for _, l := range r.Docs[tag].Body.Links {
				if !l.Internal || !strings.Contains(l.Dest, "#") {
					continue
				}
				path, ok := r.pagePath(s), true
				_, frag, _ := strings.Cut(l.Dest, "#")
				if !strings.HasPrefix(l.Dest, "#") {
					path, ok = Target(s.Atlas, l.Dest)
					path, _, _ = strings.Cut(path, "#")
				}
				if ok && frag != "" && !broken[path] {
					out = append(out, Fragment{tag, path, frag, l.Pos, l.Width})
				}
			}
		}
	}
	return out
}

// pagePath is the path of the page that shows the record's text.
func (r *Record) pagePath(s *Site) string {
	if p := s.PlaceOf(r); r.Kind.ID == "provinces" && p != nil {
		return PlacePath(p)
	}
	return r.Path
}

// Start is the content time of what does not depend on records: the oldest
// issue on the site, or Now where there is none.
func (s *Site) Start() time.Time {
	start := s.Now
	for _, r := range s.all {
		if r.Visible && r.Issued.Before(start) {
			start = r.Issued
		}
	}
	return start
}
