// Package kit makes the files that help editors in tools of their own: JSON
// Schemas, settings and snippets of an editor, files for continuous
// integration, and the lists of fields and diagnostics of the editors' guide.
//
// In: the forms of package model, the codes of package diag and, for the words
// that a site chose itself, a Site. Out: File values and texts. It must not
// read or write files, or hold rules of what is wrong.
package kit

import (
	"bytes"
	"encoding/json"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// File is a file for the folder of a site.
type File struct {
	Path string
	Text string
	Ours bool // made anew each time; otherwise a beginning that belongs to the editors once it is there
}

// Files gives the kit of a site, in a stable order.
func Files(s *site.Site) ([]File, error) {
	var out []File
	schemas, err := schemaFiles(vocabulariesOf(s))
	if err != nil {
		return nil, err
	}
	out = append(out, schemas...)
	snippets, err := pretty(snippetsOf(s))
	if err != nil {
		return nil, err
	}
	out = append(out, File{Snippets, snippets, true})
	out = append(out, File{"content/FIELDS.md", Fields(), true}, File{"content/DIAGNOSTICS.md", Diagnostics(), true})
	settings, err := settingsFiles()
	return append(out, settings...), err
}

// word is a name in files and what it is called.
type word struct{ id, name string }

// vocabularies are the words that a site chose itself.
type vocabularies struct {
	words map[model.Vocabulary][]word
	langs []string
}

func vocabulariesOf(s *site.Site) vocabularies {
	v := vocabularies{words: map[model.Vocabulary][]word{}, langs: s.Langs()}
	add := func(k model.Vocabulary, id string, name model.Text) {
		v.words[k] = append(v.words[k], word{id, both(name, v.langs)})
	}
	for _, l := range s.Scheme.Levels {
		add(model.LevelIDs, l.ID, l.Name)
	}
	for _, c := range s.Categories {
		add(model.CategoryIDs, c.ID, c.Name)
	}
	for _, c := range s.Contacts {
		add(model.ContactIDs, c.ID, c.Name)
	}
	for _, f := range s.RedFlags {
		add(model.RedFlagIDs, f.ID, f.Text)
	}
	for _, id := range s.Atlas.IDs() {
		p := s.Atlas.Place(id)
		add(model.PlaceCodes, id, p.Name)
		if p.Kind == model.ProvincePlace {
			add(model.ProvinceCodes, id, p.Name)
		}
	}
	return v
}

// both joins a text in the first two languages of a site.
func both(t model.Text, langs []string) string {
	out := t.Get(langs[0])
	if len(langs) > 1 {
		if second, ok := t[langs[1]]; ok && second != out {
			out += " · " + second
		}
	}
	return out
}

// pretty writes a value as JSON for people.
func pretty(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.String(), err
}
