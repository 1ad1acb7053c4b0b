package lang

import (
	"maps"
	"slices"
	"strings"

	"bongsu/generator/diag"
)

// Catalog holds the words of one language, compiled. It is frozen: all of its
// methods may be called by goroutines at once, and those that change something
// return a new one.
type Catalog struct {
	lang     string
	file     string
	messages map[string]*message
	pos      map[string]diag.Position // of messages and of the groups around them
}

// Lang gives the language tag, as the file name has it.
func (c *Catalog) Lang() string { return c.lang }

// Has reports whether the key has a text.
func (c *Catalog) Has(key string) bool { return c.messages[key] != nil }

// Keys gives the keys of all texts, sorted.
func (c *Catalog) Keys() []string { return slices.Sorted(maps.Keys(c.messages)) }

// Args gives the names of the placeholders of a key, sorted; nothing for an
// unknown key. The n that chooses a plural form is one of them.
func (c *Catalog) Args(key string) []string {
	if m := c.messages[key]; m != nil {
		return slices.Clone(m.names)
	}
	return nil
}

// Pos gives the place of a key in the file that its text comes from; for an
// unknown key, the innermost known group around it or the file alone.
func (c *Catalog) Pos(key string) diag.Position {
	for {
		if p, ok := c.pos[key]; ok {
			return p
		}
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			return diag.Position{File: c.file}
		}
		key = key[:i]
	}
}

// T gives the text of a key. args are pairs of a name and a value: text, whole
// numbers, or what fmt prints. An unknown key gives ⟦key⟧ and a missing
// argument ⟦name⟧; further arguments are ignored. The text is not escaped.
func (c *Catalog) T(key string, args ...any) string {
	m := c.messages[key]
	if m == nil {
		return missing(key)
	}
	return m.choose(args).render(values{args: args})
}

// word gives the text of a key that has no placeholders, as names of months.
func (c *Catalog) word(key string) string {
	if m := c.messages[key]; m != nil {
		return m.other.plain
	}
	return missing(key)
}

// Overlay gives the catalogue with the texts of a site's own file in place of
// its own, key by key; keys that only the site has are added. Both are of one
// language.
func (c *Catalog) Overlay(site *Catalog) *Catalog {
	out := &Catalog{lang: c.lang, file: c.file, messages: maps.Clone(c.messages), pos: maps.Clone(c.pos)}
	maps.Copy(out.messages, site.messages)
	for key := range site.messages {
		out.pos[key] = site.pos[key]
	}
	return out
}

// WithFallback gives the catalogue completed from the English one. Each text
// that is missing is a diag.MissingString; each placeholder that the English
// text does not have is a diag.BadValue, but not below "format.", where
// languages differ in what they show.
func (c *Catalog) WithFallback(en *Catalog) (*Catalog, diag.List) {
	out := &Catalog{lang: c.lang, file: c.file, messages: maps.Clone(c.messages), pos: maps.Clone(c.pos)}
	var list diag.List
	for _, key := range en.Keys() {
		m := c.messages[key]
		if m == nil {
			list.Add(diag.MissingString.At(c.Pos(key), "%q is missing in language %q, the English text is shown", key, c.lang).
				WithHint("add it to %s", c.file))
			out.messages[key], out.pos[key] = en.messages[key], en.pos[key]
			continue
		}
		if !strings.HasPrefix(key, formatPrefix) {
			list.Add(c.strangers(key, m, en.messages[key])...)
		}
	}
	return out, list
}

// strangers reports the placeholders that the English text does not have.
func (c *Catalog) strangers(key string, m, en *message) (list diag.List) {
	for _, name := range m.names {
		if slices.Contains(en.names, name) {
			continue
		}
		d := diag.BadValue.At(c.Pos(key), "placeholder %q of %q is not in the English text, which has %s", name, key, orNone(en.names))
		if near, ok := Closest(name, en.names); ok {
			d = d.WithHint("did you mean {%s}?", near)
		}
		list.Add(d)
	}
	return list
}

// orNone lists names for a message.
func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
