package render

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"bongsu/generator/diff"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// FieldChange is a field of a record that differs between two revisions:
// running text with its changes, or the items of a list that went and came.
type FieldChange struct {
	Label          string
	Text           template.HTML
	Removed, Added []string
}

// Passage is the changed lines under one heading of a text.
type Passage struct {
	Heading string // empty: before the first heading
	Lines   []template.HTML
}

// compare adds how revision n differs from the one before: in the language of
// the page where both were kept in it, else in that of the source. At the most
// room characters of changed lines are shown; it gives how many were.
func (e *edition) compare(v *Edition, r *site.Record, n, room int) (used int) {
	before, after, ok := e.bothTexts(r, n)
	if !ok {
		v.Missing = true
		return 0
	}
	if v.Lang = foreign(after.Lang, e.lang); v.Lang != "" {
		v.Foreign = e.t("history.foreign", "language", e.nameOfLanguage(after.Lang))
	}
	v.Fields = e.fieldChanges(e.fieldsOf(r, n-1, before), e.fieldsOf(r, n, after))
	v.Passages, v.More, used = e.passages(before.Body, after.Body, room)
	v.Equal = len(v.Fields) == 0 && len(v.Passages) == 0 && v.More == ""
	return used
}

// bothTexts gives the texts of revision n and the one before in one language.
func (e *edition) bothTexts(r *site.Record, n int) (before, after site.Text, ok bool) {
	for _, l := range []string{e.lang, r.Source.Lang} {
		a, okA := r.TextAt(l, n-1)
		b, okB := r.TextAt(l, n)
		if okA && okB && !a.Fallback && !b.Fallback {
			return a, b, true
		}
	}
	return before, after, false
}

