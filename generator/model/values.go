package model

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Text is a text for readers by language tag. The key "" stands for every
// language.
type Text map[string]string

// In gives the text in a language, else the text for every language, else the
// first of the other languages that has one; used says which was taken ("" for
// the text of every language).
func (t Text) In(tag string, others ...string) (text, used string) {
	if s, ok := t[tag]; ok {
		return s, tag
	}
	if s, ok := t[""]; ok {
		return s, ""
	}
	for _, o := range others {
		if s, ok := t[o]; ok {
			return s, o
		}
	}
	return "", tag
}

// Get gives the text in a language or, failing that, in any that has one
// (English first, then by tag).
func (t Text) Get(tag string) string {
	if s, used := t.In(tag, "en"); s != "" || used != tag {
		return s
	}
	keys := make([]string, 0, len(t))
	for k := range t {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	s, _ := t.In(tag, keys...)
	return s
}

// Ref names something defined elsewhere: a level, a place, a record.
type Ref struct {
	ID  string
	Pos diag.Position
}

// Width is the number of characters that the reference takes in the file.
func (r Ref) Width() int { return max(utf8.RuneCountInString(r.ID), 1) }

// Time is an instant with the place where it was written. DateOnly says that
// only a date was written; the instant is then the beginning of that day in
// the site's zone.
type Time struct {
	time.Time
	DateOnly bool
	Pos      diag.Position
	Width    int // characters that it takes in the file
}

// Set reports whether a time was written.
func (t Time) Set() bool { return !t.IsZero() }

// timeLayouts are the forms of time that editors may write. Those without a
// zone are in the site's zone.
var timeLayouts = []timeLayout{
	{"2006-01-02", true},
	{"2006-01-02T15:04Z07:00", false},
	{"2006-01-02T15:04:05Z07:00", false},
	{"2006-01-02T15:04", false},
	{"2006-01-02T15:04:05", false},
	{"2006-01-02 15:04", false},
	{"2006-01-02 15:04:05", false},
}

type timeLayout struct {
	layout string
	date   bool
}

// fits reports whether a text may be of a layout, before it is looked at in
// detail: a date alone has ten letters, what follows a date begins with a T or a
// space, and a zone has a sign or a Z.
func (l *timeLayout) fits(s string) bool {
	const date = len("2006-01-02")
	if l.date || len(s) <= date {
		return l.date && len(s) == date
	}
	zone := strings.HasSuffix(s, "Z") || strings.ContainsAny(s[date:], "+-")
	return s[date] == l.layout[date] && zone == strings.HasSuffix(l.layout, "Z07:00")
}

// ParseTime reads a time as editors write it.
func ParseTime(s string, zone *time.Location) (t time.Time, dateOnly, ok bool) {
	for i := range timeLayouts {
		l := &timeLayouts[i]
		if !l.fits(s) {
			continue
		}
		if t, err := time.ParseInLocation(l.layout, s, zone); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			return t.In(zone), l.date, true
		}
	}
	return time.Time{}, false, false
}

func decodeTime(d *decoder, v source.Value, what string) Time {
	s, ok := d.scalar(v, what)
	if !ok {
		return Time{}
	}
	t, date, ok := ParseTime(s, d.zone)
	if !ok {
		d.report(diag.BadTime.At(v.Pos, "%s %q is not a time", what, s).Wide(v.Width()).
			WithHint("write a date (2025-10-16), a local time (2025-10-16T09:00) or a time with its zone (2025-10-16T09:00+09:00)"))
		return Time{}
	}
	return Time{Time: t, DateOnly: date, Pos: v.Pos, Width: v.Width()}
}

