package render

import (
	"fmt"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// styleSheets gives the style sheets with the colours of the site's levels, by
// the kind of page that has one of its own; "style" is that of all others.
func (set *Set) styleSheets(s *site.Site) map[string]Asset {
	colours := levelStyle(s.Scheme)
	out := make(map[string]Asset, len(set.sheets))
	for kind, text := range set.sheets {
		out[kind] = asset(kind+".css", []byte(text+colours))
	}
	return out
}

// style gives the address of the style sheet for a kind of page.
func (b *builder) style(kind string) string {
	a, ok := b.sheets[kind]
	if !ok {
		a = b.sheets["style"]
	}
	return b.site.Links.Root(a.Path)
}

// levelStyle gives each level a class that carries its colours.
func levelStyle(scheme model.Scheme) string {
	var b strings.Builder
	b.WriteString("@layer tokens{\n")
	for _, l := range scheme.Levels {
		fmt.Fprintf(&b, ".level-%s{--level:%s;--level-ink:%s}\n", l.ID, l.Color, l.Ink)
	}
	b.WriteString("}\n")
	return b.String()
}
