package data

import (
	"bytes"
	"strings"
	"sync"
	"time"

	"bongsu/generator/site"
)

// Version is that of the contract, also in the folder's name.
const Version = "1"

// guideFiles writes what describes the other files: an index of our own, an
// OpenAPI description, and catalogues in the two common forms.
func (a *api) guideFiles() []File {
	file := func(id string, value func() any) File {
		return File{Path: site.DataFileOf(id).Path, Modified: a.site.Start, Render: func(b *bytes.Buffer) error { return pretty(b, value()) }}
	}
	newest := sync.OnceValue(func() time.Time {
		return later(a.levelTime(), later(a.newest(a.site.Advisories), a.newest(a.site.Scams)))
	})
	return []File{
		file("index", func() any { return a.index(a.head(site.DataFileOf("index"), a.site.Start())) }),
		file("openapi", a.openAPI),
		{Path: site.DataFileOf("catalog").Path, Modified: newest, Render: func(b *bytes.Buffer) error { return pretty(b, a.dcat()) }},
		{Path: site.DataFileOf("data-json").Path, Modified: newest, Render: func(b *bytes.Buffer) error { return pretty(b, a.pod()) }},
	}
}

func (a *api) index(h Head) Index {
	c := a.site.Config
	out := Index{
		Head: h, Title: a.text(c.Title), Version: Version, Publisher: Party{a.text(c.Publisher.Name), Address(c.Publisher.URL)},
		Guide: a.pages("data/"), Languages: a.site.Langs(), TimeZone: a.zone.String(),
	}
	if c.Official.URL != "" {
		out.Official = &Party{a.text(c.Official.Name), Address(c.Official.URL)}
	}
	for _, f := range site.DataFiles {
		x := IndexFile{
			ID: f.ID, Path: f.Path, Title: a.said("open.title." + f.ID), Text: a.said("open.text." + f.ID), Type: f.Type,
			Licence: Address(c.Licence.URL),
		}
		if !f.Many() {
			x.URL = Address(a.abs(f.Path))
		}
		if f.Schema != "" {
			x.Schema = Address(a.abs(schemaPath(f.Schema)))
		}
		if f.ID == "levels-geojson" {
			x.Boundary = a.boundaryCredit()
		}
		out.Files = append(out.Files, x)
	}
	return out
}

// object is a JSON object whose keys are written in order of the alphabet.
type object map[string]any

// first gives a text in the source language, for forms that know one language.
func (a *api) first(t Text) string {
	for _, l := range a.site.Langs() {
		if s := t[l]; s != "" {
			return s
		}
	}
	return ""
}

// english gives a text in English, or else in the source language.
func (a *api) english(t Text) string {
	if s := t["en"]; s != "" {
		return s
	}
	return a.first(t)
}

// openAPI describes every file as a GET request (OpenAPI 3.1).
func (a *api) openAPI() any {
	paths := object{}
	for _, f := range site.DataFiles {
		path, server := strings.TrimPrefix(f.Path, site.API), "."
		if path == f.Path { // outside the folder of the API
			server = "../.."
		}
		for _, p := range a.templates(f, path) {
			paths["/"+p] = object{"servers": []any{object{"url": server}}, "get": a.operation(f, p)}
		}
	}
	info := object{
		"title": a.english(a.text(a.site.Config.Title)), "version": Version + ".0.0",
		"description": a.english(a.said("open.intro")), "contact": object{"name": a.english(a.text(a.site.Config.Publisher.Name)), "url": a.site.Config.Publisher.URL},
	}
	if l := a.site.Config.Licence; l.URL != "" {
		info["license"] = object{"name": a.english(a.text(l.Name)), "url": l.URL}
	}
	return object{
		"openapi": "3.1.1", "info": info, "servers": []any{object{"url": "."}}, "paths": paths,
		"externalDocs": object{"url": a.pages("data/")[a.site.Langs()[0]]},
	}
}

// templates gives the paths of a kind of file. A place code may hold a slash,
// which a parameter of OpenAPI may not.
func (a *api) templates(f site.DataFile, path string) []string {
	if !strings.Contains(path, "{place}") {
		return []string{path}
	}
	for _, p := range a.walk() {
		if p.Area != nil {
			return []string{path, strings.Replace(path, "{place}", "{place}/{area}", 1)}
		}
	}
	return []string{path}
}

