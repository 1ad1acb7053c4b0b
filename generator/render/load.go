package render

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
)

// loader reads a templates folder and collects what is wrong with it.
type loader struct {
	fsys  fs.FS
	diags diag.List
	pages []page // the templates, by name
	calls []call // of words, in all templates
}

// page is one template as read.
type page struct {
	name string // parts/item, pages/home or base
	file string
	text string
}

// english is the language whose words stand in for missing ones.
const english = "en"

// read gives the content of a file, or reports why it has none.
func (l *loader) read(name string) (string, bool) {
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.diags.Add(diag.Unreadable.At(diag.Position{File: folder + name}, "file %q cannot be read", name))
		return "", false
	}
	return string(data), true
}

// list gives the files that match a pattern, sorted.
func (l *loader) list(pattern string) []string {
	names, _ := fs.Glob(l.fsys, pattern) // the patterns are constants
	slices.Sort(names)
	return names
}

// catalogs reads the words of every language, English included.
func (l *loader) catalogs(langs []string) map[string]*lang.Catalog {
	en := l.catalog(english)
	if en == nil {
		return nil
	}
	out := map[string]*lang.Catalog{}
	for _, tag := range langs {
		c := en
		if tag != english {
			if c = l.catalog(tag); c == nil {
				continue
			}
			full, list := c.WithFallback(en)
			l.diags.Add(list...)
			c = full
		}
		out[tag] = c
	}
	return out
}

func (l *loader) catalog(tag string) *lang.Catalog {
	name := "strings/" + tag + ".yaml"
	if _, err := fs.Stat(l.fsys, name); errors.Is(err, fs.ErrNotExist) {
		l.diags.Add(diag.MissingFile.At(diag.Position{File: folder + name}, "the words of the site are missing in %q", tag).
			WithHint("copy strings/en.yaml of the built-in templates to %s and translate it; words that it lacks are taken from English", folder+name))
		return nil
	}
	text, ok := l.read(name)
	if !ok {
		return nil
	}
	c, list := lang.Load(folder+name, []byte(text))
	l.diags.Add(list...)
	return c
}

// assets reads the files that pages refer to and names them by their content.
func (l *loader) assets() []Asset {
	var out []Asset
	for _, name := range l.list("assets/*.*") {
		if strings.HasPrefix(path.Base(name), "sw") && path.Ext(name) == ".js" {
			continue // the service worker and its kill switch: workerFile
		}
		if path.Base(name) == iconFile {
			continue
		}
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.diags.Add(diag.Unreadable.At(diag.Position{File: folder + name}, "file %q cannot be read", name))
			continue
		}
		out = append(out, asset(path.Base(name), data))
	}
	return out
}

// asset names a file by its content.
func asset(name string, data []byte) Asset {
	ext := path.Ext(name)
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:5])
	return Asset{Name: name, Path: "assets/" + strings.TrimSuffix(name, ext) + "." + hash + ext, Data: data}
}

// sheets joins the style sheets: one for all pages, under the name "style", and
// one for each kind of page whose own sheet begins with /* parts: a b c */: it
// holds the rules for those parts and that kind alone. That keeps pages small
// that must load on the weakest line.
func (l *loader) sheets() map[string]string {
	out := map[string]string{"style": l.style("", nil)}
	for _, name := range l.list("pages/*/*.css") {
		text, _ := l.read(name)
		m := ownParts.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		parts := strings.Fields(m[1])
		for _, part := range parts {
			if len(l.list("parts/"+part+"/*.css")) == 0 {
				l.diags.Add(diag.BadTemplate.At(place(name, text, 0), "part %q has no style sheet", part))
			}
		}
		kind := path.Base(path.Dir(name))
		out[kind] = l.style(kind, parts)
	}
	return out
}

var ownParts = regexp.MustCompile(`^/\* parts: ([a-z ]+) \*/`)

// style joins the style sheets in the order of their layers; those of one kind
// of page and some parts, or all where kind is empty. Each file of parts and
// pages is wrapped in its layer here, so that it cannot forget to.
func (l *loader) style(kind string, parts []string) string {
	var b strings.Builder
	b.WriteString("@layer reset,tokens,base,parts,pages,print;\n")
	add := func(layer, name string) {
		text, ok := l.read(name)
		if !ok {
			return
		}
		if i := strings.Index(text, "@import"); i >= 0 && kind == "" {
			l.diags.Add(diag.UnsafeTemplate.At(place(name, text, i), "style sheets must not import others").WithHint("all files are joined"))
		}
		b.WriteString("@layer " + layer + "{\n" + shrink(text) + "}\n")
	}
	for _, name := range l.list("css/*.css") {
		_, layer, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".css"), "-")
		if layer != "print" {
			add(layer, name)
		}
	}
	for _, name := range l.list("parts/*/*.css") {
		if kind == "" || slices.Contains(parts, path.Base(path.Dir(name))) {
			add("parts", name)
		}
	}
	for _, name := range l.list("pages/*/*.css") {
		if kind == "" || path.Base(path.Dir(name)) == kind {
			add("pages", name)
		}
	}
	add("print", "css/4-print.css")
	return b.String()
}

// place gives the position of an offset of a file.
func place(name, text string, offset int) diag.Position {
	before := text[:offset]
	line := strings.Count(before, "\n") + 1
	col := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
	return diag.Position{File: folder + name, Line: line, Col: col}
}
