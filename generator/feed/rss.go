package feed

import "time"

// openRSS begins an RSS 2.0 document.
func openRSS(b []byte, f *Feed, self string, nav []Nav) []byte {
	b = append(b, declaration...)
	b = append(b, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"`...)
	if f.Archive || f.Complete {
		b = append(b, ` xmlns:fh="`+historySpace+`"`...)
	}
	b = append(b, ">\n<channel>\n"...)
	b = plain.element(b, "title", f.Title)
	b = hypertext.element(b, "link", f.Home)
	b = plain.element(b, "description", f.Description)
	b = plain.element(b, "language", f.Lang)
	b = plain.element(b, "lastBuildDate", f.Updated.Format(time.RFC1123Z))
	b = plain.element(b, "ttl", "30")
	b = empty(b, "atom:link", "rel", "self", "type", "application/rss+xml", "href", self)
	for _, n := range nav {
		b = empty(b, "atom:link", "rel", n.Rel, "type", "application/rss+xml", "href", n.URL)
	}
	if f.Hub != "" {
		b = empty(b, "atom:link", "rel", "hub", "href", f.Hub)
	}
	return history(b, f)
}

// entryRSS writes an item. A description is read as HTML, so the plain summary
// is escaped once as HTML and once as XML.
func entryRSS(b []byte, e *Entry, text string) []byte {
	b = append(b, "<item>\n"...)
	b = plain.element(b, "title", e.Title)
	b = hypertext.element(b, "link", e.URL)
	b = plain.element(b, `guid isPermaLink="false"`, e.ID)
	b = append(append(append(b, "<pubDate>"...), e.pubDate...), "</pubDate>\n"...)
	for _, l := range e.labels {
		b = append(b, l.rss...)
	}
	b = described.element(b, "description", e.Summary)
	b = append(b, "<content:encoded>"...)
	b = append(b, text...)
	return append(b, "</content:encoded>\n</item>\n"...)
}
