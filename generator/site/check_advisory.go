package site

import (
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// advisory checks what an advisory refers to and what its levels ask for.
func (c *checker) advisory(r *Record) {
	a := &r.Source.Advisory
	for _, ref := range a.Categories {
		if c.site.Category(ref.ID) == nil {
			c.unknown(diag.UnknownCategory, ref, "category", ids(c.site.Categories, func(x model.Category) string { return x.ID }))
		}
	}
	if pos, ok := r.Source.Has["categories"]; ok && len(a.Categories) == 0 {
		c.report(diag.MissingField.At(pos, "categories is empty").Wide(len("categories")).WithHint("name at least one, such as [crime]"))
	}
	for _, ref := range a.Places {
		c.place(ref)
	}
	for _, ref := range a.Supersedes {
		if old := c.site.byID[ref.ID]; old == nil || old.Kind.ID != "advisories" {
			c.unknown(diag.UnknownRecord, ref, "advisory", c.advisoryIDs())
		}
	}
	named := map[*model.Place]string{}
	for _, m := range a.Levels {
		c.measure(r, m, named)
	}
}

func (c *checker) advisoryIDs() []string {
	var out []string
	for _, r := range c.site.all {
		if r.Kind.ID == "advisories" {
			out = append(out, r.ID)
		}
	}
	return out
}

// measure checks one measure; named collects the places of the advisory with
// the level that each was given.
func (c *checker) measure(r *Record, m model.Measure, named map[*model.Place]string) {
	if l := c.level(m.Level); l != nil {
		c.levelAsks(r, m, l)
	}
	var places []*model.Place
	for _, ref := range m.Places {
		p := c.place(ref)
		if p == nil {
			continue
		}
		if first, ok := named[p]; ok {
			c.report(diag.BadValue.At(ref.Pos, "place %q is already given level %q in this advisory", ref.ID, first).Wide(ref.Width()).
				WithHint("name each place once"))
		}
		named[p] = m.Level.ID
		places = append(places, p)
	}
	if len(m.Places) == 0 {
		c.report(diag.MissingField.At(m.Pos, "a measure names no place").WithHint("add \"places: [KH-18]\""))
	}
	for _, ref := range m.Except {
		p := c.place(ref)
		if p == nil {
			continue
		}
		inside := slices.ContainsFunc(places, func(q *model.Place) bool { return p != q && p.Inside(q) })
		if !inside {
			c.report(diag.BadValue.At(ref.Pos, "exception %q does not lie in the places of this measure", ref.ID).Wide(ref.Width()).
				WithHint("delete it, or name the country or province around it in places"))
		}
	}
}

// levelAsks checks the fields that a level's scheme demands.
func (c *checker) levelAsks(r *Record, m model.Measure, l *model.Level) {
	a := &r.Source.Advisory
	if l.LegalForce && a.Legal == nil {
		c.report(diag.LegalMissing.At(m.Level.Pos, "level %q has legal force and needs the field %q", l.ID, "legal").Wide(m.Level.Width()).
			WithHint("add legal: {basis: …, penalty: …, exemption: …}"))
	}
	if l.LegalForce && a.Legal != nil {
		for _, tag := range sorted(r.Docs) {
			if d := r.Docs[tag]; d.Advisory.Legal == nil {
				c.report(diag.MissingText.At(diag.Position{File: d.Path, Line: 1, Col: 1}, "the texts of %q are missing in %q", "legal", tag).
					WithHint("add legal: {basis: …} with the texts in this language"))
			}
		}
	}
	if !l.Temporary {
		return
	}
	if !a.Until.Set() {
		c.report(diag.TemporaryNoEnd.At(m.Level.Pos, "level %q is temporary and needs the field %q", l.ID, "until").Wide(m.Level.Width()).
			WithHint("add until, at the most %d days after effective", l.MaxDays))
		return
	}
	if limit := a.Effective.AddDate(0, 0, l.MaxDays); l.MaxDays > 0 && a.Until.After(limit) {
		c.report(diag.TemporaryTooLong.At(a.Until.Pos, "level %q may last %d days at the most, until %s", l.ID, l.MaxDays, limit.Format("2006-01-02T15:04Z07:00")).
			Wide(len(stamp(a.Until))).WithHint("write an earlier until; a later advisory can extend it"))
	}
}

// cycles reports advisories that supersede each other in a circle.
func (c *checker) cycles() {
	const (
		open = 1
		done = 2
	)
	state := map[string]int{}
	var visit func(r *Record, trail []string)
	visit = func(r *Record, trail []string) {
		state[r.ID] = open
		for _, ref := range r.Source.Advisory.Supersedes {
			next := c.site.byID[ref.ID]
			if next == nil || next.Kind.ID != "advisories" {
				continue
			}
			if state[next.ID] == open {
				i := slices.Index(trail, next.ID)
				circle := append(slices.Clone(trail[max(i, 0):]), next.ID)
				c.report(diag.SupersedesCycle.At(ref.Pos, "advisories supersede each other: %s", strings.Join(circle, " → ")).Wide(ref.Width()).
					WithHint("only the later advisory names the earlier one"))
			} else if state[next.ID] == 0 {
				visit(next, append(trail, next.ID))
			}
		}
		state[r.ID] = done
	}
	for _, r := range c.site.all {
		if r.Kind.ID == "advisories" && state[r.ID] == 0 {
			visit(r, []string{r.ID})
		}
	}
}

// Days before and after which editors are told.
const (
	endsSoonDays = 14
	verifiedDays = 180
)

// notices reports what is not wrong but asks for an editor.
func (c *checker) notices() {
	now := c.site.Now
	for _, k := range c.site.Contacts {
		if k.VerifiedOn.Set() && now.After(k.VerifiedOn.AddDate(0, 0, verifiedDays)) {
			c.report(diag.ContactStale.At(k.VerifiedOn.Pos, "contact %q was last verified on %s, over %d days ago", k.ID, stamp(k.VerifiedOn), verifiedDays).
				Wide(10).WithHint("call or look it up, then write today's date"))
		}
	}
	for _, r := range c.site.all {
		if !r.Visible {
			continue
		}
		c.translations(r)
		if rev := r.Source.Review; rev.Set() && now.After(rev.Time) && r.Active() {
			c.report(diag.ReviewOverdue.At(rev.Pos, "review was due on %s", stamp(rev)).Wide(len(stamp(rev))).
				WithHint("look at the text again, then set the next review date"))
		}
	}
	c.liveIndicators()
	c.ends()
}

func (c *checker) translations(r *Record) {
	for _, tag := range c.site.Langs() {
		d := r.Docs[tag]
		if d == nil {
			c.report(diag.MissingTranslation.At(diag.Position{File: r.Source.Path, Line: 1, Col: 1}, "%s has no text in %q", r.ID, tag).
				WithHint("add %s.%s.md; until then readers see the %s text with a notice", r.Slug, tag, r.Source.Lang))
			continue
		}
		if d != r.Source && translated(d) < r.Revision() {
			pos, ok := d.Has["translates"]
			if !ok {
				pos = diag.Position{File: d.Path, Line: 1, Col: 1}
			}
			c.report(diag.OldTranslation.At(pos, "translation is of revision %d; the source is at %d", translated(d), r.Revision()).
				Wide(len("translates")).WithHint("bring the text up to date, then write translates: %d", r.Revision()))
		}
	}
}

// ends reports measures that are held, or end soon, and still decide a level.
func (c *checker) ends() {
	soon := c.site.Now.AddDate(0, 0, endsSoonDays)
	type key struct {
		id   string
		held bool
	}
	places := map[key][]string{}
	for _, k := range c.site.Atlas.Countries {
		k.Walk(func(p *model.Place) {
			st := c.site.Book.At(p, c.site.Now)
			if st.Decision != nil && !st.Until.IsZero() && (st.Held || st.Until.Before(soon)) {
				x := key{st.Decision.ID, st.Held}
				places[x] = append(places[x], p.ID)
			}
		})
	}
	for x, list := range places {
		until := c.site.byID[x.id].Source.Advisory.Until
		if x.held {
			c.report(diag.Held.At(until.Pos, "was due to end; %s kept at its level, as nothing was published", strings.Join(list, ", ")).
				Wide(len(stamp(until))).WithHint("publish an advisory that extends or lifts it"))
			continue
		}
		days := int(until.Sub(c.site.Now) / (24 * time.Hour))
		c.report(diag.EndsSoon.At(until.Pos, "ends in %d days; it still decides the level of %s", days, strings.Join(list, ", ")).
			Wide(len(stamp(until))).WithHint("prepare an advisory that extends or lifts it"))
	}
}

// liveIndicators reports links of any record that lead to an indicator.
func (c *checker) liveIndicators() {
	var hosts []string
	for _, r := range c.site.all {
		for _, ind := range r.Source.Scam.Indicators {
			if ind.Type == "domain" || ind.Type == "url" {
				hosts = append(hosts, strings.TrimPrefix(strings.TrimPrefix(ind.Value, "https://"), "http://"))
			}
		}
	}
	if len(hosts) == 0 {
		return
	}
	for _, r := range c.site.all {
		for _, tag := range sorted(r.Docs) {
			for _, l := range r.Docs[tag].Body.Links {
				if i := slices.IndexFunc(hosts, func(h string) bool { return !l.Internal && strings.Contains(l.Dest, h) }); i >= 0 {
					c.report(diag.LiveIndicator.At(l.Pos, "link leads to the indicator %q", hosts[i]).Wide(l.Width).
						WithHint("name it in indicators only, where it is shown defanged"))
				}
			}
		}
	}
}
