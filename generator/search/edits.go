package search

import (
	"maps"
	"sync"

	"bongsu/generator/model"
)

// Was tells the memory that a text differs from an earlier one in its body
// alone, and that the files of the build before show that one: of the terms,
// only those change that stand in one of the two, or in another field. Texts of
// which nothing is told may change all.
func (m *Memory) Was(now, before *model.Doc) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.earlier[now] = before
}

// edit is the files of terms that an edited body changes.
type edit struct {
	all    bool // it is not known which
	shards []bool
}

func (x edit) in(shard int) bool { return x.all || x.shards != nil && x.shards[shard] }

// any reports whether there is one; then the manifest changes too.
func (x edit) any() bool { return x.all || x.shards != nil }

// edits gives the function that tells what an edit of the body of a record in a
// language changes.
func (e *edition) edits(shards int) func(record, lang string) edit {
	type id struct{ record, lang string }
	var mu sync.Mutex
	known := map[id]edit{}
	return func(record, lang string) edit {
		mu.Lock()
		defer mu.Unlock()
		x, ok := known[id{record, lang}]
		if !ok {
			x = e.edit(record, lang, shards)
			known[id{record, lang}] = x
		}
		return x
	}
}

func (e *edition) edit(record, lang string, shards int) edit {
	r := e.site.Record(record)
	if r == nil {
		return edit{all: true}
	}
	now := r.In(e.lang).Doc
	if now.Lang != lang {
		return edit{} // the language has another text; which one is decided by fields
	}
	e.memory.mu.RLock()
	before := e.memory.earlier[now]
	e.memory.mu.RUnlock()
	was, ok := e.memory.known(before)
	if before == nil || !ok {
		return edit{all: true}
	}
	return e.memory.differ(was, e.memory.text(now, newCollector(e.memory)), shards)
}

// differ finds the files of the terms in which two texts differ.
func (m *Memory) differ(a, b []entry, shards int) edit {
	const inA, inB = 1, 2
	odd := make(map[entry]int, len(a)) // what stands in one of them
	for _, x := range a {
		odd[x] |= inA
	}
	for _, x := range b {
		odd[x] |= inB
	}
	maps.DeleteFunc(odd, func(_ entry, in int) bool { return in == inA|inB })
	if len(odd) == 0 {
		return edit{}
	}
	out := edit{shards: make([]bool, shards)}
	m.mu.RLock()
	defer m.mu.RUnlock()
	for x := range odd {
		out.shards[shardOf(m.terms[x>>2], shards)] = true
	}
	return out
}
