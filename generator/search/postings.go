package search

import (
	"runtime"
	"slices"
	"strings"
)

// alphabet writes numbers in base 32 with a mark on every digit but the last,
// in letters that JSON and gzip take as they are.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// few is how many bytes a term has from the start; most never need more.
const few = 8

// packer writes the documents of a term, in order: for each the distance to
// the one before, less one, and in the two lowest bits the field.
type packer struct {
	room  [few]byte // where buf begins
	buf   []byte
	last  int32 // the last document written, plus one
	doc   int32 // the one at hand, plus one; 0: none
	field field
}

// add takes in a document; of one that comes again the better field counts.
func (p *packer) add(doc int, f field) {
	if p.doc == int32(doc)+1 {
		p.field = max(p.field, f)
		return
	}
	p.flush()
	p.doc, p.field = int32(doc)+1, f
}

func (p *packer) flush() {
	if p.doc == 0 {
		return
	}
	n := uint32(p.doc-p.last-1)<<2 | uint32(p.field)
	for n >= 32 {
		p.buf = append(p.buf, alphabet[n&31|32])
		n >>= 5
	}
	p.buf = append(p.buf, alphabet[n])
	p.last, p.doc = p.doc, 0
}

func (p *packer) done() []byte {
	p.flush()
	return p.buf
}

// shards writes the terms of all documents into files; only into those that are
// wanted.
func (m *Memory) shards(docs [][][]entry, wanted []bool) [][]byte {
	m.mu.RLock()
	names := m.terms[:len(m.terms):len(m.terms)]
	m.mu.RUnlock()
	lists := make([]packer, len(names))
	shard, shards := make([]uint16, len(names)), len(wanted) // of each term
	skip := make([]bool, len(names))                         // terms of no file that is wanted
	parts := 1                                               // a power of two: each takes the terms whose numbers end alike
	for parts < runtime.GOMAXPROCS(0) {
		parts *= 2
	}
	parallel(parts, func(part int) {
		for id := part; id < len(lists); id += parts {
			lists[id].buf = lists[id].room[:0]
			s := shardOf(names[id], shards)
			shard[id], skip[id] = uint16(s), !wanted[s]
		}
		for i, doc := range docs {
			for _, list := range doc {
				for _, e := range list {
					if id := int(e >> 2); id&(parts-1) == part && !skip[id] {
						lists[id].add(i, field(e&3))
					}
				}
			}
		}
		for id := part; id < len(lists); id += parts {
			lists[id].flush()
		}
	})
	members := make([][]uint32, shards)
	for id, l := range lists {
		if len(l.buf) > 0 {
			members[shard[id]] = append(members[shard[id]], uint32(id))
		}
	}
	out := make([][]byte, shards)
	parallel(shards, func(s int) {
		if !wanted[s] {
			return
		}
		slices.SortFunc(members[s], func(a, b uint32) int { return strings.Compare(names[a], names[b]) })
		data := []byte{'{'}
		for i, id := range members[s] {
			if i > 0 {
				data = append(data, ',')
			}
			data = append(append(data, '"'), names[id]...)
			data = append(append(data, `":"`...), lists[id].buf...)
			data = append(data, '"')
		}
		out[s] = append(data, '}')
	})
	return out
}
