package site

import (
	"net/url"
	"slices"
	"strings"

	"bongsu/generator/markup"
	"bongsu/generator/model"
)

// An earlier text is frozen, while the site around it moves on. So its links
// are not checked but made to fit: what leads nowhere any more is printed as
// text, what leads to a heading that is gone leads to its page.

// earlier makes the links of the kept texts of a record fit the site.
func (f *follower) earlier(r *Record) {
	for _, l := range sorted(r.earlier) {
		for n, d := range r.earlier[l] {
			to, bad := map[string]string{}, false
			for _, link := range d.Body.Links {
				if dest, fits := f.fit(r, d, link); !fits {
					to[f.site.href(d.Lang, link.Dest)] = dest
				}
				bad = bad || !link.Internal && f.isBad(link.Dest)
			}
			if len(to) == 0 && !bad {
				continue
			}
			r.earlier[l][n] = f.site.relinked(d, func(href string) (string, bool) {
				other, ok := to[href]
				return other, ok || f.isBad(href)
			})
		}
	}
}

// isBad reports whether an address is one of scammers, by what any text of the
// site says or said.
func (f *follower) isBad(address string) bool {
	if f.bad == nil {
		f.bad = byHost(append(f.site.indicators(), f.site.formerIndicators()...))
	}
	return f.bad.find(address) != nil
}

// hosts finds addresses of scammers by their hosts.
type hosts map[string][]model.Indicator

func byHost(list []model.Indicator) hosts {
	h := hosts{}
	for _, ind := range list {
		h[indicatorHost(ind)] = append(h[indicatorHost(ind)], ind)
	}
	return h
}

// find gives the indicator that an address leads to, or nil.
func (h hosts) find(address string) *model.Indicator {
	u, err := url.Parse(strings.ToLower(address))
	if err != nil {
		return nil
	}
	for host := u.Hostname(); host != ""; _, host, _ = strings.Cut(host, ".") {
		for i, ind := range h[host] {
			if leadsTo(address, ind.Value) {
				return &h[host][i]
			}
		}
	}
	return nil
}

// indicatorHost gives the host of an indicator, or nothing.
func indicatorHost(ind model.Indicator) string {
	u := indicatorURL(ind.Value)
	if u == nil {
		return ""
	}
	return u.Hostname()
}

// fit gives the address that a link of a kept text needs, or nothing where it
// must not be one; fits says that it is good as it is.
func (f *follower) fit(r *Record, d *model.Doc, link markup.Link) (dest string, fits bool) {
	s := f.site
	if !link.Internal {
		return "", true
	}
	if frag, own := strings.CutPrefix(link.Dest, "#"); own {
		return "", hasID(d, frag)
	}
	if m, ok := strings.CutPrefix(link.Dest, "/media/"); ok {
		return "", slices.Contains(f.media, m)
	}
	target, ok := Target(s.Atlas, link.Dest)
	bare, frag, _ := strings.Cut(target, "#")
	if !ok || f.routes[bare] == "" {
		return "", false
	}
	r.links(s.byID[f.routes[bare]])
	if frag == "" || s.hasAnchor(d.Lang, f.routes[bare], frag) {
		return "", true
	}
	return s.Links.Page(d.Lang, bare), false
}

// hasAnchor reports whether the page of a route is known to have an anchor: a
// heading of its text, or an area of its place.
func (s *Site) hasAnchor(lang, route, frag string) bool {
	r := s.byID[route]
	if p := s.Atlas.Place(route); p != nil {
		if slices.ContainsFunc(p.Children, func(c *model.Place) bool { return c.Area != nil && c.Slug == frag }) {
			return true
		}
		r = s.Prose(p)
	}
	return r != nil && r.Visible && hasID(r.In(lang).Doc, frag)
}

func hasID(d *model.Doc, id string) bool { return strings.Contains(d.Body.HTML(), ` id="`+id+`"`) }

// historyRoutes adds the pages of a record's history.
func (s *Site) historyRoutes(r *Record, routes map[string]string) {
	if len(r.Changes) == 0 {
		return
	}
	routes[HistoryPath(r)] = r.ID
	for n := 1; n < r.Revision(); n++ {
		if r.Kept(n) {
			routes[RevisionPath(r, n)] = r.ID
		}
	}
}

// indicators lists the addresses of scammers that any record names.
func (s *Site) indicators() []model.Indicator {
	var out []model.Indicator
	for _, r := range s.all {
		out = append(out, addresses(r.Source)...)
	}
	return out
}

// formerIndicators lists those that an earlier text names.
func (s *Site) formerIndicators() []model.Indicator {
	var out []model.Indicator
	for _, r := range s.all {
		for _, l := range sorted(r.earlier) {
			for _, d := range r.earlier[l] {
				out = append(out, addresses(d)...)
			}
		}
	}
	return out
}

// addresses lists the indicators of a text that can be opened.
func addresses(d *model.Doc) []model.Indicator {
	return slices.DeleteFunc(slices.Clone(d.Scam.Indicators), func(i model.Indicator) bool { return i.Type != "domain" && i.Type != "url" })
}
