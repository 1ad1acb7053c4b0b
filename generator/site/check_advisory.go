package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

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
	if pos, ok := r.Source.Has["categories"]; ok && a.Categories != nil && len(a.Categories) == 0 {
		c.report(diag.MissingField.At(pos, "categories is empty").Wide(len("categories")).WithHint("name at least one, such as [crime]"))
	}
	for _, ref := range a.Places {
		c.place(ref)
	}
	c.supersedes(r)
	c.legal(r)
	if pos, ok := r.Source.Has["at_end"]; ok && r.Source.Has["until"].Line == 0 {
		c.report(diag.BadValue.At(pos, "at_end says what happens at the end, but there is no %q", "until").
			Wide(len("at_end")).WithHint("add until, or delete at_end"))
	}
	named := map[*model.Place]string{}
	for _, m := range a.Levels {
		c.measure(r, m, named)
	}
}

// supersedes checks what an advisory replaces.
func (c *checker) supersedes(r *Record) {
	for _, ref := range r.Source.Advisory.Supersedes {
		old := c.site.byID[ref.ID]
		if near := c.site.byID["advisories/"+ref.ID]; near != nil {
			c.report(diag.UnknownRecord.At(ref.Pos, "unknown advisory %q", ref.ID).Wide(ref.Width()).WithHint("did you mean %q?", near.ID))
			continue
		}
		if old == nil || old.Kind.ID != "advisories" {
			c.unknown(diag.UnknownRecord, ref, "advisory", c.advisoryIDs())
			continue
		}
		if old.Source.Issued.Set() && r.Source.Issued.Set() && old.Issued.After(r.Issued) {
			c.report(diag.TimeOrder.At(ref.Pos, "%s is issued later, on %s, and so cannot be superseded by this", ref.ID, stamp(old.Source.Issued)).
				Wide(ref.Width()).WithHint("let the later advisory name the earlier one"))
		}
	}
}

