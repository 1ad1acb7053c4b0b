package feed

// The name spaces of what feeds carry beyond their formats.
const (
	historySpace   = "http://purl.org/syndication/history/1.0"
	tombstoneSpace = "http://purl.org/atompub/tombstones/1.0"
)

// openAtom begins an Atom document.
func openAtom(b []byte, f *Feed, self string, nav []Nav) []byte {
	b = append(b, declaration...)
	b = append(b, `<feed xmlns="http://www.w3.org/2005/Atom"`...)
	if f.Archive || f.Complete {
		b = append(b, ` xmlns:fh="`+historySpace+`"`...)
	}
	if len(f.Deleted) > 0 {
		b = append(b, ` xmlns:at="`+tombstoneSpace+`"`...)
	}
	b = append(b, ` xml:lang="`...)
	b = attribute.append(b, f.Lang)
	b = append(b, "\">\n"...)
	b = plain.element(b, "id", f.ID)
	b = plain.element(b, `title type="text"`, f.Title)
	b = plain.element(b, `subtitle type="text"`, f.Description)
	b = plain.element(b, "updated", rfc3339(f.Updated))
	b = append(b, "<author>\n"...)
	b = plain.element(b, "name", f.Author)
	if f.AuthorURL != "" {
		b = hypertext.element(b, "uri", f.AuthorURL)
	}
	b = append(b, "</author>\n"...)
	b = empty(b, "link", "rel", "self", "type", "application/atom+xml", "href", self)
	b = empty(b, "link", "rel", "alternate", "type", "text/html", "hreflang", f.Lang, "href", f.Home)
	for _, n := range nav {
		b = empty(b, "link", "rel", n.Rel, "type", "application/atom+xml", "href", n.URL)
	}
	if f.Hub != "" {
		b = empty(b, "link", "rel", "hub", "href", f.Hub)
	}
	b = history(b, f)
	for _, d := range f.Deleted {
		b = append(b, tagged(tagged("<at:deleted-entry", "ref", d.ID), "when", rfc3339(d.At))...)
		b = append(b, ">\n"...)
		b = plain.element(b, "at:comment", d.Note)
		b = append(b, "</at:deleted-entry>\n"...)
	}
	return b
}

// history marks complete feeds and archives (RFC 5005).
func history(b []byte, f *Feed) []byte {
	switch {
	case f.Complete:
		return append(b, "<fh:complete/>\n"...)
	case f.Archive:
		return append(b, "<fh:archive/>\n"...)
	}
	return b
}

// entryAtom writes an entry.
func entryAtom(b []byte, e *Entry, text string) []byte {
	b = append(b, "<entry>\n"...)
	b = plain.element(b, "id", e.ID)
	b = plain.element(b, `title type="text"`, e.Title)
	b = append(append(append(b, "<published>"...), e.published...), "</published>\n<updated>"...)
	b = append(append(b, e.updated...), "</updated>\n"...)
	b = appendPage(b, e.Lang, e.URL)
	for _, a := range e.Alternates {
		b = appendPage(b, a.Lang, a.URL)
	}
	for _, l := range e.labels {
		b = append(b, l.atom...)
	}
	summary := `summary type="text"`
	if e.TextLang != e.Lang {
		summary = tagged(summary, "xml:lang", e.TextLang)
	}
	b = plain.element(b, summary, e.Summary)
	b = append(b, `<content type="html">`...)
	b = append(b, text...)
	return append(b, "</content>\n</entry>\n"...)
}

// appendPage writes the link to the page of an entry in a language.
func appendPage(b []byte, lang, url string) []byte {
	b = attribute.append(append(b, `<link rel="alternate" type="text/html" hreflang="`...), lang)
	b = attribute.append(append(b, `" href="`...), url)
	return append(b, "\"/>\n"...)
}
