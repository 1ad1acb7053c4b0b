package lang

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateWords is what dates are made of, looked up once: a site writes tens of
// thousands of dates.
type dateWords struct {
	months     [12]string
	weekdays   [7]string
	date, time *pattern // what stands for {date} and {time}; nil: nothing
	zones      map[string]string
}

func newDateWords(cat *Catalog) *dateWords {
	w := &dateWords{zones: map[string]string{}}
	for i := range w.months {
		w.months[i] = cat.word("format.month." + strconv.Itoa(i+1))
	}
	for i, day := range weekdays {
		w.weekdays[i] = cat.word("format.weekday." + day)
	}
	if m := cat.messages[formatPrefix+"date"]; m != nil {
		w.date = &m.other
	}
	if m := cat.messages[formatPrefix+"time"]; m != nil {
		w.time = &m.other
	}
	for key := range cat.messages {
		if name, ok := strings.CutPrefix(key, zonePrefix); ok {
			w.zones[name] = cat.word(key)
		}
	}
	return w
}

// stamp is a moment whose fields stand in patterns.
type stamp struct {
	words *dateWords
	t     time.Time
	year  int
	month time.Month
	day   int
}

func newStamp(words *dateWords, t time.Time) *stamp {
	s := &stamp{words: words, t: t}
	s.year, s.month, s.day = t.Date()
	return s
}

// append writes the field called name, which may be a pattern of simple fields;
// it reports false where there is none. Nothing here calls itself, so that the
// compiler sees that buf stays on the stack.
func (s *stamp) append(buf []byte, name string) ([]byte, bool) {
	var p *pattern
	switch name {
	case "date":
		p = s.words.date
	case "time":
		p = s.words.time
	default:
		return s.field(buf, name)
	}
	if p == nil {
		return buf, false
	}
	start := len(buf)
	buf = append(buf, p.plain...)
	for i := range p.parts {
		q := &p.parts[i]
		if q.name == "" {
			buf = q.append(buf, start)
			continue
		}
		var ok bool
		if buf, ok = s.field(buf, q.name); !ok {
			buf = append(buf, missing(q.name)...)
		}
	}
	return buf, true
}

// field writes the simple field called name.
func (s *stamp) field(buf []byte, name string) ([]byte, bool) {
	switch name {
	case "year":
		return strconv.AppendInt(buf, int64(s.year), 10), true
	case "month":
		return strconv.AppendInt(buf, int64(s.month), 10), true
	case "month2":
		return appendTwo(buf, int(s.month)), true
	case "month_name":
		return append(buf, s.words.months[s.month-1]...), true
	case "day":
		return strconv.AppendInt(buf, int64(s.day), 10), true
	case "day2":
		return appendTwo(buf, s.day), true
	case "weekday":
		return append(buf, s.words.weekdays[s.t.Weekday()]...), true
	case "hour":
		return appendTwo(buf, s.t.Hour()), true
	case "minute":
		return appendTwo(buf, s.t.Minute()), true
	case "zone":
		return append(buf, s.zone()...), true
	}
	return buf, false
}

// zone names the time zone: the catalogue's word for it, or its offset.
func (s *stamp) zone() string {
	if name, ok := s.words.zones[s.t.Location().String()]; ok {
		return name
	}
	_, seconds := s.t.Zone()
	sign, minutes := '+', seconds/60
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	switch {
	case minutes == 0:
		return "UTC"
	case minutes%60 == 0:
		return fmt.Sprintf("UTC%c%d", sign, minutes/60)
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, minutes/60, minutes%60)
}

func appendTwo(buf []byte, n int) []byte { return append(buf, byte('0'+n/10), byte('0'+n%10)) }
