package site

import (
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// External is an address of another site, and where a file names it.
type External struct {
	Address string
	Pos     diag.Position
	Width   int
}

// Externals lists the web addresses that texts and sources lead to, in no order.
// Those of indicators are left out, however they are written: nobody is to visit
// them, and no program either.
func (s *Site) Externals() []External {
	bad := append(s.indicators(), s.formerIndicators()...)
	var out []External
	add := func(address string, pos diag.Position, width int) {
		web := strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
		if web && !slices.ContainsFunc(bad, func(i model.Indicator) bool { return leadsTo(address, i.Value) }) {
			out = append(out, External{address, pos, width})
		}
	}
	for _, r := range s.all {
		for _, tag := range sorted(r.Docs) {
			d := r.Docs[tag]
			for _, l := range d.Body.Links {
				if !l.Internal && !l.Image {
					add(l.Dest, l.Pos, l.Width)
				}
			}
			for _, src := range d.Sources {
				add(src.URL, src.Pos, 1)
			}
		}
	}
	for _, c := range s.Contacts {
		add(c.Source, c.Pos, 1)
	}
	for _, f := range s.Figures {
		for _, src := range f.Sources {
			add(src.URL, src.Pos, 1)
		}
		for _, p := range f.Points {
			if p.Source != nil {
				add(p.Source.URL, p.Source.Pos, 1)
			}
		}
	}
	return out
}
