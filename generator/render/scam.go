package render

import (
	"html/template"

	"bongsu/generator/site"
)

// Scam is the dot of pages/scam.
type Scam struct {
	Words
	Strip      *Strip
	Offer      []OfferLine
	Channels   []string
	Asks       []string
	Flags      []Flag
	Places     []PlaceLink
	Reports    string
	Indicators []Indicator
	Facts      []Fact
	References References
	Check      string
	SourceLang string // of the basis of indicators, where it differs from the page's
}

// OfferLine is something that the advertisement says.
type OfferLine struct {
	Label string
	Items []string
}

// Flag is a sign of a scam; a strong one alone is reason to refuse.
type Flag struct {
	Text   string
	Strong bool
}

// Indicator is an account or address of scammers, changed so that it cannot
// be opened.
type Indicator struct {
	Type, Value, Status, Basis, Source string
	Confirmed                          bool
	Seen                               template.HTML
}

// scamPages makes a page for each recruitment-scam warning.
func scamPages(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		for _, r := range b.site.Scams {
			out = append(out, e.recordFile(r, e.changedAt(r), "scam", func() (*Page, any) { return e.scam(r) }))
		}
	}
	return out
}

func (e *edition) scam(r *site.Record) (*Page, any) {
	s := &r.Source.Scam
	v := &Scam{Words: e.wordsOf(r), Strip: e.strip(r), Offer: e.offer(r), Check: e.url("scams/check/")}
	for _, c := range s.Channels {
		v.Channels = append(v.Channels, e.word("channel.", c, "other-channel"))
	}
	for _, a := range s.AsksFor {
		v.Asks = append(v.Asks, e.word("asks.", a, "other-item"))
	}
	for _, ref := range s.RedFlags {
		if f := e.site.RedFlag(ref.ID); f != nil {
			v.Flags = append(v.Flags, Flag{e.text(f.Text), f.Weight == 3})
		}
	}
	sortBy(v.Flags, func(a, b Flag) bool { return a.Strong && !b.Strong })
	for _, p := range r.Places {
		v.Places = append(v.Places, e.placeNow(p))
	}
	if s.Reports != nil {
		v.Reports = e.t("scam.reports_count", "n", s.Reports.Count, "date", e.format.Date(s.Reports.AsOf.Time))
	}
	for _, i := range s.Indicators {
		v.Indicators = append(v.Indicators, Indicator{
			Type: e.t("scam.type." + i.Type), Value: site.Defang(i), Status: e.t("scam." + i.Status),
			Basis: i.Basis, Source: i.Source, Confirmed: i.Status == "confirmed", Seen: e.day(i.Seen.Time),
		})
	}
	v.Facts = append([]Fact{{e.t("record.issued"), e.moment(r.Source.Issued)}}, e.commonFacts(r)...)
	v.References = e.references(r)
	v.SourceLang = v.References.SourceLang
	p := e.bare("scam", r.Path, v.Title, v.Summary)
	p.OGType = "article"
	p.of(e, r)
	p.Preview = e.preview(e.recordPicture(r))
	p.crumbs(e, Link{e.t("scams.title"), e.url("scams/")})
	p.Data = e.articleData(p, r)
	return p, v
}

// word names a value of a closed list; "other" is a word that strings files
// keep for plurals, so it has a key of its own.
func (e *edition) word(prefix, value, other string) string {
	if value == "other" {
		value = other
	}
	return e.t(prefix + value)
}

func (e *edition) offer(r *site.Record) []OfferLine {
	o := &r.Source.Scam.Offer
	var out []OfferLine
	add := func(key string, items ...string) {
		if len(items) > 0 && items[0] != "" {
			out = append(out, OfferLine{e.t(key), items})
		}
	}
	add("scam.roles", e.texts(o.Roles)...)
	add("scam.pay", e.text(o.Pay))
	add("scam.benefits", e.texts(o.Benefits)...)
	add("scam.claimed_place", e.text(o.ClaimedPlace))
	return out
}
