package data

import (
	"time"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// placeFiles writes the places, and the words that the other files use.
func (a *api) placeFiles() []File {
	return []File{
		a.file("places", a.site.Start, func(h Head) any {
			out := Places{Head: h, Places: []Place{}}
			for _, p := range a.walk() {
				out.Places = append(out.Places, a.place(p))
			}
			return out
		}),
		a.file("vocabulary", a.vocabularyTime, a.vocabulary),
	}
}

func (a *api) place(p *model.Place) Place {
	out := Place{
		ID: PlaceCode(p.ID), Kind: kinds[p.Kind], Name: a.text(p.Name), Aliases: p.Aliases, Basic: levelID(a.site.Scheme.Level(p.Baseline.ID)),
		URL: a.pages(site.PlacePath(p)), Badges: Text{},
	}
	if p.Parent != nil {
		out.Parent = PlaceCode(p.Parent.ID)
	}
	if p.Kind == model.ProvincePlace {
		out.Capital = a.text(p.Province.Capital)
	}
	for _, tag := range a.site.Langs() {
		out.Badges[tag] = a.abs(site.BadgePath(tag, p))
	}
	if p.Area == nil {
		return out
	}
	out.Point = p.Area.Point
	for _, t := range p.Touches {
		out.Touches = append(out.Touches, PlaceCode(t.ID))
	}
	if b := p.Area.Buffer; b != nil {
		out.Buffer = &Buffer{b.KM, b.Of}
	}
	return out
}

// vocabularyTime is the newest check of a contact.
func (a *api) vocabularyTime() time.Time {
	t := a.site.Start()
	for _, c := range a.site.Contacts {
		if !c.VerifiedOn.After(a.site.Now) {
			t = later(t, c.VerifiedOn.Time)
		}
	}
	return t
}

func (a *api) vocabulary(h Head) any {
	out := Vocabulary{Head: h, Levels: []Level{}, Categories: []Category{}, RedFlags: []RedFlag{}, Contacts: []Contact{}}
	for _, l := range a.site.Scheme.Levels {
		out.Levels = append(out.Levels, Level{
			ID: LevelID(l.ID), Rank: l.Rank, Digit: a.text(l.Digit), Name: a.text(l.Name), Short: a.text(l.Short), Color: l.Color, Ink: l.Ink,
			Planning: a.text(l.Planning), Staying: a.text(l.Staying), Legal: l.LegalForce, Temporary: l.Temporary, MaxDays: l.MaxDays,
		})
	}
	for _, c := range a.site.Categories {
		out.Categories = append(out.Categories, Category{c.ID, a.text(c.Name)})
	}
	for _, f := range a.site.RedFlags {
		out.RedFlags = append(out.RedFlags, RedFlag{f.ID, a.text(f.Text), f.Weight})
	}
	for _, c := range a.site.Contacts {
		out.Contacts = append(out.Contacts, Contact{
			ID: c.ID, Name: a.text(c.Name), Number: c.Number, Hours: a.text(c.Hours), Note: a.text(c.Note), Languages: c.Languages,
			VerifiedDate: a.date(c.VerifiedOn.Time), Source: Address(c.Source),
		})
	}
	return out
}
