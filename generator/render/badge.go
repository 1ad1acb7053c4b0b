package render

import (
	"html/template"
	"strings"

	"bongsu/generator/lang"
	"bongsu/generator/level"
	"bongsu/generator/model"
)

// Badge is the dot of parts/badge: a level as number, name, colour and pattern
// together (A11Y-05).
type Badge struct {
	Level   string // id, of the class; empty: no level
	Pattern string // of the class
	Size    Size
	Digit   string
	Name    string
	// Numbered says that the digit is a number, read out with the word for
	// level: "3단계 출국권고". A sign that only stands for the name is not read.
	Numbered bool
}

// Size is how large a badge is.
type Size string

// The sizes of badges: in running lists, at the head of a page, and the square
// alone, where a table or legend names the level beside it.
const (
	Small  Size = "small"
	Large  Size = "large"
	Square Size = "square"
)

type badgeKey struct {
	level *model.Level
	size  Size
}

// LevelName gives a level in words: "3단계(출국권고)", "Level 3: Departure
// recommended"; a level whose digit is no number goes by its name alone.
func LevelName(cat *lang.Catalog, l *model.Level) string {
	if l == nil {
		return cat.T("level.none")
	}
	digit, name := l.Digit.Get(cat.Lang()), l.Name.Get(cat.Lang())
	if !numbered(digit) {
		return name
	}
	return cat.T("level.full", "digit", digit, "name", name)
}

// numbered reports whether the sign of a level is a number.
func numbered(digit string) bool { return strings.Trim(digit, "0123456789") == "" }

// levelName gives a level in words, in the edition's language.
func (e *edition) levelName(l *model.Level) string {
	if name, ok := e.levels()[l]; ok {
		return name
	}
	return LevelName(e.cat, l)
}

// nameLevels gives the names of the levels of the scheme.
func (e *edition) nameLevels() map[*model.Level]string {
	out := map[*model.Level]string{nil: LevelName(e.cat, nil)}
	for i := range e.site.Scheme.Levels {
		l := &e.site.Scheme.Levels[i]
		out[l] = LevelName(e.cat, l)
	}
	return out
}

// badge gives the mark of a level; nil is a place with no level.
func (e *edition) badge(l *model.Level, size Size) template.HTML {
	return e.badges()[badgeKey{l, size}]
}

// badgeView gives the dot of parts/badge.
func (e *edition) badgeView(l *model.Level, size Size) Badge {
	if l == nil {
		return Badge{Pattern: "none", Size: size, Digit: "–", Name: e.t("level.none")}
	}
	digit := e.text(l.Digit)
	return Badge{Level: l.ID, Pattern: l.Pattern, Size: size, Digit: digit, Name: e.text(l.Name), Numbered: numbered(digit)}
}

func (e *edition) makeBadges() map[badgeKey]template.HTML {
	out := map[badgeKey]template.HTML{}
	for _, size := range []Size{Small, Large, Square} {
		out[badgeKey{nil, size}] = e.part("parts/badge", e.badgeView(nil, size))
		for i := range e.site.Scheme.Levels {
			l := &e.site.Scheme.Levels[i]
			out[badgeKey{l, size}] = e.part("parts/badge", e.badgeView(l, size))
		}
	}
	return out
}

// Move is the dot of parts/move: a change from one level to another. A place
// without a level of its own (an area that crosses provinces) has an empty
// badge on that side.
type Move struct {
	From, To template.HTML // badges
	Raised   bool
	Word     string // raised, lowered, set, lifted
}

// move gives the marks of a change of level.
func (e *edition) move(from, to *model.Level) Move {
	m := Move{From: e.badge(from, Small), To: e.badge(to, Small), Raised: level.Higher(to, from)}
	switch {
	case from == nil:
		m.From, m.Word = "", e.t("change.set")
	case to == nil:
		m.To, m.Word = "", e.t("change.lifted")
	case m.Raised:
		m.Word = e.t("change.raised")
	default:
		m.Word = e.t("change.lowered")
	}
	return m
}
