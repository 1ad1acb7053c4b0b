package data

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/site"
)

// entry is a line of the log before it is written.
type entry struct {
	time      time.Time
	kind      entryKind
	place     *model.Place
	order     int // of the place in the atlas
	from, to  *model.Level
	effective time.Time
	reason    level.Reason
	cause     *level.Decision
	removal   *model.Removal // of kind removed, without a place
}

// id names the record that the line is about.
func (a *api) id(e entry) string {
	if e.removal != nil {
		return e.removal.ID
	}
	return string(a.recordID(e.cause))
}

// entryKind says what a line tells; at one time lines stand in this order.
type entryKind int

const (
	announced entryKind = iota
	cancelled
	changed
	removed
)

var entryKinds = [...]string{"announced", "cancelled", "changed", "removed"}

// findEntries derives the log from the content, so that it only ever grows.
//
// What a line tells depends on nothing that is published after its time: a
// level at a time follows from the decisions that are public by then, since no
// decision begins before it is issued. Lines are in order of that time, then
// of kind, advisory and place. A later advisory, a withdrawal and the passing
// of time therefore add lines at the end. Only a change of the past rewrites
// lines: an advisory dated back or removed, or its levels or times changed
// afterwards.
func (a *api) findEntries() []entry {
	order := map[*model.Place]int{}
	for i, p := range a.walk() {
		order[p] = i
	}
	var out []entry
	for _, c := range a.site.Changes() {
		if !c.At.After(a.site.Now) && !a.follows(c) {
			out = append(out, entry{time: c.At, kind: changed, place: c.Place, from: c.From, to: c.To, reason: c.Reason, cause: c.Cause})
		}
	}
	for _, d := range a.site.Book.Decisions() {
		if d.Start().After(d.Issued) && !d.Issued.After(a.site.Now) {
			out = append(out, a.announcements(d)...)
		}
	}
	for i := range a.site.Removals {
		r := &a.site.Removals[i]
		out = append(out, entry{time: r.At.Time, kind: removed, removal: r})
	}
	for i := range out {
		out[i].order = order[out[i].place]
	}
	slices.SortStableFunc(out, func(x, y entry) int {
		return cmp.Or(x.time.Compare(y.time), cmp.Compare(x.kind, y.kind),
			strings.Compare(a.id(x), a.id(y)), cmp.Compare(x.order, y.order))
	})
	return out
}

// follows reports whether a change of an area only follows the place around
// it. Such changes are left out: an area that is given a name today would
// otherwise add lines to the past.
func (a *api) follows(c level.Change) bool {
	return a.alike(c.Place, c.At.Add(-time.Nanosecond)) && a.alike(c.Place, c.At)
}

// alike reports whether an area has its level at t from the decision that the
// place around it has its own from.
func (a *api) alike(p *model.Place, t time.Time) bool {
	if p.Area == nil {
		return false
	}
	own, around := a.site.Book.At(p, t), a.site.Book.At(p.Parent, t)
	return own.Decision == around.Decision && (own.Decision == nil || own.Level == around.Level)
}

// announcements lists what a decision said ahead of its effect, and, where it
// came to nothing, that it was called off.
func (a *api) announcements(d *level.Decision) []entry {
	reach := d.Reach()
	end, by := a.site.Book.End(d.ID)
	off := !end.IsZero() && !end.After(d.Start()) && !end.After(a.site.Now)
	reason, cause := level.Withdrawn, d
	if by != nil {
		reason, cause = level.Superseded, by
	}
	var out []entry
	for p, to := range reach {
		from := a.site.Book.At(p, d.Issued).Level
		if from == to || a.alike(p, d.Issued) && reach[p.Parent] == to && !names(d, p) {
			continue
		}
		out = append(out, entry{time: d.Issued, kind: announced, place: p, from: from, to: to, effective: d.Start(), reason: level.Set, cause: d})
		if now := a.site.Book.At(p, end).Level; off {
			out = append(out, entry{time: end, kind: cancelled, place: p, from: to, to: now, reason: reason, cause: cause})
		}
	}
	return out
}

// names reports whether a measure of a decision names a place itself.
func names(d *level.Decision, p *model.Place) bool {
	return slices.ContainsFunc(d.Measures, func(m level.Measure) bool { return slices.Contains(m.Places, p) })
}

// sealed is the log as it is written, with the sum of its last line.
type sealed struct {
	data  []byte
	lines []Line
	head  Digest
}

// makeLog writes the lines and chains them: each carries the sum of the one
// before.
func (a *api) makeLog() *sealed {
	out := &sealed{head: Digest(strings.Repeat("0", 64))}
	var b bytes.Buffer
	for i, e := range a.entries() {
		l := a.line(e)
		l.Seq, l.Previous = i+1, out.head
		start := b.Len()
		if encode(&b, l) != nil {
			continue // never: a line holds texts and numbers only
		}
		sum := sha256.Sum256(b.Bytes()[start : b.Len()-1])
		out.head = Digest(hex.EncodeToString(sum[:]))
		out.lines = append(out.lines, l)
	}
	out.data = b.Bytes()
	return out
}

func (a *api) line(e entry) Line {
	if e.removal != nil {
		return Line{Time: a.moment(e.time), Kind: entryKinds[e.kind], Reason: e.removal.Reason, Removed: RecordID(e.removal.ID)}
	}
	l := Line{
		Time: a.moment(e.time), Kind: entryKinds[e.kind], Place: PlaceCode(e.place.ID), From: levelID(e.from), To: levelID(e.to),
		Effective: a.moment(e.effective), Reason: reasons[e.reason], Advisory: a.recordID(e.cause),
	}
	if e.cause == nil {
		return l
	}
	if r := a.site.Record(e.cause.ID); r != nil {
		l.Source = recordFile(r)
		l.Revision = 1
		for _, c := range r.Changes {
			if !c.At.After(e.time) {
				l.Revision++
			}
		}
	}
	return l
}

// recordFile names the file of a record.
func recordFile(r *site.Record) FileName {
	path, ok := r.DataPath()
	if !ok {
		return ""
	}
	return inAPI(path)
}

// logTime is the time of the newest line.
func (a *api) logTime() time.Time {
	if len(a.entries()) == 0 {
		return a.site.Start()
	}
	return a.entries()[len(a.entries())-1].time
}

func (a *api) logFiles() []File {
	return []File{{Path: site.DataFileOf("changes").Path, Modified: a.logTime, Render: func(b *bytes.Buffer) error {
		b.Write(a.log().data)
		return nil
	}}}
}
