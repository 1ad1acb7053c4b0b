package site

import (
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/markup"
)

// links checks that internal links of every text lead somewhere. Fragments are
// checked against the rendered pages, by package check.
func (c *checker) links(media []string) {
	routes := c.site.Routes()
	for _, r := range c.site.all {
		if !slices.Contains(c.site.Langs(), r.Source.Lang) {
			continue
		}
		for _, l := range sorted(r.Docs) {
			for _, link := range r.Docs[l].Body.Links {
				if !link.Internal || strings.HasPrefix(link.Dest, "#") {
					continue
				}
				if m, ok := strings.CutPrefix(link.Dest, "/media/"); ok {
					if !slices.Contains(media, m) {
						c.report(diag.DeadLink.At(link.Pos, "file %q is not in content/media/", link.Dest).
							Wide(link.Width).WithHint("put it there, or mend the name; capitals count"))
					}
					continue
				}
				c.link(r, link, routes)
			}
		}
	}
}

func (c *checker) link(r *Record, link markup.Link, routes map[string]string) {
	dest := link.Dest
	target, ok := Target(c.site.Atlas, dest)
	bare, _, _ := strings.Cut(target, "#")
	if ok && routes[bare] != "" {
		return
	}
	d := diag.DeadLink.At(link.Pos, "link %q leads nowhere", dest).Wide(link.Width)
	if hidden := c.at(bare); ok && hidden != nil {
		switch {
		case !hidden.Source.Issued.Set(), reaches(r, hidden):
			// Its own fault is reported; or both appear in good time.
		case hidden.Source.Draft && !hidden.Visible:
			c.report(d.WithHint("%s is a draft", hidden.Source.Path))
		default:
			c.report(d.WithHint("%s is not published before %s", hidden.Source.Path, stamp(hidden.Source.Issued)))
		}
		return
	}
	if !strings.HasPrefix(dest, "/") {
		if slices.Contains(c.unread, diag.UnknownPlace) {
			return
		}
		if near, ok := lang.Closest(dest, c.site.Atlas.IDs()); ok {
			c.report(d.WithHint("did you mean %q?", near))
			return
		}
	}
	if page := c.site.byID[bare]; page != nil && page.Kind.ID == "pages" {
		c.report(d.WithHint("pages stand at the top: write %q", "/"+page.Path))
		return
	}
	if near, ok := lang.Closest(bare, sorted(routes)); ok && near != "" {
		c.report(d.WithHint("did you mean %q?", "/"+near))
		return
	}
	c.report(d.WithHint("write the address without language and ending, such as /advisories/SLUG, or a place code such as KH-18"))
}

// at gives the record that has an address, or had it, once it is published; or
// nil.
func (c *checker) at(address string) *Record {
	for _, r := range c.site.all {
		had := slices.ContainsFunc(r.Source.Aliases, func(a string) bool { return RecordPath(r.Kind, a) == address })
		if (r.Path == address || had) && r.Kind.ID != "provinces" {
			return r
		}
	}
	return nil
}

// reaches reports whether a link from a record that is not on the site yet may
// lead to another one: that must appear no later.
func reaches(r, to *Record) bool {
	return !r.Visible && r.Source.Issued.Set() && !to.Source.Issued.After(r.Source.Issued.Time) && (!to.Source.Draft || r.Source.Draft)
}

// Routes gives every path of the site and what stands there.
func (s *Site) Routes() map[string]string {
	routes := map[string]string{"search/": "section"}
	for _, sec := range Sections {
		routes[sec.Path] = "section"
	}
	for _, r := range s.all {
		if r.Visible && r.Kind.ID != "provinces" {
			routes[r.Path] = r.ID
			for _, a := range r.Source.Aliases { // pages that lead on
				routes[RecordPath(r.Kind, a)] = r.ID
			}
		}
	}
	for _, k := range s.Atlas.Countries {
		routes[PlacePath(k)] = k.ID
		for _, p := range k.Provinces() {
			routes[PlacePath(p)] = p.ID
		}
	}
	return routes
}
