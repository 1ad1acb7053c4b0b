package site

import (
	"path"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/model"
)

// checker finds what several files say wrong together.
type checker struct {
	site   *Site
	unread []diag.Code // see Input
	diags  diag.List
}

func (c *checker) report(d diag.Diagnostic) { c.diags.Add(d) }

// unknown reports a reference to something that is not there.
func (c *checker) unknown(code diag.Code, r model.Ref, what string, allowed []string) {
	if r.ID == "" || slices.Contains(c.unread, code) {
		return // reported where it is written, or where it is defined
	}
	d := code.At(r.Pos, "unknown %s %q", what, r.ID).Wide(r.Width())
	near, ok := lang.Closest(r.ID, allowed)
	switch {
	case ok:
		d = d.WithHint("did you mean %q?", near)
	case len(allowed) == 0:
		d = d.WithHint("there is none; define it first")
	case len(allowed) <= 12:
		d = d.WithHint("allowed: %s", strings.Join(allowed, ", "))
	default:
		d = d.WithHint("there are %d; the first are %s", len(allowed), strings.Join(allowed[:8], ", "))
	}
	c.report(d)
}

func (c *checker) level(r model.Ref) *model.Level {
	l := c.site.Scheme.Level(r.ID)
	if l == nil && r.ID != "" && !slices.Contains(c.unread, diag.UnknownLevel) {
		ids := c.site.Scheme.IDs()
		d := diag.UnknownLevel.At(r.Pos, "level %q is not one of %s", r.ID, strings.Join(ids, ", ")).Wide(r.Width())
		if near, ok := lang.Closest(r.ID, ids); ok {
			d = d.WithHint("did you mean %q?", near)
		} else {
			d = d.WithHint("write one of these, or add the level to levels.yaml")
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
	c.report(diag.DuplicateSlug.At(diag.Position{File: d.Path}, "slug %q is used by %s too", d.Slug, other.Path).
		WithHint("slugs are unique within a kind, whatever the folder; rename the files of one of the two"))
}

// pairing checks the files of a record against each other.
func (c *checker) pairing(r *Record) {
	langs := c.site.Langs()
	for _, l := range r.tags {
		if !slices.Contains(langs, l) {
			c.report(diag.UnknownLanguage.At(diag.Position{File: r.Docs[l].Path}, "language %q is not a language of the site", l).
				WithHint("site.yaml has %s; rename the file, or add the language there", strings.Join(langs, ", ")))
		}
	}
	src := r.Source
	if !slices.Contains(langs, src.Lang) {
		return
	}
	if pos, width, ok := orphan(src, langs[0]); ok {
		c.report(diag.NoSource.At(pos, "this translation into %q has no source file", src.Lang).Wide(width).
			WithHint("add %s.%s.md with the shared fields, or move them here and delete translates", path.Base(r.Slug), langs[0]))
		return
	}
	if !src.Broken {
		c.diags.Add(src.CheckSource()...)
	}
	for _, l := range r.tags {
		if d := r.Docs[l]; d != src {
			c.diags.Add(d.CheckTranslation(src)...)
		}
	}
}

// orphan reports whether a file that stands in for the source is a translation:
// it says so, or it has nothing but what a translation may carry.
func orphan(src *model.Doc, first string) (pos diag.Position, width int, ok bool) {
	if src.Lang == first || src.Broken {
		return pos, 0, false
	}
	if pos, ok := src.Has["translates"]; ok {
		return pos, len("translates"), true
	}
	if !src.Shared() {
		return diag.Position{File: src.Path}, 0, true
	}
	return pos, 0, false
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
			pos  diag.Position
		}{{codes, "code", k.Code, k.CodePos}, {slugs, "slug", k.Slug, k.SlugPos}} {
			if other := u.seen[u.key]; other != "" && u.key != "" {
				c.report(diag.DuplicateID.At(u.pos, "country %s %q is used by %s too", u.what, u.key, other).
					Wide(len(u.key)).WithHint("write another, or delete one of the two files"))
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
func (c *checker) records() {
	c.each(func(c *checker, r *Record) {
		src := r.Source
		for _, ref := range src.Contacts {
			if c.site.Contact(ref.ID) == nil {
				c.unknown(diag.UnknownContact, ref, "contact", ids(c.site.Contacts, func(x model.Contact) string { return x.ID }))
			}
		}
		c.route(r)
		c.times(r)
		switch r.Kind.ID {
		case "advisories":
			c.advisory(r)
		case "scams":
			c.scam(r)
		case "provinces":
			c.prose(r)
		}
	})
	aliases := map[string]string{}
	for _, r := range c.site.all {
		c.aliases(r, aliases)
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
	if c.site.PlaceOf(r) == nil && !slices.Contains(c.unread, diag.UnknownPlace) {
		c.report(diag.UnknownPlace.At(diag.Position{File: r.Source.Path}, "no province or country has the address %q", r.Slug).
			WithHint("name the folder and the file after the slugs in country.yaml"))
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
		is := "before"
		if t.Equal(after.Time) {
			is = "not after"
		}
		c.report(diag.TimeOrder.At(t.Pos, "%s %s is %s %s %s", what, stamp(t), is, than, stamp(after)).
			Wide(t.Width).WithHint("check the dates, and the zone: a time without one is in the site's zone"))
	}
	last, than := src.Issued, "issued"
	for _, ch := range src.Changes {
		order(ch.At, "change", last, than, false)
		if ch.At.Set() {
			last, than = ch.At, "the change before it,"
		}
	}
	if w := src.Withdrawn; w != nil {
		order(w.At, "withdrawn", src.Issued, "issued", false)
	}
	order(src.Review, "review", src.Issued, "issued", false)
	if src.Advisory.Effective.After(src.Issued.Time) {
		order(src.Advisory.Until, "until", src.Advisory.Effective, "effective", true)
	} else {
		order(src.Advisory.Until, "until", src.Issued, "issued", true)
	}
}

func stamp(t model.Time) string {
	if t.DateOnly {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04Z07:00")
}
