package render

import (
	"html/template"
	"sync"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// articleData describes the page of a record, with the way to it. The
// publisher is an organisation, never a government one (META-06).
func (e *edition) articleData(p *Page, r *site.Record) template.JS {
	o := graph()
	o.open("")
	o.text("@id", p.Canonical, "#article")
	o.text("@type", "Article")
	publisher := e.publisher()
	o.written("author", publisher)
	o.text("dateModified", e.format.Machine(r.Modified))
	o.text("datePublished", e.format.Machine(r.Issued))
	o.text("description", p.Description)
	if until := r.Source.Advisory.Until; until.Set() {
		o.text("expires", e.format.Machine(until.Time))
	}
	o.text("headline", p.Title)
	o.text("inLanguage", r.In(e.lang).Lang)
	var based []model.Source
	for _, s := range r.Source.Sources {
		if s.URL != "" {
			based = append(based, s)
		}
	}
	objects(o, "isBasedOn", based, func(s model.Source) {
		o.text("@type", "CreativeWork")
		o.text("name", s.Title)
		o.text("url", s.URL)
	})
	o.text("mainEntityOfPage", p.Canonical)
	o.written("publisher", publisher)
	objects(o, "spatialCoverage", r.Places, func(p *model.Place) { e.spatial(o, p) })
	e.translations(o, r)
	o.close()
	return e.way(o, p)
}

// describePublisher gives the object of the publisher.
func (e *edition) describePublisher() string {
	var o linked
	o.open("")
	o.text("@type", "Organization")
	o.text("name", e.text(e.site.Config.Publisher.Name))
	o.text("url", e.site.Config.Publisher.URL)
	o.close()
	return string(o.b)
}

// translations links the texts of one record in other languages.
func (e *edition) translations(o *linked, r *site.Record) {
	if !r.Translated(e.lang) {
		return
	}
	article := func(tag string) {
		o.text("@id", e.site.Links.URL(tag, r.Path), "#article")
	}
	if e.lang != r.Source.Lang {
		objects(o, "translationOfWork", []string{r.Source.Lang}, article)
		return
	}
	var tags []string
	for _, tag := range e.site.Langs() {
		if tag != e.lang && r.Translated(tag) {
			tags = append(tags, tag)
		}
	}
	objects(o, "workTranslation", tags, article)
}

// spatial describes a place by its name and code.
func (e *edition) spatial(o *linked, p *model.Place) {
	kind := "Place"
	if p.Kind == model.CountryPlace {
		kind = "Country"
	}
	o.text("@type", kind)
	if p.Area != nil && len(p.Area.Point) == 2 {
		o.open("geo")
		o.text("@type", "GeoCoordinates")
		o.decimal("latitude", p.Area.Point[1])
		o.decimal("longitude", p.Area.Point[0])
		o.close()
	}
	if p.Area == nil {
		o.text("identifier", p.ID)
	}
	o.text("name", e.text(p.Name))
}

// breadcrumbs is the JSON-LD of a page that is no article.
func (e *edition) breadcrumbs(p *Page) template.JS {
	o := graph()
	return e.way(o, p)
}

// graphs are scratch space; they carry no state from use to use.
var graphs = sync.Pool{New: func() any { return new(linked) }}

// graph begins the objects of a page, which way ends.
func graph() *linked {
	o := graphs.Get().(*linked)
	o.b, o.more = o.b[:0], false
	o.open("")
	o.text("@context", "https://schema.org")
	o.list("@graph")
	return o
}

// way adds the breadcrumbs of a page and gives its objects.
func (e *edition) way(o *linked, p *Page) template.JS {
	if len(p.Crumbs) > 0 {
		o.open("")
		o.text("@type", "BreadcrumbList")
		o.list("itemListElement")
		for i, c := range p.Crumbs {
			o.open("")
			o.text("@type", "ListItem")
			o.text("item", e.site.Links.Host, c.URL)
			o.text("name", c.Text)
			o.number("position", i+1)
			o.close()
		}
		o.open("")
		o.text("@type", "ListItem")
		o.text("name", p.Title)
		o.number("position", len(p.Crumbs)+1)
		o.close()
		o.end()
		o.close()
	}
	o.end()
	o.close()
	defer graphs.Put(o)
	return o.script()
}
