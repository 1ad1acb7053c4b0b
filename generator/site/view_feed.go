package site

import (
	"slices"
	"strings"
	"time"

	"bongsu/generator/model"
)

// Subscriptions gives the output file that lists the feeds of a language
// (OPML).
func Subscriptions(lang string) string { return lang + "/feeds/subscriptions.opml" }

// Recent lists at most n records of a feed other than alerts, those with the
// newest significant change first, so that an old record comes back when it
// changes.
func (s *Site) Recent(c Channel, n int) []*Record {
	lists := [][]*Record{s.Advisories, s.Scams}
	switch c.Kind {
	case ChannelAlerts, ChannelNow:
		return nil
	case ChannelAdvisories:
		lists = lists[:1]
	case ChannelScams:
		lists = lists[1:]
	case ChannelPlace:
		lists = [][]*Record{s.At(c.Place)}
	}
	top := make([]*Record, 0, n+1)
	for _, list := range lists {
		for _, r := range list {
			if len(top) == n && (n == 0 || newestChange(top[n-1], r) < 0) || !s.carries(c, r) {
				continue
			}
			i, _ := slices.BinarySearchFunc(top, r, newestChange)
			top = slices.Insert(top, i, r)
			top = top[:min(len(top), n)]
		}
	}
	return top
}

func newestChange(a, b *Record) int {
	if d := b.Updated.Compare(a.Updated); d != 0 {
		return d
	}
	return strings.Compare(a.ID, b.ID)
}

// Turned gives the newest time, up to Now, at which what is shown of a record
// changed: an edit, or a start or end that came with no edit.
func (s *Site) Turned(r *Record) time.Time { return r.turned }

func (s *Site) turned(r *Record) time.Time {
	t := later(r.Modified, r.Linked)
	note := func(x time.Time) {
		if !x.After(s.Now) {
			t = later(t, x)
		}
	}
	if r.Kind.ID == "advisories" {
		note(r.Source.Advisory.Effective.Time)
		note(r.Source.Advisory.Until.Time)
		end, _ := s.Book.End(r.ID)
		note(end)
	}
	return t
}

// Calendar gives the output file of a country's calendar in a language.
func Calendar(lang string, country *model.Place) string {
	return lang + "/calendar/" + country.Slug + ".ics"
}
