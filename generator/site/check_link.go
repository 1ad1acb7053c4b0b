package site

import (
	"slices"
	"strings"
	"sync"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/markup"
	"bongsu/generator/model"
)

// links checks that internal links of every text lead somewhere. Fragments are
// checked against the rendered pages, by package check. A link to a record that
// is not public yet is printed as its text alone until it is.
func (c *checker) links(media []string) {
	f := follower{checker: c, routes: c.site.Routes(), media: media}
	f.hidden, f.filling = c.site.hidden()
	known := func(r *Record) bool { return slices.Contains(c.site.Langs(), r.Source.Lang) }
	var mu sync.Mutex
	var replace []func() // once every text was read as it is written
	c.each(func(c *checker, r *Record) {
		f := f
		f.checker = c
		for _, l := range r.tags {
			if !known(r) {
				break
			}
			old := r.Docs[l]
			if fitting := f.text(r, old); fitting != old {
				mu.Lock()
				replace = append(replace, func() { r.replace(old, fitting) })
				mu.Unlock()
			}
		}
	})
	for _, f := range replace {
		f()
	}
	for _, r := range c.site.all {
		if known(r) {
			f.earlier(r)
		}
	}
}

// follower looks where links lead.
type follower struct {
	*checker
	routes map[string]string
	hidden map[string]*Record // not public yet, by the addresses of their pages
	// filling are those whose text will stand on a page that is there already,
	// that of a section or a place, by its address.
	filling map[string]*Record
	media   []string
	bad     hosts // addresses that no earlier text may link to; see isBad
}

// text checks the links of a text, and gives the text to show: another one
// where some lead to what is not public yet.
func (f *follower) text(r *Record, d *model.Doc) *model.Doc {
	var notYet map[string]string // addresses, and those to print instead
	for _, link := range d.Body.Links {
		if !link.Internal || strings.HasPrefix(link.Dest, "#") {
			continue
		}
		if m, ok := strings.CutPrefix(link.Dest, "/media/"); ok {
			if !slices.Contains(f.media, m) {
				f.report(diag.DeadLink.At(link.Pos, "file %q is not in content/media/", link.Dest).
					Wide(link.Width).WithHint("put it there, or mend the name; capitals count"))
			}
			continue
		}
		if instead, later := f.link(r, d, link); later {
			if notYet == nil {
				notYet = map[string]string{}
			}
			notYet[f.site.href(d.Lang, link.Dest)] = instead
		}
	}
	if len(notYet) == 0 || !r.Visible {
		return d
	}
	return f.site.relinked(d, func(href string) (string, bool) {
		instead, ok := notYet[href]
		return instead, ok
	})
}

// link checks one link of a text. later says that it leads to what is not
// public yet; instead is the address to print until then, where there is one.
func (f *follower) link(r *Record, d *model.Doc, link markup.Link) (instead string, later bool) {
	s := f.site
	target, ok := Target(s.Atlas, link.Dest)
	bare, frag, _ := strings.Cut(target, "#")
	if ok && f.routes[bare] != "" {
		r.links(s.byID[f.routes[bare]])
		if hidden := f.filling[bare]; frag != "" && hidden != nil && hasID(hidden.In(d.Lang).Doc, frag) {
			f.notPublic(r, link, hidden, "readers are led to the head of the page")
			return s.Links.Page(d.Lang, bare), true
		}
		return "", false
	}
	if hidden := f.hidden[bare]; ok && hidden != nil {
		f.notPublic(r, link, hidden, "readers see the text without a link")
		return "", true
	}
	f.dead(link, bare, f.routes)
	return "", false
}

// links notes that a text of the record leads to another one: the link came to
// be when that was issued.
func (r *Record) links(to *Record) {
	if to != nil && to.Visible {
		r.Linked = later(r.Linked, to.Issued)
	}
}

// notPublic reports a link to a record that is not public yet; meanwhile says
// what is shown until it is.
func (c *checker) notPublic(r *Record, link markup.Link, hidden *Record, meanwhile string) {
	src := hidden.Source
	switch {
	case !src.Issued.Set(), reaches(r, hidden):
		// Its own fault is reported; or both appear in good time.
	case src.Draft:
		c.report(diag.LinkNotPublic.At(link.Pos, "link %q leads to a draft, %s", link.Dest, src.Path).
			Wide(link.Width).WithHint("%s until draft is deleted there", meanwhile))
	default:
		c.report(diag.LinkNotPublic.At(link.Pos, "link %q leads to %s, which is not public before %s", link.Dest, src.Path, stamp(src.Issued)).
			Wide(link.Width).WithHint("%s until then; nothing needs to be done", meanwhile))
	}
}

// dead reports a link that leads nowhere, and where it may have been meant to.
func (c *checker) dead(link markup.Link, bare string, routes map[string]string) {
	dest := link.Dest
	d := diag.DeadLink.At(link.Pos, "link %q leads nowhere", dest).Wide(link.Width)
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

// hidden gives the records that are not on the site by the addresses that they
// have, or had: those with a page of their own, and those that fill one.
func (s *Site) hidden() (pages, filling map[string]*Record) {
	pages, filling = map[string]*Record{}, map[string]*Record{}
	for _, r := range s.all {
		if r.Visible {
			continue
		}
		if _, section := SectionOf(r.Slug); r.Kind.ID == "provinces" || r.Kind.ID == "pages" && section {
			filling[r.pagePath(s)] = r
			continue
		}
		for _, a := range r.Source.Aliases {
			pages[RecordPath(r.Kind, a)] = r
		}
		pages[r.Path] = r
	}
	return pages, filling
}

// reaches reports whether a link from a record that is not on the site yet may
// lead to another one: that must appear no later.
func reaches(r, to *Record) bool {
	return !r.Visible && r.Source.Issued.Set() && !to.Source.Issued.After(r.Source.Issued.Time) && (!to.Source.Draft || r.Source.Draft)
}

// Routes gives every path of the site and what stands there.
func (s *Site) Routes() map[string]string {
	routes := map[string]string{}
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
		if r.Visible {
			s.historyRoutes(r, routes)
		}
	}
	for _, k := range s.Atlas.Countries {
		routes[PlacePath(k)] = k.ID
		for _, d := range s.Days(k) {
			routes[DaysPath(k)], routes[d.Path()] = k.ID, k.ID
		}
		for _, p := range k.Provinces() {
			routes[PlacePath(p)] = p.ID
		}
	}
	return routes
}
