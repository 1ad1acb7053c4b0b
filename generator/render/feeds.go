package render

import (
	"bongsu/generator/lang"
	"bongsu/generator/site"
)

// ChannelTitle names a feed in a language. Feeds carry it as their title and
// pages announce them by it.
func ChannelTitle(cat *lang.Catalog, c site.Channel) string {
	tag := cat.Lang()
	switch c.Kind {
	case site.ChannelAlerts:
		return cat.T("feeds.alerts")
	case site.ChannelAdvisories:
		return cat.T("feeds.advisories")
	case site.ChannelScams:
		return cat.T("feeds.scams")
	case site.ChannelPlace:
		return cat.T("feeds.place", "place", c.Place.Name.Get(tag))
	case site.ChannelNow:
		return cat.T("feeds.now", "place", c.Place.Name.Get(tag))
	case site.ChannelCategory:
		return cat.T("feeds.category", "category", c.Category.Name.Get(tag))
	case site.ChannelLevel:
		return cat.T("feeds.level", "level", LevelName(cat, c.Level))
	}
	return cat.T("feeds.all")
}
