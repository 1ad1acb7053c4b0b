package site

import (
	"regexp"
	"strings"

	"bongsu/generator/model"
)

// Links makes addresses. A path is an address within one language, without
// prefix, language and extension: "" (home), "advisories/" (a section) or
// "advisories/travel-ban" (a page).
type Links struct {
	Host   string // https://example.org
	Prefix string // "/" or "/sub/"
	Clean  bool   // pages without .html
}

// NewLinks takes what addresses need from the configuration.
func NewLinks(c model.Site) Links {
	return Links{Host: c.Host(), Prefix: c.Prefix(), Clean: c.URLs == "clean"}
}

// Page gives the address of a path in a language, from the root of the host;
// a path may carry a fragment.
func (l Links) Page(lang, path string) string { return l.under("", lang, path) }

// URL is Page as an absolute address; Local gives the one from the other.
func (l Links) URL(lang, path string) string { return l.under(l.Host, lang, path) }

// Local gives an absolute address of this site from the root of the host.
func (l Links) Local(url string) string { return url[len(l.Host):] }

func (l Links) under(host, lang, path string) string {
	end := strings.IndexByte(path, '#')
	if end < 0 {
		end = len(path)
	}
	ending := ""
	if end > 0 && path[end-1] != '/' && !l.Clean {
		ending = ".html"
	}
	return host + l.Prefix + lang + "/" + path[:end] + ending + path[end:]
}

// Root gives the address of a file outside the languages, such as
// "assets/style.css".
func (l Links) Root(file string) string { return l.Prefix + file }

// Abs makes an address from the root of the host absolute.
func (l Links) Abs(address string) string { return l.Host + address }

// File gives the output file of a path in a language.
func File(lang, path string) string {
	if path == "" || strings.HasSuffix(path, "/") {
		return lang + "/" + path + "index.html"
	}
	return lang + "/" + path + ".html"
}

// Sections are the paths that every site has, whatever its content. A page
// record whose slug is Page fills the section with its text.
var Sections = []struct{ Path, Page string }{
	{"", "home"},
	{"advisories/", "advisories"},
	{"provinces/", "provinces"},
	{"scams/", "scams"},
	{"scams/check/", "check"},
	{"search/", "search"},
	{"help/", "help"},
	{"levels/", "levels"},
	{"changes/", "changes"},
	{"figures/", "figures"},
	{"archive/", "archive"},
	{"subscribe/", "subscribe"},
	{"data/", "data"},
	{"embed/", "embed"},
	{"about/", "about"},
}

// SectionOf gives the path of the section that a page record fills.
func SectionOf(slug string) (path string, ok bool) {
	for _, s := range Sections {
		if s.Page == slug {
			return s.Path, true
		}
	}
	return "", false
}

// RecordPath gives the path of a record.
func RecordPath(kind *model.Kind, slug string) string {
	if kind.ID == "pages" {
		if path, ok := SectionOf(slug); ok {
			return path
		}
		return slug
	}
	return kind.ID + "/" + slug
}

// PlacePath gives the path of the page that shows a place, with the fragment
// of a named area.
func PlacePath(p *model.Place) string {
	switch p.Kind {
	case model.CountryPlace:
		return "provinces/" + p.Slug + "/"
	case model.ProvincePlace:
		return "provinces/" + p.Parent.Slug + "/" + p.Slug
	}
	return PlacePath(p.Page()) + "#" + p.Slug
}

var placeCode = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]+)?$`)

// Target turns a link as editors write it ("/advisories/travel-ban",
// "/help/#held", "KH-18") into a path. It does not say whether the path exists,
// but a place that does not gives ok = false.
func Target(atlas *model.Atlas, dest string) (path string, ok bool) {
	if !strings.HasPrefix(dest, "/") && placeCode.MatchString(dest) { // most are paths
		p := atlas.Place(dest)
		if p == nil {
			return "", false
		}
		return PlacePath(p), true
	}
	if !strings.HasPrefix(dest, "/") {
		return "", false
	}
	path, frag, has := strings.Cut(strings.TrimPrefix(dest, "/"), "#")
	path = strings.TrimSuffix(path, ".html")
	if !strings.HasSuffix(path, "/") && path != "" {
		for _, s := range Sections {
			if s.Path == path+"/" {
				path += "/"
				break
			}
		}
		for _, c := range atlas.Countries {
			if PlacePath(c) == path+"/" {
				path += "/"
			}
		}
	}
	if has {
		path += "#" + frag
	}
	return path, true
}
