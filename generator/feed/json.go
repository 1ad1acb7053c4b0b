package feed

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"bongsu/generator/quote"
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

// openJSON begins a JSON Feed up to its first item.
func openJSON(b []byte, f *Feed, self string, _ []Nav) []byte {
	head := jsonHead{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Description: f.Description,
		Home: f.Home, Self: self, Language: f.Lang, Authors: []jsonAuthor{{f.Author, f.AuthorURL}},
	}
	if f.Hub != "" {
		head.Hubs = []jsonHub{{"WebSub", f.Hub}}
	}
	text, err := encoded(head)
	if err != nil {
		return b // never: the types hold texts alone
	}
	b = append(b, bytes.TrimSpace(text)...)
	return append(b[:len(b)-1], ",\"items\":[\n"...)
}

// encoded gives a value as JSON. The characters < > & stay as they are: the file
// is no part of a page.
func encoded(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err
}

// entryJSON writes an item. What other formats have no field for stands in
// _bongsu; no key in it has a dot (JSON Feed 1.1, "Extensions"). The fields are
// written one by one, since encoding/json takes three times as long, which is
// much where a site has thousands of items.
func entryJSON(b []byte, e *Entry, text string) []byte {
	b = jsonText(b, `{"id":`, e.ID)
	b = jsonText(b, `,"url":`, e.URL)
	b = jsonText(b, `,"title":`, e.Title)
	b = jsonSome(b, `,"summary":`, e.Summary)
	b = append(append(append(b, `,"content_html":"`...), text...), `","date_published":"`...)
	b = append(append(append(b, e.published...), `","date_modified":"`...), e.updated...)
	b = append(b, '"')
	if e.TextLang != e.Lang {
		b = jsonSome(b, `,"language":`, e.TextLang)
	}
	sep := `,"tags":[`
	for _, l := range e.labels {
		b = append(append(b, sep...), l.json...)
		sep = ","
	}
	b = jsonText(b, `],"_bongsu":{"about":`, e.About)
	b = jsonText(b, `,"kind":`, e.Kind)
	b = jsonText(b, `,"record":`, e.Record)
	b = append(b, `,"revision":`...)
	b = strconv.AppendInt(b, int64(e.Revision), 10)
	b = jsonSome(b, `,"alert":`, e.Alert)
	b = jsonSome(b, `,"status":`, e.Status)
	b = jsonLevels(b, e.Levels)
	b = jsonList(b, `,"areas":`, e.Places)
	b = jsonList(b, `,"categories":`, e.Categories)
	if !e.Effective.IsZero() {
		b = jsonTime(b, `,"effective":`, e.Effective)
	}
	if !e.Expires.IsZero() {
		b = jsonTime(b, `,"expires":`, e.Expires)
	}
	return append(b, "}}"...)
}

// jsonLevels writes the levels of an entry, where it has any.
func jsonLevels(b []byte, levels []Level) []byte {
	for i, l := range levels {
		sep := `,{"level":`
		if i == 0 {
			sep = `,"levels":[{"level":`
		}
		b = jsonText(b, sep, l.Level)
		b = jsonSome(b, `,"previous":`, l.Previous)
		b = append(jsonList(b, `,"places":`, l.Places), '}')
	}
	if len(levels) > 0 {
		b = append(b, ']')
	}
	return b
}

// jsonText writes a text after its key.
func jsonText(b []byte, key, s string) []byte {
	return quote.JSON(append(b, key...), s)
}

// jsonSome writes a text, and nothing where it is empty.
func jsonSome(b []byte, key, s string) []byte {
	if s == "" {
		return b
	}
	return jsonText(b, key, s)
}

// jsonTime writes a time after its key.
func jsonTime(b []byte, key string, t time.Time) []byte {
	b = append(append(b, key...), '"')
	return append(t.AppendFormat(b, time.RFC3339), '"')
}

// jsonList writes a list of texts, and nothing where it is empty.
func jsonList(b []byte, key string, list []string) []byte {
	for i, s := range list {
		sep := ","
		if i == 0 {
			b = append(b, key...)
			sep = "["
		}
		b = jsonText(b, sep, s)
	}
	if len(list) > 0 {
		b = append(b, ']')
	}
	return b
}
