package render

import (
	"bytes"
	"html/template"
	"strings"
	"sync"

	"bongsu/generator/card"
	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// Preview is the dot of parts/preview: the picture that messengers show beside
// a link.
type Preview struct {
	URL, Alt      string // absolute address; what the picture says
	Width, Height int
}

// picture is a card with the name of its file. Records that say the same share
// one: there is a picture for each level, place and language in use, never one
// for each record.
type picture struct {
	card card.Card
	path string // output file
}

// picture names a card by its language, what it shows and its content: a level
// that changes gives a new address, so nobody's cache shows the old one.
func (e *edition) picture(c card.Card, about string) *picture {
	c.Site, c.Note = e.text(e.site.Config.Title), strings.TrimPrefix(strings.TrimPrefix(e.site.Links.Host, "https://"), "http://")
	if e.site.Config.Sample != nil {
		c.Note = e.t("sample.notice")
	}
	name := about
	if c.Level != nil {
		name = c.Level.ID + "-" + about
	}
	return &picture{c, "cards/" + e.lang + "-" + name + "-" + c.Hash() + ".png"}
}

// flagOf gives the flag of a level; nil where there is none.
func (e *edition) flagOf(l *model.Level) *card.Level {
	if l == nil {
		return nil
	}
	return &card.Level{ID: l.ID, Digit: e.text(l.Digit), Color: l.Color, Ink: l.Ink, Pattern: l.Pattern}
}

// sitePicture stands for every page that shows no one place or record.
func (e *edition) sitePicture() *picture {
	return e.shared(pictureKey{about: "site"}, func() card.Card {
		return card.Card{Title: e.text(e.site.Config.Title), Text: e.t("index.text")}
	})
}

// placePicture shows the level of a place; where parts have a higher one, it
// says so, and a country shows the highest of its levels.
func (e *edition) placePicture(p *model.Place) *picture {
	own, highest := e.site.Book.At(p, e.site.Now).Level, e.site.Book.At(p, e.site.Now).Level
	p.Walk(func(part *model.Place) {
		if l := e.site.Book.At(part, e.site.Now).Level; level.Higher(l, highest) {
			highest = l
		}
	})
	c := card.Card{Title: e.text(p.Name), Text: e.levelName(own), Level: e.flagOf(own)}
	if level.Higher(highest, own) {
		if p.Kind == model.CountryPlace {
			c.Text, c.Level = e.t("preview.most", "level", e.levelName(highest)), e.flagOf(highest)
		} else {
			c.Text += ". " + e.t("preview.part", "level", e.levelName(highest))
		}
	}
	return e.picture(c, placeSlug(p))
}

// placeSlug writes a place code as a part of a file name.
func placeSlug(p *model.Place) string {
	return strings.ToLower(strings.ReplaceAll(p.ID, "/", "-"))
}

// pictureKey is what decides a picture.
type pictureKey struct {
	about string       // site, scams, advisories; empty: a level
	level *model.Level // of a measure
	place *model.Place
	some  bool // several places of the country place
}

// shared gives the picture of a key, made once.
func (e *edition) shared(key pictureKey, fill func() card.Card) *picture {
	if p, ok := e.pictures.Load(key); ok {
		return p.(*picture)
	}
	about := key.about
	if key.place != nil {
		about = placeSlug(key.place)
	}
	if key.some {
		about += "-some"
	}
	p, _ := e.pictures.LoadOrStore(key, e.picture(fill(), about))
	return p.(*picture)
}

// recordPicture shows the highest level that a record sets and where. What
// holds no longer has a picture without a level, so that it alarms nobody.
func (e *edition) recordPicture(r *site.Record) *picture {
	if r.Kind.ID == "scams" {
		return e.shared(pictureKey{about: "scams"}, func() card.Card { return card.Card{Title: e.t("scams.title"), Text: e.t("preview.scams")} })
	}
	levels := e.site.Levels(r)
	if !r.Active() || len(levels) == 0 || !e.stillHolds(levels[0]) {
		return e.shared(pictureKey{about: "advisories"}, func() card.Card {
			return card.Card{Title: e.t("advisories.title"), Text: e.t("index.text")}
		})
	}
	m := levels[0]
	key := pictureKey{level: m.Level, place: m.Places[0]}
	if len(m.Places) > 1 {
		key.place, key.some = key.place.Root(), true
	}
	return e.shared(key, func() card.Card {
		text := e.levelName(m.Level)
		if key.some {
			text = e.t("preview.some", "level", text)
		}
		return card.Card{Title: e.text(key.place.Name), Text: text, Level: e.flagOf(m.Level)}
	})
}

// stillHolds reports whether a measure names places, and all have that level
// now: a picture must not show a level that another record has changed.
func (e *edition) stillHolds(m level.Measure) bool {
	for _, p := range m.Places {
		if e.site.Book.At(p, e.site.Now).Level != m.Level {
			return false
		}
	}
	return len(m.Places) > 0
}

// preview gives the marks of a picture, rendered once for each.
func (e *edition) preview(p *picture) template.HTML {
	f, ok := e.previews.Load(p.path)
	if !ok {
		f, _ = e.previews.LoadOrStore(p.path, sync.OnceValue(func() template.HTML {
			if !p.card.Covered() {
				return ""
			}
			alt := p.card.Title + ": " + p.card.Text
			return e.part("parts/preview", Preview{e.site.Links.Abs(e.site.Links.Root(p.path)), alt, card.Width, card.Height})
		}))
	}
	return f.(func() template.HTML)()
}

// cardFiles makes the pictures in use, each once.
func cardFiles(b *builder) []File {
	var out []File
	seen := map[string]bool{}
	add := func(p *picture) {
		if seen[p.path] {
			return
		}
		seen[p.path] = true
		if p.card.Covered() {
			out = append(out, b.cardFile(p))
		}
	}
	for _, e := range b.editions {
		add(e.sitePicture())
		for _, c := range b.site.Atlas.Countries {
			add(e.placePicture(c))
			for _, p := range c.Provinces() {
				add(e.placePicture(p))
			}
		}
		for _, list := range [][]*site.Record{b.site.Advisories, b.site.Scams} {
			for _, r := range list {
				add(e.recordPicture(r))
			}
		}
	}
	return out
}

// cardFile draws a card once for as long as the templates stay: the path names
// its content.
func (b *builder) cardFile(p *picture) File {
	return File{File: output.File{Path: p.path, Modified: b.site.Start, Shows: output.NoBody, Render: func(buf *bytes.Buffer) error {
		f, ok := b.set.cards.Load(p.path)
		if !ok {
			f, _ = b.set.cards.LoadOrStore(p.path, sync.OnceValues(p.card.PNG))
		}
		data, err := f.(func() ([]byte, error))()
		buf.Write(data)
		return err
	}}}
}
