package feed

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkCalendar reads a calendar by the rules of RFC 5545.
func checkCalendar(t *testing.T, text string) {
	t.Helper()
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
		t.Error("lines do not end in CRLF")
	}
	for _, l := range strings.Split(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("line of %d bytes: %q", len(l), l)
		}
	}
	ids := map[string]bool{}
	open := 0
	var event map[string]string
	for _, l := range unfolded(text) {
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			t.Errorf("line %q", l)
		}
		switch l {
		case "BEGIN:VEVENT":
			open++
			event = map[string]string{}
			continue
		case "END:VEVENT":
			open--
			for _, must := range []string{"UID", "DTSTAMP", "SUMMARY", "STATUS"} {
				if event[must] == "" {
					t.Errorf("event without %s: %v", must, event)
				}
			}
			if event["DTSTART"] == "" && event["DTSTART;VALUE=DATE"] == "" {
				t.Errorf("event without start: %v", event)
			}
			if ids[event["UID"]] {
				t.Errorf("UID %s twice", event["UID"])
			}
			ids[event["UID"]] = true
			continue
		}
		if event != nil && open == 1 {
			if event[name] != "" {
				t.Errorf("%s twice", name)
			}
			event[name] = value
		}
	}
	if open != 0 {
		t.Error("an event is not closed")
	}
}

func unfolded(text string) []string {
	text = strings.ReplaceAll(text, "\r\n ", "")
	return strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
}

func TestCalendar(t *testing.T) {
	f := newFixture()
	f.add("advisories/2025/a.ko.md", "title: 긴 제목; 쉼표, 역빗금\\ 그리고 아주 길어서 접어야 하는 제목입니다 정말로\nsummary: 요약.\nissued: 2025-10-10T09:00\neffective: 2025-10-11\nuntil: 2026-01-05\nat_end: lift\nreview: 2026-03-31\ncategories: [crime]\nlevels: [{level: special, places: [KH-12]}]\n", "본문")
	f.add("advisories/2025/b.ko.md", "title: 철회\nsummary: 요약.\nissued: 2025-10-12\nuntil: 2026-02-20\ncategories: [crime]\nplaces: [KH-2]\nwithdrawn: {at: 2025-11-01, reason: 잘못}\n", "본문")
	text := write(t, f.join(t))["ko/calendar/cambodia.ics"]
	checkCalendar(t, text)
	all := strings.Join(unfolded(text), "\n")
	for _, want := range []string{
		"UID:start-advisories-a-ko@example.org\n", "DTSTART:20251010T150000Z\n", // midnight in Seoul
		"UID:end-advisories-a-ko@example.org\n", "DTSTART:20260104T150000Z\n",
		"UID:review-advisories-a-ko@example.org\n", "DTSTART;VALUE=DATE:20260331\n",
		`SUMMARY:시작: 긴 제목\; 쉼표\, 역빗금\\ 그리고`, "DTSTAMP:20251010T000000Z\n",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in\n%s", want, all)
		}
	}
	if !regexp.MustCompile(`UID:end-advisories-b-ko@(?s:.*?)STATUS:CANCELLED`).MatchString(all) {
		t.Error("the end of a withdrawn advisory is not cancelled")
	}
}
