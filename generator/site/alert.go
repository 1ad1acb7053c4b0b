package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"bongsu/generator/level"
)

// AlertKind says why an alert was given.
type AlertKind string

// The kinds of alert.
const (
	AlertIssued    AlertKind = "issued"    // an advisory that sets or lifts levels or is urgent
	AlertRevised   AlertKind = "revised"   // a change marked major
	AlertEnded     AlertKind = "ended"     // levels changed because an advisory ended by itself
	AlertWithdrawn AlertKind = "withdrawn" // an advisory or warning was taken back
)

// Alert is one significant change, announced once (standards FEED-40, FEED-41).
type Alert struct {
	Key     string // stable within the record: rev/1, rev/2, end, withdrawn
	Kind    AlertKind
	Record  *Record
	At      time.Time
	Change  int            // AlertRevised: index of the change
	Changes []level.Change // the changes of level that it brings
}

// ID is the identifier of the alert below the site's tag authority; it depends
// on nothing but the record's stable id and the key.
func (a Alert) ID() string { return a.Record.Stable() + "/" + a.Key }

// Warns reports whether the alert is one for alarm systems: it is of an
// advisory that sets or changes levels or is urgent.
func (a Alert) Warns() bool {
	src := a.Record.Source.Advisory
	return a.Record.Kind.ID == "advisories" && (len(src.Levels) > 0 || src.Urgent || len(a.Changes) > 0)
}

// Alerts lists every public alert, newest first.
func (s *Site) Alerts() []Alert { return s.alerts }

// findAlerts derives the alerts from the records.
func (s *Site) findAlerts() {
	for _, list := range [][]*Record{s.Advisories, s.Scams, s.Pages} {
		for _, r := range list {
			s.alerts = append(s.alerts, s.alertsOf(r)...)
		}
	}
	slices.SortStableFunc(s.alerts, func(a, b Alert) int {
		return cmp.Or(b.At.Compare(a.At), strings.Compare(a.Record.ID, b.Record.ID), strings.Compare(b.Key, a.Key))
	})
}

func (s *Site) alertsOf(r *Record) []Alert {
	var out []Alert
	set, ended := s.split(r)
	advisory := r.Kind.ID == "advisories"
	if advisory && (len(r.Source.Advisory.Levels) > 0 || r.Source.Advisory.Urgent || len(set) > 0) {
		out = append(out, Alert{Key: "rev/1", Kind: AlertIssued, Record: r, At: r.Issued, Changes: set})
	}
	for i, c := range r.Changes {
		if c.Major { // a change with a level's: a start that was moved to it, say
			out = append(out, Alert{Key: fmt.Sprintf("rev/%d", i+2), Kind: AlertRevised, Record: r, At: c.At.Time, Change: i, Changes: at(set, c.At.Time)})
		}
	}
	if w := r.Source.Withdrawn; w != nil && !w.At.After(s.Now) && r.Kind.ID != "pages" {
		out = append(out, Alert{Key: "withdrawn", Kind: AlertWithdrawn, Record: r, At: w.At.Time, Changes: at(ended, w.At.Time)})
	}
	if u := r.Source.Advisory.Until; u.Set() && !u.After(s.Now) {
		if changes := at(ended, u.Time); len(changes) > 0 {
			out = append(out, Alert{Key: "end", Kind: AlertEnded, Record: r, At: u.Time, Changes: changes})
		}
	}
	return out
}

// split tells the changes that an advisory sets from those that its end brings.
func (s *Site) split(r *Record) (set, ended []level.Change) {
	for _, c := range s.ChangesBy(r) {
		switch c.Reason {
		case level.Set, level.Superseded:
			set = append(set, c)
		default:
			ended = append(ended, c)
		}
	}
	return set, ended
}

func at(changes []level.Change, t time.Time) []level.Change {
	var out []level.Change
	for _, c := range changes {
		if c.At.Equal(t) {
			out = append(out, c)
		}
	}
	return out
}
