package feed

// openAtom begins an Atom document.
func openAtom(b []byte, f *Feed, self string) []byte {
	b = append(b, declaration...)
	b = append(b, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="`...)
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
	return empty(b, "link", "rel", "alternate", "type", "text/html", "hreflang", f.Lang, "href", f.Home)
}

// entryAtom writes an entry.
func entryAtom(b []byte, e *Entry) []byte {
	b = append(b, "<entry>\n"...)
	b = plain.element(b, "id", e.ID)
	b = plain.element(b, `title type="text"`, e.Title)
	b = plain.element(b, "published", rfc3339(e.Published))
	b = plain.element(b, "updated", rfc3339(e.Updated))
	b = empty(b, "link", "rel", "alternate", "type", "text/html", "hreflang", e.Lang, "href", e.URL)
	for _, a := range e.Alternates {
		b = empty(b, "link", "rel", "alternate", "type", "text/html", "hreflang", a.Lang, "href", a.URL)
	}
	for _, t := range e.Tags() {
		b = empty(b, "category", "term", t.Code, "scheme", scheme(e.ID, t.Scheme))
	}
	summary := `summary type="text"`
	if e.TextLang != e.Lang {
		summary = tagged(summary, "xml:lang", e.TextLang)
	}
	b = plain.element(b, summary, e.Summary)
	b = hypertext.element(b, `content type="html"`, e.HTML)
	return append(b, "</entry>\n"...)
}
