// Package feed writes what programs subscribe to. Feeds: RSS 2.0 (with the RSS
// Advisory Board's profile), Atom (RFC 4287), JSON Feed 1.1, archives of them
// (RFC 5005), and an OPML 2.0 list for each language. Alerts of the Common
// Alerting Protocol 1.2 and their index. Calendars (RFC 5545).
//
// In: the site, whose texts are UTF-8 as package source reads them, and the words
// and formats of its languages. Out: Files, to be written when asked. Every format
// shows the same Entry. It must not read files, templates or the clock, and it
// never shows the indicators of a scam.
//
// There are two series (site.Channel): alerts carry one new entry for each
// significant change, which is never written again; the others carry one entry
// for each record, whose updated time moves with significant changes alone. A
// third kind carries one entry for each place, and is complete.
package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// Limits of one feed (FEED-06). It is fetched again and again, often over a weak
// line, so it is to stay within goodBytes in its largest format: the newest
// entries are whole for as long as they fit, the next ones, up to leastEntries
// and those that must be there, are a summary with a link. More than those, up
// to maxEntries, it holds where they fit whole. Older entries stand in archives
// of archiveSize, counted from the oldest, so that a full one stays as it is.
// One that is being filled is not written: its entries are all in the feed.
const (
	leastEntries = 30
	maxEntries   = 50
	goodBytes    = 100_000
	shortBytes   = 1_700 // about what a summary takes
	archiveSize  = 25
)

// File is an output file of the site.
type File = output.File

// Feed is what every format says about a feed itself.
type Feed struct {
	ID          string // tag: URI, the same in every format and wherever the site moves
	Lang        string
	Title       string
	Description string
	Home        string // absolute address of the page that shows the same
	Author      string
	AuthorURL   string
	Updated     time.Time // newest significant change inside, in the site's zone
	Hub         string    // WebSub hub; empty: none
	Complete    bool      // what is absent is no longer in force (RFC 5005 section 2)
	Archive     bool      // RFC 5005 section 4
	Deleted     []Deleted // newest first
}

// Deleted says that an entry is gone for good (RFC 6721).
type Deleted struct {
	ID   string // of the entry
	At   time.Time
	Note string
}

// Nav is a link between a feed and its archives.
type Nav struct{ Rel, URL string }

// Entry is one item without its text, in the form that all formats share. Texts
// hold no character that XML forbids; times are in the site's zone.
type Entry struct {
	ID         string // tag: URI of record or alert and language
	URL        string // absolute
	Lang       string // of the feed
	TextLang   string // of Title and Summary; another than Lang where there is no translation
	Title      string // plain text
	Summary    string // plain text
	Published  time.Time
	Updated    time.Time
	Alternates []Alternate // translations, without Lang

	// For programs; none of it depends on the language.
	Kind       string   // of the record
	Record     string   // stable id of the record
	Revision   int      // from 1
	Alert      string   // site.AlertKind; empty in state feeds
	Status     string   // site.Status; empty in alerts
	Levels     []Level  // levels that are set or changed, highest first
	Places     []string // place codes
	Categories []string
	Effective  time.Time // zero: not told
	Expires    time.Time // zero: no end by itself
	About      string    // absolute address of the page that explains these fields

	// As formats write them, where several documents do.
	labels             []*label // of what Tags gives
	published, updated string   // rfc3339
	pubDate            string   // Published as RSS has it
}

// Alternate is the address of an entry's page in another language.
type Alternate struct{ Lang, URL string }

// Level is a level that an entry sets, with place codes. Previous is empty
// where nothing changed, or where there was no level before.
type Level struct {
	Level    string   `json:"level"`
	Previous string   `json:"previous,omitempty"`
	Places   []string `json:"places"`
}

// Tag is a code of a scheme (level, place, kind, category, alert).
type Tag struct{ Scheme, Code string }

// Tags lists what an entry can be filtered by, the same in every language.
func (e *Entry) Tags() []Tag {
	tags := make([]Tag, 0, 2+len(e.Levels)+len(e.Places)+len(e.Categories))
	tags = append(tags, Tag{"kind", e.Kind})
	if e.Alert != "" {
		tags = append(tags, Tag{"alert", e.Alert})
	}
	for _, l := range e.Levels {
		if t := (Tag{"level", l.Level}); l.Level != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	for _, p := range e.Places {
		tags = append(tags, Tag{"place", p})
	}
	for _, c := range e.Categories {
		tags = append(tags, Tag{"category", c})
	}
	return tags
}

// Files lists the feeds of the site with their archives, the OPML list of each
// language, the alerts of the Common Alerting Protocol with their index, and
// the calendars. words and formats are by language; a language that lacks
// either has none of these.
func Files(s *site.Site, words map[string]*lang.Catalog, formats map[string]lang.Formatter) []File {
	var out []File
	sources := selectAll(s)
	var editions []*edition
	for _, l := range s.Langs() {
		cat, fm := words[l], formats[l]
		if cat == nil {
			continue
		}
		e := newEdition(s, l, cat, fm)
		editions = append(editions, e)
		for _, src := range sources {
			out = append(out, e.files(src)...)
		}
		out = append(out, e.subscriptions())
		out = append(out, e.calendars()...)
	}
	return append(out, warnings(s, editions)...)
}

// newest is the newest significant change of the whole site. A site without
// records takes the date of the sample, or else that of its tag authority:
// never the clock.
func newest(s *site.Site) time.Time {
	var t time.Time
	for _, list := range [][]*site.Record{s.Advisories, s.Scams, s.Pages} {
		for _, r := range list {
			t = latest(t, r.Updated)
		}
	}
	if t.IsZero() && s.Config.Sample != nil {
		t = s.Config.Sample.AsOf.Time
	}
	if t.IsZero() {
		t = epoch(s)
	}
	return t
}

// epoch is the beginning of the site: the date of its tag authority.
func epoch(s *site.Site) time.Time {
	_, date, _ := strings.Cut(s.Config.Authority, ",")
	year, err := strconv.Atoi(date[:min(len(date), 4)])
	if err != nil {
		year = 2000
	}
	return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
