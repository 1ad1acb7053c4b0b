package feed

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bongsu/generator/level"
	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// A message is an alert of the Common Alerting Protocol 1.2: what one
// site.Alert says of one level. A severity holds for all places of a message
// (section 3.2.2), so an alert that sets three levels is three messages.
//
// The file of a message is never written again. It is made of the alert, of
// what the advisory decides, and of what held when it was sent; the title and
// text of the advisory, telephone numbers and later events stay out of it.
type message struct {
	id      string
	alert   site.Alert
	level   *model.Level // nil: no level is left, or the notice sets none
	places  []*model.Place
	raised  bool           // some place comes up to the level
	clear   bool           // what was said holds no longer
	kind    string         // Alert, Update or Cancel
	changes []level.Change // of these places
	refs    []*message
	sent    time.Time
	expires time.Time
	renewed bool       // sent again because it would expire
	by      []*message // later messages that refer to it
}

// live reports whether the message stands at t.
func (m *message) live(t time.Time) bool { return len(m.by) == 0 && !m.clear && m.expires.After(t) }

// messages makes the messages of a site, oldest first.
func messages(s *site.Site) []*message {
	alerts := slices.DeleteFunc(slices.Clone(s.Alerts()), func(a site.Alert) bool { return !a.Warns() })
	slices.SortStableFunc(alerts, func(a, b site.Alert) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Record.ID, b.Record.ID), strings.Compare(a.Key, b.Key))
	})
	domain, _, _ := strings.Cut(s.Config.Authority, ",")
	sent := map[string][]*message{} // by record
	var out []*message
	standing := standings{}
	for _, a := range alerts {
		before := earlier(a, sent)
		if a.Kind != site.AlertIssued && settled(s, a, before) {
			continue
		}
		if a.Kind == site.AlertIssued {
			before = append(before, standing.overtaken(s.Decision(a.Record).Reach(), a.At, before)...)
		}
		parts := partsOf(s, a)
		for _, m := range parts {
			m.alert, m.sent, m.expires = a, a.At, s.Expires(a)
			m.id = domain + "-" + a.Record.Name() + "-" + suffix(a) + "-" + m.name()
			m.refer(before)
			m.kind = m.kindAmong(parts)
			if (a.Kind == site.AlertEnded || a.Kind == site.AlertWithdrawn) && !m.clear {
				m.expires = m.sent.Add(site.MaxAlert) // of the level that is left
			}
			if m.clear {
				m.expires = m.sent.Add(site.PastFor)
			}
		}
		for _, m := range parts {
			for _, r := range m.refs {
				r.by = append(r.by, m)
			}
		}
		sent[a.Record.ID] = append(sent[a.Record.ID], parts...)
		standing.add(parts, len(out))
		out = append(out, parts...)
	}
	for _, m := range slices.Clone(out) {
		out = append(out, m.renewals(s.Now)...)
	}
	slices.SortStableFunc(out, func(a, b *message) int { return a.sent.Compare(b.sent) })
	return out
}

// standings are the messages that stand and set a level, by their first place,
// with their numbers. One that no longer stands goes when it is come upon.
type standings map[*model.Place][]numbered

type numbered struct {
	*message
	n int
}

// add adds messages, which have numbers from first on.
func (s standings) add(messages []*message, first int) {
	for i, m := range messages {
		if m.level != nil && !m.clear && len(m.places) > 0 {
			s[m.places[0]] = append(s[m.places[0]], numbered{m, first + i})
		}
	}
}

// overtaken lists the messages of other advisories all of whose places a new
// advisory sets anew, although it does not say that it supersedes them. Times
// must come in order; known are left out.
func (s standings) overtaken(reach map[*model.Place]*model.Level, t time.Time, known []*message) []*message {
	var found []numbered
	for p := range reach {
		s[p] = slices.DeleteFunc(s[p], func(m numbered) bool { return len(m.by) > 0 || !m.stands(t) })
		for _, m := range s[p] {
			free := func(p *model.Place) bool { return reach[p] == nil }
			if !slices.ContainsFunc(m.places, free) && !slices.Contains(known, m.message) {
				found = append(found, m)
			}
		}
	}
	slices.SortFunc(found, func(a, b numbered) int { return cmp.Compare(a.n, b.n) })
	var out []*message
	for _, m := range found {
		out = append(out, m.message)
	}
	return out
}

// stands reports whether the message is valid at t, by itself or by renewals.
func (m *message) stands(t time.Time) bool {
	expires := m.expires
	for !expires.After(t) {
		at, until, ok := m.alert.Renewal(expires)
		if m.clear || !ok || at.After(t) {
			return false
		}
		expires = until
	}
	return true
}

