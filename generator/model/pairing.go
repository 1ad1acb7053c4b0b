package model

import "bongsu/generator/diag"

// CheckSource lists what a source file lacks.
func (doc *Doc) CheckSource() diag.List {
	var l diag.List
	for _, key := range doc.Kind.required {
		if _, ok := doc.Has[key]; !ok {
			l.Add(diag.MissingField.At(diag.Position{File: doc.Path, Line: 1, Col: 1}, "front matter lacks the field %q", key).
				WithHint("add \"%s: …\"", key))
		}
	}
	if pos, ok := doc.Has["translates"]; ok {
		l.Add(diag.UnknownField.At(pos, "field %q belongs in a translation; this is the source file", "translates").
			Wide(len("translates")).WithHint("delete it"))
	}
	for _, c := range doc.Changes {
		if _, ok := c.Has["at"]; !ok {
			l.Add(diag.MissingField.At(c.Pos, "change lacks the field %q", "at").WithHint("add the time at which it was published: \"at: 2025-10-16T09:00\""))
		}
	}
	if w := doc.Withdrawn; w != nil && w.Has["at"].Line == 0 {
		l.Add(diag.MissingField.At(doc.Has["withdrawn"], "withdrawn lacks the field %q", "at").
			Wide(len("withdrawn")).WithHint("add the time from which it no longer holds: \"at: 2025-10-16T09:00\""))
	}
	return l
}

// Shared reports whether the file carries any field that only a source file may
// carry.
func (doc *Doc) Shared() bool {
	for key := range doc.Has {
		if doc.Kind.shared[key] {
			return true
		}
	}
	return false
}

// CheckTranslation lists the fields that only the source file may carry, and
// what does not fit the source.
func (doc *Doc) CheckTranslation(src *Doc) diag.List {
	var l diag.List
	for key, pos := range doc.Has { // in any order: findings are sorted
		if !doc.Kind.shared[key] {
			continue
		}
		d := diag.SharedField.At(pos, "field %q belongs in the source file", key).Wide(len(key))
		if p, ok := src.Has[key]; ok {
			l.Add(d.WithHint("delete it here; it stands in %s", p))
		} else {
			l.Add(d.WithHint("move it to %s", src.Path))
		}
	}
	text := func(what, key string, pos diag.Position) {
		l.Add(diag.SharedField.At(pos, "field %q of %s belongs in the source file", key, what).Wide(len(key)).
			WithHint("keep the text alone here; the rest stands in %s", src.Path))
	}
	for _, c := range doc.Changes {
		for _, key := range []string{"at", "major"} {
			if pos, ok := c.Has[key]; ok {
				text("a change", key, pos)
			}
		}
	}
	if w := doc.Withdrawn; w != nil {
		if pos, ok := w.Has["at"]; ok {
			text("withdrawn", "at", pos)
		}
	}
	if !src.Broken {
		l.Add(doc.compare(src)...)
	}
	return l
}

// compare lists the texts of a translation that have no counterpart in src.
func (doc *Doc) compare(src *Doc) diag.List {
	var l diag.List
	if n := len(src.Changes); len(doc.Changes) > n {
		l.Add(diag.BadValue.At(doc.Changes[n].Pos, "the translation has %d changes, the source %d", len(doc.Changes), n).
			WithHint("write one note for each change of %s, in its order", src.Path))
	}
	if doc.Translates > src.Revision() {
		l.Add(diag.BadValue.At(doc.Has["translates"], "translates revision %d, but the source is at %d", doc.Translates, src.Revision()).
			Wide(len("translates")).WithHint("the revision is 1 and the number of changes in %s", src.Path))
	}
	for _, key := range []string{"withdrawn", "legal"} {
		pos, ok := doc.Has[key]
		if _, inSource := src.Has[key]; ok && !inSource {
			l.Add(diag.SharedField.At(pos, "field %q is not in the source file", key).Wide(len(key)).
				WithHint("write it in %s first, or delete it here", src.Path))
		}
	}
	return l
}
