package site

import (
	"slices"
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
// the site, but for those that lead to a heading of the text of a page: only
// whether the page around a text has the others is not known here. Those that
// lead to a record of which a file cannot be read are left out too: what it
// holds is not known.
func (s *Site) Fragments() []Fragment {
	t := targets{site: s, texts: map[string]*Record{}, broken: map[string]bool{}}
	for _, r := range s.all {
		for _, d := range r.Docs {
			if d.Broken {
				t.broken[r.pagePath(s)] = true
			}
		}
		if r.Visible && (r.Kind.ID == "pages" || r.Kind.ID == "provinces") {
			t.texts[r.pagePath(s)] = r
		}
	}
	return slices.Concat(inParts(s.all, t.fragments)...)
}

// targets is what links with a fragment lead to, by path.
type targets struct {
	site   *Site
	texts  map[string]*Record // those that a page of another name shows
	broken map[string]bool
}

// heading reports whether the text of a page has an id.
func (t targets) heading(lang, path, id string) bool {
	r := t.texts[path]
	if r == nil {
		r = t.site.Record(path)
	}
	return r != nil && hasID(r.In(lang).Doc, id)
}

func (t targets) fragments(records []*Record) []Fragment {
	s := t.site
	var out []Fragment
	for _, r := range records {
		if !r.Visible {
			continue
		}
		for _, tag := range r.tags {
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
				if ok && frag != "" && !t.broken[path] && !t.heading(tag, path, frag) {
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
func (s *Site) Start() time.Time { return s.start }

func (s *Site) findStart() {
	s.start = s.Now
	for _, r := range s.all {
		if r.Visible && r.Issued.Before(s.start) {
			s.start = r.Issued
		}
	}
}
