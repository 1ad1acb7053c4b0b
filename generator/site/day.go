package site

import (
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
)

// Day is a day, in the zone of the site, on which levels of a country change.
type Day struct {
	Country *model.Place
	Date    string         // 2025-10-16
	Changes []level.Change // oldest first, never empty
}

// End is the time whose levels are those of the day: that of its last change.
func (d Day) End() time.Time { return d.Changes[len(d.Changes)-1].At }

// Path gives the path of the page of the day.
func (d Day) Path() string { return DaysPath(d.Country) + d.Date }

// DaysPath gives the path of the list of a country's days of change.
func DaysPath(country *model.Place) string { return "levels/" + country.Slug + "/" }

// Days lists the days on which levels of a country change, oldest first, those
// that are announced included.
func (s *Site) Days(country *model.Place) []Day { return s.days[country] }

// DayOf gives the path of the page of the day on which a level changes.
func (s *Site) DayOf(c level.Change) string {
	return DaysPath(c.Place.Root()) + s.day(c.At)
}

func (s *Site) day(t time.Time) string { return t.In(s.Config.Zone).Format(time.DateOnly) }

// findDays gathers the changes of levels by country and day.
func (s *Site) findDays() {
	s.days = map[*model.Place][]Day{}
	for _, c := range s.changes {
		country, date := c.Place.Root(), s.day(c.At)
		list := s.days[country]
		if n := len(list); n == 0 || list[n-1].Date != date {
			list = append(list, Day{Country: country, Date: date})
		}
		last := &list[len(list)-1]
		last.Changes = append(last.Changes, c)
		s.days[country] = list
	}
}
