// Package style looks at the prose of records as an editor would: whether a
// date in the text fits the fields and its weekday, whether a time says its
// zone, whether both languages name the same dates, numbers and levels, whether
// Korean particles fit what stands before them, and what could be said more
// simply or be a link. It says little and only what it is sure of: a false
// alarm teaches editors to look away.
//
// In: a joined site. Out: warnings and notes. It must not change anything, and
// nothing that it finds stops publication.
package style

import (
	"runtime"
	"slices"
	"sync"

	"bongsu/generator/diag"
	"bongsu/generator/site"
)

// Check looks at every text of every record, on every processor.
func Check(s *site.Site) diag.List {
	records := s.All()
	names := namesOf(s)
	found := make([]diag.List, len(records))
	next := make(chan int)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range next {
				found[i] = record(s, names, records[i])
			}
		})
	}
	for i := range records {
		next <- i
	}
	close(next)
	all.Wait()
	return slices.Concat(found...).Sort()
}

// record looks at the texts of one record.
func record(s *site.Site, names map[string]names, r *site.Record) diag.List {
	var diags diag.List
	read := map[string]*text{}
	for _, lang := range s.Langs() {
		d := r.Docs[lang]
		if d == nil || d.Broken || tongues[lang] == nil {
			continue
		}
		t := newText(d, tongues[lang])
		read[lang] = t
		diags.Add(t.sentences()...)
		diags.Add(t.times()...)
		diags.Add(t.weekdays()...)
		diags.Add(t.fields(r.Source, s.Config.Zone)...)
		diags.Add(t.particles()...)
		diags.Add(t.places(s, names[lang])...)
	}
	if source := read[r.Source.Lang]; source != nil {
		for _, lang := range s.Langs() {
			if t := read[lang]; t != nil && t != source && t.doc.Translates == r.Source.Revision() {
				diags.Add(compare(source, t)...)
			}
		}
	}
	return diags
}
