// Package model is the content model: the kinds of record, the fields of each,
// and the typed values that one file decodes to.
//
// In: source.File values. Out: Doc, Site, Scheme, Country and the vocabularies,
// with positions kept, and diagnostics for what one file alone can show. What
// several files say together (ids that exist, pairs of languages, levels) is
// for package site. It must not read files or the clock.
package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bongsu/generator/diag"
	"bongsu/generator/lang"
	"bongsu/generator/source"
)

// need says when a field must be there.
type need int

const (
	optional need = iota
	required
	requiredInSource // in the source file of a record, not in its translations
)

// field is a row of a decoding table: a key of a T and how to set it.
type field[T any] struct {
	key    string
	need   need
	shared bool // belongs in the source file alone
	set    setter[T]
}

// setter sets a part of a T from a value of a form, or from a list of such.
type setter[T any] struct {
	from func(*decoder, *T, source.Value)
	form *Form
	list bool
}

// reader makes a V of a value of a form.
type reader[V any] struct {
	read func(*decoder, source.Value, string) V
	form *Form
}

// decoder carries what decoding one file needs, and collects its findings.
type decoder struct {
	zone  *time.Location
	langs []string
	key   string // the field that is being read
	diags diag.List
}

func (d *decoder) report(x diag.Diagnostic) { d.diags.Add(x) }

// decodeMap sets t from a map by the table. has, where given, receives the
// position of every key found.
func decodeMap[T any](d *decoder, v source.Value, what string, table []field[T], t *T, has map[string]diag.Position) {
	if v.Kind != source.Map {
		d.wrongType(v, what, "a map with "+keysOf(table), "write its fields as {NAME: value}, or each on a line of its own")
		return
	}
	for _, p := range v.Pairs {
		i := 0
		for i < len(table) && table[i].key != p.Key {
			i++
		}
		if i == len(table) {
			d.unknownKey(p, what, table2keys(table))
			continue
		}
		if has != nil {
			has[p.Key] = p.Pos
		}
		if d.key = p.Key; !d.empty(p, what, table[i].need) {
			table[i].set.from(d, t, p.Value)
		}
	}
	for i := range table {
		f := &table[i]
		if f.need != required {
			continue
		}
		if _, ok := v.Get(f.key); !ok {
			d.report(diag.MissingField.At(v.Pos, "%s lacks the field %q", what, f.key).
				WithHint("add \"%s: …\"", f.key))
		}
	}
}

// empty reports a field that is there but says nothing: what an editor forgot
// to fill in must not count as left out.
func (d *decoder) empty(p source.Pair, what string, n need) bool {
	blank := p.Value.Kind == source.Scalar && strings.TrimSpace(p.Value.Text) == ""
	if p.Value.Kind != source.Null && !blank {
		return false
	}
	x := diag.BadValue.At(p.Pos, "field %q of %s has no value", p.Key, what).WithHint("write its value, or delete the line")
	if n != optional {
		x = diag.MissingField.At(p.Pos, "field %q of %s has no value", p.Key, what).WithHint("write its value; it is required")
	}
	d.report(x.Wide(utf8.RuneCountInString(p.Key)))
	return true
}

func table2keys[T any](table []field[T]) []string {
	keys := make([]string, len(table))
	for i, f := range table {
		keys[i] = f.key
	}
	return keys
}

func keysOf[T any](table []field[T]) string { return strings.Join(table2keys(table), ", ") }

func (d *decoder) unknownKey(p source.Pair, what string, allowed []string) {
	x := diag.UnknownField.At(p.Pos, "unknown field %q in %s", p.Key, what).Wide(utf8.RuneCountInString(p.Key))
	if near, ok := lang.Closest(p.Key, allowed); ok {
		d.report(x.WithHint("did you mean %q?", near))
		return
	}
	d.report(x.WithHint("allowed: %s", strings.Join(allowed, ", ")))
}

// wrongType reports a value of another form than want; hint shows the form.
func (d *decoder) wrongType(v source.Value, what, want, hint string) {
	d.report(diag.WrongType.At(v.Pos, "%s must be %s, not %s", what, want, v.Kind).Wide(v.Width()).WithHint("%s", hint))
}

