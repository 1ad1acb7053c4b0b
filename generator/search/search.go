// Package search makes the index that the search page reads: small static
// files, so that a search needs no server and no query leaves the device.
//
// In: a site.Site, the words and formats of its languages. Out: files below
// LANG/search/, each rendered when it is asked for. It must not know templates
// or pages, read the clock or the disk, nor show an indicator of a scam other
// than as words.
//
// The files of a language are
//
//	index.json  how many documents there are, how they are cut up, which are over
//	t/NN.json   terms and the documents that have them; the term decides NN
//	d/NN.json   what a result shows of some documents
//
// Hangul is indexed by pairs of syllables, also across spaces, so that a word
// is found whatever is attached to it and however it is spaced; other scripts
// and digits by words, found by their beginning. templates/assets/search.js
// reads the files and must cut words as words.go does.
package search

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"bongsu/generator/lang"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// File is one output file of the index.
type File = output.File

// Files lists the index of every language of the site that has words and a
// format. m may be kept from build to build, so that only texts that changed
// are cut into terms again.
func Files(s *site.Site, words map[string]*lang.Catalog, formats map[string]lang.Formatter, m *Memory) []File {
	var out []File
	at := sync.OnceValue(func() time.Time { return newest(s) })
	for _, tag := range s.Langs() {
		cat := words[tag]
		if cat == nil {
			continue
		}
		e := &edition{site: s, lang: tag, words: cat, format: formats[tag], memory: m}
		out = append(out, e.files(at)...)
	}
	return out
}

// files lists the files of a language.
func (e *edition) files(at func() time.Time) []File {
	docs := e.documents()
	p := planFor(len(docs))
	told := make([]atomic.Pointer[string], p.shards+p.chunks)
	made := sync.OnceValue(func() *index { return e.index(docs, p, func(i int) *string { return told[i].Load() }) })
	whole := sync.OnceValue(func() *index { return e.index(docs, p, func(int) *string { return nil }) })
	edits := e.edits(p.shards)
	out := make([]File, 0, len(told)+1)
	out = append(out, File{
		Path: e.lang + "/search/index.json", Modified: at,
		Shows: func(record, lang string) bool { return edits(record, lang).any() },
		Render: func(b *bytes.Buffer) error {
			b.Write(made().manifest)
			return nil
		},
	})
	for i := range told {
		f := File{Path: e.lang + "/search/" + p.name(i), Modified: at, Told: func(sum string) { told[i].Store(&sum) }}
		f.Shows = output.NoBody
		if i < p.shards {
			f.Shows = func(record, lang string) bool { return edits(record, lang).in(i) }
		}
		f.Render = func(b *bytes.Buffer) error {
			data := made().pieces[i]
			if data == nil { // it was held, and is asked for all the same
				data = whole().pieces[i]
			}
			b.Write(data)
			return nil
		}
		out = append(out, f)
	}
	return out
}

// plan says into how many files an index is cut.
type plan struct {
	shards int // of terms, a power of two
	chunk  int // documents in a file
	chunks int
}

// name names a piece: first come those of the terms, then those of the documents.
func (p plan) name(i int) string {
	if i < p.shards {
		return fmt.Sprintf("t/%d.json", i)
	}
	return fmt.Sprintf("d/%d.json", i-p.shards)
}

// Bounds of a plan: an index of any size has no more files than these.
const (
	minShards, maxShards = 16, 256
	minChunk, maxChunks  = 16, 256
)

// planFor cuts an index so that a query moves a few kilobytes for each pair of
// syllables, and the number of files stays bounded.
func planFor(documents int) plan {
	p := plan{shards: minShards, chunk: minChunk}
	for p.shards < maxShards && p.shards*16 < documents {
		p.shards *= 2
	}
	for p.chunk*maxChunks < documents {
		p.chunk *= 2
	}
	p.chunks = max((documents+p.chunk-1)/p.chunk, 1)
	return p
}

// newest gives the newest time, up to now, at which anything changed.
func newest(s *site.Site) time.Time {
	out := s.Start()
	note := func(t time.Time) {
		if t.After(out) && !t.After(s.Now) {
			out = t
		}
	}
	for _, list := range [][]*site.Record{s.Advisories, s.Scams, s.Pages} {
		for _, r := range list {
			note(s.Turned(r))
		}
	}
	for _, c := range s.Changes() {
		note(c.At)
	}
	return out
}
