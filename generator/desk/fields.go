package desk

import (
	"strings"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// advisory writes the fields of an advisory.
func (w *writer) advisory() {
	d := w.draft
	w.remark(w.words.effective)
	if d.From.IsZero() {
		w.remark("effective: " + w.time(d.Issued))
	} else {
		w.line("effective: %s", w.time(d.From))
	}
	w.remark(w.words.until)
	if d.Until.IsZero() {
		w.remark("until: " + w.time(d.Issued.AddDate(0, 1, 0)))
	} else {
		w.line("until: %s", w.time(d.Until))
	}
	var ids []string
	for _, c := range w.site.Categories {
		ids = append(ids, c.ID)
	}
	w.remark(w.words.categories + strings.Join(ids, ", "))
	if d.Category == "" {
		w.line("categories:")
	} else {
		w.line("categories: [%s]", d.Category)
	}
	w.measures()
}

// measures writes what the advisory sets, or what it is about.
func (w *writer) measures() {
	d := w.draft
	var levels []string
	for _, l := range w.site.Scheme.Levels {
		levels = append(levels, l.ID+" "+l.Name.Get(w.lang))
	}
	w.remark(w.words.levels + strings.Join(levels, ", "))
	places := "[" + strings.Join(codes(d.Places), ", ") + "]"
	switch {
	case d.Level != nil:
		w.line("levels:")
		if len(d.Places) == 0 {
			w.line("  - {level: %s, places: }", d.Level.ID)
		} else {
			w.line("  - {level: %s, places: %s}", d.Level.ID, places)
		}
	case len(d.Places) > 0:
		w.line("places: %s", places)
	default:
		w.remark("levels:")
		w.remark("  - {level: " + w.site.Scheme.Levels[0].ID + ", places: [" + somewhere(w.site) + "]}")
	}
	if len(d.Ends) > 0 {
		w.remark(w.words.supersedes)
		w.line("supersedes: [%s]", strings.Join(d.Ends, ", "))
	}
	if d.Level != nil && d.Level.LegalForce {
		w.remark(w.words.legal)
		w.legal(w.lang)
	}
}

func codes(places []*model.Place) []string {
	var out []string
	for _, p := range places {
		out = append(out, p.ID)
	}
	return out
}

// somewhere is a place code of the site, for examples.
func somewhere(s *site.Site) string {
	if len(s.Atlas.Countries) == 0 {
		return "KH"
	}
	c := s.Atlas.Countries[0]
	if p := c.Provinces(); len(p) > 0 {
		return p[0].ID
	}
	return c.ID
}

// legal writes what the law asks, as the newest advisory with legal force says
// it, or empty.
func (w *writer) legal(tag string) {
	w.line("legal:")
	for _, r := range w.site.Advisories {
		doc := r.Docs[tag]
		if doc == nil || doc.Advisory.Legal == nil || doc.Advisory.Legal.Basis == "" {
			continue
		}
		l := doc.Advisory.Legal
		w.line("  basis: %s", quote(l.Basis))
		if l.Penalty != "" {
			w.line("  penalty: %s", quote(l.Penalty))
		}
		if l.Exemption != "" {
			w.line("  exemption: %s", quote(l.Exemption))
		}
		return
	}
	w.line("  basis:")
}

// scam writes the fields of a warning of a recruitment scam.
func (w *writer) scam() {
	d := w.draft
	list := func(key, remark string, given, allowed []string) {
		w.remark(remark + strings.Join(allowed, ", "))
		if len(given) == 0 {
			w.remark(key + ": [" + strings.Join(allowed[:min(1, len(allowed))], "") + "]")
			return
		}
		w.line("%s: [%s]", key, strings.Join(given, ", "))
	}
	var flags []string
	for _, f := range w.site.RedFlags {
		flags = append(flags, f.ID)
	}
	w.remark(w.words.offer)
	w.remark("offer: {roles: [{ko: …, en: …}], pay: {ko: …, en: …}}")
	list("channels", w.words.channels, d.Channels, model.Channels)
	w.remark(w.words.scamPlaces)
	if len(d.Places) > 0 {
		w.line("places: [%s]", strings.Join(codes(d.Places), ", "))
	} else {
		w.remark("places: [" + somewhere(w.site) + "]")
	}
	list("red_flags", w.words.redFlags, d.RedFlags, flags)
	list("asks_for", w.words.asks, nil, model.Asks)
	w.remark(w.words.indicators)
	w.remark("indicators:")
	w.remark(`  - {type: handle, value: "…", status: alleged, basis: "…", source: "https://…"}`)
}
