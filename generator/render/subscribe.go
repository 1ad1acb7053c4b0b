package render

import (
	"slices"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// FeedRow is a feed in a table: what it carries, and its address in each format.
type FeedRow struct {
	Title, Text string
	Formats     []FeedLink
}

// FeedGroup is the feeds of one kind.
type FeedGroup struct {
	Title, Text string
	Rows        []FeedRow
	More        *Link // where the others are found; nil: all are here
}

// mostPlaces is how many places the page lists with their feeds. On a site with
// more it lists the countries: every province has its feeds on its own page.
const mostPlaces = 200

// feedRows gives feeds in the edition's language.
func (e *edition) feedRows(channels ...site.Channel) []FeedRow {
	var out []FeedRow
	for _, c := range channels {
		row := FeedRow{Title: ChannelTitle(e.cat, c), Text: e.feedText(c)}
		for _, f := range site.Formats {
			row.Formats = append(row.Formats, FeedLink{f.Label, f.Type, c.URL(e.site.Links, e.lang, f)})
		}
		out = append(out, row)
	}
	return out
}

// feedText says what a feed carries.
func (e *edition) feedText(c site.Channel) string {
	switch c.Kind {
	case site.ChannelAlerts:
		return e.t("subscribe.alerts")
	case site.ChannelAdvisories:
		return e.t("subscribe.advisories")
	case site.ChannelScams:
		return e.t("subscribe.scams")
	case site.ChannelPlace:
		return e.t("subscribe.place")
	case site.ChannelCategory:
		return e.t("subscribe.category")
	case site.ChannelLevel:
		return e.t("subscribe.level")
	case site.ChannelNow:
		return e.t("subscribe.now")
	}
	return e.t("subscribe.all")
}

// calendarRow is the calendar of a country as a row of feeds.
func (e *edition) calendarRow(c *model.Place) FeedRow {
	return FeedRow{
		Title:   e.t("subscribe.calendar_name", "place", e.text(c.Name)),
		Formats: []FeedLink{{"iCalendar", "text/calendar", e.site.Links.Root(site.Calendar(e.lang, c))}},
	}
}

// feedList gives the address of the list of all feeds in the edition's
// language (OPML).
func (e *edition) feedList() string {
	return e.site.Links.Root(site.Subscriptions(e.lang))
}

// feedGroups lists every feed by kind.
func (e *edition) feedGroups() []FeedGroup {
	titles := []struct {
		title string
		kinds []site.ChannelKind
	}{
		{e.t("subscribe.main_title"), []site.ChannelKind{site.ChannelAlerts, site.ChannelAll, site.ChannelAdvisories, site.ChannelScams}},
		{e.t("subscribe.now_title"), []site.ChannelKind{site.ChannelNow}},
		{e.t("subscribe.place_title"), []site.ChannelKind{site.ChannelPlace}},
		{e.t("subscribe.level_title"), []site.ChannelKind{site.ChannelLevel}},
		{e.t("subscribe.category_title"), []site.ChannelKind{site.ChannelCategory}},
	}
	channels := map[site.ChannelKind][]site.Channel{}
	for _, c := range e.site.Channels() {
		channels[c.Kind] = append(channels[c.Kind], c)
	}
	var more *Link
	if places := channels[site.ChannelPlace]; len(places) > mostPlaces {
		channels[site.ChannelPlace] = slices.DeleteFunc(places, func(c site.Channel) bool { return c.Place.Parent != nil })
		more = &Link{e.t("subscribe.provinces"), e.url("provinces/")}
	}
	var out []FeedGroup
	for _, g := range titles {
		group := FeedGroup{Title: g.title}
		for _, kind := range g.kinds {
			group.Rows = append(group.Rows, e.feedRows(channels[kind]...)...)
			if kind == site.ChannelPlace {
				group.More = more
			}
		}
		if len(group.Rows) == 0 {
			continue
		}
		if len(g.kinds) == 1 { // all carry the same: said once
			group.Text = group.Rows[0].Text
			for i := range group.Rows {
				group.Rows[i].Text = ""
			}
		}
		out = append(out, group)
	}
	dates := FeedGroup{Title: e.t("subscribe.calendar_title"), Text: e.t("subscribe.calendar")}
	for _, c := range e.site.Atlas.Countries {
		dates.Rows = append(dates.Rows, e.calendarRow(c))
	}
	if len(dates.Rows) > 0 {
		out = append(out, dates)
	}
	return out
}

// SubscribeView is the dot of pages/subscribe: every feed in the page's
// language.
type SubscribeView struct {
	Title, Summary string
	Groups         []FeedGroup
	List           string   // address of the list of all feeds (OPML)
	Others         []Switch // the page in the other languages, which lists their feeds
	Prose          *Words
}

// subscribePages makes the page that lists the feeds.
func subscribePages(b *builder) []File {
	return b.section("subscribe/", "subscribe", func(e *edition, p *Page, prose *Words, _ *site.Record) any {
		v := SubscribeView{Title: p.Title, Summary: p.Description, Groups: e.feedGroups(), List: e.feedList(), Prose: prose}
		for _, s := range p.Switch {
			if !s.Current {
				v.Others = append(v.Others, s)
			}
		}
		return v
	})
}
