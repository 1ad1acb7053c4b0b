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
	pages := slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.langs == nil })
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
		index := siteMapIndex{NS: siteMapNS}
		for _, part := range parts {
			index.Maps = append(index.Maps, siteMapRef{b.site.Links.Abs(b.site.Links.Root(part.Path)), part.Modified().Format(time.RFC3339)})
		}
		return writeXML(buf, index)
	}}})
}

// sortPages orders pages by address, then language.
func sortPages(pages []File) {
	slices.SortFunc(pages, func(x, y File) int { return cmp.Or(strings.Compare(x.path, y.path), strings.Compare(x.lang, y.lang)) })
}

// fixed is a file whose content is known.
func fixed(path string, modified time.Time, text string) File {
	return File{File: output.Fixed(path, modified, []byte(text))}
}

const (
	siteMapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
	xhtmlNS   = "http://www.w3.org/1999/xhtml"
)

// siteMap is a file of sitemaps.org 0.9 with the alternates that Google reads.
type siteMap struct {
	XMLName xml.Name     `xml:"urlset"`
	NS      string       `xml:"xmlns,attr"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []siteMapURL `xml:"url"`
}

type siteMapURL struct {
	Loc     string        `xml:"loc"`
	LastMod string        `xml:"lastmod"`
	Links   []siteMapLink `xml:"xhtml:link"`
}

type siteMapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

type siteMapIndex struct {
	XMLName xml.Name     `xml:"sitemapindex"`
	NS      string       `xml:"xmlns,attr"`
	Maps    []siteMapRef `xml:"sitemap"`
}

type siteMapRef struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

// sitemap lists pages with their languages, as the pages themselves announce
// them (META-08).
func (b *builder) sitemap(path string, pages []File) File {
	var f File
	f.Path = path
	f.Modified = sync.OnceValue(func() time.Time {
		var t time.Time
		for _, f := range pages {
			t = later(t, f.Modified())
		}
		return t
	})
	f.Render = func(out *bytes.Buffer) error {
		m := siteMap{NS: siteMapNS, XHTML: xhtmlNS}
		pages := slices.Clone(pages)
		sortPages(pages)
		for _, p := range pages {
			u := siteMapURL{Loc: b.site.Links.Abs(b.site.Links.Page(p.lang, p.path)), LastMod: p.Modified().In(b.site.Config.Zone).Format(time.RFC3339)}
			for _, a := range b.editions[0].alternatesOf(p.path, p.langs()) {
				u.Links = append(u.Links, siteMapLink{"alternate", a.Lang, a.URL})
			}
			m.URLs = append(m.URLs, u)
		}
		return writeXML(out, m)
	}
	return f
}

func writeXML(b *bytes.Buffer, v any) error {
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(b)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.WriteByte('\n')
	return nil
}
