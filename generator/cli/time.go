package cli

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"bongsu/generator/model"
)

// relative is a time from now on: +3d, -12h, +30m, +10s.
var relative = regexp.MustCompile(`^([+-][0-9]{1,6})([dhms])$`)

// units of relative times.
var units = map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second}

// time reads a time of the command line; without a zone it is in the site's. A
// relative time counts from the site's own now: the date of a sample, else the
// clock.
func (r *run) time(s string, config model.Site) (time.Time, error) {
	from := r.clock()
	if config.Sample != nil {
		from = config.Sample.AsOf.Time
	}
	if t, ok := after(from, s); ok {
		return t, nil
	}
	t, _, ok := model.ParseTime(s, config.Zone)
	if !ok {
		return t, errUsage{fmt.Errorf("%q is not a time such as 2025-10-16, 2025-10-16T09:00, 2025-10-16T09:00+09:00 or +3d", s)}
	}
	return t, nil
}

// after reads a relative time.
func after(from time.Time, s string) (time.Time, bool) {
	m := relative.FindStringSubmatch(s)
	if m == nil {
		return from, false
	}
	n, err := strconv.Atoi(m[1])
	return from.Add(time.Duration(n) * units[m[2]]), err == nil
}

// running gives the clock of a command that goes on: it runs from the time of
// the flags, or from the machine's; the date of a sample stands still.
func (r *run) running(start time.Time, config model.Site) (now func() time.Time, frozen bool) {
	if start.IsZero() {
		return r.clock, config.Sample != nil
	}
	// Round drops the monotonic reading, so that a clock that is set counts.
	offset := start.Sub(r.clock().Round(0))
	return func() time.Time { return r.clock().Round(0).Add(offset) }, false
}