// decodeText reads a map from language to text, or one text for every language.
func decodeText(d *decoder, v source.Value, what string) Text {
	if v.Kind == source.Scalar {
		return Text{"": decodeString(d, v, what)}
	}
	if v.Kind != source.Map {
		d.wrongType(v, what, "a text or a map from language to text", "write it as {ko: …, en: …}")
		return nil
	}
	t, wrong := make(Text, len(v.Pairs)), false
	for _, p := range v.Pairs {
		if !tagPattern.MatchString(p.Key) {
			wrong = true
			d.report(diag.UnknownField.At(p.Pos, "key %q of %s is not a language tag", p.Key, what).
				Wide(utf8.RuneCountInString(p.Key)).WithHint("write tags such as ko, en, km"))
			continue
		}
		if p.Value.Kind == source.Null {
			continue // counts as missing
		}
		wrong = wrong || p.Value.Kind != source.Scalar
		if s := decodeString(d, p.Value, what); s != "" {
			t[strings.ToLower(p.Key)] = s
		}
	}
	switch {
	case wrong:
		return t // reported; what else is missing is not known
	case len(t) == 0:
		d.report(diag.MissingField.At(v.Pos, "%s has no text", what).WithHint("write a text for each language: {ko: …, en: …}"))
		return nil
	}
	for _, l := range d.langs {
		if t[l] == "" {
			d.report(diag.MissingText.At(v.Pos, "%s has no text in %q", what, l).WithHint("add \"%s: …\"; until then readers of that language see another one", l))
		}
	}
	return t
}

var (
	tagPattern      = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	slugPattern     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	placePattern    = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]+)?$`)
	countryPattern  = regexp.MustCompile(`^[A-Z]{2}$`)
	provincePattern = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)
	colorPattern    = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
)

func decodeRef(d *decoder, v source.Value, what string) Ref {
	s, _ := d.scalar(v, what)
	return Ref{ID: s, Pos: v.Pos}
}

// decodePlace reads a place code; that the place exists is checked later.
func decodePlace(d *decoder, v source.Value, what string) Ref {
	r := decodeRef(d, v, what)
	if r.ID != "" && !placePattern.MatchString(r.ID) {
		d.report(diag.BadValue.At(v.Pos, "%s %q is not a place code", what, r.ID).Wide(v.Width()).
			WithHint("such as KH, KH-18, KH-7/bokor or KH/thai-border-50km"))
		r.ID = ""
	}
	return r
}

// isSlug reports what slugPattern describes.
func isSlug(s string) bool {
	last := byte('-')
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || last == '-') {
			return false
		}
		last = c
	}
	return last != '-'
}

func decodeSlug(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !isSlug(s) {
		d.badValue(v, what, "is not made of a-z, 0-9 and single hyphens", "write it like border-area-2")
	}
	return s
}

// decodeURL reads an absolute web address.
func decodeURL(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if !ok {
		return ""
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		d.report(diag.UnsafeLink.At(v.Pos, "%s %q is not a web address", what, s).Wide(v.Width()).
			WithHint("write the whole address, beginning with https://"))
		return ""
	case u.User != nil:
		d.report(diag.UnsafeLink.At(v.Pos, "%s %q hides its host behind a user name", what, s).Wide(v.Width()).
			WithHint("remove everything up to the @"))
		return ""
	case u.Scheme == "http":
		d.report(diag.HTTPLink.At(v.Pos, "%s %q uses http", what, s).Wide(v.Width()).
			WithHint("use https:// if the site offers it"))
	}
	return s
}

// phonePattern is what a tel: link can hold: a global number or a short local
// one, digits in groups (RFC 3966 visual separators).
var phonePattern = regexp.MustCompile(`^\+?[0-9]+([-. ][0-9]+)*$`)

func decodePhone(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !phonePattern.MatchString(s) {
		d.badValue(v, what, "is not a telephone number", "write it as it is dialled from abroad: \"+82-2-3210-0404\"; or a short number: \"112\"")
		return ""
	}
	return s
}

func oneOf(allowed ...string) reader[string] {
	read := func(d *decoder, v source.Value, what string) string { return d.choice(v, what, allowed) }
	return reader[string]{read, &Form{Kind: TextForm, Enum: allowed}}
}

func decodeTag(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !tagPattern.MatchString(s) {
		d.badValue(v, what, "is not a language tag", "write the tag: ko, en, km")
		return ""
	}
	return strings.ToLower(s)
}
