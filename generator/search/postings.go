package search

import (
	"bytes"
	"iter"
	"runtime"
	"slices"
	"strings"
)

// alphabet writes numbers in base 32 with a mark on every digit but the last,
// in letters that JSON and gzip take as they are.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// post is a document that has a term: its number, and in the two lowest bits
// the field.
type post uint32

func postOf(doc int, f field) post { return post(doc)<<2 | post(f) }

// pack writes documents in order: of each the distance to the one before, less
// one, with the field in the two lowest bits. Of one that comes again the better
// field counts.
func pack(buf []byte, posts []post) []byte {
	next := post(0) // the one that would be 0
	for i := 0; i < len(posts); {
		p := posts[i]
		for i++; i < len(posts) && posts[i]>>2 == p>>2; i++ {
			p = max(p, posts[i])
		}
		n := p - next
		next = p>>2<<2 + 4
		for ; n >= 32; n >>= 5 {
			buf = append(buf, alphabet[n&31|32])
		}
		buf = append(buf, alphabet[n])
	}
	return buf
}

// shards writes the terms of all documents into files; only into those that are
// wanted.
func (m *Memory) shards(docs [][][]entry, wanted []bool) [][]byte {
	m.mu.RLock()
	names := m.terms[:len(m.terms):len(m.terms)]
	m.mu.RUnlock()
	shards := len(wanted)
	members, ours := make([][]uint32, shards), make([]bool, len(names)) // the terms of each file that is wanted
	for id, name := range names {
		if s := shardOf(name, shards); wanted[s] {
			members[s], ours[id] = append(members[s], uint32(id)), true
		}
	}
	starts, posts := sorted(docs, ours)
	out := make([][]byte, shards)
	parallelWith(shards, func() *[]byte { return new([]byte) }, func(s int, room *[]byte) {
		if !wanted[s] {
			return
		}
		slices.SortFunc(members[s], func(a, b uint32) int { return strings.Compare(names[a], names[b]) })
		data := append((*room)[:0], '{')
		for _, id := range members[s] {
			list := posts[starts[id]:starts[id+1]]
			if len(list) == 0 {
				continue
			}
			if len(data) > 1 {
				data = append(data, ',')
			}
			data = append(append(append(data, '"'), names[id]...), `":"`...)
			data = append(pack(data, list), '"')
		}
		*room = append(data, '}')
		out[s] = bytes.Clone(*room)
	})
	return out
}

// sorted gives the documents of all terms that are ours, term by term: those of
// a term begin where starts says, in order. It counts first, and then puts each
// where it belongs.
func sorted(docs [][][]entry, ours []bool) (starts []uint32, posts []post) {
	parts := min(runtime.GOMAXPROCS(0), max(1, len(docs))) // each takes a stretch of documents
	next := make([][]uint32, parts)                        // of each term: how many, and then where the next one belongs
	parallel(parts, func(part int) {
		n := make([]uint32, len(ours))
		for _, e := range stretch(docs, part, parts) {
			n[e>>2]++
		}
		next[part] = n
	})
	starts = make([]uint32, len(ours)+1)
	at := uint32(0)
	for id, ok := range ours {
		starts[id] = at
		for _, n := range next {
			if count := n[id]; ok {
				n[id], at = at, at+count
			}
		}
	}
	starts[len(ours)], posts = at, make([]post, at)
	parallel(parts, func(part int) {
		n := next[part]
		for doc, e := range stretch(docs, part, parts) {
			if id := e >> 2; ours[id] {
				posts[n[id]] = postOf(doc, field(e&3))
				n[id]++
			}
		}
	})
	return starts, posts
}

// stretch goes through the entries of one of some equal parts of the documents.
func stretch(docs [][][]entry, part, parts int) iter.Seq2[int, entry] {
	return func(yield func(int, entry) bool) {
		for i := part * len(docs) / parts; i < (part+1)*len(docs)/parts; i++ {
			for _, list := range docs[i] {
				for _, e := range list {
					if !yield(i, e) {
						return
					}
				}
			}
		}
	}
}
