package render

import (
	"bytes"
	"html/template"
	"strings"
	"time"
	"unicode/utf8"

	"bongsu/generator/lang"
)

// funcs are the functions of templates. They write what a language decides, and
// give the same for the same arguments: stencil calls them once where these are
// constants.
func funcs(w words) template.FuncMap {
	f := w.format
	return template.FuncMap{
		"t":        w.cat.T,
		"date":     func(t time.Time) template.HTML { return timeHTML(f, t, false, false) },
		"datetime": func(t time.Time) template.HTML { return timeHTML(f, t, true, true) },
		"number":   f.Number,
		"tel":      dial,
		"breaks":   breaks,
	}
}

// breaks lets a line end after a middle dot, where Korean joins names that are
// too long for one line of a phone; browsers would rather begin a line with it.
// The dot and up to twelve characters before it stay together.
func breaks(text string) template.HTML {
	const dot, before, after = "·", `<span class="whole">`, `</span><wbr>`
	rest := template.HTMLEscapeString(text)
	if !strings.Contains(rest, dot) {
		return template.HTML(rest)
	}
	var b strings.Builder
	for {
		name, tail, found := strings.Cut(rest, dot)
		if !found {
			break
		}
		start := len(name)
		for range 12 {
			c, size := utf8.DecodeLastRuneInString(name[:start])
			if size == 0 || strings.ContainsRune(" \t\n\f\r&;", c) {
				break
			}
			start -= size
		}
		if b.WriteString(name[:start]); start == len(name) {
			b.WriteString(dot)
		} else {
			b.WriteString(before + name[start:] + dot + after)
		}
		rest = tail
	}
	b.WriteString(rest)
	return template.HTML(b.String())
}

// timeHTML writes a time for machines, exact or as its day, and for people, with
// the time of day or without; nothing for no time.
func timeHTML(f lang.Formatter, t time.Time, exact, clock bool) template.HTML {
	if t.IsZero() {
		return ""
	}
	var room [160]byte
	b := append(room[:0], `<time datetime="`...)
	if exact {
		b = f.AppendMachine(b, t)
	} else {
		b = f.AppendMachineDate(b, t)
	}
	b = append(b, `">`...)
	from := len(b)
	if clock {
		b = f.AppendDateTime(b, t)
	} else {
		b = f.AppendDate(b, t)
	}
	if bytes.ContainsAny(b[from:], "<>&\"'\x00") {
		b = append(b[:from], template.HTMLEscapeString(string(b[from:]))...)
	}
	return template.HTML(append(b, "</time>"...))
}

// dial gives the digits of a number for a tel: address (RFC 3966).
func dial(number string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r == '-' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
}
