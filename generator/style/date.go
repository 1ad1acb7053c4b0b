package style

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/model"
)

// A date is a day that a text names; year is 0 where it is not told, weekday
// what the text says it is, or empty.
type date struct {
	span
	year, month, day int
	weekday          string
}

const months = `(January|February|March|April|May|June|July|August|September|October|November|December)`

// dayPatterns find days; the names of their groups say what is what.
var dayPatterns = map[bool][]func() *regexp.Regexp{
	true: {
		pattern(`(?P<y>\d{4})\.\s?(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})\b\.?(?:\s?\((?P<w>[월화수목금토일])\))?`),
		pattern(`(?:(?P<y>\d{4})년\s?)?(?P<m>\d{1,2})월\s?(?P<d>\d{1,2})일(?:\s?\((?P<w>[월화수목금토일])\))?`),
		pattern(`\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b`),
	},
	false: {
		pattern(`(?:(?P<w>[A-Z][a-z]+day),? )?\b(?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<n>` + months[1:] + `\b(?:,? (?P<y>\d{4})\b)?`),
		pattern(`(?:(?P<w>[A-Z][a-z]+day),? )?\b(?P<n>` + months[1:] + ` (?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{4})\b)?`),
		pattern(`\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b`),
	},
}

// weekdayNames are the names of days, from Sunday.
var weekdayNames = map[bool][]string{
	true:  {"일", "월", "화", "수", "목", "금", "토"},
	false: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

// dates finds the days that a block names, none twice.
func (t *text) dates(b *block) []date {
	var out []date
	if !strings.ContainsAny(b.text, "0123456789") {
		return nil
	}
	rest := []byte(b.text)
	for _, compiled := range dayPatterns[t.tongue.korean] {
		p := compiled()
		for _, m := range p.FindAllSubmatchIndex(rest, -1) {
			d := date{span: span{m[0], m[1]}}
			for i, group := range p.SubexpNames() {
				if group == "" || m[2*i] < 0 {
					continue
				}
				s := string(rest[m[2*i]:m[2*i+1]])
				n, _ := strconv.Atoi(s) // digits by the pattern, or not a number at all
				switch group {
				case "y":
					d.year = n
				case "m":
					d.month = n
				case "d":
					d.day = n
				case "n":
					month, _ := time.Parse("January", s) // a month by the pattern
					d.month = int(month.Month())
				case "w":
					d.weekday = s
				}
			}
			out = append(out, d)
		}
		for _, d := range out {
			clear(rest[d.from:d.to])
		}
	}
	return out
}

// weekdays reports days that no calendar has, or that are another weekday.
func (t *text) weekdays() diag.List {
	var diags diag.List
	names := weekdayNames[t.tongue.korean]
	for i := range t.blocks {
		b := &t.blocks[i]
		for _, d := range t.dates(b) {
			year := d.year
			if year == 0 {
				year = 2024 // a leap year: every day that may be
			}
			day := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
			written := b.text[d.from:d.to]
			is := names[day.Weekday()]
			switch {
			case d.month < 1 || d.month > 12 || day.Day() != d.day:
				diags.Add(t.report(diag.WrongDate, b, d.from, d.to, "there is no day %q", written).WithHint("put the month or the day right"))
			case d.year == 0 || d.weekday == "" || d.weekday == is || !known(names, d.weekday):
			default:
				diags.Add(t.report(diag.WrongDate, b, d.from, d.to, "%q is not a %q but a %q", written, d.weekday, is).
					WithHint("one of the two is wrong: look up the day"))
			}
		}
	}
	return diags
}

func known(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// fields reports days in the title or summary of a decision that are none of
// the days of its fields.
func (t *text) fields(source *model.Doc, zone *time.Location) diag.List {
	if len(source.Advisory.Levels) == 0 && !source.Advisory.Until.Set() {
		return nil // about an event, whose day no field holds
	}
	a := &source.Advisory
	days := []model.Time{source.Issued, a.Effective, a.Until, source.Review}
	for _, c := range source.Changes {
		days = append(days, c.At)
	}
	for _, s := range source.Sources {
		days = append(days, s.Date)
	}
	if source.Withdrawn != nil {
		days = append(days, source.Withdrawn.At)
	}
	fits := func(d date) bool {
		for _, day := range days {
			at := day.In(zone)
			for _, at := range []time.Time{at, at.Add(-time.Second)} { // what begins at midnight ends the day before
				if day.Set() && int(at.Month()) == d.month && at.Day() == d.day && (d.year == 0 || at.Year() == d.year) {
					return true
				}
			}
		}
		return false
	}
	var diags diag.List
	for i := range t.blocks {
		b := &t.blocks[i]
		if !b.field {
			continue
		}
		for _, d := range t.dates(b) {
			if !fits(d) {
				diags.Add(t.report(diag.DateDiffers, b, d.from, d.to, "day %q is none of those of the fields of %s", b.text[d.from:d.to], source.Path).
					WithHint("compare it with issued, effective and until, and put the wrong one right"))
			}
		}
	}
	return diags
}
