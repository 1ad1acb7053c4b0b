package stencil

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// escapers are the chains of escapers that html/template puts behind a value,
// by their names, each as one function: it appends a plain text to a page.
var escapers = map[string]func([]byte, string) []byte{
	"htmlescaper":   appendHTML,
	"attrescaper":   appendHTML, // of a quoted attribute
	"rcdataescaper": appendHTML, // of a title
	"urlfilter urlnormalizer attrescaper": func(b []byte, s string) []byte {
		if !safeURL(s) {
			return append(b, "#ZgotmplZ"...)
		}
		return appendURL(b, s, true)
	},
	"urlnormalizer attrescaper": func(b []byte, s string) []byte { return appendURL(b, s, true) },
	"urlescaper attrescaper":    func(b []byte, s string) []byte { return appendURL(b, s, false) },
}

// printer compiles the writing of a value. What a value means to an escaper is
// decided by its type: markup is markup, every other text is plain.
func printer(e expr, chain string) step {
	typ := e.typ
	escape := escapers[chain]
	switch {
	case typ == htmlType && chain == "htmlescaper":
		text := e.text()
		return func(f *frame, dot reflect.Value) {
			if s := text(f, dot); s == hole {
				f.fill()
			} else {
				f.out = append(f.out, s...)
			}
		}
	case typ == jsType && chain == "jsvalescaper":
		text := e.text()
		return func(f *frame, dot reflect.Value) { f.out = append(f.out, text(f, dot)...) }
	case escape == nil || typ.NumMethod() > 0 || typ.PkgPath() == "html/template":
	case typ.Kind() == reflect.String:
		text := e.text()
		return func(f *frame, dot reflect.Value) { f.out = escape(f.out, text(f, dot)) }
	case typ.Kind() == reflect.Int: // no escaper has anything to do
		return func(f *frame, dot reflect.Value) { f.out = strconv.AppendInt(f.out, e.get(f, dot).Int(), 10) }
	case typ.Kind() == reflect.Bool || typ.Kind() == reflect.Float64:
		return func(f *frame, dot reflect.Value) { f.out = escape(f.out, fmt.Sprint(e.get(f, dot).Interface())) }
	}
	fail("%s as %s", typ, chain)
	return nil
}

// inHTML are the replacements of bytes in text and in quoted attributes.
var inHTML = [256]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

// marked are the bytes that inHTML replaces.
var marked = func() (t [256]bool) {
	for c, out := range inHTML {
		t[c] = out != ""
	}
	return t
}()

// appendHTML escapes a plain text for text and quoted attributes. Bytes that
// are no UTF-8 stay as they are.
func appendHTML(b []byte, s string) []byte {
	last := 0
	for i := range len(s) {
		if c := s[i]; marked[c] {
			b = append(append(b, s[last:i]...), inHTML[c]...)
			last = i + 1
		}
	}
	return append(b, s[last:]...)
}

// safeURL reports whether an address is relative or has a scheme that does
// nothing but lead to a page or a letter.
func safeURL(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(scheme, "/") {
		return true
	}
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// The ways of a byte into an address.
const (
	encoded  = iota // as %xx
	plain           // as it is
	reserved        // as it is in an address, encoded in a part of one
)

// inURL gives the way of each byte.
var inURL = func() (table [256]byte) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~") {
		table[c] = plain
	}
	for _, c := range []byte("!#$&*+,/:;=?@[]") {
		table[c] = reserved
	}
	return table
}()

// appendURL writes an address into a quoted attribute: a whole one, in which
// what is encoded stays so, or a part of one.
func appendURL(b []byte, s string, whole bool) []byte {
	const hex = "0123456789abcdef"
	last := 0
	for i := range len(s) {
		c := s[i]
		way := inURL[c]
		if way == plain || way == reserved && whole && c != '&' && c != '+' || c == '%' && whole && isEncoded(s[i:]) {
			continue
		}
		b = append(b, s[last:i]...)
		last = i + 1
		if way == reserved && whole {
			b = append(b, inHTML[c]...)
			continue
		}
		b = append(b, '%', hex[c>>4], hex[c&15])
	}
	return append(b, s[last:]...)
}

// isEncoded reports whether a text begins with % and two digits.
func isEncoded(s string) bool { return len(s) > 2 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
