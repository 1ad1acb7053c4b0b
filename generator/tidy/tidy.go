// Package tidy puts the outer form of a file right: line ends, spaces that
// nobody sees, the form of characters, and the order of lists whose order means
// nothing. Meaning is never lost: a step after which the file does not read
// exactly as before is not taken.
//
// In: the bytes of a file below content/. Out: the bytes to write, and in words
// what is different. It must not read or write files.
package tidy

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bongsu/generator/markup"
	"bongsu/generator/source"

	"golang.org/x/text/unicode/norm"
)

// step is one way in which a file is put right. done says how, or nothing where
// there was nothing to do.
type step struct {
	apply func(f file) (data []byte, done string)
}

// file is a text on its way.
type file struct {
	path string
	data []byte
}

// steps are taken in this order.
var steps = []step{{mark}, {lineEnds}, {characters}, {spaces}, {end}, {lists}}

// Tidier puts files right. It is not safe for concurrent use.
type Tidier struct {
	markup *markup.Renderer
}

// New returns a Tidier.
func New() *Tidier { return &Tidier{markup.New()} }

// File gives the tidy form of a file, and what changed in it; nothing changed
// where the file is tidy, is of no kind that is looked at, is kept for good (an
// earlier text), or has errors that make its meaning unsure.
func (t *Tidier) File(name string, data []byte) (out []byte, changes []string) {
	if ext := path.Ext(name); ext != ".md" && ext != ".yaml" || strings.Contains(name, "/revisions/") || !utf8.Valid(data) {
		return data, nil
	}
	meaning, ok := t.meaning(name, data)
	if !ok {
		return data, nil
	}
	out = data
	for _, s := range steps {
		next, done := s.apply(file{name, out})
		if done == "" || bytes.Equal(next, out) {
			continue
		}
		if m, ok := t.meaning(name, next); ok && m == meaning {
			out = next
			changes = append(changes, done)
		}
	}
	return out, changes
}

// mark takes the byte order mark away.
func mark(f file) ([]byte, string) {
	rest, ok := bytes.CutPrefix(f.data, []byte("\ufeff"))
	if !ok {
		return f.data, ""
	}
	return rest, "removed the byte order mark"
}

// lineEnds makes every line end in LF.
func lineEnds(f file) ([]byte, string) {
	n := bytes.Count(f.data, []byte("\r\n"))
	if n == 0 {
		return f.data, ""
	}
	return bytes.ReplaceAll(f.data, []byte("\r\n"), []byte("\n")), "made the line ends LF in " + lines(n)
}

// characters puts letters together that were written in parts (NFC).
func characters(f file) ([]byte, string) {
	if norm.NFC.IsNormal(f.data) {
		return f.data, ""
	}
	n := 0
	for line := range bytes.Lines(f.data) {
		if !norm.NFC.IsNormal(line) {
			n++
		}
	}
	return norm.NFC.Bytes(f.data), "put letters together (NFC) in " + lines(max(n, 1))
}

// spaces takes away spaces at the ends of lines. Two of them break the line in a
// body, and in code they may mean something: those stay.
func spaces(f file) ([]byte, string) {
	n := 0
	var out bytes.Buffer
	matter, fence := path.Ext(f.path) == ".yaml", ""
	first := true
	for line := range bytes.Lines(f.data) {
		text, cut := bytes.CutSuffix(line, []byte("\n"))
		bare := bytes.TrimRight(text, " \t")
		mark := string(bytes.TrimLeft(bare, " >"))
		switch {
		case path.Ext(f.path) == ".md" && string(bare) == "---" && (first || matter):
			matter = first
		case fence != "":
			bare = text
			if strings.HasPrefix(mark, fence) {
				fence = ""
			}
		case !matter && (strings.HasPrefix(mark, "```") || strings.HasPrefix(mark, "~~~")):
			fence = mark[:3]
		case !matter && len(bare) > 0 && (len(text)-len(bare) > 1 || bytes.HasSuffix(text, []byte("\t"))):
			bare = text
		}
		first = false
		if len(bare) < len(text) {
			n++
		}
		out.Write(bare)
		if cut {
			out.WriteByte('\n')
		}
	}
	if n == 0 {
		return f.data, ""
	}
	return out.Bytes(), "took spaces away at the end of " + lines(n)
}

// end makes the file end in one line break.
func end(f file) ([]byte, string) {
	tidy := append(bytes.TrimRight(f.data, "\n"), '\n')
	if len(tidy) == 1 || bytes.Equal(tidy, f.data) {
		return f.data, ""
	}
	return slices.Clone(tidy), "made the file end in one line break"
}

func lines(n int) string {
	if n == 1 {
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}

// parse reads a file as the program does; ok is false with errors.
func parse(name string, data []byte) (source.File, bool) {
	raw := source.Raw{Path: name, Data: data}
	if path.Ext(name) == ".md" {
		f, diags := source.ParseMarkdown(raw)
		return f, !diags.HasErrors()
	}
	f, diags := source.ParseYAML(raw)
	return f, !diags.HasErrors()
}
