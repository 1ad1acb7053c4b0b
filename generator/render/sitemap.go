package render

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/output"
)

// maxURLs is how many addresses a site map may hold (sitemaps.org).
const maxURLs = 50000

// machineFiles makes what search engines read: sitemap.xml, in parts where it
// grows too long, and robots.txt.
func (b *builder) machineFiles(files []File) []File {
	pages := make([]*File, 0, len(files))
	for i := range files {
		if files[i].langs != nil {
			pages = append(pages, &files[i])
		}
	}
	robots := "User-agent: *\nAllow: /\n\nSitemap: " + b.site.Links.Abs(b.site.Links.Root("sitemap.xml")) + "\n"
	out := []File{fixed("robots.txt", b.site.Start(), robots)}
	if len(pages) <= maxURLs {
		return append(out, b.sitemap("sitemap.xml", pages))
	}
	sortPages(pages)
	var parts []File
	for n := 1; len(pages) > 0; n++ {
		size := min(maxURLs, len(pages))
		part := b.sitemap(fmt.Sprintf("sitemap-%d.xml", n), pages[:size])
		out = append(out, part)
		parts = append(parts, part)
		pages = pages[size:]
	}
	return append(out, File{File: output.File{Path: "sitemap.xml", Modified: b.latest, Shows: output.NoBody, Render: func(buf *bytes.Buffer) error {
		buf.WriteString(xml.Header + `<sitemapindex xmlns="` + siteMapNS + `">`)
		for _, part := range parts {
			entry(buf, "sitemap", b.site.Links.Abs(b.site.Links.Root(part.Path)), part.Modified())
			buf.WriteString("</sitemap>")
		}
		buf.WriteString("</sitemapindex>\n")
		return nil
	}}})
}

// sortPages orders pages by address, then language.
func sortPages(pages []*File) {
	slices.SortFunc(pages, func(x, y *File) int { return cmp.Or(strings.Compare(x.path, y.path), strings.Compare(x.lang, y.lang)) })
}

// fixed is a file whose content is known.
func fixed(path string, modified time.Time, text string) File {
	return File{File: output.Fixed(path, modified, []byte(text))}
}

const (
	siteMapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
	xhtmlNS   = "http://www.w3.org/1999/xhtml" // of the alternates that Google reads
)

// sitemap lists pages with their languages, as the pages themselves announce
// them (META-08).
func (b *builder) sitemap(path string, pages []*File) File {
	var f File
	f.Path, f.Shows = path, output.NoBody
	f.Modified = sync.OnceValue(func() time.Time {
		var t time.Time
		for _, f := range pages {
			t = later(t, f.Modified())
		}
		return t
	})
	f.Render = func(out *bytes.Buffer) error {
		out.WriteString(xml.Header + `<urlset xmlns="` + siteMapNS + `" xmlns:xhtml="` + xhtmlNS + `">`)
		pages := slices.Clone(pages)
		sortPages(pages)
		var langs []string
		var links bytes.Buffer // to a page in its languages: all of these list the same
		for i, p := range pages {
			entry(out, "url", b.site.Links.URL(p.lang, p.path), p.Modified().In(b.site.Config.Zone))
			if own := p.langs(); i == 0 || pages[i-1].path != p.path || !slices.Equal(own, langs) {
				langs = own
				links.Reset()
				writeAlternates(&links, b.alternatesOf(p.path, langs))
			}
			out.Write(links.Bytes())
			out.WriteString("</url>")
		}
		out.WriteString("</urlset>\n")
		return nil
	}
	return f
}

func writeAlternates(out *bytes.Buffer, list []Alternate) {
	for _, a := range list {
		out.WriteString(`<xhtml:link rel="alternate" hreflang="`)
		writeXML(out, a.Lang)
		out.WriteString(`" href="`)
		writeXML(out, a.URL)
		out.WriteString(`"></xhtml:link>`)
	}
}

// entry begins an element with an address and the time of its last change.
func entry(out *bytes.Buffer, name, address string, changed time.Time) {
	out.WriteByte('<')
	out.WriteString(name)
	out.WriteString("><loc>")
	writeXML(out, address)
	out.WriteString("</loc><lastmod>")
	out.Write(changed.AppendFormat(out.AvailableBuffer(), time.RFC3339))
	out.WriteString("</lastmod>")
}

// writeXML writes a text for content and attributes.
func writeXML(out *bytes.Buffer, s string) {
	for i := range len(s) {
		if !plainXML[s[i]] {
			_ = xml.EscapeText(out, []byte(s)) // a buffer takes everything
			return
		}
	}
	out.WriteString(s) // as nearly all addresses are
}

// plainXML marks the bytes that need no look.
var plainXML = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = !strings.ContainsRune(`&<>"'`, c)
	}
	return t
}()
