package site

import (
	"strings"

	"bongsu/generator/model"
)

// API is the folder of the open data, with the version of its contract.
const API = "api/v1/"

// DataFile is a kind of file of the open data. Path is its address below the
// output folder; parts in braces stand for what makes it many files: {date} a
// day (2025-10-16), {country} a country code, {name} the name of a record,
// {page} a year or a year and a number, {schema} the name of a schema, {lang}
// a language, {place} a place code. Titles and texts are words of the site
// (open.title.ID, open.text.ID).
type DataFile struct {
	ID     string
	Path   string
	Type   string // media type
	Schema string // name of the schema of the file, or of each of its lines; empty: none
	Set    string // the data set that it is part of, a row of DataSets; empty: it describes the others
}

// DataSets lists the data sets of the catalogue. It is read only.
var DataSets = []string{"levels", "changes", "advisories", "scams", "places"}

// DataFiles is the table of the open data. It is read only.
var DataFiles = []DataFile{
	{"levels", API + "levels.json", "application/json", "levels", "levels"},
	{"levels-csv", API + "levels.csv", "text/csv", "", "levels"},
	{"levels-geojson", API + "levels.geojson", "application/geo+json", "levels-geojson", "levels"},
	{"badge", "badges/{lang}/{place}.svg", "image/svg+xml", "", "levels"},
	{"history", API + "levels-history.json", "application/json", "history", "changes"},
	{"history-country", API + "levels-history/{country}.json", "application/json", "history-country", "changes"},
	{"day", API + "levels/{date}.json", "application/json", "day", "changes"},
	{"changes", API + "changes.jsonl", "application/jsonl", "change", "changes"},
	{"changes-csv", API + "changes.csv", "text/csv", "", "changes"},
	{"advisories", API + "advisories.json", "application/json", "advisories", "advisories"},
	{"advisories-year", API + "advisories/by-year/{page}.json", "application/json", "advisories-page", "advisories"},
	{"advisory", API + "advisories/{name}.json", "application/json", "advisory", "advisories"},
	{"advisories-csv", API + "advisories.csv", "text/csv", "", "advisories"},
	{"scams", API + "scams.json", "application/json", "scams", "scams"},
	{"scams-year", API + "scams/by-year/{page}.json", "application/json", "scams-page", "scams"},
	{"scam", API + "scams/{name}.json", "application/json", "scam", "scams"},
	{"places", API + "places.json", "application/json", "places", "places"},
	{"vocabulary", API + "vocabulary.json", "application/json", "vocabulary", "places"},
	{"freshness", API + "freshness.json", "application/json", "freshness", ""},
	{"index", API + "index.json", "application/json", "index", ""},
	{"checksums", API + "SHA256SUMS", "text/plain", "", ""},
	{"schema", API + "schema/{schema}.json", "application/schema+json", "", ""},
	{"openapi", API + "openapi.json", "application/vnd.oai.openapi+json", "", ""},
	{"catalog", API + "catalog.jsonld", "application/ld+json", "", ""},
	{"data-json", "data.json", "application/json", "", ""},
}

// DataFileOf gives a kind of data file by its id, or nil.
func DataFileOf(id string) *DataFile {
	for i := range DataFiles {
		if DataFiles[i].ID == id {
			return &DataFiles[i]
		}
	}
	return nil
}

// Many reports whether there are several files of the kind.
func (f *DataFile) Many() bool { return strings.Contains(f.Path, "{") }

// At gives the path of one file of the kind: names and values of the parts in
// braces follow each other.
func (f *DataFile) At(parts ...string) string {
	path := f.Path
	for i := 0; i+1 < len(parts); i += 2 {
		path = strings.Replace(path, "{"+parts[i]+"}", parts[i+1], 1)
	}
	return path
}

// Name is the first slug that the record had. It names the record for
// programs, and stays when the slug changes: the oldest alias stands first.
func (r *Record) Name() string {
	if len(r.Source.Aliases) > 0 {
		return r.Source.Aliases[0]
	}
	return r.Slug
}

// Stable is the identifier of the record for programs: its kind and its name.
func (r *Record) Stable() string {
	if len(r.Source.Aliases) == 0 {
		return r.ID
	}
	return r.Kind.ID + "/" + r.Name()
}

// DataPath gives the path of the open data of an advisory or a scam warning.
// Records of other kinds have none.
func (r *Record) DataPath() (path string, ok bool) {
	switch r.Kind.ID {
	case "advisories", "scams":
		return API + r.Kind.ID + "/" + r.Name() + ".json", true
	}
	return "", false
}

// BadgePath gives the path of the badge of a place in a language.
func BadgePath(lang string, p *model.Place) string {
	return DataFileOf("badge").At("lang", lang, "place", p.ID)
}
