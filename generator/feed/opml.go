package feed

import (
	"bytes"
	"sync"
	"time"

	"bongsu/generator/output"
	"bongsu/generator/site"
)

// subscriptions is the OPML 2.0 list of the RSS feeds of a language.
func (e *edition) subscriptions() File {
	changed := sync.OnceValue(func() time.Time { return newest(e.site) })
	return File{
		Path: site.Subscriptions(e.lang), Modified: changed, Shows: output.NoBody,
		Render: func(b *bytes.Buffer) error {
			b.Write(e.opml(nil, changed()))
			return nil
		},
	}
}

func (e *edition) opml(b []byte, changed time.Time) []byte {
	s := e.site
	b = append(b, declaration+"<opml version=\"2.0\">\n<head>\n"...)
	b = plain.element(b, "title", line(e.cat.T("feed.title", "site", e.text(s.Config.Title), "channel", e.cat.T("feed.subscriptions"))))
	b = plain.element(b, "dateModified", changed.In(e.zone).Format(time.RFC1123Z))
	b = append(b, "</head>\n<body>\n"...)
	rss := site.Formats[0]
	for _, c := range s.Channels() {
		title := line(e.cat.T("feed.title", "site", e.text(s.Config.Title), "channel", e.name(c)))
		b = empty(b, "outline", "type", "rss", "text", title, "title", title, "language", e.lang,
			"xmlUrl", s.Links.Abs(c.URL(s.Links, e.lang, rss)), "htmlUrl", s.Links.URL(e.lang, home(c)))
	}
	return append(b, "</body>\n</opml>\n"...)
}
