package site

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
)

// checker finds what several files say wrong together.
type checker struct {
	site  *Site
	diags diag.List
}

func (c *checker) report(d diag.Diagnostic) { c.diags.Add(d) }

// unknown reports a reference to something that is not there.
func (c *checker) unknown(code diag.Code, r model.Ref, what string, allowed []string) {
	d := code.At(r.Pos, "unknown %s %q", what, r.ID).Wide(r.Width())
	near, ok := lang.Closest(r.ID, allowed)
	switch {
	case ok:
		d = d.WithHint("did you mean %q?", near)
	case len(allowed) <= 12:
		d = d.WithHint("allowed: %s", strings.Join(allowed, ", "))
	default:
		d = d.WithHint("there are %d; the first are %s", len(allowed), strings.Join(allowed[:8], ", "))
	}
	c.report(d)
}

func (c *checker) level(r model.Ref) *model.Level {
	l := c.site.Scheme.Level(r.ID)
	if l == nil && r.ID != "" {
		ids := c.site.Scheme.IDs()
		d := diag.UnknownLevel.At(r.Pos, "level %q is not one of %s", r.ID, strings.Join(ids, ", ")).Wide(r.Width())
		if near, ok := lang.Closest(r.ID, ids); ok {
			d = d.WithHint("did you mean %q?", near)
		}
		c.report(d)
	}
	return l
}

func (c *checker) place(r model.Ref) *model.Place {
	p := c.site.Atlas.Place(r.ID)
	if p == nil && r.ID != "" {
		c.unknown(diag.UnknownPlace, r, "place", c.site.Atlas.IDs())
	}
	return p
}

func (c *checker) duplicate(d, other *model.Doc) {
	c.report(diag.DuplicateSlug.At(diag.Position{File: d.Path, Line: 1, Col: 1}, "slug %q is used by %s too", d.Slug, other.Path).
		WithHint("slugs are unique within a kind; rename one file"))
}

// pairing checks the files of a record against each other.
func (c *checker) pairing(r *Record) {
	langs := c.site.Langs()
	for _, l := range sorted(r.Docs) {
		if !slices.Contains(langs, l) {
			c.report(diag.UnknownLanguage.At(diag.Position{File: r.Docs[l].Path}, "language %q is not a language of the site", l).
				WithHint("site.yaml has %s", strings.Join(langs, ", ")))
		}
	}
	src := r.Source
	if pos, ok := src.Has["translates"]; ok && src.Lang != langs[0] {
		c.report(diag.NoSource.At(pos, "this translation has no source file").Wide(len("translates")).
			WithHint("add %s.%s.md, or move the shared fields here and delete translates", r.Slug, langs[0]))
		return
	}
	c.diags.Add(src.CheckSource()...)
	for _, l := range sorted(r.Docs) {
		if d := r.Docs[l]; d != src {
			c.diags.Add(d.CheckTranslation(src)...)
		}
	}
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// countries checks baselines and what crosses provinces.
func (c *checker) countries(list []*model.Country) {
	codes, slugs := map[string]string{}, map[string]string{}
	for _, k := range list {
		for _, u := range []struct {
			seen map[string]string
			what string
			key  string
		}{{codes, "code", k.Code}, {slugs, "slug", k.Slug}} {
			if other := u.seen[u.key]; other != "" && u.key != "" {
				c.report(diag.DuplicateID.At(k.Pos, "country %s %q is used by %s too", u.what, u.key, other))
			}
			u.seen[u.key] = k.Path
		}
		c.level(k.Level)
		var provinces []string
		for _, p := range k.Provinces {
			provinces = append(provinces, p.Code)
			c.level(p.Level)
		}
		for _, a := range k.Areas {
			for _, t := range a.Touches {
				if !slices.Contains(provinces, t.ID) {
					c.unknown(diag.UnknownPlace, t, "province", provinces)
				}
			}
		}
	}
}

// records checks every record: ids, times, and what its kind asks for.
func (c *checker) records(media []string) {
	aliases := map[string]string{}
	for _, r := range c.site.all {
		src := r.Source
		for _, ref := range src.Contacts {
			if c.site.Contact(ref.ID) == nil {
				c.unknown(diag.UnknownContact, ref, "contact", ids(c.site.Contacts, func(x model.Contact) string { return x.ID }))
			}
		}
		for _, a := range src.Aliases {
			key := r.Kind.ID + "/" + a
			if c.site.byID[key] != nil || aliases[key] != "" {
				c.report(diag.DuplicateSlug.At(src.Has["aliases"], "alias %q is the slug or alias of another record", a).
					WithHint("an alias names an old slug that nothing else uses"))
			}
			aliases[key] = r.ID
		}
		c.times(r)
		switch r.Kind.ID {
		case "advisories":
			c.advisory(r)
		case "scams":
			c.scam(r)
		case "provinces":
			c.prose(r)
		}
	}
	c.cycles()
}

func ids[T any](list []T, key func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = key(x)
	}
	return out
}

// prose checks that the text of a province belongs to one.
func (c *checker) prose(r *Record) {
	if c.site.PlaceOf(r) == nil {
		c.report(diag.UnknownPlace.At(diag.Position{File: r.Source.Path}, "no province or country has the address %q", r.Slug).
			WithHint("name the file after the slug in country.yaml"))
	}
}