// parameters is the table of the parts of paths, with an example of each.
var parameters = map[string]struct{ pattern, text string }{
	"date":    {`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, "A day on which a level changed; levels-history.json lists them."},
	"country": {`^[A-Z]{2}$`, "Code of a country (ISO 3166-1)."},
	"name":    {`^[a-z0-9-]+$`, "Name of the record: its id without the kind."},
	"page":    {`^[0-9]{4}(-[0-9]+)?$`, "A year, and the number of the file from the second on; the list names them."},
	"schema":  {`^[a-z-]+$`, "Name of a schema."},
	"lang":    {`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`, "Language tag."},
	"place":   {`^[A-Z]{2}(-[A-Z0-9]{1,3})?$`, "Code of a country or province (ISO 3166)."},
	"area":    {`^[a-z0-9-]+$`, "Name of a named area of it."},
}

func (a *api) operation(f site.DataFile, path string) any {
	var params []any
	for _, part := range strings.Split(path, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		p := parameters[name]
		params = append(params, object{
			"name": name, "in": "path", "required": true, "description": p.text, "schema": object{"type": "string", "pattern": p.pattern},
		})
	}
	content := object{"schema": object{"type": "string"}}
	if f.Schema != "" && f.ID != "changes" {
		content["schema"] = object{"$ref": "schema/" + f.Schema + ".json"}
	} else if strings.HasSuffix(f.Path, "json") || strings.HasSuffix(f.Path, "jsonld") {
		content["schema"] = object{"type": "object"}
	}
	if f.ID == "changes" {
		content = object{"schema": object{"type": "string"}, "x-schema-of-line": "schema/change.json"}
	}
	id := f.ID
	if strings.Contains(path, "{area}") {
		id += "-area"
	}
	out := object{
		"operationId": id, "summary": a.english(a.said("open.title." + f.ID)), "description": a.english(a.said("open.text." + f.ID)),
		"responses": object{
			"200": object{"description": "The file.", "content": object{f.Type: content}},
			"304": object{"description": "Not changed since the last request (If-None-Match or If-Modified-Since)."},
			"404": object{"description": "There is no such file."},
		},
	}
	if params != nil {
		out["parameters"] = params
	}
	return out
}

// setTime is the newest change of a data set.
func (a *api) setTime(set string) time.Time {
	switch set {
	case "levels":
		return a.levelTime()
	case "changes":
		return later(a.levelTime(), a.logTime())
	case "advisories":
		return a.newest(a.site.Advisories)
	case "scams":
		return a.newest(a.site.Scams)
	}
	return a.vocabularyTime()
}

// setID identifies a data set wherever the site moves.
func (a *api) setID(set string) string {
	return "tag:" + a.site.Config.Authority + ":data/" + set
}

// pod is the catalogue in the form of Project Open Data 1.1, which knows one
// language: that of the source.
func (a *api) pod() any {
	c := a.site.Config
	publisher := a.first(a.text(c.Publisher.Name))
	var sets []any
	for _, name := range site.DataSets {
		var files []any
		for _, f := range site.DataFiles {
			if f.Set == name && !f.Many() {
				d := object{"@type": "dcat:Distribution", "downloadURL": a.abs(f.Path), "mediaType": f.Type, "title": a.first(a.said("open.title." + f.ID))}
				if f.Schema != "" {
					d["describedBy"], d["describedByType"] = a.abs(schemaPath(f.Schema)), "application/schema+json"
				}
				files = append(files, d)
			}
		}
		contact := object{"@type": "vcard:Contact", "fn": publisher}
		if c.Publisher.Mail != "" {
			contact["hasEmail"] = "mailto:" + c.Publisher.Mail
		}
		set := object{
			"@type": "dcat:Dataset", "identifier": a.setID(name), "title": a.first(a.said("open.set." + name)),
			"description": a.first(a.said("open.about." + name)), "keyword": strings.Split(a.first(a.said("open.keywords")), ", "),
			"modified": a.moment(a.setTime(name)), "publisher": object{"@type": "org:Organization", "name": publisher}, "contactPoint": contact,
			"accessLevel": "public", "language": a.site.Langs(), "landingPage": a.pages("data/")[a.site.Langs()[0]], "distribution": files,
		}
		if c.Licence.URL != "" {
			set["license"] = c.Licence.URL
		}
		sets = append(sets, set)
	}
	return object{
		"@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "@type": "dcat:Catalog",
		"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
		"dataset": sets,
	}
}

// tagged writes a text for JSON-LD, one value for each language.
func (a *api) tagged(t Text) []any {
	var out []any
	for _, l := range a.site.Langs() {
		if s := t[l]; s != "" {
			out = append(out, object{"@language": l, "@value": s})
		}
	}
	return out
}

// dcat is the catalogue in the form of DCAT 3, in every language.
func (a *api) dcat() any {
	c := a.site.Config
	publisher := object{"@type": "foaf:Agent", "@id": c.Publisher.URL, "foaf:name": a.tagged(a.text(c.Publisher.Name))}
	var sets []any
	for _, name := range site.DataSets {
		var files []any
		for _, f := range site.DataFiles {
			if f.Set != name || f.Many() {
				continue
			}
			d := object{
				"@type": "dcat:Distribution", "@id": a.abs(f.Path), "dcterms:title": a.tagged(a.said("open.title." + f.ID)), "dcat:downloadURL": object{"@id": a.abs(f.Path)},
				"dcat:mediaType": object{"@id": "https://www.iana.org/assignments/media-types/" + f.Type},
			}
			if f.Schema != "" {
				d["dcterms:conformsTo"] = object{"@id": a.abs(schemaPath(f.Schema))}
			}
			if c.Licence.URL != "" {
				d["dcterms:license"] = object{"@id": c.Licence.URL}
			}
			files = append(files, d)
		}
		set := object{
			"@type": "dcat:Dataset", "@id": a.setID(name), "dcterms:identifier": a.setID(name), "dcterms:title": a.tagged(a.said("open.set." + name)),
			"dcterms:description": a.tagged(a.said("open.about." + name)), "dcterms:publisher": object{"@id": c.Publisher.URL},
			"dcterms:modified": object{"@type": "xsd:dateTime", "@value": a.moment(a.setTime(name))}, "dcat:version": Version, "dcat:distribution": files,
		}
		if c.Licence.URL != "" {
			set["dcterms:license"] = object{"@id": c.Licence.URL}
		}
		sets = append(sets, set)
	}
	return object{
		"@context": object{
			"dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
		},
		"@type": "dcat:Catalog", "@id": a.abs(site.DataFileOf("catalog").Path), "dcterms:title": a.tagged(a.text(c.Title)),
		"dcterms:description": a.tagged(a.said("open.intro")), "dcterms:publisher": publisher, "dcterms:language": a.site.Langs(), "dcat:dataset": sets,
	}
}
