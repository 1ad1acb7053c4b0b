package deliver

import (
	"path"
	"strings"
)

// private begins the keys that are ours, not the site's.
const private = ".bongsu/"

// phase is when a file is uploaded: what is linked to comes before what links
// to it.
type phase int

const (
	assets  phase = iota // styles, scripts, pictures
	pages                // single pages
	lists                // pages and data that list others
	feeds                // feeds and alerts, which name pages
	entries              // where readers come in, and what saves pages on their device
	root                 // the page of the host itself, by which all others are found
	phases
)

// entryFiles lists the places where readers come in. It is read only.
var entryFiles = map[string]bool{"404.html": true, "_headers": true, "_redirects": true, "robots.txt": true}

// phaseOf tells the phase of a file. A packed copy goes with its file.
func phaseOf(p string) phase {
	p = strings.TrimSuffix(strings.TrimSuffix(p, ".gz"), ".br")
	first, rest, _ := strings.Cut(p, "/")
	switch base, ext := path.Base(p), path.Ext(p); {
	case p == "index.html":
		return root
	case entryFiles[p], rest == "index.html" && len(first) <= 3: // of the site, of a language
		return entries
	case strings.HasPrefix(rest, "feeds/"), first == "cap":
		return feeds
	case first == "assets":
		return assets
	case base == "index.html", first == "api", first == "badges", strings.HasPrefix(rest, "search/"), strings.HasPrefix(rest, "calendar/"):
		return lists
	case ext == ".html":
		return pages
	case rest == "" && (ext == ".xml" || ext == ".txt" || ext == ".json"):
		return lists
	case ext == ".js" && rest == "", ext == ".webmanifest": // service worker and manifest of the app
		return entries
	}
	return assets
}

// hashed reports whether a name changes with the content of its file, so that
// earlier ones may stay for pages that somebody still shows.
func hashed(p string) bool {
	return strings.HasPrefix(p, "assets/") || strings.HasPrefix(p, "cards/")
}
