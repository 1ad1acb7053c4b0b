package render

import (
	"html/template"
	"strings"
	"sync"

	"bongsu/generator/model"
)

// Contact is the dot of parts/contact: somebody to call.
type Contact struct {
	ID, Name, Number, Hours, Note string
	Languages                     string
	Verified                      string // date on which the number was checked
	Source                        string // where the number is published
}

// contacts gives the contacts of a list of ids, unknown ones left out.
func (e *edition) contacts(ids []model.Ref) []Contact {
	var out []Contact
	for _, ref := range ids {
		c := e.site.Contact(ref.ID)
		if c == nil {
			continue
		}
		var names []string
		for _, tag := range c.Languages {
			names = append(names, e.nameOfLanguage(tag))
		}
		out = append(out, Contact{
			ID: c.ID, Name: e.text(c.Name), Number: c.Number, Hours: e.text(c.Hours), Note: e.text(c.Note),
			Languages: e.format.List(names), Verified: e.format.Date(c.VerifiedOn.Time), Source: c.Source,
		})
	}
	return out
}

// nameOfLanguage names a language in the edition's language, or by its tag.
func (e *edition) nameOfLanguage(tag string) string {
	if key := "language." + tag; e.cat.Has(key) {
		return e.t(key)
	}
	return tag
}

// contactList gives the marks of a list of contacts. Records mostly name the
// same ones, so each list is rendered once.
func (e *edition) contactList(ids []model.Ref) template.HTML {
	if len(ids) == 0 {
		return ""
	}
	var key strings.Builder
	for _, ref := range ids {
		key.WriteString(ref.ID + " ")
	}
	f, ok := e.callers.Load(key.String())
	if !ok {
		f, _ = e.callers.LoadOrStore(key.String(), sync.OnceValue(func() template.HTML { return e.part("parts/contacts", e.contacts(ids)) }))
	}
	return f.(func() template.HTML)()
}
