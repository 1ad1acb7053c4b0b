package site

import (
	"html"
	"slices"
	"strings"

	"bongsu/generator/markup"
	"bongsu/generator/model"
)

// relink changes links of a text that package markup wrote. For an address, to
// gives another one, or nothing, which makes the link a span and an image its
// alternative text; ok is false where it shall stay. Links never nest, and no
// attribute holds < or >.
func relink(body string, to func(href string) (other string, ok bool)) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(body, '<')
		if i < 0 {
			break
		}
		end := strings.IndexByte(body[i:], '>')
		if end < 0 {
			break
		}
		end += i + 1
		tag := body[i:end]
		b.WriteString(body[:i])
		body = body[end:]
		switch {
		case strings.HasPrefix(tag, "<img "):
			if other, ok := to(html.UnescapeString(attribute(tag, "src"))); ok && other == "" {
				tag = spanLater + attribute(tag, "alt") + "</span>"
			}
		case strings.HasPrefix(tag, "<a "):
			href := attribute(tag, "href")
			other, ok := to(html.UnescapeString(href))
			switch {
			case ok && other != "":
				tag = strings.Replace(tag, `href="`+href+`"`, `href="`+html.EscapeString(other)+`"`, 1)
			case ok:
				if text, rest, closed := strings.Cut(body, "</a>"); closed {
					tag, body = spanLater, text+"</span>"+rest
				}
			}
		}
		b.WriteString(tag)
	}
	b.WriteString(body)
	return b.String()
}

// spanLater begins a text that would be a link if it led anywhere.
const spanLater = `<span class="link-later">`

// attribute gives an attribute of a tag as it is written.
func attribute(tag, name string) string {
	_, rest, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// relinked gives a copy of a text with other links; the original, which other
// builds may share, stays as it is. The copy does not list the links that
// changed.
func (s *Site) relinked(d *model.Doc, to func(href string) (string, bool)) *model.Doc {
	c := *d
	links := slices.DeleteFunc(slices.Clone(d.Body.Links), func(l markup.Link) bool {
		_, changed := to(s.href(d.Lang, l.Dest))
		return changed
	})
	html := relink(d.Body.HTML(), to)
	c.Body = model.LazyBody(d.Body.Headings, links, func() (string, string) { return html, d.Body.Text() })
	return &c
}

// href gives the address that a link of a text was written with.
func (s *Site) href(lang, dest string) string {
	if strings.HasPrefix(dest, "/media/") {
		return s.Links.Root(dest[1:])
	}
	if path, ok := Target(s.Atlas, dest); ok && !strings.HasPrefix(dest, "#") {
		return s.Links.Page(lang, path)
	}
	return dest
}

// replace puts another text in the place of one of a record.
func (r *Record) replace(old, d *model.Doc) {
	r.Docs[d.Lang] = d
	if r.Source == old {
		r.Source = d
	}
}
