package search

import (
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"slices"
	"strings"
	"sync"

	"bongsu/generator/model"
	"bongsu/generator/site"
)

// index is the finished files of a language.
type index struct {
	manifest []byte
	pieces   [][]byte // by number, see plan.name; nil where the sum was told
}

// index makes the index of a language, on every processor, but the pieces of
// which the sum is known: they stand in the output folder.
func (e *edition) index(docs []document, p plan, told func(piece int) *string) *index {
	x := &index{pieces: make([][]byte, p.shards+p.chunks)}
	sums := make([]string, len(x.pieces))
	wanted := make([]bool, len(x.pieces))
	for i := range wanted {
		if sum := told(i); sum != nil {
			sums[i] = *sum
		} else {
			wanted[i] = true
		}
	}
	if terms := wanted[:p.shards]; slices.Contains(terms, true) {
		copy(x.pieces, e.memory.shards(e.entries(docs), terms))
	}
	parallel(len(x.pieces), func(i int) {
		if !wanted[i] {
			return
		}
		if c := i - p.shards; c >= 0 {
			part := docs[min(c*p.chunk, len(docs)):min((c+1)*p.chunk, len(docs))]
			results := make([]result, len(part))
			for j, d := range part {
				results[j] = e.result(d)
			}
			x.pieces[i] = marshal(results)
		}
		sum := sha256.Sum256(x.pieces[i])
		sums[i] = hex.EncodeToString(sum[:])
	})
	version := sha256.Sum256([]byte(strings.Join(sums, " ")))
	m := manifest{Version: hex.EncodeToString(version[:5]), Docs: len(docs), Shards: p.shards, Chunk: p.chunk}
	var over []post
	for i, d := range docs {
		if d.place != nil {
			m.Places++
		}
		if d.record != nil && !d.record.Active() && d.record.Status != site.StatusScheduled {
			over = append(over, postOf(i, 0))
		}
	}
	m.Over = string(pack(nil, over))
	x.manifest = marshal(m)
	e.memory.prune(e.site)
	return x
}

// entries gives the terms of each document, in lists that documents share; a
// term may stand twice.
func (e *edition) entries(docs []document) [][][]entry {
	facts := e.facts()
	out := make([][][]entry, len(docs))
	parallelWith(len(docs), func() *collector { return newCollector(e.memory) }, func(i int, c *collector) {
		d := docs[i]
		switch {
		case d.place != nil:
			out[i] = [][]entry{facts.places[d.place].own}
			if r := e.site.Prose(d.place); r != nil && d.place.Area == nil {
				out[i] = append(out[i], e.memory.text(r.In(e.lang).Doc, c))
			}
		case d.record != nil:
			out[i] = e.recordEntries(d.record, facts, c)
		default:
			c.add(e.words.T("nav."+site.Sections[d.section].Page), inTitle)
			out[i] = [][]entry{c.take()}
		}
	})
	return out
}

// facts are the terms of what records refer to.
type facts struct {
	places map[*model.Place]placeTerms
	levels map[*model.Level][]entry
	kinds  map[string][]entry
}

// placeTerms are the names of a place as its own, and as a fact of a record.
type placeTerms struct{ own, named []entry }

func (e *edition) facts() facts {
	c := newCollector(e.memory)
	f := facts{map[*model.Place]placeTerms{}, map[*model.Level][]entry{}, map[string][]entry{}}
	for i := range e.site.Scheme.Levels {
		l := &e.site.Scheme.Levels[i]
		c.add(e.levelText(l), inFacts)
		f.levels[l] = c.take()
	}
	for _, key := range []string{"kind.advisory", "kind.notice", "kind.scam"} {
		c.add(e.words.T(key), inFacts)
		f.kinds[e.words.T(key)] = c.take()
	}
	for _, country := range e.site.Atlas.Countries {
		country.Walk(func(p *model.Place) {
			names := append(placeNames(p), p.Aliases...)
			var t placeTerms
			c.add(strings.Join(names, "\n"), inFacts)
			t.named = c.take()
			c.add(strings.Join(names, "\n"), inTitle)
			if p.Province != nil && p.Area == nil {
				c.add(p.Province.Capital.Get(e.lang), inSummary)
			}
			if p.Parent != nil {
				c.add(p.Parent.Name.Get(e.lang), inFacts)
			}
			for _, l := range e.levelsOf(p) {
				c.add(e.levelText(l), inFacts)
			}
			t.own = c.take()
			f.places[p] = t
		})
	}
	return f
}

// placeNames gives the names of a place in every language.
func placeNames(p *model.Place) []string {
	var out []string
	for _, tag := range sortedTags(p.Name) {
		out = append(out, p.Name[tag])
	}
	return out
}

// levelText names a level as people search for it: "3단계 출국권고".
func (e *edition) levelText(l *model.Level) string {
	digit := l.Digit.Get(e.lang)
	if strings.Trim(digit, "0123456789") == "" {
		return e.words.T("level.full", "digit", digit, "name", l.Name.Get(e.lang))
	}
	return l.Name.Get(e.lang)
}

// recordEntries gives the terms of a record: of its text, and of what its
// fields say.
func (e *edition) recordEntries(r *site.Record, f facts, c *collector) [][]entry {
	lists := [][]entry{e.memory.text(r.In(e.lang).Doc, c), f.kinds[e.kind(r)]}
	for _, p := range r.Places {
		lists = append(lists, f.places[p].named)
		if p.Area != nil {
			lists = append(lists, f.places[p.Parent].named)
		}
	}
	for _, m := range e.site.Levels(r) {
		lists = append(lists, f.levels[m.Level])
	}
	e.fields(r, c)
	return append(lists, c.take())
}

// fields takes in what stands in fields of a record and is shown on its page.
func (e *edition) fields(r *site.Record, c *collector) {
	for _, ref := range r.Source.Advisory.Categories {
		if k := e.site.Category(ref.ID); k != nil {
			c.add(k.Name.Get(e.lang), inFacts)
		}
	}
	if r.ID == "pages/help" {
		for _, k := range e.site.Contacts {
			c.add(k.Name.Get(e.lang)+"\n"+k.Number, inFacts)
		}
	}
	if r.Kind.ID != "scams" {
		return
	}
	s := r.Source.Scam
	for _, t := range slices.Concat(s.Offer.Roles, s.Offer.Benefits, []model.Text{s.Offer.Pay, s.Offer.ClaimedPlace}) {
		c.add(t.Get(e.lang), inFacts)
	}
	for _, ref := range s.RedFlags {
		if k := e.site.RedFlag(ref.ID); k != nil {
			c.add(k.Text.Get(e.lang), inFacts)
		}
	}
	for _, id := range s.Channels {
		if key := "channel." + id; e.words.Has(key) {
			c.add(e.words.T(key), inFacts)
		}
	}
	for _, i := range s.Indicators { // words alone: nothing of them makes a link
		c.add(site.Defang(i), inFacts)
	}
}

// parallel calls f for 0 to n-1 on every processor.
func parallel(n int, f func(i int)) {
	parallelWith(n, func() struct{} { return struct{}{} }, func(i int, _ struct{}) { f(i) })
}

// parallelWith is parallel with something for each goroutine to work with.
func parallelWith[T any](n int, tool func() T, f func(i int, tool T)) {
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), n)
	for w := range workers {
		wait.Go(func() {
			t := tool()
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				f(i, t)
			}
		})
	}
	wait.Wait()
}
