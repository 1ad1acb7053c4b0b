package main

import (
	"fmt"
	"slices"
	"strings"
)

// column is one number of a table.
type column struct {
	name string
	of   metric
	show func(float64) string
}

var (
	wallColumn   = column{"wall", wall, seconds}
	userColumn   = column{"user CPU", user, seconds}
	systemColumn = column{"system CPU", system, seconds}
	memoryColumn = column{"memory", memory, func(v float64) string { return fmt.Sprintf("%.0f MiB", v) }}
)

func seconds(v float64) string {
	if v < 1 {
		return fmt.Sprintf("%.0f ms", v*1000)
	}
	return fmt.Sprintf("%.2f s", v)
}

// tables are the comparisons, in the order of the report.
var tables = []struct {
	part, title, text string
	columns           []column
}{
	{"cold", "Cold build", "Nothing there: no output, no cache. On disk, what earlier runs made is moved aside and not deleted: ext4 makes files several times slower for some seconds after others were deleted.", []column{wallColumn, userColumn, systemColumn, memoryColumn}},
	{"warm, nothing changed", "Warm build, nothing changed", "The output and the caches of the build before are there.", []column{wallColumn, userColumn, systemColumn, memoryColumn}},
	{"warm, one body edited", "Warm build, one body edited", "A line is added to the newest advisory.", []column{wallColumn, userColumn, systemColumn, memoryColumn}},
	{"served", "Save to served page", "From the moment a new title is saved to the moment that its page is served with it, in `bongsu serve` and `hugo server`, once the server is at rest. Memory is the most that the server held.", []column{wallColumn, memoryColumn}},
}

// filesPart is the part whose table counts the output.
const filesPart = "cold"

// markdown is the report.
func (r *results) markdown() string {
	var b strings.Builder
	m := r.Machine
	fmt.Fprintf(&b, "# Bongsu beside Hugo\n\nMade by `make bench`; what is written here by hand is lost. Medians, and in brackets the lowest and the highest of the runs. The programs run in turn, on the same texts; who goes first changes from run to run. Every sample is in [results.json](results.json).\n\n")
	fmt.Fprintf(&b, "- Machine: %s, %d cores, %s of memory; %s; files %s\n", m.Processor, m.Cores, m.Memory, m.System, m.Files)
	fmt.Fprintf(&b, "- %s\n", m.Go)
	if low, high := r.loads(); high > 0 {
		fmt.Fprintf(&b, "- Load of the machine when the parts began: %.1f to %.1f (the benchmark itself makes about %d)\n", low, high, m.Cores)
	}
	for _, line := range r.versionLines() {
		fmt.Fprintf(&b, "- %s\n", line)
	}
	r.summary(&b)
	b.WriteString(corpusText)
	for _, t := range tables {
		r.table(&b, t.part, t.title, t.text, t.columns)
	}
	r.scaleTable(&b)
	b.WriteString(honestText)
	return b.String()
}

// versionLines name the tools and when they were measured.
func (r *results) versionLines() []string {
	var out []string
	for _, e := range r.Entries {
		if line := fmt.Sprintf("%s, measured on %s", e.Version, e.Date); e.Version != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

// loads are the lowest and the highest load that was noted.
func (r *results) loads() (low, high float64) {
	for _, e := range r.Entries {
		if e.Load > 0 && (high == 0 || e.Load < low) {
			low = e.Load
		}
		high = max(high, e.Load)
	}
	return low, high
}

// table writes one comparison of all sizes and places.
func (r *results) table(b *strings.Builder, part, title, text string, columns []column) {
	var rows strings.Builder
	for _, place := range []string{inMemory, onDisk} {
		for _, size := range r.sizes(part, place) {
			r.rows(&rows, part, place, size, columns)
		}
	}
	if rows.Len() == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n| advisories | |", title, text)
	for _, c := range columns {
		fmt.Fprintf(b, " %s |", c.name)
	}
	extra := 0
	if part == filesPart {
		extra = 2
		b.WriteString(" files | bytes |")
	}
	fmt.Fprintf(b, "\n| --- | --- |%s\n", strings.Repeat(" ---: |", len(columns)+extra))
	b.WriteString(rows.String())
}

// rows writes the lines of one size: the tools, then the ratio.
func (r *results) rows(b *strings.Builder, part, place string, size int, columns []column) {
	for _, tool := range []string{"Bongsu", "Hugo", floorName} {
		e := r.find(part, tool, place, size)
		if e == nil {
			continue
		}
		fmt.Fprintf(b, "| %s %s | %s |", number(size), place, tool)
		for _, c := range columns {
			if v := e.of(c.of); len(v) > 1 {
				fmt.Fprintf(b, " %s (%s–%s) |", c.show(e.median(c.of)), c.show(v[0]), c.show(v[len(v)-1]))
			} else {
				fmt.Fprintf(b, " %s (one run) |", c.show(v[0]))
			}
		}
		if part == filesPart {
			fmt.Fprintf(b, " %s | %.1f MB |", number(e.Files), float64(e.Bytes)/1e6)
		}
		b.WriteString("\n")
	}
	ours, theirs := r.find(part, "Bongsu", place, size), r.find(part, "Hugo", place, size)
	if ours == nil || theirs == nil {
		return
	}
	fmt.Fprintf(b, "| | **Bongsu / Hugo** |")
	for _, c := range columns {
		fmt.Fprintf(b, " **%.3f** |", ours.median(c.of)/theirs.median(c.of))
	}
	if part == filesPart {
		b.WriteString(" | |")
	}
	b.WriteString("\n")
}

// sizes lists what was measured.
func (r *results) sizes(part, place string) []int {
	var out []int
	for _, e := range r.Entries {
		if e.Part == part && e.Place == place && len(e.Samples) > 0 && !slices.Contains(out, e.Size) {
			out = append(out, e.Size)
		}
	}
	slices.Sort(out)
	return out
}

// number writes a count with commas.
func number(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// scaleTable writes what Bongsu takes alone, and what one advisory costs.
func (r *results) scaleTable(b *strings.Builder) {
	head := false
	for _, e := range r.Entries {
		kind, ok := strings.CutPrefix(e.Part, "scale, ")
		if !ok || len(e.Samples) == 0 {
			continue
		}
		if !head {
			head = true
			b.WriteString("\n## Scale\n\nBongsu alone, on disk, one run each; made-up countries have 20 provinces.\n\n| advisories : countries | | wall | user CPU | memory | files | bytes | user CPU of an advisory | memory of an advisory |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
		}
		s := e.Samples[0]
		fmt.Fprintf(b, "| %s | %s | %s | %s | %.0f MiB | %s | %.1f MB | %.2f ms | %.0f KiB |\n", e.Place, kind, seconds(s.Wall), seconds(s.User), s.Peak,
			number(e.Files), float64(e.Bytes)/1e6, s.User*1000/float64(e.Size), s.Peak*1024/float64(e.Size))
	}
}