// passages compares two bodies line by line and gathers what changed by the
// heading above it, as far as there is room.
func (e *edition) passages(before, after model.Body, room int) (out []Passage, more string, used int) {
	headings := map[string]bool{}
	for _, d := range []model.Body{before, after} {
		for _, h := range d.Headings {
			headings[h.Text] = true
		}
	}
	heading, left := "", 0
	for _, l := range diff.Lines(lines(before.Text()), lines(after.Text())) {
		if text := l.Pieces[0].Text; l.New >= 0 && len(l.Pieces) == 1 && headings[text] {
			heading = text
		}
		if !l.Changed {
			continue
		}
		size := 0
		for _, p := range l.Pieces {
			size += utf8.RuneCountInString(p.Text)
		}
		if left > 0 || used+size > room {
			left++
			continue
		}
		used += size
		if len(out) == 0 || out[len(out)-1].Heading != heading {
			out = append(out, Passage{Heading: heading})
		}
		last := &out[len(out)-1]
		last.Lines = append(last.Lines, e.pieces(l.Pieces))
	}
	if left > 0 {
		more = e.t("history.more", "n", left)
	}
	return out, more, used
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// pieces writes a compared text. What was removed and added is told by words
// too, for those who do not see it.
func (e *edition) pieces(list []diff.Piece) template.HTML {
	var b strings.Builder
	hidden := func(key string) {
		b.WriteString(`<span class="hidden">` + template.HTMLEscapeString(e.t(key)) + `</span>`)
	}
	for i, p := range list {
		text := template.HTMLEscapeString(p.Text)
		switch p.Kind {
		case diff.Removed:
			b.WriteString("<del>")
			hidden("history.removed")
			b.WriteString(text)
			hidden("history.end")
			b.WriteString("</del>")
		case diff.Added:
			b.WriteString("<ins>")
			hidden("history.added")
			b.WriteString(text)
			hidden("history.end")
			b.WriteString("</ins>")
		default:
			b.WriteString(text)
		}
		if p.Space && i < len(list)-1 {
			b.WriteByte(' ')
		}
	}
	return template.HTML(b.String())
}

// fieldChanges lists the fields that differ, in their order.
func (e *edition) fieldChanges(before, after []fieldValue) []FieldChange {
	var out []FieldChange
	compare := func(old, now fieldValue) {
		if slices.Equal(old.items, now.items) {
			return
		}
		c := FieldChange{Label: now.label}
		if now.prose {
			c.Text = e.pieces(diff.Words(strings.Join(old.items, " "), strings.Join(now.items, " ")))
		} else {
			c.Removed, c.Added = without(old.items, now.items), without(now.items, old.items)
			if len(c.Removed)+len(c.Added) == 0 {
				return // another order
			}
		}
		out = append(out, c)
	}
	for _, now := range after {
		old := fieldValue{}
		if i := slices.IndexFunc(before, now.same); i >= 0 {
			old = before[i]
		}
		compare(old, now)
	}
	for _, old := range before {
		if !slices.ContainsFunc(after, old.same) {
			compare(old, fieldValue{id: old.id, label: old.label, prose: old.prose})
		}
	}
	return out
}

// without lists the items of a that are not in b.
func without(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// fieldValue is a field of a revision in words.
type fieldValue struct {
	id, label string
	items     []string
	prose     bool // running text
}

func (f fieldValue) same(g fieldValue) bool { return f.id == g.id }

func (f fieldValue) text(e *edition) string { return e.format.List(f.items) }

// fieldsOf lists the fields of revision n that readers are shown: those of a
// text, and those that stand in the source file alone.
func (e *edition) fieldsOf(r *site.Record, n int, t site.Text) []fieldValue {
	var out []fieldValue
	add := func(id, label string, prose bool, items ...string) {
		items = slices.DeleteFunc(items, func(s string) bool { return s == "" })
		if len(items) > 0 {
			out = append(out, fieldValue{id, label, items, prose})
		}
	}
	add("title", e.t("history.title_field"), true, t.Title)
	add("summary", e.t("history.summary_field"), true, t.Summary)
	if l := t.Advisory.Legal; l != nil {
		add("basis", e.t("advisory.legal_basis"), true, l.Basis)
		add("penalty", e.t("advisory.legal_penalty"), true, l.Penalty)
		add("exemption", e.t("advisory.legal_exemption"), true, l.Exemption)
	}
	src, ok := r.TextAt(r.Source.Lang, n)
	if !ok || src.Lang != r.Source.Lang {
		return out
	}
	e.sharedFields(src.Doc, add)
	if r.Kind.ID == "scams" {
		e.scamFields(src.Doc, add)
	}
	return out
}

// adder adds a field.
type adder func(id, label string, prose bool, items ...string)

// atEnds are the keys of the words for what happens at the end of an advisory.
var atEnds = map[string]string{"lift": "history.at_end_lift", "hold": "history.at_end_hold"}

// sharedFields adds the fields of a source file that every kind may have, and
// those of an advisory.
func (e *edition) sharedFields(d *model.Doc, add adder) {
	a := &d.Advisory
	add("issued", e.t("record.issued"), false, e.when(d.Issued))
	if !a.Effective.Equal(d.Issued.Time) {
		add("effective", e.t("advisory.effective"), false, e.when(a.Effective))
	}
	add("until", e.t("advisory.until"), false, e.when(a.Until))
	if key := atEnds[a.AtEnd]; key != "" {
		add("at_end", e.t("history.at_end"), false, e.t(key))
	}
	if a.Urgent {
		add("urgent", e.t("history.urgent"), false, e.t("urgent.label"))
	}
	for _, m := range a.Levels {
		name := m.Level.ID
		if l := e.site.Scheme.Level(m.Level.ID); l != nil {
			name = e.levelName(l)
		}
		places := e.refNames(m.Places)
		for _, p := range e.refNames(m.Except) {
			places = append(places, e.t("advisory.except")+" "+p)
		}
		add("level "+m.Level.ID, name, false, places...)
	}
	add("places", e.t("advisory.places"), false, e.refNames(append(slices.Clone(a.Places), d.Scam.Places...))...)
	var categories, replaces []string
	for _, ref := range a.Categories {
		if c := e.site.Category(ref.ID); c != nil {
			categories = append(categories, e.text(c.Name))
		}
	}
	add("categories", e.t("record.categories"), false, categories...)
	for _, ref := range a.Supersedes {
		if old := e.site.Record(ref.ID); old != nil {
			replaces = append(replaces, old.In(e.lang).Title)
		}
	}
	add("supersedes", e.t("advisory.replaces"), false, replaces...)
	add("review", e.t("record.reviewed"), false, e.when(d.Review))
	var sources []string
	for _, s := range d.Sources {
		sources = append(sources, s.Title)
	}
	add("sources", e.t("record.sources"), false, sources...)
}

// scamFields adds the fields of a warning. Its indicators are defanged.
func (e *edition) scamFields(d *model.Doc, add adder) {
	s := &d.Scam
	add("roles", e.t("scam.roles"), false, e.texts(s.Offer.Roles)...)
	add("pay", e.t("scam.pay"), false, e.text(s.Offer.Pay))
	add("benefits", e.t("scam.benefits"), false, e.texts(s.Offer.Benefits)...)
	add("claimed_place", e.t("scam.claimed_place"), false, e.text(s.Offer.ClaimedPlace))
	var channels, asks, flags, indicators []string
	for _, c := range s.Channels {
		channels = append(channels, e.word("channel.", c, "other-channel"))
	}
	for _, a := range s.AsksFor {
		asks = append(asks, e.word("asks.", a, "other-item"))
	}
	for _, ref := range s.RedFlags {
		if f := e.site.RedFlag(ref.ID); f != nil {
			flags = append(flags, e.text(f.Text))
		}
	}
	for _, i := range s.Indicators {
		indicators = append(indicators, e.t("scam.type."+i.Type)+" "+site.Defang(i))
	}
	add("channels", e.t("scam.channels"), false, channels...)
	add("asks", e.t("scam.asks"), false, asks...)
	add("flags", e.t("scam.flags"), false, flags...)
	add("indicators", e.t("scam.indicators"), false, indicators...)
	if s.Reports != nil {
		add("reports", e.t("scam.reports"), false, e.t("scam.reports_count", "n", s.Reports.Count, "date", e.format.Date(s.Reports.AsOf.Time)))
	}
}

// when writes a time as its editor wrote it; nothing for none.
func (e *edition) when(t model.Time) string {
	switch {
	case !t.Set():
		return ""
	case t.DateOnly:
		return e.format.Date(t.Time)
	}
	return e.format.DateTime(t.Time)
}

// refNames names places; one that is no more by its code.
func (e *edition) refNames(refs []model.Ref) []string {
	out := make([]string, len(refs))
	for i, ref := range refs {
		out[i] = ref.ID
		if p := e.site.Atlas.Place(ref.ID); p != nil {
			out[i] = e.text(p.Name)
		}
	}
	return out
}
