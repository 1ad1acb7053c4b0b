// Package host holds what a web server must say about each file of a site: its
// media type, how long it may be kept, and the headers that keep readers safe.
//
// In: a path, or a site. Out: the rules as tables, as the files _headers and
// _redirects, which static hosts read, and as snippets for nginx and Caddy. It
// must not serve, read or write anything.
package host

import (
	"path"
	"regexp"
	"strings"

	"bongsu/generator/site"
)

// Header is a header of an answer.
type Header struct{ Name, Value string }

// Policy is the content security policy of every page (standards SEC-20): the
// site asks nobody else for anything, and runs nothing that stands in a page.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Security lists the headers of every answer. It is read only.
var Security = []Header{
	{"Content-Security-Policy", Policy},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
}

// kind is a kind of file: what its path ends in, and its media type. Types of
// text carry their encoding.
type kind struct{ ext, media string }

// kinds is the table of media types. The tables of systems lack some of them,
// or disagree. It is read only.
var kinds = []kind{
	{".html", "text/html; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".rss", "application/rss+xml"},
	{".atom", "application/atom+xml"},
	{".opml", "text/x-opml; charset=utf-8"},
	{".ics", "text/calendar; charset=utf-8"},
	{".json", "application/json"},
	{".jsonl", "application/jsonl"},
	{".jsonld", "application/ld+json"},
	{".geojson", "application/geo+json"},
	{".webmanifest", "application/manifest+json"},
	{".csv", "text/csv; charset=utf-8"},
	{".xml", "application/xml"},
	{".txt", "text/plain; charset=utf-8"},
	{".svg", "image/svg+xml"},
	{".png", "image/png"},
	{".jpg", "image/jpeg"},
	{".jpeg", "image/jpeg"},
	{".webp", "image/webp"},
	{".avif", "image/avif"},
	{".ico", "image/x-icon"},
	{".woff2", "font/woff2"},
	{".wasm", "application/wasm"},
	{".pdf", "application/pdf"},
	{".minisig", "text/plain; charset=utf-8"},
}

// place is a part of the site whose files are treated alike. {lang} in a path
// stands for each language.
type place struct {
	path   string // below the root, with a final slash
	cache  string // Cache-Control; empty: that of pages
	shared bool   // other sites' scripts may read it (CORS)
	ext    string // files that end so have the type media here
	media  string
}

// How long answers may be kept. Warnings must be fresh: what may change is
// asked for again after minutes; names of assets carry a hash of their content.
const (
	pageCache  = "public, max-age=60, must-revalidate"
	dataCache  = "public, max-age=300, must-revalidate"
	assetCache = "public, max-age=31536000, immutable"
	proofCache = "no-cache" // the manifest and its signature must be of one time
)

// places is the table of the parts of a site. It is read only.
var places = []place{
	{path: "assets/", cache: assetCache},
	{path: "manifest.json", cache: proofCache, shared: true},
	{path: "api/", cache: dataCache, shared: true},
	{path: "badges/", cache: dataCache, shared: true},
	{path: "cap/", cache: dataCache, shared: true, ext: ".xml", media: "application/cap+xml"},
	{path: "{lang}/feeds/", cache: dataCache, shared: true, ext: ".json", media: "application/feed+json"},
	{path: "{lang}/calendar/", cache: dataCache, shared: true},
}

// special is a file of the open data whose type its ending does not tell. In
// its path * stands for a name.
type special struct{ path, media string }

// specials lists them.
func specials() []special {
	var out []special
	for _, f := range site.DataFiles {
		if f.Type != bare(byEnding(f.Path)) {
			media := f.Type
			if strings.HasPrefix(media, "text/") {
				media += "; charset=utf-8"
			}
			out = append(out, special{braces.ReplaceAllString(f.Path, "*"), media})
		}
	}
	return out
}

var braces = regexp.MustCompile(`\{[a-z]+\}`)

// bare gives a media type without its encoding.
func bare(media string) string {
	t, _, _ := strings.Cut(media, ";")
	return t
}

// MediaType gives the media type of an output file; one that is in no table is
// a stream of bytes.
func MediaType(name string) string {
	if strings.HasPrefix(name, site.API) {
		for _, f := range specials() {
			if ok, _ := path.Match(f.path, name); ok {
				return f.media
			}
		}
	}
	ext := path.Ext(name)
	for _, p := range places {
		if p.ext == ext && p.ext != "" && p.holds(name) {
			return p.media
		}
	}
	return byEnding(name)
}

func byEnding(name string) string {
	ext := path.Ext(name)
	for _, k := range kinds {
		if k.ext == ext {
			return k.media
		}
	}
	return "application/octet-stream"
}

// holds reports whether a file lies in the place, in any language.
func (p place) holds(name string) bool {
	rest, any := strings.CutPrefix(p.path, "{lang}/")
	if any {
		_, name, any = strings.Cut(name, "/")
		if !any {
			return false
		}
	}
	return strings.HasPrefix(name, rest)
}

// in gives the place in each language of the site.
func (p place) in(s *site.Site) []string {
	if !strings.HasPrefix(p.path, "{lang}") {
		return []string{p.path}
	}
	var out []string
	for _, l := range s.Langs() {
		out = append(out, strings.Replace(p.path, "{lang}", l, 1))
	}
	return out
}

// Packable reports whether a file is worth sending packed: a text. Pictures,
// fonts and the like are packed in themselves.
func Packable(name string) bool { return packable(bare(MediaType(name))) }

func packable(media string) bool {
	switch {
	case media == "image/svg+xml":
		return true
	case media == "application/pdf", media == "application/octet-stream":
		return false
	}
	return !strings.HasPrefix(media, "image/") && !strings.HasPrefix(media, "font/")
}

// CacheControl gives how long an output file may be kept, as the header says it.
func CacheControl(name string) string {
	for _, p := range places {
		if p.holds(name) {
			return p.cache
		}
	}
	return pageCache
}
