package render

import (
	"html/template"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// LevelsView is the dot of pages/levels: the scheme of levels as a table.
type LevelsView struct {
	Title, Summary string
	Rows           []LevelRow // lowest first
	Prose          *Words
}

// LevelRow is a level, what it asks of people and where it holds now.
type LevelRow struct {
	ID                string
	Badge             template.HTML
	Name              string
	Planning, Staying string
	LegalForce        bool
	Temporary         string // how long the level lasts at most; empty for lasting levels
	Places            []LevelPlace
}

// LevelPlace is a country with the number of its places at a level; the link
// leads to them.
type LevelPlace struct {
	Link
	Count int
}

// levelsPages makes the page that explains the levels.
func levelsPages(b *builder) []File {
	return b.section("levels/", "levels", func(e *edition, p *Page, prose *Words, _ *site.Record) any {
		v := LevelsView{Title: p.Title, Summary: p.Description, Prose: prose}
		for i := range e.site.Scheme.Levels {
			v.Rows = append(v.Rows, e.levelRow(&e.site.Scheme.Levels[i]))
		}
		p.Data = e.levelsData(p)
		return v
	})
}

// levelsData is the JSON-LD of the scheme of levels.
func (e *edition) levelsData(p *Page) template.JS {
	var o linked
	o.open("")
	o.text("@context", "https://schema.org")
	o.text("@type", "DefinedTermSet")
	o.list("hasDefinedTerm")
	for i := range e.site.Scheme.Levels {
		l := &e.site.Scheme.Levels[i]
		o.open("")
		o.text("@type", "DefinedTerm")
		o.text("description", e.text(l.Planning))
		o.text("name", e.text(l.Name))
		o.text("termCode", l.ID)
		o.text("url", p.Canonical+"#page-level-"+l.ID)
		o.close()
	}
	o.end()
	o.text("inLanguage", e.lang)
	o.text("name", p.Title)
	o.text("url", p.Canonical)
	o.close()
	return o.script()
}

func (e *edition) levelRow(l *model.Level) LevelRow {
	row := LevelRow{
		ID: l.ID, Badge: e.badge(l, Square), Name: e.levelName(l),
		Planning: e.text(l.Planning), Staying: e.text(l.Staying), LegalForce: l.LegalForce,
	}
	switch {
	case l.Temporary && l.MaxDays > 0:
		row.Temporary = e.t("levels.days", "n", l.MaxDays)
	case l.Temporary:
		row.Temporary = e.t("levels.temporary")
	}
	for _, c := range e.countriesByName() {
		if n := len(e.placesByLevel(c, true)[l]); n > 0 && len(c.Provinces()) > 0 {
			row.Places = append(row.Places, LevelPlace{Link{e.text(c.Name), e.placeURL(c) + "#page-level-" + l.ID}, n})
		}
	}
	return row
}
