package render

import (
	"html/template"
	"strings"
	"time"
	"unicode/utf8"
)

// funcs are the functions of templates. They write what a language decides.
func funcs(w words) template.FuncMap {
	f := w.format
	return template.FuncMap{
		"t":        w.cat.T,
		"date":     func(t time.Time) template.HTML { return stampHTML(f.MachineDate(t), f.Date(t)) },
		"datetime": func(t time.Time) template.HTML { return stampHTML(f.Machine(t), f.DateTime(t)) },
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

// stampHTML writes a time for people and machines; nothing for no time.
func stampHTML(machine, human string) template.HTML {
	if machine == "" {
		return ""
	}
	return template.HTML(`<time datetime="` + machine + `">` + template.HTMLEscapeString(human) + `</time>`)
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
