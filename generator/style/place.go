package style

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// A name is a way to write a place.
type name struct {
	text  string
	place *model.Place
}

// names are the ways to write places, by their first character, longest first.
type names map[rune][]name

// namesOf gives, by language, the names of provinces and areas.
func namesOf(s *site.Site) map[string]names {
	out := map[string]names{}
	for _, lang := range s.Langs() {
		if tongues[lang] == nil {
			continue
		}
		list := names{}
		for _, c := range s.Atlas.Countries {
			c.Walk(func(p *model.Place) {
				if p == c {
					return
				}
				for _, n := range append([]string{p.Name.Get(lang)}, p.Aliases...) {
					if korean(n) == tongues[lang].korean && utf8.RuneCountInString(n) > 1 {
						first, _ := utf8.DecodeRuneInString(n)
						list[first] = append(list[first], name{n, p})
					}
				}
			})
		}
		for _, same := range list {
			slices.SortStableFunc(same, func(a, b name) int { return cmp.Compare(len(b.text), len(a.text)) })
		}
		out[lang] = list
	}
	return out
}

func korean(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= '가' && r <= '힣' })
}

// places suggests to link the first mention of a place that a text names and
// never links to.
func (t *text) places(s *site.Site, known names) diag.List {
	if t.doc.Kind.ID != "advisories" && t.doc.Kind.ID != "scams" {
		return nil
	}
	linked := map[string]bool{}
	for _, l := range t.doc.Body.Links {
		if path, ok := site.Target(s.Atlas, l.Dest); ok && l.Internal {
			linked[path] = true
		}
	}
	done := map[*model.Place]bool{}
	var diags diag.List
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.field {
			continue
		}
		known.each(b.text, func(at int, n name) {
			in := func(l span) bool { return at < l.to && at+len(n.text) > l.from }
			if done[n.place] || slices.ContainsFunc(b.links, in) {
				return
			}
			done[n.place] = true
			if path, ok := site.Target(s.Atlas, n.place.ID); !ok || linked[path] {
				return
			}
			diags.Add(t.report(diag.PlaceNotLinked, b, at, at+len(n.text), "place %q could be a link", n.text).
				WithHint("write [%s](%s)", n.text, n.place.ID))
		})
	}
	return diags
}

// each calls f for every name that stands in a text as a word.
func (k names) each(text string, f func(at int, n name)) {
	before := ' '
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(before) {
			for _, n := range k[r] {
				after, _ := utf8.DecodeRuneInString(text[min(at+len(n.text), len(text)):])
				if strings.HasPrefix(text[at:], n.text) && (korean(n.text) || !unicode.IsLetter(after)) {
					f(at, n)
					size = len(n.text)
					r, _ = utf8.DecodeLastRuneInString(n.text)
					break
				}
			}
		}
		before = r
		at += size
	}
}