// PlaceOf gives the place that a record of kind provinces describes, or nil.
func (s *Site) PlaceOf(r *Record) *model.Place {
	country, slug, _ := strings.Cut(r.Slug, "/")
	for _, c := range s.Atlas.Countries {
		if c.Slug != country {
			continue
		}
		if slug == country {
			return c
		}
		for _, p := range c.Provinces() {
			if p.Slug == slug {
				return p
			}
		}
	}
	return nil
}

// Prose gives the text of a place's page, or nil.
func (s *Site) Prose(p *model.Place) *Record {
	if p.Kind == model.CountryPlace {
		return s.Record("provinces/" + p.Slug + "/" + p.Slug)
	}
	return s.Record("provinces/" + p.Root().Slug + "/" + p.Slug)
}

func (c *checker) scam(r *Record) {
	for _, p := range r.Source.Scam.Places {
		c.place(p)
	}
	for _, f := range r.Source.Scam.RedFlags {
		if c.site.RedFlag(f.ID) == nil {
			c.unknown(diag.UnknownRedFlag, f, "red flag", ids(c.site.RedFlags, func(x model.RedFlag) string { return x.ID }))
		}
	}
}

// times checks that the times of a record are in order.
func (c *checker) times(r *Record) {
	src := r.Source
	order := func(t model.Time, what string, after model.Time, than string, strict bool) {
		if !t.Set() || !after.Set() || t.After(after.Time) || (!strict && t.Equal(after.Time)) {
			return
		}
		c.report(diag.TimeOrder.At(t.Pos, "%s %s is before %s %s", what, stamp(t), than, stamp(after)).
			Wide(len(stamp(t))).WithHint("check the dates, and the zone: a time without one is in the site's zone"))
	}
	last, than := src.Issued, "issued"
	for _, ch := range src.Changes {
		order(ch.At, "change", last, than, false)
		last, than = ch.At, "the change"
	}
	if w := src.Withdrawn; w != nil {
		order(w.At, "withdrawn", src.Issued, "issued", false)
	}
	order(src.Review, "review", src.Issued, "issued", false)
	order(src.Advisory.Until, "until", src.Advisory.Effective, "effective", true)
	if src.Advisory.Until.Set() {
		order(src.Advisory.Until, "until", src.Issued, "issued", true)
	}
}

func stamp(t model.Time) string {
	if t.DateOnly {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04Z07:00")
}

// links checks that internal links of every text lead somewhere. Fragments are
// checked against the rendered pages, by package check.
func (c *checker) links(media []string) {
	routes := c.site.Routes()
	for _, r := range c.site.all {
		for _, l := range sorted(r.Docs) {
			for _, link := range r.Docs[l].Body.Links {
				if !link.Internal || strings.HasPrefix(link.Dest, "#") {
					continue
				}
				if m, ok := strings.CutPrefix(link.Dest, "/media/"); ok {
					if !slices.Contains(media, m) {
						c.report(diag.DeadLink.At(link.Pos, "file %q is not in content/media/", link.Dest).Wide(utf8.RuneCountInString(link.Dest)))
					}
					continue
				}
				c.link(r, link.Dest, link.Pos, routes)
			}
		}
	}
}

func (c *checker) link(r *Record, dest string, pos diag.Position, routes map[string]string) {
	path, ok := Target(c.site.Atlas, dest)
	bare, _, _ := strings.Cut(path, "#")
	if ok && routes[bare] != "" {
		return
	}
	d := diag.DeadLink.At(pos, "link %q leads nowhere", dest).Wide(utf8.RuneCountInString(dest))
	if hidden := c.site.byID[bare]; hidden != nil && !hidden.Visible {
		c.report(d.WithHint("%s is not published at this time", hidden.Source.Path))
		return
	}
	if !strings.HasPrefix(dest, "/") {
		if near, ok := lang.Closest(dest, c.site.Atlas.IDs()); ok {
			c.report(d.WithHint("did you mean %q?", near))
			return
		}
	}
	if near, ok := lang.Closest(bare, sorted(routes)); ok {
		c.report(d.WithHint("did you mean %q?", "/"+near))
		return
	}
	c.report(d.WithHint("write the address without language and ending, such as /advisories/SLUG, or a place code such as KH-18"))
}

// Routes gives every path of the site and what stands there.
func (s *Site) Routes() map[string]string {
	routes := map[string]string{"search/": "section"}
	for _, sec := range Sections {
		routes[sec.Path] = "section"
	}
	for _, r := range s.all {
		if r.Visible && r.Kind.ID != "provinces" {
			routes[r.Path] = r.ID
		}
	}
	for _, k := range s.Atlas.Countries {
		routes[PlacePath(k)] = k.ID
		for _, p := range k.Provinces() {
			routes[PlacePath(p)] = p.ID
		}
	}
	return routes
}

// levels reports silent lowerings.
func (c *checker) levels() {
	for _, low := range c.site.Book.Lowerings() {
		c.lowering(low)
	}
}

func (c *checker) lowering(low level.Lowering) {
	src := c.site.byID[low.Decision.ID].Source
	measure := src.Advisory.Levels[low.Measure]
	pos, width := measure.Pos, 1
	for _, p := range measure.Places {
		if p.ID == low.Broad.ID {
			pos, width = p.Pos, p.Width()
		}
	}
	c.report(diag.SilentLowering.At(pos, "level %q for %q would lower %s (%s) from level %q", low.To.ID, low.Broad.ID,
		low.Place.ID, low.Place.Name.Get(c.site.Langs()[0]), low.From.ID).Wide(width).
		WithHint("if that is meant, list %s with its level; if not, add it to except", low.Place.ID))
}