// badValue reports a value that is not allowed; why says what is.
func (d *decoder) badValue(v source.Value, what, why, hint string) {
	d.report(diag.BadValue.At(v.Pos, "%s %q %s", what, v.Text, why).Wide(v.Width()).WithHint("%s", hint))
}

// scalar returns the trimmed text of a single value.
func (d *decoder) scalar(v source.Value, what string) (string, bool) {
	if v.Kind != source.Scalar {
		d.wrongType(v, what, "one value", "write one text, number or date; a text that begins with [ or { needs quotes")
		return "", false
	}
	return oneLine(v.Text), true
}

// oneLine makes every stretch of white space one space and takes it off both
// ends. Most texts are so already; of other letters than Hangul and its
// neighbours that is not asked.
func oneLine(s string) string {
	space := true // before the first letter
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == ' ' && space || c >= 0xc0 && (c < 0xea || c > 0xed) {
			return strings.Join(strings.Fields(s), " ")
		}
		space = c == ' '
	}
	if space {
		return strings.TrimSuffix(s, " ")
	}
	return s
}

// choice returns the value if it is one of allowed.
func (d *decoder) choice(v source.Value, what string, allowed []string) string {
	s, ok := d.scalar(v, what)
	if !ok || slices.Contains(allowed, s) {
		return s
	}
	x := diag.BadValue.At(v.Pos, "%s %q is not one of %s", what, s, strings.Join(allowed, ", ")).Wide(v.Width())
	near, ok := lang.Closest(s, allowed)
	switch {
	case ok:
		x = x.WithHint("did you mean %q?", near)
	case slices.Contains(allowed, "other"):
		x = x.WithHint("write other where none fits")
	default:
		x = x.WithHint("write one of these")
	}
	d.report(x)
	return ""
}

// one makes a setter from a reader and the place of the result.
func one[T, V any](what string, get func(*T) *V, as reader[V]) setter[T] {
	return setter[T]{func(d *decoder, t *T, v source.Value) { *get(t) = as.read(d, v, what) }, as.form, false}
}

// many makes a setter for a list of values.
func many[T, V any](what string, get func(*T) *[]V, as reader[V]) setter[T] {
	from := func(d *decoder, t *T, v source.Value) {
		if v.Kind != source.Sequence {
			d.wrongType(v, d.key, "a list", "write it as [one, two], or each item on a line that begins with -")
			return
		}
		out := make([]V, 0, len(v.Items))
		for _, item := range v.Items {
			out = append(out, as.read(d, item, what))
		}
		*get(t) = out
	}
	return setter[T]{from, as.form, true}
}

// object makes a reader of maps from a table. name is the name of its fields in
// the table of descriptions; pos, where given, keeps the position.
func object[V any](name string, table []field[V], pos func(*V, diag.Position)) reader[V] {
	read := func(d *decoder, v source.Value, what string) V {
		var out V
		if pos != nil {
			pos(&out, v.Pos)
		}
		decodeMap(d, v, what, table, &out, nil)
		return out
	}
	return reader[V]{read, mapForm(name, table)}
}

// pointer makes the result of a reader optional.
func pointer[V any](as reader[V]) reader[*V] {
	read := func(d *decoder, v source.Value, what string) *V {
		x := as.read(d, v, what)
		return &x
	}
	return reader[*V]{read, as.form}
}

func decodeString(d *decoder, v source.Value, what string) string {
	s, _ := d.scalar(v, what)
	return s
}

func decodeBool(d *decoder, v source.Value, what string) bool {
	s, ok := d.scalar(v, what)
	if !ok {
		return false
	}
	if v.Quoted || (s != "true" && s != "false") {
		d.badValue(v, what, "is not true or false", "write true or false, without quotes")
	}
	return s == "true"
}

// decodeInt reads a whole number of 0 or more.
func decodeInt(d *decoder, v source.Value, what string) int {
	s, ok := d.scalar(v, what)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1e9 || (len(s) > 1 && s[0] == '0') {
		d.badValue(v, what, "is not a whole number of 0 or more", "write digits alone")
		return 0
	}
	return n
}

func decodeNumber(d *decoder, v source.Value, what string) float64 {
	s, ok := d.scalar(v, what)
	if !ok {
		return 0
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n != n || n > 1e9 || n < -1e9 {
		d.badValue(v, what, "is not a number", "write digits, with a point for fractions")
		return 0
	}
	return n
}
