package lang

import (
	"slices"
	"strconv"
	"strings"
)

// formatPrefix begins the keys that the formatter reads.
const formatPrefix = "format."

const zonePrefix = formatPrefix + "zone."

var (
	monthFields    = []string{"year", "month", "month2", "month_name"}
	dateFields     = append(slices.Clone(monthFields), "day", "day2", "weekday")
	timeFields     = []string{"hour", "minute"}
	timeZoneFields = append(slices.Clone(timeFields), "time", "zone")
)

// patternFields are the placeholders of the format patterns. A pattern names
// only simpler ones ({date} in format.datetime), so none can contain itself.
var patternFields = map[string][]string{
	"format.date":        dateFields,
	"format.month_year":  monthFields,
	"format.time":        timeFields,
	"format.time_zone":   timeZoneFields,
	"format.datetime":    slices.Concat([]string{"date"}, timeZoneFields, dateFields),
	"format.zones":       {"first", "second"},
	"format.list.middle": {"first", "second"},
	"format.list.last":   {"first", "second"},
}

// weekdays are the last parts of the keys of weekday names, from Sunday as in
// package time.
var weekdays = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// formatNames gives the placeholders that a key may use: nil for any.
func formatNames(key string) []string {
	if !strings.HasPrefix(key, formatPrefix) {
		return nil
	}
	if fields, ok := patternFields[key]; ok {
		return fields
	}
	return []string{}
}

// isFormat reports whether a key below "format." is one that is read.
func isFormat(key string) bool {
	return strings.HasPrefix(key, zonePrefix) || slices.Contains(FormatKeys(), key)
}

// FormatKeys gives the keys that a [Formatter] needs, sorted. Names of time
// zones are not among them: a zone without a name is written UTC+9.
func FormatKeys() []string {
	keys := []string{"format.group"}
	for key := range patternFields {
		keys = append(keys, key)
	}
	for month := 1; month <= 12; month++ {
		keys = append(keys, "format.month."+strconv.Itoa(month))
	}
	for _, day := range weekdays {
		keys = append(keys, "format.weekday."+day)
	}
	slices.Sort(keys)
	return keys
}
