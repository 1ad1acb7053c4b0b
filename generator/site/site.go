// Package site joins what the files say into one site at one time: it pairs
// languages, checks what refers to what, derives levels and their history, and
// gives every record and place its address.
//
// In: decoded files and Now. Out: a Site, frozen once returned, and
// diagnostics. It must not render, nor read files or the clock.
package site

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/level"
	"bongsu/generator/model"
)

// Input is everything that a site is made of.
type Input struct {
	Config     model.Site
	Scheme     model.Scheme
	Categories []model.Category
	RedFlags   []model.RedFlag
	Contacts   []model.Contact
	Figures    []model.Figure
	Countries  []*model.Country
	Maps       map[string]*model.Map // by country code
	Docs       []*model.Doc
	Revisions  []model.Revision // earlier texts of records
	Removals   []model.Removal  // records that are gone for good
	Media      []string         // paths below content/media/
	Unread     []diag.Code      // codes of what cannot be told, because the file that defines it could not be read
	Now        time.Time
	Drafts     bool // show drafts
}

// Site is the whole site at one time.
type Site struct {
	Config     model.Site
	Links      Links
	Now        time.Time
	Scheme     model.Scheme
	Categories []model.Category
	RedFlags   []model.RedFlag
	Contacts   []model.Contact
	Figures    []model.Figure
	Maps       map[string]*model.Map
	Atlas      *model.Atlas
	Book       *level.Book
	Advisories []*Record // newest first; likewise the next two
	Scams      []*Record
	Pages      []*Record
	Removals   []model.Removal // public ones, newest first
	Next       time.Time       // when the output changes with no edit; zero: never

	start    time.Time // see Start
	byID     map[string]*Record
	all      []*Record // every record, hidden ones too, by id
	byPlace  map[*model.Place][]*Record
	alerts   []Alert
	changes  []level.Change
	causedBy map[string][]level.Change // by advisory id
	days     map[*model.Place][]Day
}

// Langs are the languages of the site, the source language first.
func (s *Site) Langs() []string { return s.Config.Languages }

// Record gives a visible record by id (KIND/SLUG), or nil.
func (s *Site) Record(id string) *Record {
	if r := s.byID[id]; r != nil && r.Visible {
		return r
	}
	return nil
}

// All lists every record by id, also those that are not on the site yet.
func (s *Site) All() []*Record { return s.all }

// Contact gives a contact by id, or nil.
func (s *Site) Contact(id string) *model.Contact {
	return find(s.Contacts, id, func(c *model.Contact) string { return c.ID })
}

// Category gives a category by id, or nil.
func (s *Site) Category(id string) *model.Category {
	return find(s.Categories, id, func(c *model.Category) string { return c.ID })
}

// RedFlag gives a red flag by id, or nil.
func (s *Site) RedFlag(id string) *model.RedFlag {
	return find(s.RedFlags, id, func(c *model.RedFlag) string { return c.ID })
}

func find[T any](list []T, id string, key func(*T) string) *T {
	for i := range list {
		if key(&list[i]) == id {
			return &list[i]
		}
	}
	return nil
}

// At lists the visible advisories and scam warnings that concern the page of a
// place, newest first.
func (s *Site) At(p *model.Place) []*Record { return s.byPlace[p] }

// Changes lists every change of level that is public, oldest first, those of
// the future included.
func (s *Site) Changes() []level.Change { return s.changes }

// Join makes the site. With errors in the list the site must not be published;
// it is returned all the same where it can be, for previews and further checks.
func Join(in Input) (*Site, diag.List) {
	s := &Site{
		Config: in.Config, Links: NewLinks(in.Config), Now: in.Now, Scheme: in.Scheme,
		Categories: in.Categories, RedFlags: in.RedFlags, Contacts: in.Contacts, Figures: in.Figures, Maps: in.Maps,
		Atlas: model.NewAtlas(in.Countries), byID: map[string]*Record{}, byPlace: map[*model.Place][]*Record{},
		causedBy: map[string][]level.Change{},
	}
	c := &checker{site: s, unread: in.Unread}
	s.pair(in.Docs, in.Drafts, c)
	s.findStart()
	c.countries(in.Countries)
	c.records()
	c.revisions(in.Revisions)
	c.removals(in.Removals)
	s.decide()
	s.findDays()
	c.levels()
	s.settle()
	s.place()
	c.links(in.Media)
	for _, r := range s.all {
		r.turned = s.turned(r)
	}
	c.notices()
	s.findAlerts()
	s.remove(in.Removals)
	s.findNext()
	return s, c.diags
}

// decide makes the book of levels from the advisories that are public.
func (s *Site) decide() {
	var all []*level.Decision
	for _, r := range s.all {
		if r.Kind.ID == "advisories" && r.Visible {
			r.decision = s.decision(r)
			r.levels = byLevel(r.decision.Measures)
			all = append(all, r.decision)
		}
	}
	s.Book = level.NewBook(s.Scheme, s.Atlas, all)
	s.changes = s.Book.AllChanges()
	for _, c := range s.changes {
		if c.Cause != nil {
			s.causedBy[c.Cause.ID] = append(s.causedBy[c.Cause.ID], c)
		}
	}
}

