package model

import (
	"sync"

	"bongsu/generator/markup"
)

// Body is the rendered body of a file. Its words, most of what a site holds,
// may stand elsewhere until somebody asks for them. It may be copied and used
// by goroutines at once.
type Body struct {
	Headings []markup.Heading
	Links    []markup.Link
	words    *words
}

type words struct {
	load       func() (html, text string)
	once       sync.Once
	html, text string
}

// NewBody makes a Body of a rendered document.
func NewBody(d markup.Document) Body {
	return LazyBody(d.Headings, d.Links, func() (html, text string) { return d.HTML, d.Text })
}

// LazyBody makes a Body whose words are loaded when first asked for.
func LazyBody(headings []markup.Heading, links []markup.Link, load func() (html, text string)) Body {
	return Body{headings, links, &words{load: load}}
}

// HTML gives the body as HTML. What is safe to print and what is not was
// settled by package markup.
func (b Body) HTML() string { return b.loaded().html }

// Text gives the plain text of the body, as markup.Document says.
func (b Body) Text() string { return b.loaded().text }

func (b Body) loaded() *words {
	if b.words == nil {
		return &words{}
	}
	b.words.once.Do(func() {
		b.words.html, b.words.text = b.words.load()
		b.words.load = nil
	})
	return b.words
}
