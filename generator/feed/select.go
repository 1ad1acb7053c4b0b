package feed

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// content is what a document carries, whatever the language.
type content struct {
	channel  site.Channel // whose address the document has
	of       site.Channel // the feed that it belongs to
	records  []*site.Record
	alerts   []site.Alert
	places   []*model.Place
	must     map[string]bool // stable ids of records that no archive holds
	archives int             // number of archives of the feed
	number   int             // of this archive, from 1; 0: not an archive
	times    func() times
}

// times are when what a document carries changed: significantly, and at all.
type times struct{ updated, modified time.Time }

// modified gives the newest change of any kind.
func (c content) modified() time.Time { return c.times().modified }

// archive reports whether the document is an archive.
func (c content) archive() bool { return c.number > 0 }

// shows gives output.File.Shows of a document: alerts and places carry no body,
// archives of records their summaries.
func (e *edition) shows(c content) func(record, lang string) bool {
	if c.archive() {
		return output.NoBody
	}
	return func(record, lang string) bool {
		return slices.ContainsFunc(c.records, func(r *site.Record) bool { return r.ID == record && r.In(e.lang).Lang == lang })
	}
}

// selectAll lists the documents of a language: every feed, then its archives.
func selectAll(s *site.Site) []content {
	var out []content
	for _, c := range s.Channels() {
		switch c.Kind {
		case site.ChannelAlerts:
			out = append(out, selectAlerts(s, c)...)
		case site.ChannelNow:
			out = append(out, selectNow(s, c))
		default:
			out = append(out, selectRecords(s, c)...)
		}
	}
	return out
}

// timed gives a document its times, found when first asked for from those of
// what it carries; those of an empty one are the site's.
func (c content) timed(s *site.Site, of func(*times)) content {
	c.times = sync.OnceValue(func() times {
		var t times
		of(&t)
		if !c.archive() && c.of.Kind != site.ChannelNow && len(s.Removals) > 0 {
			t.updated = latest(t.updated, s.Removals[0].At.Time)
		}
		if t.updated.IsZero() {
			t.updated = newest(s)
		}
		t.modified = latest(t.modified, t.updated)
		return t
	})
	return c
}

func selectAlerts(s *site.Site, c site.Channel) []content {
	all := s.Alerts()
	make := func(doc content, list []site.Alert) content {
		doc.of, doc.alerts = c, list
		return doc.timed(s, func(t *times) {
			for _, a := range list {
				t.updated = latest(t.updated, a.At)
				t.modified = latest(t.modified, a.Record.Modified)
			}
		})
	}
	n := len(all) / archiveSize
	out := []content{make(content{channel: c, archives: n}, all[:min(len(all), maxEntries)])}
	for i := 1; i <= n; i++ {
		from := len(all) - i*archiveSize
		out = append(out, make(content{channel: c.Archive(i), archives: n, number: i}, all[from:from+archiveSize]))
	}
	return out
}

func selectRecords(s *site.Site, c site.Channel) []content {
	make := func(doc content, list []*site.Record) content {
		doc.of, doc.records = c, list
		return doc.timed(s, func(t *times) {
			for _, r := range list {
				t.updated = latest(t.updated, r.Updated)
				t.modified = latest(t.modified, s.Turned(r))
			}
		})
	}
	recent := s.Recent(c, maxEntries)
	if !c.Archived() {
		return []content{make(content{channel: c}, recent)}
	}
	all := s.Records(c)
	n := len(all) / archiveSize
	loose := all[:len(all)%archiveSize]
	must := map[string]bool{}
	for _, r := range loose {
		must[r.Stable()] = true
	}
	out := []content{make(content{channel: c, archives: n, must: must}, withAll(recent, loose, must))}
	for i := 1; i <= n; i++ {
		from := len(all) - i*archiveSize
		out = append(out, make(content{channel: c.Archive(i), archives: n, number: i}, all[from:from+archiveSize]))
	}
	return out
}

// withAll gives the newest changed records and those that no archive holds, at
// most maxEntries, the newest changed first.
func withAll(recent, loose []*site.Record, must map[string]bool) []*site.Record {
	room := maxEntries - len(loose)
	out := slices.Clone(loose)
	for _, r := range recent {
		if room > 0 && !must[r.Stable()] {
			out = append(out, r)
			room--
		}
	}
	slices.SortFunc(out, func(a, b *site.Record) int {
		return cmp.Or(b.Updated.Compare(a.Updated), strings.Compare(a.ID, b.ID))
	})
	return out
}

// selectNow lists the places of a country whose level a reader must know: the
// country or its provinces, and areas whose level is another than theirs.
func selectNow(s *site.Site, c site.Channel) content {
	doc := content{channel: c, of: c}
	c.Place.Walk(func(p *model.Place) {
		st := s.Book.At(p, s.Now)
		switch {
		case st.Level == nil, p.Kind == model.CountryPlace && len(p.Provinces()) > 0:
			return
		case p.Kind == model.AreaPlace && s.Book.At(p.Parent, s.Now).Level == st.Level:
			return
		}
		doc.places = append(doc.places, p)
	})
	return doc.timed(s, func(t *times) {
		for _, p := range doc.places {
			if d := s.Book.At(p, s.Now).Decision; d != nil {
				if r := s.Record(d.ID); r != nil {
					t.modified = latest(t.modified, r.Modified)
				}
			}
		}
		// An entry that goes is a change of the feed too, so every place counts.
		c.Place.Walk(func(p *model.Place) { t.updated = latest(t.updated, turned(s, p)) })
	})
}

// turned gives the newest time, up to now, at which what holds for a place
// changed; where nothing ever did, the beginning of the site.
func turned(s *site.Site, p *model.Place) time.Time {
	t := epoch(s)
	for _, seg := range s.Book.Segments(p) {
		if !seg.From.IsZero() && !seg.From.After(s.Now) {
			t = latest(t, seg.From)
		}
	}
	return t
}
