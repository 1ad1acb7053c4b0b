package render

import (
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"
)

// linked writes JSON-LD, with the words of schema.org. Nearly every page has
// some, so it is not made by encoding/json. Keys stand in alphabetical order:
// callers write them so.
type linked struct {
	b    []byte
	more bool // the next value does not begin its object or list
}

// script gives what was written as the content of a script element.
func (o *linked) script() template.JS { return template.JS(o.b) }

// key begins a value; in a list the key is empty. Keys are constants of which no
// character needs an escape.
func (o *linked) key(key string) {
	if o.more {
		o.b = append(o.b, ',')
	}
	if key != "" {
		o.b = append(append(append(o.b, '"'), key...), `":`...)
	}
	o.more = true
}

// written writes a value that is JSON already.
func (o *linked) written(key, value string) {
	o.key(key)
	o.b = append(o.b, value...)
}

// text writes a text that has parts.
func (o *linked) text(key string, parts ...string) {
	o.key(key)
	o.b = append(o.b, '"')
	for _, s := range parts {
		o.quote(s)
	}
	o.b = append(o.b, '"')
}

func (o *linked) number(key string, n int) {
	o.key(key)
	o.b = strconv.AppendInt(o.b, int64(n), 10)
}

// decimal writes a coordinate.
func (o *linked) decimal(key string, x float64) {
	o.key(key)
	o.b = strconv.AppendFloat(o.b, x, 'f', -1, 64)
}

func (o *linked) open(key string) { o.begin(key, '{') }
func (o *linked) close()          { o.finish('}') }
func (o *linked) list(key string) { o.begin(key, '[') }
func (o *linked) end()            { o.finish(']') }

func (o *linked) begin(key string, bracket byte) {
	o.key(key)
	o.b = append(o.b, bracket)
	o.more = false
}

func (o *linked) finish(bracket byte) {
	o.b = append(o.b, bracket)
	o.more = true
}

// objects writes an object for each of a list; a single one stands without a
// list, and an empty list is left out.
func objects[T any](o *linked, key string, list []T, each func(T)) {
	if len(list) > 1 {
		o.list(key)
		key = ""
		defer o.end()
	}
	for _, item := range list {
		o.open(key)
		each(item)
		o.close()
	}
}

// quote writes a text between quotes that is safe inside a script element, which
// those of package quote are not.
func (o *linked) quote(s string) {
	const hex = "0123456789abcdef"
	last := 0
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			// Hangul and most other characters of three bytes, without decoding.
			if c >= 0xe3 && c <= 0xec && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
				i += 3
				continue
			}
			if c, size = utf8.DecodeRuneInString(s[i:]); size > 1 && c != '\u2028' && c != '\u2029' {
				i += size
				continue
			}
		} else if !unsafeInScript[c] {
			i++
			continue
		}
		o.b = append(append(o.b, s[last:i]...), '\\')
		i += size
		last = i
		if k := strings.IndexRune("\"\\\b\f\n\r\t", c); k >= 0 {
			o.b = append(o.b, `"\bfnrt`[k])
			continue
		}
		o.b = append(o.b, 'u', hex[c>>12&15], hex[c>>8&15], hex[c>>4&15], hex[c&15])
	}
	o.b = append(o.b, s[last:]...)
}

// unsafeInScript marks the ASCII that is escaped.
var unsafeInScript = func() (t [utf8.RuneSelf]bool) {
	for c := range ' ' {
		t[c] = true
	}
	for _, c := range `"\<>&` {
		t[c] = true
	}
	return t
}()
