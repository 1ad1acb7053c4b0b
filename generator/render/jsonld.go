package render

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// linked is an object of JSON-LD, with the words of schema.org. It is written
// by hand, not by encoding/json, because nearly every page has one.
type linked []term

// term is a key of an object with its value: a string, a whole or a decimal
// number, a linked or a list of them.
type term struct {
	key   string
	value any
}

// script gives an object as the content of a script element. Its keys are
// written in order, so equal objects have equal bytes.
func (o linked) script() template.JS { return template.JS(o.append(make([]byte, 0, 2<<10))) }

func (o linked) append(b []byte) []byte {
	slices.SortFunc(o, func(x, y term) int { return strings.Compare(x.key, y.key) })
	b = append(b, '{')
	for i, p := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, p.key)
		b = appendValue(append(b, ':'), p.value)
	}
	return append(b, '}')
}

func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return appendText(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64) // a coordinate: never so large or small that it has an exponent
	case linked:
		return v.append(b)
	case []linked:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.append(b)
		}
		return append(b, ']')
	}
	panic("jsonld: value of a type that no object has")
}

// appendText writes a string of JSON that is safe inside a script element.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	last := 0
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			if c, size = utf8.DecodeRuneInString(s[i:]); size > 1 && c != '\u2028' && c != '\u2029' {
				i += size
				continue
			}
		} else if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
			i++
			continue
		}
		b = append(b, s[last:i]...)
		i += size
		last = i
		if k := strings.IndexRune("\"\\\b\f\n\r\t", c); k >= 0 {
			b = append(b, '\\', `"\bfnrt`[k])
			continue
		}
		b = append(b, '\\', 'u', hex[c>>12&15], hex[c>>8&15], hex[c>>4&15], hex[c&15])
	}
	return append(append(b, s[last:]...), '"')
}

// articleData describes the page of a record, with the way to it. The
// publisher is an organisation, never a government one (META-06).
func (e *edition) articleData(p *Page, r *site.Record) template.JS {
	publisher := linked{{"@type", "Organization"}, {"name", e.text(e.site.Config.Publisher.Name)}, {"url", e.site.Config.Publisher.URL}}
	article := linked{
		{"@type", "Article"}, {"@id", p.Canonical + "#article"}, {"headline", p.Title}, {"description", p.Description},
		{"datePublished", e.format.Machine(r.Issued)}, {"dateModified", e.format.Machine(r.Modified)},
		{"inLanguage", r.In(e.lang).Lang}, {"author", publisher}, {"publisher", publisher}, {"mainEntityOfPage", p.Canonical},
	}
	var based []linked
	for _, s := range r.Source.Sources {
		if s.URL != "" {
			based = append(based, linked{{"@type", "CreativeWork"}, {"name", s.Title}, {"url", s.URL}})
		}
	}
	article = article.with("isBasedOn", based)
	var places []linked
	for _, place := range r.Places {
		places = append(places, e.spatial(place))
	}
	article = article.with("spatialCoverage", places)
	if until := r.Source.Advisory.Until; until.Set() {
		article = append(article, term{"expires", e.format.Machine(until.Time)})
	}
	return e.graph(p, e.translations(article, r))
}

// translations links the texts of one record in other languages.
func (e *edition) translations(article linked, r *site.Record) linked {
	address := func(tag string) linked {
		return linked{{"@id", e.site.Links.Abs(e.site.Links.Page(tag, r.Path)) + "#article"}}
	}
	if !r.Translated(e.lang) {
		return article
	}
	if e.lang != r.Source.Lang {
		return append(article, term{"translationOfWork", address(r.Source.Lang)})
	}
	var works []linked
	for _, tag := range e.site.Langs() {
		if tag != e.lang && r.Translated(tag) {
			works = append(works, address(tag))
		}
	}
	return article.with("workTranslation", works)
}

// spatial describes a place by its name and code.
func (e *edition) spatial(p *model.Place) linked {
	kind := "Place"
	if p.Kind == model.CountryPlace {
		kind = "Country"
	}
	out := linked{{"@type", kind}, {"name", e.text(p.Name)}}
	if p.Area == nil {
		out = append(out, term{"identifier", p.ID})
	} else if len(p.Area.Point) == 2 {
		out = append(out, term{"geo", linked{{"@type", "GeoCoordinates"}, {"longitude", p.Area.Point[0]}, {"latitude", p.Area.Point[1]}}})
	}
	return out
}

// graph joins the objects of a page with its breadcrumbs.
func (e *edition) graph(p *Page, objects ...linked) template.JS {
	if len(p.Crumbs) > 0 {
		var items []linked
		for i, c := range p.Crumbs {
			items = append(items, linked{{"@type", "ListItem"}, {"position", i + 1}, {"name", c.Text}, {"item", e.site.Links.Abs(c.URL)}})
		}
		items = append(items, linked{{"@type", "ListItem"}, {"position", len(items) + 1}, {"name", p.Title}})
		objects = append(objects, linked{{"@type", "BreadcrumbList"}, {"itemListElement", items}})
	}
	return linked{{"@context", "https://schema.org"}, {"@graph", objects}}.script()
}

// with sets a key to a list, or to its only item; an empty list is left out.
func (o linked) with(key string, list []linked) linked {
	switch len(list) {
	case 0:
		return o
	case 1:
		return append(o, term{key, list[0]})
	}
	return append(o, term{key, list})
}

// breadcrumbs is the JSON-LD of a page that is no article.
func (e *edition) breadcrumbs(p *Page) template.JS { return e.graph(p) }