// settled reports whether an advisory has nothing more to say to alarm systems:
// another took its place, or its end was sent.
func settled(s *site.Site, a site.Alert, sent []*message) bool {
	for _, m := range sent {
		if m.alert.Kind == site.AlertEnded || m.alert.Kind == site.AlertWithdrawn {
			return true
		}
		for _, p := range m.places { // back in force after another that has ended
			if d := s.Book.At(p, a.At.Add(-time.Nanosecond)).Decision; d != nil && d.ID == a.Record.ID {
				return false
			}
		}
	}
	return len(sent) > 0 && !slices.ContainsFunc(sent, func(m *message) bool {
		return !slices.ContainsFunc(m.by, func(o *message) bool { return o.alert.Record != m.alert.Record })
	})
}

// name is the last word of the identifier: the level, or what stands for none.
func (m *message) name() string {
	switch {
	case m.clear:
		return "over"
	case m.level == nil:
		return "notice"
	}
	return m.level.ID
}

// renewals sends a message again, for as long as it is not replaced and its
// advisory is looked after. What replaced it refers to the renewals too.
func (m *message) renewals(now time.Time) []*message {
	var out []*message
	last := m
	for n := 2; !m.clear; n++ {
		at, until, ok := m.alert.Renewal(last.expires)
		if !ok || at.After(now) || len(m.by) > 0 && !at.Before(m.by[0].sent) {
			break
		}
		next := &message{
			id: m.id + "-v" + strconv.Itoa(n), alert: m.alert, level: m.level, places: m.places,
			kind: "Update", refs: []*message{last}, sent: at, expires: until, renewed: true,
		}
		out = append(out, next)
		last = next
	}
	if len(out) == 0 {
		return nil
	}
	for _, by := range m.by {
		if last.expires.After(by.sent) {
			by.refs = append(by.refs, last)
		}
		by.refs = slices.DeleteFunc(by.refs, func(o *message) bool { return o == m && !m.expires.After(by.sent) })
	}
	last.by = m.by
	m.by = append(slices.Clone(m.by), out[0])
	for i, o := range out[:len(out)-1] {
		o.by = []*message{out[i+1]}
	}
	return out
}

// suffix names the alert within its record: r1, r2, end, withdrawn.
func suffix(a site.Alert) string {
	if n, ok := strings.CutPrefix(a.Key, "rev/"); ok {
		return "r" + n
	}
	return a.Key
}

// earlier lists the messages that an alert takes the place of: those of its own
// advisory, and when it is issued those of the advisories that it supersedes.
func earlier(a site.Alert, sent map[string][]*message) []*message {
	if a.Kind != site.AlertIssued {
		return sent[a.Record.ID]
	}
	var out []*message
	for _, ref := range a.Record.Source.Advisory.Supersedes {
		out = append(out, sent[ref.ID]...)
	}
	return out
}

// refer lists in refs the predecessors that are not yet expired, of the same
// level where there are such; where all are expired, the last one, so that the
// chain does not break.
func (m *message) refer(before []*message) {
	before = slices.DeleteFunc(slices.Clone(before), func(o *message) bool { return o.clear || o.sent.After(m.sent) })
	if m.alert.Kind == site.AlertRevised {
		same := slices.DeleteFunc(slices.Clone(before), func(o *message) bool { return o.level != m.level })
		if len(same) > 0 {
			before = same
		}
	}
	for _, o := range before {
		if o.stands(m.sent) {
			m.refs = append(m.refs, o)
		}
	}
	if len(m.refs) == 0 && len(before) > 0 {
		m.refs = before[len(before)-1:]
	}
}

// kindAmong gives the type of a message. What is over is cancelled, unless
// another message of the same alert carries the old one on.
func (m *message) kindAmong(parts []*message) string {
	switch {
	case len(m.refs) == 0:
		return "Alert"
	case m.clear && !slices.ContainsFunc(parts, func(o *message) bool { return !o.clear }):
		return "Cancel"
	}
	return "Update"
}

// warnings gives the file of every message and the index of those that stand.
func warnings(s *site.Site, editions []*edition) []File {
	if len(editions) == 0 {
		return nil
	}
	all := messages(s)
	outlines := sync.OnceValue(func() map[*model.Place][]string { return outlinesOf(s.Maps, s.Atlas) })
	for _, e := range editions {
		e.outlines = outlines
	}
	var out []File
	for _, m := range all {
		out = append(out, File{
			Path: m.path(), Modified: output.At(m.sent), Shows: output.NoBody,
			Render: func(b *bytes.Buffer) error {
				b.Write(m.write(b.AvailableBuffer(), s, editions))
				return nil
			},
		})
	}
	return append(out, capIndex(s, editions[0], all))
}

// path is the output file of a message. It ends in .xml because .cap means
// captured network traffic to servers (CAP-17).
func (m *message) path() string { return "cap/" + m.id + ".xml" }
