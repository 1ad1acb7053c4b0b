package feed

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// jsonHead is a JSON Feed 1.1 without its items.
type jsonHead struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Home        string       `json:"home_page_url"`
	Self        string       `json:"feed_url"`
	Language    string       `json:"language"`
	Authors     []jsonAuthor `json:"authors"`
	Hubs        []jsonHub    `json:"hubs,omitempty"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonAuthor struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

type jsonItem struct {
	ID        string        `json:"id"`
	URL       string        `json:"url"`
	Title     string        `json:"title"`
	Summary   string        `json:"summary,omitempty"`
	HTML      string        `json:"content_html"`
	Published string        `json:"date_published"`
	Updated   string        `json:"date_modified"`
	Language  string        `json:"language,omitempty"` // where it is not the feed's
	Tags      []string      `json:"tags"`
	Bongsu    jsonExtension `json:"_bongsu"`
}

// jsonExtension is what other formats have no field for. It has no key with a
// dot (JSON Feed 1.1, "Extensions").
type jsonExtension struct {
	About      string   `json:"about"`
	Kind       string   `json:"kind"`
	Record     string   `json:"record"`
	Revision   int      `json:"revision"`
	Alert      string   `json:"alert,omitempty"`
	Status     string   `json:"status,omitempty"`
	Levels     []Level  `json:"levels,omitempty"`
	Areas      []string `json:"areas,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Effective  string   `json:"effective,omitempty"`
	Expires    string   `json:"expires,omitempty"`
}

// openJSON begins a JSON Feed up to its first item.
func openJSON(b []byte, f *Feed, self string, _ []Nav) []byte {
	head := jsonHead{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Description: f.Description,
		Home: f.Home, Self: self, Language: f.Lang, Authors: []jsonAuthor{{f.Author, f.AuthorURL}},
	}
	if f.Hub != "" {
		head.Hubs = []jsonHub{{"WebSub", f.Hub}}
	}
	b = appendJSON(b, head)
	return append(b[:len(b)-1], ",\"items\":[\n"...)
}

// entryJSON writes an item.
func entryJSON(b []byte, e *Entry) []byte {
	item := jsonItem{
		ID: e.ID, URL: e.URL, Title: e.Title, Summary: e.Summary, HTML: e.HTML,
		Published: rfc3339(e.Published), Updated: rfc3339(e.Updated),
		Bongsu: jsonExtension{
			About: e.About, Kind: e.Kind, Record: e.Record, Revision: e.Revision, Alert: e.Alert, Status: e.Status,
			Levels: e.Levels, Areas: e.Places, Categories: e.Categories,
			Effective: optional(e.Effective), Expires: optional(e.Expires),
		},
	}
	if e.TextLang != e.Lang {
		item.Language = e.TextLang
	}
	for _, t := range e.Tags() {
		item.Tags = append(item.Tags, t.Scheme+":"+t.Code)
	}
	return appendJSON(b, item)
}

func optional(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return rfc3339(t)
}

// appendJSON writes a value without a line feed at its end. The characters < >
// & stay as they are: the file is no part of a page.
func appendJSON(b []byte, v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return append(b, "null"...) // never: the types hold texts and numbers only
	}
	return append(b, strings.TrimSuffix(buf.String(), "\n")...)
}