// legal checks that the texts about the law are there in each language, with
// the same keys.
func (c *checker) legal(r *Record) {
	src := r.Source.Advisory.Legal
	if src == nil {
		return
	}
	for _, tag := range r.tags {
		d := r.Docs[tag]
		if d == r.Source || d.Broken {
			continue
		}
		if d.Advisory.Legal == nil {
			c.report(diag.MissingText.At(diag.Position{File: d.Path}, "the texts of %q are missing in %q", "legal", tag).
				WithHint("add legal: {basis: …} with the texts in this language"))
			continue
		}
		for _, k := range []struct{ key, src, text string }{
			{"penalty", src.Penalty, d.Advisory.Legal.Penalty},
			{"exemption", src.Exemption, d.Advisory.Legal.Exemption},
		} {
			if (k.src == "") != (k.text == "") {
				has, lacks := r.Source, d
				if k.src == "" {
					has, lacks = d, r.Source
				}
				c.report(diag.MissingText.At(d.Has["legal"], "%q of %q is in %s, but not in %s", k.key, "legal", has.Path, lacks.Path).
					Wide(len("legal")).WithHint("write the same keys in both files"))
			}
		}
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
	if m.Places != nil && len(m.Places) == 0 {
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
	if !l.Temporary {
		return
	}
	if _, ok := r.Source.Has["until"]; !ok {
		d := diag.TemporaryNoEnd.At(m.Level.Pos, "level %q is temporary and needs the field %q", l.ID, "until").Wide(m.Level.Width())
		if l.MaxDays > 0 {
			c.report(d.WithHint("add until, at the most %d days after effective", l.MaxDays))
		} else {
			c.report(d.WithHint("add until, the time at which it ends"))
		}
		return
	}
	if limit := a.Effective.AddDate(0, 0, l.MaxDays); l.MaxDays > 0 && a.Effective.Set() && a.Until.After(limit) {
		c.report(diag.TemporaryTooLong.At(a.Until.Pos, "level %q may last %d days at the most, until %s", l.ID, l.MaxDays, limit.Format("2006-01-02T15:04Z07:00")).
			Wide(a.Until.Width).WithHint("write an earlier until; a later advisory can extend it"))
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
	c.security()
	for _, k := range c.site.Contacts {
		if k.VerifiedOn.Set() && now.After(k.VerifiedOn.AddDate(0, 0, verifiedDays)) {
			c.report(diag.ContactStale.At(k.VerifiedOn.Pos, "contact %q was last verified on %s, over %d days ago", k.ID, stamp(k.VerifiedOn), verifiedDays).
				Wide(k.VerifiedOn.Width).WithHint("call or look it up, then write today's date"))
		}
	}
	c.each(func(c *checker, r *Record) {
		if !slices.Contains(c.site.Langs(), r.Source.Lang) || r.Source.Draft && !r.Visible {
			return
		}
		c.translations(r)
		if !r.Visible {
			return
		}
		if rev := r.Source.Review; rev.Set() && now.After(rev.Time) && r.Active() {
			c.report(diag.ReviewOverdue.At(rev.Pos, "review was due on %s", stamp(rev)).Wide(rev.Width).
				WithHint("look at the text again, then set the next review date"))
		}
	})
	c.liveIndicators()
	c.ends()
}

func (c *checker) translations(r *Record) {
	if _, _, ok := orphan(r.Source, c.site.Langs()[0]); ok {
		return // reported as that
	}
	for _, tag := range c.site.Langs() {
		d := r.Docs[tag]
		if d == nil {
			c.report(diag.MissingTranslation.At(diag.Position{File: r.Source.Path}, "%s has no text in %q", r.ID, tag).
				WithHint("add %s.%s.md; until then readers see the %s text with a notice", path.Base(r.Slug), tag, r.Source.Lang))
			continue
		}
		if d != r.Source && !d.Broken && translated(d) < r.Revision() {
			x := diag.OldTranslation.At(diag.Position{File: d.Path}, "translation is of revision %d; the source is at %d", translated(d), r.Revision())
			if pos, ok := d.Has["translates"]; ok {
				x.Pos, x.Width = pos, len("translates")
			}
			c.report(x.WithHint("bring the text up to date, then write \"translates: %d\"", r.Revision()))
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
			if st.Decision == nil || st.Until.IsZero() {
				return
			}
			end, _ := c.site.Book.End(st.Decision.ID)
			replaced := !end.IsZero() && !end.After(st.Until) // something is published that comes in time
			if st.Held || !replaced && st.Until.Before(soon) {
				x := key{st.Decision.ID, st.Held}
				places[x] = append(places[x], p.ID)
			}
		})
	}
	for x, list := range places {
		until := c.site.byID[x.id].Source.Advisory.Until
		if x.held {
			c.report(diag.Held.At(until.Pos, "this was due to end on %s; still in force for %s, because no extension or lifting was published", stamp(until), strings.Join(list, ", ")).
				Wide(until.Width).WithHint("publish an advisory that extends or lifts it"))
			continue
		}
		c.report(diag.EndsSoon.At(until.Pos, "this ends on %s, within %d days; it decides the level of %s", stamp(until), endsSoonDays, strings.Join(list, ", ")).
			Wide(until.Width).WithHint("prepare the advisory that extends or lifts it"))
	}
}

// liveIndicators reports links of any record that lead to an indicator.
func (c *checker) liveIndicators() {
	bad := c.site.indicators()
	if len(bad) == 0 {
		return
	}
	hosts := byHost(bad)
	c.each(func(c *checker, r *Record) {
		check := func(address string, pos diag.Position, width int) {
			if ind := hosts.find(address); ind != nil {
				c.report(diag.LiveIndicator.At(pos, "link leads to the indicator %q", Defang(*ind)).Wide(width).
					WithHint("name it in indicators only, where it is shown defanged"))
			}
		}
		for _, tag := range r.tags {
			for _, l := range r.Docs[tag].Body.Links {
				if !l.Internal {
					check(l.Dest, l.Pos, l.Width)
				}
			}
		}
		for _, src := range r.Source.Sources {
			check(src.URL, src.Pos, 1)
		}
	})
}

// indicatorURL reads the address of an indicator, in whatever form an editor
// wrote it; nil where it is none.
func indicatorURL(value string) *url.URL {
	value = strings.NewReplacer("[.]", ".", "hxxp", "http").Replace(strings.ToLower(value))
	if !strings.Contains(value, "://") {
		value = "https://" + value
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// leadsTo reports whether an address is the domain or address of an indicator,
// or lies below it.
func leadsTo(address, indicator string) bool {
	bad := indicatorURL(indicator)
	if bad == nil {
		return false
	}
	u, err := url.Parse(strings.ToLower(address))
	if err != nil || (u.Hostname() != bad.Hostname() && !strings.HasSuffix(u.Hostname(), "."+bad.Hostname())) {
		return false
	}
	rest, ok := strings.CutPrefix(u.Path, strings.TrimSuffix(bad.Path, "/"))
	return ok && (rest == "" || rest[0] == '/')
}
