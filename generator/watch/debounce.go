package watch

import "time"

// debounce says when enough has happened: after a quiet time, or when the first
// event is as old as the cap. A clock that only ran on would cut saves and
// checkouts in two; without a cap a storm would hold changes back for ever.
type debounce struct {
	quiet, cap  time.Duration
	first, last time.Time // events since the last reset
	notBefore   time.Time
	patient     bool // wait for the cap
}

func (d *debounce) active() bool { return !d.first.IsZero() }

func (d *debounce) note(now time.Time) {
	if !d.active() {
		d.first = now
	}
	d.last, d.patient = now, false
}

// due is when to look; it has no meaning if d is not active.
func (d *debounce) due() time.Time {
	end := d.first.Add(d.cap)
	if quiet := d.last.Add(d.quiet); quiet.Before(end) && !d.patient {
		end = quiet
	}
	if end.Before(d.notBefore) {
		return d.notBefore
	}
	return end
}

// spent reports whether the cap is reached.
func (d *debounce) spent(now time.Time) bool { return !now.Before(d.first.Add(d.cap)) }

func (d *debounce) reset() { *d = debounce{quiet: d.quiet, cap: d.cap} }