// decision resolves the measures of an advisory; what does not resolve has
// been reported and is left out.
func (s *Site) decision(r *Record) *level.Decision {
	a := &r.Source.Advisory
	d := &level.Decision{ID: r.ID, Issued: r.Issued, Effective: a.Effective.Time, Until: a.Until.Time, Lift: a.AtEnd == "lift"}
	if w := r.Source.Withdrawn; w != nil {
		d.Withdrawn = w.At.Time
	}
	for _, ref := range a.Supersedes {
		d.Supersedes = append(d.Supersedes, ref.ID)
	}
	for _, m := range a.Levels {
		lm := level.Measure{Level: s.Scheme.Level(m.Level.ID), Places: s.places(m.Places), Except: s.places(m.Except)}
		if lm.Level == nil {
			lm.Places, lm.Level = nil, &model.Level{}
		}
		d.Measures = append(d.Measures, lm)
	}
	return d
}

func (s *Site) places(refs []model.Ref) []*model.Place {
	var out []*model.Place
	for _, r := range refs {
		if p := s.Atlas.Place(r.ID); p != nil {
			out = append(out, p)
		}
	}
	return out
}

// settle gives each visible record its status and sorts the lists.
func (s *Site) settle() {
	held := map[string]bool{}
	for _, c := range s.Atlas.Countries {
		c.Walk(func(p *model.Place) {
			if st := s.Book.At(p, s.Now); st.Held {
				held[st.Decision.ID] = true
			}
		})
	}
	for _, r := range s.all {
		if !r.Visible {
			continue
		}
		r.Status, r.EndedBy = s.status(r), nil
		if _, by := s.Book.End(r.ID); by != nil && r.Status == StatusSuperseded {
			r.EndedBy = s.byID[by.ID]
		}
		r.Held = held[r.ID]
		switch r.Kind.ID {
		case "advisories":
			s.Advisories = append(s.Advisories, r)
		case "scams":
			s.Scams = append(s.Scams, r)
		case "pages":
			s.Pages = append(s.Pages, r)
		}
	}
	for _, list := range [][]*Record{s.Advisories, s.Scams, s.Pages} {
		slices.SortFunc(list, newestFirst)
	}
}

func newestFirst(a, b *Record) int {
	return cmp.Or(b.Issued.Compare(a.Issued), strings.Compare(a.ID, b.ID))
}

// place files each record under the pages of the places that it concerns.
func (s *Site) place() {
	for _, list := range [][]*Record{s.Advisories, s.Scams} {
		for _, r := range list {
			for _, p := range s.concerns(r) {
				s.byPlace[p] = append(s.byPlace[p], r)
			}
		}
	}
	for _, list := range s.byPlace {
		slices.SortStableFunc(list, newestFirst)
	}
}

// concerns lists the countries and provinces on whose pages a record stands:
// those that it names, those of the areas it names, and their countries; a
// measure for a country concerns all its provinces but the excepted ones.
func (s *Site) concerns(r *Record) []*model.Place {
	set := map[*model.Place]bool{}
	add := func(p *model.Place) {
		set[p.Page()] = true
		set[p.Root()] = true
		for _, t := range p.Touches {
			set[t] = true
		}
	}
	for _, p := range r.Places {
		add(p)
	}
	if d := r.decision; d != nil {
		for _, m := range d.Measures {
			for _, p := range m.Places {
				for _, c := range p.Provinces() {
					if !slices.Contains(m.Except, c) {
						add(c)
					}
				}
			}
		}
	}
	out := make([]*model.Place, 0, len(set))
	for p := range set {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *model.Place) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// findNext finds the next time at which the output changes with no edit.
func (s *Site) findNext() {
	note := func(t time.Time) {
		if t.After(s.Now) && (s.Next.IsZero() || t.Before(s.Next)) {
			s.Next = t
		}
	}
	for _, r := range s.all {
		if r.Source.Draft && !r.Visible {
			continue
		}
		note(r.Source.Issued.Time)
		note(r.Source.Review.Time)
		for _, c := range r.Source.Changes {
			note(c.At.Time)
		}
		if w := r.Source.Withdrawn; w != nil {
			note(w.At.Time)
		}
		note(r.Source.Advisory.Effective.Time)
		note(r.Source.Advisory.Until.Time)
	}
	for _, t := range s.Book.Boundaries(s.Now) {
		note(t)
	}
	for _, a := range s.alerts {
		if a.Warns() && (a.Record.Active() || a.Record.Status == StatusScheduled || a.Kind == AlertEnded || a.Kind == AlertWithdrawn) {
			for _, t := range s.expiries(a) {
				note(t)
			}
		}
	}
}
