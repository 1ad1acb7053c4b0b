package feed

import (
	"bytes"
	"encoding/json"
	"strconv"
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
func entryJSON(b []byte, e *Entry, html string) []byte {
	b = jsonText(b, `{"id":`, e.ID)
	b = jsonText(b, `,"url":`, e.URL)
	b = jsonText(b, `,"title":`, e.Title)
	b = jsonSome(b, `,"summary":`, e.Summary)
	b = jsonText(b, `,"content_html":`, html)
	b = jsonTime(b, `,"date_published":`, e.Published)
	b = jsonTime(b, `,"date_modified":`, e.Updated)
	if e.TextLang != e.Lang {
		b = jsonSome(b, `,"language":`, e.TextLang)
	}
	sep := `,"tags":["`
	for _, t := range e.tags {
		b = append(append(append(b, sep...), t.Scheme...), ':')
		b = append(appendJSON(b, t.Code), '"')
		sep = `,"`
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
	b = append(append(b, key...), '"')
	return append(appendJSON(b, s), '"')
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

// inJSON marks the bytes at which a text may hold what needs an escape: controls,
// quote and backslash, and the beginning of U+2028 and U+2029, which are line
// ends in old JavaScript.
var inJSON = func() (t [256]bool) {
	for c := range ' ' {
		t[c] = true
	}
	t['"'], t['\\'], t[0xe2] = true, true, true
	return t
}()

// appendJSON writes a text of an entry within quotes, as encoding/json does.
func appendJSON(b []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !inJSON[c] {
			continue
		}
		size := 1
		var out string
		switch {
		case c == '"':
			out = `\"`
		case c == '\\':
			out = `\\`
		case c == '\n':
			out = `\n`
		case c == '\r':
			out = `\r`
		case c == '\t':
			out = `\t`
		case strings.HasPrefix(s[i:], "\u2028"):
			out, size = `\u2028`, 3
		case strings.HasPrefix(s[i:], "\u2029"):
			out, size = `\u2029`, 3
		default:
			continue // no other control gets into an entry
		}
		b = append(append(b, s[last:i]...), out...)
		last = i + size
		i = last - 1
	}
	return append(b, s[last:]...)
}

// lengthJSON is how many bytes a text of an entry has as appendJSON writes it.
func lengthJSON(s string) int {
	n := len(s) + 3*strings.Count(s, "\u2028") + 3*strings.Count(s, "\u2029")
	for _, c := range []string{`"`, `\`, "\n", "\r", "\t"} {
		n += strings.Count(s, c)
	}
	return n
}
