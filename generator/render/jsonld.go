package render

import (
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// linked is an object of JSON-LD, with the words of schema.org. Its keys are
// written in order, so equal objects have equal bytes.
type linked map[string]any

// articleData describes the page of a record, with the way to it. The
// publisher is an organisation, never a government one (META-06).
func (e *edition) articleData(p *Page, r *site.Record) any {
	publisher := linked{"@type": "Organization", "name": e.text(e.site.Config.Publisher.Name), "url": e.site.Config.Publisher.URL}
	article := linked{
		"@type": "Article", "@id": p.Canonical + "#article", "headline": p.Title, "description": p.Description,
		"datePublished": e.format.Machine(r.Issued), "dateModified": e.format.Machine(r.Modified),
		"inLanguage": r.In(e.lang).Lang, "author": publisher, "publisher": publisher, "mainEntityOfPage": p.Canonical,
	}
	var based []any
	for _, s := range r.Source.Sources {
		if s.URL != "" {
			based = append(based, linked{"@type": "CreativeWork", "name": s.Title, "url": s.URL})
		}
	}
	put(article, "isBasedOn", based)
	var places []any
	for _, place := range r.Places {
		places = append(places, e.spatial(place))
	}
	put(article, "spatialCoverage", places)
	if until := r.Source.Advisory.Until; until.Set() {
		article["expires"] = e.format.Machine(until.Time)
	}
	e.translations(article, r)
	return e.graph(p, article)
}

// translations links the texts of one record in other languages.
func (e *edition) translations(article linked, r *site.Record) {
	address := func(tag string) linked {
		return linked{"@id": e.site.Links.Abs(e.site.Links.Page(tag, r.Path)) + "#article"}
	}
	if !r.Translated(e.lang) {
		return
	}
	if e.lang != r.Source.Lang {
		article["translationOfWork"] = address(r.Source.Lang)
		return
	}
	var works []any
	for _, tag := range e.site.Langs() {
		if tag != e.lang && r.Translated(tag) {
			works = append(works, address(tag))
		}
	}
	put(article, "workTranslation", works)
}

// spatial describes a place by its name and code.
func (e *edition) spatial(p *model.Place) linked {
	out := linked{"@type": "Place", "name": e.text(p.Name)}
	if p.Kind == model.CountryPlace {
		out["@type"] = "Country"
	}
	if p.Area == nil {
		out["identifier"] = p.ID
	} else if len(p.Area.Point) == 2 {
		out["geo"] = linked{"@type": "GeoCoordinates", "longitude": p.Area.Point[0], "latitude": p.Area.Point[1]}
	}
	return out
}

// graph joins the objects of a page with its breadcrumbs.
func (e *edition) graph(p *Page, objects ...any) any {
	if len(p.Crumbs) > 0 {
		var items []any
		for i, c := range p.Crumbs {
			items = append(items, linked{"@type": "ListItem", "position": i + 1, "name": c.Text, "item": e.site.Links.Abs(c.URL)})
		}
		items = append(items, linked{"@type": "ListItem", "position": len(items) + 1, "name": p.Title})
		objects = append(objects, linked{"@type": "BreadcrumbList", "itemListElement": items})
	}
	return linked{"@context": "https://schema.org", "@graph": objects}
}

// put sets a key to a list, or to its only item; an empty list is left out.
func put(o linked, key string, list []any) {
	switch len(list) {
	case 0:
	case 1:
		o[key] = list[0]
	default:
		o[key] = list
	}
}

// breadcrumbs is the JSON-LD of a page that is no article.
func (e *edition) breadcrumbs(p *Page) any { return e.graph(p, []any{}...) }
