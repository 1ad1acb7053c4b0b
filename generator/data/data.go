// Package data writes the open data of the site: JSON with its schemas, a log
// of changes, CSV, GeoJSON, badges, and the catalogues that describe them.
//
// In: the site, the words and formats of its languages, and the version of the
// program. Out: Files, to be written when asked. It must not read files,
// templates or the clock. Indicators of scams appear only defanged.
//
// The types that are written stand in the files type_*.go; their fields carry
// the descriptions from which the schemas are made. Within version 1 fields
// and files are only ever added.
package data

import (
	"bytes"
	"slices"
	"sync"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// File is an output file of the site.
type File = output.File

// Files lists the open data of the site. words and formats are by language; a
// language that lacks either has no badges, and its words are left out. tool
// names the program and its version.
func Files(s *site.Site, words map[string]*lang.Catalog, formats map[string]lang.Formatter, tool string) []File {
	a := &api{site: s, words: words, formats: formats, tool: tool, zone: s.Config.Zone}
	if a.zone == nil {
		a.zone = time.UTC
	}
	a.schemas = map[string]Address{}
	for _, x := range schemas {
		a.schemas[x.name] = Address(a.abs(schemaPath(x.name)))
	}
	if l := s.Config.Licence; l.URL != "" {
		a.licence = &Licence{a.text(l.Name), Address(l.URL)}
	}
	if sample := s.Config.Sample; sample != nil {
		a.sample = &Sample{AsOfDate: a.date(sample.AsOf.Time), Official: Address(s.Config.Official.URL)}
	}
	a.entries = sync.OnceValue(a.findEntries)
	a.log = sync.OnceValue(a.makeLog)
	a.places = sync.OnceValue(a.rankedPlaces)
	out := slices.Concat(a.levelFiles(), a.historyFiles(), a.logFiles(), a.recordFiles(), a.placeFiles(),
		a.geoFiles(), a.tableFiles(), a.schemaFiles(), a.guideFiles())
	for i := range out {
		if out[i].Shows == nil {
			out[i].Shows = output.NoBody
		}
	}
	out = append(out, a.freshFiles(out)...)
	return append(out, a.badgeFiles()...)
}

// api is the open data of one site.
type api struct {
	site    *site.Site
	words   map[string]*lang.Catalog
	formats map[string]lang.Formatter
	tool    string
	zone    *time.Location
	entries func() []entry // of the log, oldest first
	log     func() *sealed // the log as it is written
	places  func() []ranked

	licence *Licence           // of every file
	sample  *Sample            // of every file
	schemas map[string]Address // by name
}

// file makes a file of a kind that is written as JSON from a value made when
// it is asked for.
func (a *api) file(id string, modified func() time.Time, value func(Head) any, parts ...string) File {
	kind := site.DataFileOf(id)
	return a.fileAt(kind, kind.At(parts...), modified, value)
}

func (a *api) fileAt(kind *site.DataFile, path string, modified func() time.Time, value func(Head) any) File {
	return File{Path: path, Modified: modified, Render: func(b *bytes.Buffer) error {
		return encode(b, value(a.head(kind, modified())))
	}}
}

// head begins a file.
func (a *api) head(kind *site.DataFile, asOf time.Time) Head {
	return Head{AsOf: a.moment(asOf), Schema: a.schemas[kind.Schema], Licence: a.licence, Sample: a.sample}
}

// abs gives the absolute address of an output file.
func (a *api) abs(path string) string { return a.site.Links.Abs(a.site.Links.Root(path)) }

// moment writes a time in the site's zone; the zero time is empty.
func (a *api) moment(t time.Time) Moment {
	if t.IsZero() {
		return ""
	}
	var b [len("2006-01-02T15:04:05-07:00")]byte
	text := t.In(a.zone).AppendFormat(b[:0], time.RFC3339) // a layout that package time knows is faster
	if utc, ok := bytes.CutSuffix(text, []byte("Z")); ok {
		text = append(utc, "+00:00"...)
	}
	return Moment(text)
}

func (a *api) date(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.In(a.zone).Format(time.DateOnly))
}

// text gives a text in the languages that have it; what is written for every
// language stands under each language of the site.
func (a *api) text(t model.Text) Text {
	if len(t) == 0 {
		return nil
	}
	out := Text{}
	for tag, s := range t {
		if tag != "" {
			out[tag] = s
			continue
		}
		for _, l := range a.site.Langs() {
			if _, own := t[l]; !own {
				out[l] = s
			}
		}
	}
	return out
}

// said gives a text of the site's words in every language.
func (a *api) said(key string, args ...any) Text {
	out := Text{}
	for _, l := range a.site.Langs() {
		if cat := a.words[l]; cat != nil {
			out[l] = cat.T(key, args...)
		}
	}
	return out
}

// pages gives the address of a page in each language.
func (a *api) pages(path string) Text {
	out := Text{}
	for _, l := range a.site.Langs() {
		out[l] = a.site.Links.URL(l, path)
	}
	return out
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// walk lists every place, countries by code, broad before specific.
func (a *api) walk() []*model.Place {
	var out []*model.Place
	for _, c := range a.site.Atlas.Countries {
		c.Walk(func(p *model.Place) { out = append(out, p) })
	}
	return out
}
