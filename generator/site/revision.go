package site

import (
	"fmt"
	"time"

	"bongsu/generator/model"
)

// take files the kept text of a revision under its record.
func (r *Record) take(old model.Revision) {
	if old.Doc == nil {
		return
	}
	if r.earlier == nil {
		r.earlier = map[string]map[int]*model.Doc{}
	}
	if r.earlier[old.Lang] == nil {
		r.earlier[old.Lang] = map[int]*model.Doc{}
	}
	r.earlier[old.Lang][old.N] = old.Doc
}

// Coming reports whether a change of the record lies after Now, so that its
// files may hold a text that does not stand yet.
func (r *Record) Coming() bool { return len(r.Source.Changes) > len(r.Changes) }

// TextAt gives the text of public revision n, from 1, in a language: the kept
// one, or for the newest the one that stands. Where the language has none it is
// that of the source or else of another language, marked as a fallback; ok is
// false where none was kept. Before a change to come, a file stands for the
// newest revision only where no text is kept, or where it is a translation of
// no later one.
func (r *Record) TextAt(lang string, n int) (t Text, ok bool) {
	kept := r.earlier[r.Source.Lang][n] != nil
	for _, l := range append([]string{lang, r.Source.Lang}, sorted(r.Docs)...) {
		d := r.earlier[l][n]
		if d == nil && n == r.Revision() && (!r.Coming() || !kept || r.Docs[l] != nil && translated(r.Docs[l]) <= n) {
			d = r.Docs[l]
		}
		if d == nil || d.Broken {
			continue
		}
		return Text{Doc: d, Fallback: l != lang, Outdated: l != r.Source.Lang && translated(d) < n}, true
	}
	return Text{}, false
}

// RevisedAt gives the time from which public revision n, from 1, stood.
func (r *Record) RevisedAt(n int) time.Time {
	if n == 1 {
		return r.Issued
	}
	return r.Changes[n-2].At.Time
}

// Kept reports whether the text of public revision n is kept, in any language,
// and is no longer the one that stands.
func (r *Record) Kept(n int) bool {
	_, ok := r.TextAt(r.Source.Lang, n)
	return ok && n < r.Revision()
}

// The pages of a record's history stand beside its own page. A slug holds no
// two hyphens in a row, so that no other page can have their addresses.

// HistoryPath gives the path of the page that lists the revisions of a record
// that has changed.
func HistoryPath(r *Record) string { return historyBase(r) + "--history" }

// RevisionPath gives the path of the kept text of revision n, from 1.
func RevisionPath(r *Record, n int) string { return fmt.Sprintf("%s--r%d", historyBase(r), n) }

func historyBase(r *Record) string {
	if r.Kind.ID == "pages" {
		return r.Slug
	}
	return r.Kind.ID + "/" + r.Slug
}
