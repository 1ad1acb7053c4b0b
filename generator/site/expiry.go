package site

import "time"

// How long alarm systems keep a message that nobody renews, a message that
// something is over, and how long before its end a message is renewed.
const (
	MaxAlert = 90 * 24 * time.Hour
	PastFor  = 7 * 24 * time.Hour
	Overlap  = 24 * time.Hour
)

// Expires tells until when an alert is valid if it is not renewed: 90 days from
// its beginning, or the end of the advisory where that comes first (standards
// CAP-14). The review date, which moves, is left out: what was sent once must
// not change. It decides how long an alert is renewed.
func (s *Site) Expires(a Alert) time.Time {
	if a.Kind == AlertEnded || a.Kind == AlertWithdrawn {
		return a.At.Add(PastFor)
	}
	from := later(a.At, a.Record.Source.Advisory.Effective.Time)
	return a.until(from, from.Add(MaxAlert))
}

// Renewal gives the time at which an alert that ends at expires is sent again
// and until when it is valid then; ok is false where it is not: the advisory
// ends then, or its review date has come, or it has none.
func (a Alert) Renewal(expires time.Time) (at, until time.Time, ok bool) {
	at = expires.Add(-Overlap)
	review, end := a.Record.Source.Review, a.Record.Source.Advisory.Until
	if a.Kind == AlertEnded || a.Kind == AlertWithdrawn || !at.Before(review.Time) || end.Set() && !end.After(expires) {
		return at, expires, false
	}
	return at, a.until(at, at.Add(MaxAlert)), true
}

// until gives t, or the end of the advisory where that comes between from and t.
func (a Alert) until(from, t time.Time) time.Time {
	if end := a.Record.Source.Advisory.Until; end.After(from) && end.Before(t) {
		return end.Time
	}
	return t
}

// expiries gives the times after Now at which an alert is renewed or ends.
func (s *Site) expiries(a Alert) []time.Time {
	t := s.Expires(a)
	for {
		at, until, ok := a.Renewal(t)
		switch {
		case !ok:
			return []time.Time{t}
		case at.After(s.Now):
			return []time.Time{at}
		}
		t = until
	}
}
