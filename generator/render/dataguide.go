package render

import "bongsu/generator/site"

// DataView is the dot of pages/data: the files that programs can read.
type DataView struct {
	Title, Summary string
	Open           []OpenRow // files of the open data
	Files          []DataRow // feeds
	Formats        []site.Format
	List           string // address of the list of all feeds (OPML)
	Prose          *Words
}

// DataRow is a kind of file: what it holds and where it stands. A pattern has
// parts in capitals that stand for an id.
type DataRow struct {
	Title, Text string
	Pattern     string
	Example     *Link
	Count       int
}

// dataPages makes the guide to open data.
func dataPages(b *builder) []File {
	return b.section("data/", "data", func(e *edition, p *Page, prose *Words, _ *site.Record) any {
		return DataView{Title: p.Title, Summary: p.Description, Open: e.openRows(), Files: e.dataRows(), Formats: site.Formats, List: e.feedList(), Prose: prose}
	})
}

// feedPatterns is the table of the kinds of feed with their addresses below
// LANG/feeds/.
var feedPatterns = []struct {
	kind    site.ChannelKind
	pattern string
}{
	{site.ChannelAlerts, "alerts"},
	{site.ChannelAll, "all"},
	{site.ChannelAdvisories, "advisories"},
	{site.ChannelScams, "scams"},
	{site.ChannelNow, "levels-now/COUNTRY"},
	{site.ChannelPlace, "provinces/COUNTRY/PROVINCE"},
	{site.ChannelLevel, "levels/LEVEL"},
	{site.ChannelCategory, "categories/CATEGORY"},
}

func (e *edition) dataRows() []DataRow {
	titles := map[site.ChannelKind]string{
		site.ChannelAlerts: e.t("data.alerts"), site.ChannelAll: e.t("data.all"), site.ChannelAdvisories: e.t("data.advisories"),
		site.ChannelScams: e.t("data.scams"), site.ChannelNow: e.t("subscribe.now_title"), site.ChannelPlace: e.t("data.place"), site.ChannelLevel: e.t("data.level"), site.ChannelCategory: e.t("data.category"),
	}
	var out []DataRow
	for _, f := range feedPatterns {
		row := DataRow{Title: titles[f.kind], Pattern: e.site.Links.Root("LANG/feeds/" + f.pattern + ".FORMAT")}
		for _, c := range e.site.Channels() {
			if c.Kind != f.kind {
				continue
			}
			if row.Count++; row.Count == 1 {
				row.Text = e.feedText(c)
				row.Example = &Link{ChannelTitle(e.cat, c), c.URL(e.site.Links, e.lang, site.Formats[0])}
			}
		}
		if row.Count > 0 {
			out = append(out, row)
		}
	}
	return out
}
