package site

import (
	"slices"

	"bongsu/generator/model"
)

// Channel is a feed of the site; it exists once for each language and format.
type Channel struct {
	ID       string // address below feeds/, such as "alerts" or "provinces/cambodia/kampot"
	Kind     ChannelKind
	Place    *model.Place    // of ChannelPlace
	Category *model.Category // of ChannelCategory
	Level    *model.Level    // of ChannelLevel
}

// ChannelKind says what a feed carries.
type ChannelKind string

// The kinds of feed. Alerts carry one new item for each significant change;
// the others carry one item for each record, which is updated.
const (
	ChannelAlerts     ChannelKind = "alerts"
	ChannelAll        ChannelKind = "all"
	ChannelAdvisories ChannelKind = "advisories"
	ChannelScams      ChannelKind = "scams"
	ChannelPlace      ChannelKind = "place"
	ChannelCategory   ChannelKind = "category"
	ChannelLevel      ChannelKind = "level"
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

// File gives the output file of a feed.
func (c Channel) File(lang string, f Format) string { return lang + "/feeds/" + c.ID + "." + f.ID }

// URL gives the address of a feed from the root of the host.
func (c Channel) URL(l Links, lang string, f Format) string { return l.Prefix + c.File(lang, f) }

// Records lists what a feed other than alerts carries, newest first.
func (s *Site) Records(c Channel) []*Record {
	switch c.Kind {
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
