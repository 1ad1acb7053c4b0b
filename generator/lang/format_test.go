package lang

import (
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestDates(t *testing.T) {
	seoul, penh := location(t, "Asia/Seoul"), location(t, "Asia/Phnom_Penh")
	ko, en := NewFormatter(mustLoad(t, "ko.yaml"), seoul), NewFormatter(mustLoad(t, "en.yaml"), seoul)
	evening := time.Date(2025, 10, 7, 9, 0, 0, 0, time.UTC)    // 18:00 in Seoul
	midnight := time.Date(2025, 10, 15, 15, 0, 0, 0, time.UTC) // 00:00 of the 16th in Seoul
	var zero time.Time
	for _, row := range []struct{ name, got, want string }{
		{"ko date", ko.Date(evening), "2025. 10. 7.(화)"},
		{"en date", en.Date(evening), "7 October 2025"},
		{"ko date of Seoul", ko.Date(midnight), "2025. 10. 16.(목)"},
		{"ko", ko.DateTime(evening), "2025. 10. 7.(화) 18:00 (한국시간)"},
		{"en", en.DateTime(evening), "7 October 2025, 18:00 (KST)"},
		{"ko midnight", ko.DateTime(midnight), "2025. 10. 16.(목) 00:00 (한국시간)"},
		{"en midnight", en.DateTime(midnight), "16 October 2025, 00:00 (KST)"},
		{"ko month", ko.MonthYear(midnight), "2025년 10월"},
		{"en month", en.MonthYear(midnight), "October 2025"},
		{"ko time", ko.Time(evening), "18:00 (한국시간)"},
		{"ko two zones", ko.TimeIn(evening, penh), "18:00 (한국시간) · 16:00 (캄보디아 시간)"},
		{"en two zones", en.DateTimeIn(evening, penh), "7 October 2025, 18:00 (KST) · 16:00 (Cambodia time)"},
		{"ko two days", ko.DateTimeIn(midnight, penh), "2025. 10. 16.(목) 00:00 (한국시간) · 2025. 10. 15.(수) 22:00 (캄보디아 시간)"},
		{"ko times of two days", ko.TimeIn(midnight, penh), "2025. 10. 16.(목) 00:00 (한국시간) · 2025. 10. 15.(수) 22:00 (캄보디아 시간)"},
		{"no second zone", ko.DateTimeIn(evening, nil), ko.DateTime(evening)},
		{"same second zone", ko.TimeIn(evening, seoul), ko.Time(evening)},
		{"machine's second zone", ko.TimeIn(midnight, time.Local), ko.Time(midnight)},
		{"zone without a name", en.TimeIn(evening, location(t, "Asia/Kolkata")), "18:00 (KST) · 14:30 (UTC+5:30)"},
		{"zone in the west", en.DateTimeIn(evening, location(t, "America/New_York")), "7 October 2025, 18:00 (KST) · 05:00 (UTC-4)"},
		{"UTC", NewFormatter(mustLoad(t, "en.yaml"), time.UTC).Time(evening), "09:00 (UTC)"},
		{"no zone", NewFormatter(mustLoad(t, "en.yaml"), nil).Time(evening), "09:00 (UTC)"},
		{"machine's zone", NewFormatter(mustLoad(t, "en.yaml"), time.Local).Time(evening), "09:00 (UTC)"},
		{"fixed zone", NewFormatter(mustLoad(t, "ko.yaml"), time.FixedZone("Asia/Seoul", 9*3600)).Time(evening), "18:00 (한국시간)"},
		{"machine", ko.Machine(evening), "2025-10-07T18:00:00+09:00"},
		{"machine UTC", NewFormatter(mustLoad(t, "en.yaml"), time.UTC).Machine(evening), "2025-10-07T09:00:00+00:00"},
		{"machine date", ko.MachineDate(midnight), "2025-10-16"},
		{"zero", ko.Date(zero) + ko.DateTime(zero) + ko.Time(zero) + ko.DateTimeIn(zero, penh) + ko.TimeIn(zero, penh) + ko.MonthYear(zero) + ko.Machine(zero) + ko.MachineDate(zero), ""},
	} {
		if row.got != row.want {
			t.Errorf("%s: %q, want %q", row.name, row.got, row.want)
		}
	}
}

// TestPatterns holds that every field works, and that a language needs nothing
// but its file.
func TestPatterns(t *testing.T) {
	c, list := Load("fr.yaml", []byte(`format:
  date: "{weekday} {day2}/{month2}/{year} {day}.{month} {month_name}"
  time: "{hour}h{minute}"
  datetime: "{date}|{time}|{zone}|{hour}|{year}"
  month: {2: février}
  weekday: {sun: dimanche}
`))
	if len(list) > 0 {
		t.Fatal(list)
	}
	f := NewFormatter(c, time.FixedZone("", -150*60))
	want := "dimanche 01/02/2026 1.2 février|04h05|UTC-2:30|04|2026"
	at := time.Date(2026, 2, 1, 6, 35, 0, 0, time.UTC)
	if got := f.DateTime(at); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := f.MonthYear(at) + f.Date(at.AddDate(0, 1, 1)); got != "⟦format.month_year⟧⟦format.weekday.mon⟧ 02/03/2026 2.3 ⟦format.month.3⟧" {
		t.Error(got)
	}
}

func TestFormatKeys(t *testing.T) {
	for _, name := range []string{"ko.yaml", "en.yaml"} {
		c := mustLoad(t, name)
		for _, key := range FormatKeys() {
			if !c.Has(key) {
				t.Errorf("%s lacks %s", name, key)
			}
		}
		for _, key := range c.Keys() {
			if strings.HasPrefix(key, "format.") && !strings.HasPrefix(key, "format.zone.") && !slices.Contains(FormatKeys(), key) {
				t.Errorf("%s has %s, which nothing reads", name, key)
			}
		}
	}
}

func TestNumbersAndLists(t *testing.T) {
	ko, en := NewFormatter(mustLoad(t, "ko.yaml"), nil), NewFormatter(mustLoad(t, "en.yaml"), nil)
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -999: "-999", -1000: "-1,000", 123456: "123,456", 1234567: "1,234,567"} {
		if got := en.Number(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	for _, row := range []struct {
		items  []string
		ko, en string
	}{
		{nil, "", ""}, {[]string{"A"}, "A", "A"}, {[]string{"A", "B"}, "A, B", "A and B"},
		{[]string{"A", "B", "C", "D"}, "A, B, C, D", "A, B, C and D"},
	} {
		if k, e := ko.List(row.items), en.List(row.items); k != row.ko || e != row.en {
			t.Errorf("%q: %q %q", row.items, k, e)
		}
	}
}

func TestSort(t *testing.T) {
	type place struct{ name, code string }
	sorted := func(lang string, names ...string) string {
		var places []place
		for i, n := range names {
			places = append(places, place{n, string(rune('z' - i))})
		}
		Sort(lang, places, func(p place) string { return p.name }, func(p place) string { return p.code })
		var out []string
		for _, p := range places {
			out = append(out, NFC(p.name)+p.code)
		}
		return strings.Join(out, " ")
	}
	nfd := "\u1112\u1161\u1102\u1169\u110b\u1175" // 하노이 taken apart
	for _, row := range []struct{ got, want string }{
		{sorted("ko", "시하누크빌", "까", "나", "각", "가", "Bavet", nfd, "프놈펜"), "Bavetu 가v 각w 까y 나x 시하누크빌z 프놈펜s 하노이t"},
		{sorted("ko", "10단계", "2단계", "1단계"), "1단계x 2단계y 10단계z"},
		{sorted("en", "Zebra", "apple", "Éclair", "Apple", "eclair"), "appley Applew eclairv Éclairx Zebraz"},
		{sorted("en", "same", "same", "same"), "samex samey samez"},
		{sorted("no such", "b", "a"), "ay bz"},
	} {
		if row.got != row.want {
			t.Errorf("%q, want %q", row.got, row.want)
		}
	}
}

func TestTags(t *testing.T) {
	for in, want := range map[string]string{
		"ko": "ko", "en": "en", "KO": "ko", "zh-hant": "zh-Hant", "en_gb": "en-GB", "km": "km", "iw": "he",
		"": "", "korean": "", "xx": "", "und": "", "c": "", "x-foo": "", "한국어": "", strings.Repeat("a-", 100): "",
	} {
		got, err := ParseTag(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func BenchmarkDateTime(b *testing.B) {
	f := NewFormatter(mustLoad(b, "ko.yaml"), location(b, "Asia/Seoul"))
	at := time.Date(2025, 10, 7, 9, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		f.DateTime(at)
	}
}

func BenchmarkSort(b *testing.B) {
	names := []string{"캄퐁참주", "프놈펜시", "바탐방주", "시아누크빌주", "타케오주", "캄폿주", "코콩주", "라타나키리주", "스퉁트렝주", "파일린주"}
	list := make([]string, len(names))
	for b.Loop() {
		copy(list, names)
		Sort("ko", list, func(s string) string { return s }, func(string) string { return "" })
	}
}

// TestMachine: times for machines are those of package time.
func TestMachine(t *testing.T) {
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("", 9*3600), time.FixedZone("", -(3*3600 + 1800)), time.FixedZone("", 5*3600+45*60), time.FixedZone("", 30)} {
		f := NewFormatter(&Catalog{}, zone)
		for _, at := range []time.Time{time.Unix(0, 0), time.Unix(1760000000, 5), time.Unix(-70000000000, 0), time.Unix(253402300800, 0), time.Unix(951782399, 0)} {
			if got, want := f.Machine(at), at.In(zone).Format("2006-01-02T15:04:05-07:00"); got != want {
				t.Errorf("Machine: %s, want %s", got, want)
			}
			if got, want := f.MachineDate(at), at.In(zone).Format(time.DateOnly); got != want {
				t.Errorf("MachineDate: %s, want %s", got, want)
			}
		}
	}
	if f := NewFormatter(&Catalog{}, time.UTC); f.Machine(time.Time{}) != "" || f.MachineDate(time.Time{}) != "" {
		t.Error("the zero time is written")
	}
}

func BenchmarkMachine(b *testing.B) {
	f := NewFormatter(&Catalog{}, time.FixedZone("", 9*3600))
	for b.Loop() {
		_ = f.Machine(time.Unix(1760000000, 0))
	}
}
