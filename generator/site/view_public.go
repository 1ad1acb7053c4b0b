package site

import (
	"time"

	"bongsu/generator/level"
)

// Decision gives what an advisory decides about levels, or nil.
func (s *Site) Decision(r *Record) *level.Decision { return r.decision }

// NextPublic gives the next time at which a level changes or begins to be held
// by what is public now; zero: none is known. Unlike Next it says nothing of
// records that are not on the site yet.
func (s *Site) NextPublic() time.Time {
	if b := s.Book.Boundaries(s.Now); len(b) > 0 {
		return b[0]
	}
	return time.Time{}
}
