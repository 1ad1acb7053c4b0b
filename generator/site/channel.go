package site

import (
	"slices"
	"strconv"

	"bongsu/generator/model"
)

// Channel is a feed of the site; it exists once for each language and format.
type Channel struct {
	ID       string // address below feeds/, such as "alerts" or "provinces/cambodia/kampot"
	Kind     ChannelKind
	Place    *model.Place    // of ChannelPlace, and the country of ChannelNow
	Category *model.Category // of ChannelCategory
	Level    *model.Level    // of ChannelLevel
}

// ChannelKind says what a feed carries.
type ChannelKind string

// The kinds of feed. Alerts carry one new item for each significant change;
// ChannelNow carries one item for each place of a country, and is complete; the
// others carry one item for each record, which is updated.
const (
	ChannelAlerts     ChannelKind = "alerts"
	ChannelAll        ChannelKind = "all"
	ChannelAdvisories ChannelKind = "advisories"
	ChannelScams      ChannelKind = "scams"
	ChannelPlace      ChannelKind = "place"
	ChannelCategory   ChannelKind = "category"
	ChannelLevel      ChannelKind = "level"
	ChannelNow        ChannelKind = "now"
)

// Format is a way of writing a feed.
type Format struct {
	ID    string // also the file name extension
	Type  string // media type
	Label string
}

// Formats is the table of feed formats. It is read only.
var Formats = []Format{
	{"rss", "application/rss+xml", "RSS"},
	{"atom", "application/atom+xml", "Atom"},
	{"json", "application/feed+json", "JSON Feed"},
}

// Channels lists the feeds of the site: alerts first, then by kind.
func (s *Site) Channels() []Channel {
	out := []Channel{
		{ID: "alerts", Kind: ChannelAlerts}, {ID: "all", Kind: ChannelAll},
		{ID: "advisories", Kind: ChannelAdvisories}, {ID: "scams", Kind: ChannelScams},
	}
	for _, c := range s.Atlas.Countries {
		out = append(out, ChannelOf(c))
	}
	for _, c := range s.Atlas.Countries {
		for _, p := range c.Provinces() {
			out = append(out, ChannelOf(p))
		}
	}
	for _, c := range s.Atlas.Countries {
		out = append(out, NowOf(c))
	}
	for i := range s.Categories {
		c := &s.Categories[i]
		out = append(out, Channel{ID: "categories/" + c.ID, Kind: ChannelCategory, Category: c})
	}
	for i := range s.Scheme.Levels {
		l := &s.Scheme.Levels[i]
		out = append(out, Channel{ID: "levels/" + l.ID, Kind: ChannelLevel, Level: l})
	}
	return out
}

// ChannelOf gives the feed of a country or province.
func ChannelOf(p *model.Place) Channel {
	id := "provinces/" + p.Slug
	if p.Kind == model.ProvincePlace {
		id = "provinces/" + p.Parent.Slug + "/" + p.Slug
	}
	return Channel{ID: id, Kind: ChannelPlace, Place: p}
}

// NowOf gives the feed of the present levels of a country.
func NowOf(c *model.Place) Channel {
	return Channel{ID: "levels-now/" + c.Slug, Kind: ChannelNow, Place: c}
}

// File gives the output file of a feed.
func (c Channel) File(lang string, f Format) string { return lang + "/feeds/" + c.ID + "." + f.ID }

// Archived reports whether older items of the feed are kept in archives. What
// feeds of a place, a category or a level carry is in those of everything too.
func (c Channel) Archived() bool {
	switch c.Kind {
	case ChannelAlerts, ChannelAll, ChannelAdvisories, ChannelScams:
		return true
	}
	return false
}

// Archive gives the channel of archive n of a feed, counted from 1, the oldest.
// It has the address of a channel and is none that Channels lists.
func (c Channel) Archive(n int) Channel {
	c.ID = "archive/" + c.ID + "/" + strconv.Itoa(n)
	return c
}

// URL gives the address of a feed from the root of the host.
func (c Channel) URL(l Links, lang string, f Format) string { return l.Prefix + c.File(lang, f) }

// Records lists what a feed of records carries, newest first.
func (s *Site) Records(c Channel) []*Record {
	switch c.Kind {
	case ChannelAlerts, ChannelNow:
		return nil
	case ChannelAdvisories:
		return s.Advisories
	case ChannelScams:
		return s.Scams
	case ChannelPlace:
		return s.At(c.Place)
	}
	all := slices.Concat(s.Advisories, s.Scams)
	slices.SortStableFunc(all, newestFirst)
	return slices.DeleteFunc(all, func(r *Record) bool { return !s.carries(c, r) })
}

func (s *Site) carries(c Channel, r *Record) bool {
	switch c.Kind {
	case ChannelCategory:
		return slices.ContainsFunc(r.Source.Advisory.Categories, func(x model.Ref) bool { return x.ID == c.Category.ID }) ||
			(r.Kind.ID == "scams" && c.Category.ID == "scam")
	case ChannelLevel:
		return slices.ContainsFunc(r.Source.Advisory.Levels, func(m model.Measure) bool { return m.Level.ID == c.Level.ID })
	}
	return true
}
