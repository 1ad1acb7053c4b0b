package lang

import (
	"strconv"
	"time"
)

// Formatter writes dates, times, numbers and lists in one language and one time
// zone, by the patterns of a catalogue. It is frozen and safe for concurrent
// use. Methods that take a time give nothing for the zero time.
type Formatter struct {
	cat   *Catalog
	loc   *time.Location
	words *dateWords
}

// NewFormatter makes a formatter for the words of cat and the zone loc. The
// machine's own zone must not decide what a site says: nil and time.Local are
// taken as UTC.
func NewFormatter(cat *Catalog, loc *time.Location) Formatter {
	if loc == nil || loc == time.Local {
		loc = time.UTC
	}
	return Formatter{cat, loc, newDateWords(cat)}
}

// Date gives the day, as 2025. 10. 7.(화) or 7 October 2025.
func (f Formatter) Date(t time.Time) string { return f.write("format.date", t, f.loc) }

// MonthYear gives the month, as 2025년 10월 or October 2025.
func (f Formatter) MonthYear(t time.Time) string { return f.write("format.month_year", t, f.loc) }

// Zone names the site's zone, as 한국시간 or KST; a zone without a name is
// written as its offset in January 2025.
func (f Formatter) Zone() string {
	return newStamp(f.words, time.Date(2025, 1, 1, 0, 0, 0, 0, f.loc)).zone()
}

// Time gives the time of day with its zone, as 18:00 (한국시간).
func (f Formatter) Time(t time.Time) string { return f.write("format.time_zone", t, f.loc) }

// AppendDate and AppendDateTime write what Date and DateTime give.
func (f Formatter) AppendDate(buf []byte, t time.Time) []byte {
	return f.append(buf, "format.date", t, f.loc)
}

func (f Formatter) AppendDateTime(buf []byte, t time.Time) []byte {
	return f.append(buf, "format.datetime", t, f.loc)
}

// DateTime gives day, time and zone, as 2025. 10. 7.(화) 18:00 (한국시간) or
// 7 October 2025, 18:00 (KST).
func (f Formatter) DateTime(t time.Time) string { return f.write("format.datetime", t, f.loc) }

// TimeIn gives the time of day in the site's zone and in a second one, for
// travellers: 18:00 (한국시간) · 16:00 (캄보디아 시간). Where the second zone has
// another day than the first, both come with their day.
func (f Formatter) TimeIn(t time.Time, second *time.Location) string {
	if f.differs(second) && !sameDay(t.In(f.loc), t.In(second)) {
		return f.DateTimeIn(t, second)
	}
	return f.both(f.Time(t), t, second)
}

// DateTimeIn gives day, time and zone in the site's zone, and then the time in
// a second one, with its day where that differs. Without a second zone, or
// with the site's own, it is the same as DateTime.
func (f Formatter) DateTimeIn(t time.Time, second *time.Location) string {
	return f.both(f.DateTime(t), t, second)
}

// both adds the moment in the second zone to a text.
func (f Formatter) both(first string, t time.Time, second *time.Location) string {
	if t.IsZero() || !f.differs(second) {
		return first
	}
	key := "format.time_zone"
	if !sameDay(t.In(f.loc), t.In(second)) {
		key = "format.datetime"
	}
	return f.join("format.zones", first, f.write(key, t, second))
}

// differs reports whether there is a second zone, other than the site's and
// not the machine's.
func (f Formatter) differs(second *time.Location) bool {
	return second != nil && second != time.Local && second.String() != f.loc.String()
}

// Machine gives RFC 3339 with seconds and a numeric offset, for datetime
// attributes: 2025-10-07T18:00:00+09:00.
func (f Formatter) Machine(t time.Time) string {
	var room [32]byte
	return string(f.AppendMachine(room[:0], t))
}

// AppendMachine writes what Machine gives.
func (f Formatter) AppendMachine(buf []byte, t time.Time) []byte {
	if t.IsZero() {
		return buf
	}
	t = t.In(f.loc)
	_, offset := t.Zone()
	if y := t.Year(); y < 0 || y > 9999 || offset%60 != 0 {
		return t.AppendFormat(buf, "2006-01-02T15:04:05-07:00")
	}
	buf = append(appendDay(buf, t), 'T')
	hour, minute, second := t.Clock()
	buf = append(appendTwo(buf, hour), ':')
	buf = append(appendTwo(buf, minute), ':')
	buf = appendTwo(buf, second)
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	buf = append(appendTwo(append(buf, sign), offset/3600), ':')
	return appendTwo(buf, offset/60%60)
}

// MachineDate gives the day for machines: 2025-10-07.
func (f Formatter) MachineDate(t time.Time) string {
	var room [16]byte
	return string(f.AppendMachineDate(room[:0], t))
}

// AppendMachineDate writes what MachineDate gives.
func (f Formatter) AppendMachineDate(buf []byte, t time.Time) []byte {
	if t.IsZero() {
		return buf
	}
	t = t.In(f.loc)
	if y := t.Year(); y < 0 || y > 9999 {
		return t.AppendFormat(buf, time.DateOnly)
	}
	return appendDay(buf, t)
}

// appendDay writes the day of a year of four digits.
func appendDay(buf []byte, t time.Time) []byte {
	year, month, day := t.Date()
	buf = append(appendTwo(appendTwo(buf, year/100), year%100), '-')
	return appendTwo(append(appendTwo(buf, int(month)), '-'), day)
}

// Number gives a whole number with its digits in groups of three: 12,345.
func (f Formatter) Number(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	if len(digits)-first <= 3 {
		return digits
	}
	group := f.cat.T("format.group")
	buf := make([]byte, 0, len(digits)+len(digits)/3*len(group))
	for i := range len(digits) {
		if i > first && (len(digits)-i)%3 == 0 {
			buf = append(buf, group...)
		}
		buf = append(buf, digits[i])
	}
	return string(buf)
}

// List joins items as the language does: A, B and C.
func (f Formatter) List(items []string) string {
	out := ""
	for i, item := range items {
		switch i {
		case 0:
			out = item
		case len(items) - 1:
			out = f.join("format.list.last", out, item)
		default:
			out = f.join("format.list.middle", out, item)
		}
	}
	return out
}

// join renders a pattern of two texts.
func (f Formatter) join(key, first, second string) string {
	m := f.cat.messages[key]
	if m == nil {
		return missing(key)
	}
	return m.other.render(values{two: &[2]string{first, second}})
}

// write renders a pattern for a moment in a zone.
func (f Formatter) write(key string, t time.Time, loc *time.Location) string {
	var room [128]byte
	return string(f.append(room[:0], key, t, loc))
}

// append writes what write gives.
func (f Formatter) append(buf []byte, key string, t time.Time, loc *time.Location) []byte {
	if t.IsZero() {
		return buf
	}
	m := f.cat.messages[key]
	if m == nil {
		return append(buf, missing(key)...)
	}
	return m.other.append(buf, values{stamp: newStamp(f.words, t.In(loc))})
}

// sameDay compares the days on which two clocks stand.
func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
