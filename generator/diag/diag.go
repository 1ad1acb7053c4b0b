// Package diag holds what Bongsu says about content: positioned diagnostics,
// the table of their codes, and the printers that show them.
//
// In: findings of the other packages. Out: text for people, JSON, and
// annotations for CI. It must not read files or know any kind of record.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is a place in an input file. Line and Col start at 1 and Col counts
// characters (code points), not bytes; 0 means unknown. File is slash-separated
// and relative to the site folder.
type Position struct {
	File string
	Line int
	Col  int
}

// String gives file:line:col, leaving out the parts that are unknown.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Known reports whether the position names a file.
func (p Position) Known() bool { return p.File != "" }

// Severity says whether a diagnostic stops publication.
type Severity int

const (
	// Note is a suggestion: shown only to who asks for it.
	Note Severity = iota - 1
	// Warning is shown and does not stop publication.
	Warning
	// Error stops publication.
	Error
)

// String gives the word used in every output format.
func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s-Note]
}

// Diagnostic is one finding. Message is lower case without a full stop, quotes
// the offending value and says what is allowed; Hint says what to do.
type Diagnostic struct {
	Pos      Position
	Width    int // characters to mark from Pos.Col; 0 marks one
	Severity Severity
	Code     Code
	Message  string
	Hint     string
	Line     string // the text of the line, filled by AddLines
}

// At makes a diagnostic of this code, with the severity of the code table.
func (c Code) At(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Pos: pos, Severity: c.Severity(), Code: c, Message: fmt.Sprintf(format, args...)}
}

// WithHint returns the diagnostic with a remedy.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// Wide returns the diagnostic with n characters marked.
func (d Diagnostic) Wide(n int) Diagnostic {
	d.Width = n
	return d
}

// Error gives the first line that a person sees, without the source line.
func (d Diagnostic) Error() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Pos, d.Severity, d.Message, d.Code)
}

// List is a set of findings. The zero value is ready for use.
type List []Diagnostic

// Add appends findings.
func (l *List) Add(d ...Diagnostic) { *l = append(*l, d...) }

// Count gives the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		switch d.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}

// HasErrors reports whether any finding stops publication.
func (l List) HasErrors() bool {
	errors, _ := l.Count()
	return errors > 0
}

// Below gives the findings with the paths of their files below a folder, whose
// name ends in a slash or is empty.
func (l List) Below(folder string) List {
	out := slices.Clone(l)
	for i := range out {
		out[i].Pos.File = folder + out[i].Pos.File
	}
	return out
}

// Sort orders by position, then code and message, and removes equal findings,
// so that the same content always prints the same list.
func (l List) Sort() List {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(l, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Code == b.Code && a.Message == b.Message
	})
}

// AddLines fills in the text of the line of each finding; text returns the
// content of a file, or nothing where it is not known.
func (l List) AddLines(text func(file string) (string, bool)) {
	for i := range l {
		if l[i].Line != "" || l[i].Pos.Line == 0 {
			continue
		}
		if s, ok := text(l[i].Pos.File); ok {
			l[i].Line = line(s, l[i].Pos.Line)
		}
	}
}

// line returns line n (from 1) of s without its line break.
func line(s string, n int) string {
	for ; n > 1; n-- {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			return ""
		}
		s = s[i+1:]
	}
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSuffix(s, "\r")
}
