package build

import (
	"crypto/sha256"
	"strings"
	"sync"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/markup"
	"bongsu/generator/model"
	"bongsu/generator/source"
	"bongsu/generator/stash"
)

// digest sums up a part of a file.
type digest [16]byte

// stamp is what is known of a file from its folder.
type stamp struct {
	size, time int64 // bytes; nanoseconds since 1970
	settled    bool  // it was old enough when it was read that a change must show in its time
}

// settling is how old a file must be for that: a file that is written twice
// within the grain of the clock of a file system seems unchanged.
const settling = 2 * time.Second

func stampOf(e source.Entry, clock time.Time) stamp {
	at := e.Info.ModTime()
	return stamp{e.Info.Size(), at.UnixNano(), clock.Sub(at) >= settling}
}

// same reports whether a file is surely the one that s was of.
func (s stamp) same(now stamp) bool { return s.settled && s.size == now.size && s.time == now.time }

// memo is what an earlier run left of a file of a record. data is what it
// became; empty where there were findings, which are to be found again.
type memo struct {
	stamp
	sum   [sha256.Size]byte
	front digest
	data  string
}

// kept is what a file of a record became, as it is kept.
type kept struct {
	Doc *model.Doc
	Old *model.Revision
}

// newCodec makes the codec of what is kept. Times are in the zone of the site,
// as they were read; the words of bodies stand on the shelf.
func newCodec(zone *time.Location, s *shelf) (*stash.Codec[kept], error) {
	return stash.NewCodec[kept](
		stash.HookFor(
			func(w *stash.Writer, k **model.Kind) {
				if *k == nil {
					w.String("")
					return
				}
				w.String((*k).ID)
			},
			func(r *stash.Reader, k **model.Kind) { *k = model.KindOf(r.String()) }),
		stash.HookFor(
			func(w *stash.Writer, t *time.Time) {
				w.Bool(!t.IsZero())
				if !t.IsZero() {
					w.Unfit = w.Unfit || t.Location() != zone
					w.Int(t.Unix())
					w.Int(int64(t.Nanosecond()))
				}
			},
			func(r *stash.Reader, t *time.Time) {
				if r.Bool() {
					*t = time.Unix(r.Int(), r.Int()).In(zone)
				}
			}),
		stash.HookFor(writePosition, readPosition),
		stash.HookFor(writeKeys, readKeys),
		stash.HookFor(s.write, s.read),
	)
}

// writeKeys and readKeys are for the keys of front matter with their places: a
// map that every file has several of.
func writeKeys(w *stash.Writer, keys *map[string]diag.Position) {
	if *keys == nil {
		w.Len(0)
		return
	}
	w.Len(len(*keys) + 1)
	for key, at := range *keys {
		w.String(key)
		writePosition(w, &at)
	}
}

func readKeys(r *stash.Reader, keys *map[string]diag.Position) {
	n := r.Len()
	if n == 0 {
		return
	}
	*keys = make(map[string]diag.Position, n-1)
	for range n - 1 {
		key := r.String()
		var at diag.Position
		readPosition(r, &at)
		(*keys)[key] = at
	}
}

// fronts holds room for frontOf.
var fronts = sync.Pool{New: func() any { return new(stash.Writer) }}

// frontOf sums up all that other pages may show of a file: its fields, and of
// its body the headings, links and ids.
func frontOf(f source.File, body markup.Document) digest {
	w := fronts.Get().(*stash.Writer)
	defer fronts.Put(w)
	w.Bytes = w.Bytes[:0]
	w.String(strings.TrimSuffix(f.Text, f.Body))
	for _, h := range body.Headings {
		w.Len(h.Level)
		w.String(h.ID)
		w.String(h.Text)
	}
	for _, l := range body.Links {
		w.String(l.Dest)
		w.String(l.Text)
		w.Bool(l.Internal)
		w.Bool(l.Image)
	}
	for rest := body.HTML; ; {
		before, after, found := strings.Cut(rest, `="`) // of which there are few, unlike of spaces
		if !found {
			break
		}
		if strings.HasSuffix(before, " id") {
			id, _, _ := strings.Cut(after, `"`)
			w.String(id)
		}
		rest = after
	}
	full := sha256.Sum256(w.Bytes)
	return digest(full[:])
}
