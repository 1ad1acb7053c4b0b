package feed

import (
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// now makes the entry of a place with the level that it has now.
func (e *edition) now(p *model.Place) *Entry {
	s, l := e.site, e.site.Links
	st := s.Book.At(p, s.Now)
	en := &Entry{
		ID: e.tag("levels/" + p.ID), URL: l.URL(e.lang, site.PlacePath(p)), Lang: e.lang, TextLang: e.lang,
		Title: line(e.cat.T("feed.now_title", "place", e.placeName(p), "level", e.full(st.Level))), Summary: line(e.text(st.Level.Planning)),
		Kind: "levels", Revision: 1, Levels: []Level{{Level: st.Level.ID, Places: []string{p.ID}}},
		Places: codes([]*model.Place{p}), About: e.guide,
		Updated: turned(s, p).In(e.zone),
	}
	en.Published = en.Updated
	if since := latest(st.Since, epoch(s)); since.Before(en.Updated) {
		en.Published = since.In(e.zone)
	}
	for _, other := range s.Langs() {
		if other != e.lang {
			en.Alternates = append(en.Alternates, Alternate{other, l.URL(other, site.PlacePath(p))})
		}
	}
	if !st.Since.IsZero() {
		en.Effective = st.Since.In(e.zone)
	}
	if !st.Until.IsZero() {
		en.Expires = st.Until.In(e.zone)
	}
	if r := e.decides(st); r != nil {
		en.Record, en.Revision = r.Stable(), r.Revision()
	}
	return en
}

// nowContent says what the level of a place asks, since when, and why.
func (e *edition) nowContent(w *writer, p *model.Place) {
	st := e.site.Book.At(p, e.site.Now)
	w.strong(e.sample)
	e.asks(w, st.Level)
	if !st.Since.IsZero() {
		w.para("", "", e.cat.T("feed.since", "time", e.fm.DateTime(st.Since)))
	}
	if !st.Until.IsZero() {
		w.para("", "", e.cat.T("feed.ends", "time", e.fm.DateTime(st.Until)))
	}
	if st.Held {
		w.strong(e.cat.T("feed.now_held"))
	}
	if r := e.decides(st); r != nil {
		l := e.site.Links
		w.link(l.URL(e.lang, r.Path), e.cat.T("feed.now_by", "title", e.titleOf(r.In(e.lang))))
	}
}

// decides gives the record that decides a level, or nil.
func (e *edition) decides(st level.State) *site.Record {
	if st.Decision == nil {
		return nil
	}
	return e.site.Record(st.Decision.ID)
}

// placeName names a place, an area with its province.
func (e *edition) placeName(p *model.Place) string {
	if p.Kind == model.AreaPlace {
		return e.cat.T("feed.area", "area", e.text(p.Name), "place", e.text(p.Parent.Name))
	}
	return e.text(p.Name)
}
