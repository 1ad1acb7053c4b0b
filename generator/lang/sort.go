package lang

import (
	"bytes"
	"cmp"
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Sort orders items in place as the language does (Unicode collation, with
// numbers by value: 2단계 before 10단계). text gives what is compared; items
// with equal text are ordered by code, and those with equal codes keep their
// order. An unknown language has the order of Unicode.
func Sort[T any](lang string, items []T, text, code func(T) string) {
	type entry struct {
		item T
		key  []byte
		code string
	}
	s := sorters.Get().(sorter)
	defer sorters.Put(s)
	c := s.of(lang)
	entries := make([]entry, len(items))
	for i, item := range items {
		entries[i] = entry{item, c.key(text(item)), code(item)}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.code, b.code))
	})
	for i, e := range entries {
		items[i] = e.item
	}
}

// sorters lend what sorting needs, for one goroutine at a time. Pages sort the
// same names of places again and again, and a key costs more than the rest.
var sorters = sync.Pool{New: func() any { return sorter{} }}

// sorter holds collations by language.
type sorter map[string]*collation

// collation makes and keeps the keys of one language.
type collation struct {
	by   *collate.Collator
	room collate.Buffer
	keys map[string][]byte
}

// maxKeys bounds the keys that a collation keeps.
const maxKeys = 4096

func (s sorter) of(lang string) *collation {
	c := s[lang]
	if c == nil {
		tag, _ := language.Parse(lang) // und where it is unknown
		c = &collation{by: collate.New(tag, collate.Numeric), keys: map[string][]byte{}}
		s[lang] = c
	}
	return c
}

func (c *collation) key(text string) []byte {
	key, ok := c.keys[text]
	if !ok {
		if len(c.keys) == maxKeys {
			clear(c.keys)
		}
		c.room.Reset()
		key = bytes.Clone(c.by.KeyFromString(&c.room, text))
		c.keys[text] = key
	}
	return key
}
