package render

import (
	"fmt"
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// styleSheet gives the style sheet with the colours of the site's levels.
func (set *Set) styleSheet(s *site.Site) Asset {
	return asset("style.css", []byte(set.style+levelStyle(s.Scheme)))
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
