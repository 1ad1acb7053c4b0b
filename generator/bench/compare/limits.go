package main

import (
	"fmt"
	"strings"
)

// limit is what Bongsu must hold against Hugo: a part of Hugo's median.
type limit struct {
	part, place string
	size        int // 0: from 1,000
	column      column
	most        float64
}

// limits are those that the project has set itself.
var limits = []limit{
	{"cold", inMemory, 0, wallColumn, 0.15},
	{"cold", onDisk, 0, wallColumn, 0.22},
	{"cold", "", 0, userColumn, 0.2},
	{"cold", "", 0, memoryColumn, 0.4},
	{"warm, nothing changed", "", 0, wallColumn, 0.03},
	{"warm, one body edited", "", 0, wallColumn, 0.04},
	{"served", "", 1000, wallColumn, 0.1},
	{"served", "", 10000, wallColumn, 0.07},
}

// summary sets the ratios that were measured beside those that are asked.
func (r *results) summary(b *strings.Builder) {
	var rows strings.Builder
	for _, l := range limits {
		for _, place := range []string{inMemory, onDisk} {
			if l.place != "" && l.place != place {
				continue
			}
			for _, size := range r.sizes(l.part, place) {
				if size < 1000 || l.size > 0 && size != l.size {
					continue
				}
				ours, theirs := r.find(l.part, "Bongsu", place, size), r.find(l.part, "Hugo", place, size)
				if ours == nil || theirs == nil {
					continue
				}
				ratio, verdict := ours.median(l.column.of)/theirs.median(l.column.of), "held"
				if ratio > l.most {
					verdict = "**missed**"
				}
				fmt.Fprintf(&rows, "| %s | %s %s | %s | %.3f | %.2f | %s | %s |\n", l.part, number(size), place, l.column.name, ratio, l.most, verdict, revision(ours.Version))
			}
		}
	}
	if rows.Len() > 0 {
		b.WriteString("\n## In short\n\n| | advisories | | Bongsu / Hugo | asked: at most | | revision |\n| --- | --- | --- | ---: | ---: | --- | --- |\n" + rows.String())
	}
}

// revision is the revision in a version, which tells figures of an earlier state
// of the program from those of a later one.
func revision(version string) string {
	_, text, _ := strings.Cut(version, "revision ")
	return text
}
