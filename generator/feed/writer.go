package feed

import (
	"bytes"

	"bongsu/generator/quote"
)

// writer builds the HTML of an entry. All texts are escaped; empty ones write
// nothing.
type writer struct{ b, encoded []byte }

// fill gives what a function writes, without the space at its end, which some
// readers drop and others do not. It is valid until the writer is used again.
func (w *writer) fill(write func(*writer, *Entry), en *Entry) []byte {
	w.b = w.b[:0]
	write(w, en)
	return bytes.TrimSpace(w.b)
}

// xml gives HTML as the text of an element, after what is that already.
func (w *writer) xml(begin string, html []byte) string {
	w.encoded = appendHTML(append(w.encoded[:0], begin...), html)
	return string(w.encoded)
}

// json gives HTML as JSON has it between quotes.
func (w *writer) json(html []byte) string {
	w.encoded = quote.JSONText(w.encoded[:0], html)
	return string(w.encoded)
}

// raw writes HTML.
func (w *writer) raw(s string) { w.b = append(w.b, s...) }

// text writes text, for elements and double-quoted attributes.
func (w *writer) text(s string) { w.b = inHTML.append(w.b, s) }

// para writes a paragraph of text in a language other than that around it.
func (w *writer) para(lang, around, text string) {
	if text == "" {
		return
	}
	w.raw("<p")
	if lang != around {
		w.lang(lang)
	}
	w.raw(">")
	w.text(text)
	w.raw("</p>\n")
}

// lang writes the attribute of a language.
func (w *writer) lang(tag string) {
	w.raw(` lang="`)
	w.text(tag)
	w.raw(`"`)
}

func (w *writer) strong(text string) {
	if text != "" {
		w.raw("<p><strong>")
		w.text(text)
		w.raw("</strong></p>\n")
	}
}

func (w *writer) list(items []string) {
	if len(items) == 0 {
		return
	}
	w.raw("<ul>\n")
	for _, s := range items {
		w.raw("<li>")
		w.text(s)
		w.raw("</li>\n")
	}
	w.raw("</ul>\n")
}

func (w *writer) link(url, text string) {
	w.raw(`<p><a href="`)
	w.text(url)
	w.raw(`">`)
	w.text(text)
	w.raw("</a></p>\n")
}
