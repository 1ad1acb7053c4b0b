package lang

import (
	"bytes"
	"cmp"
	"slices"

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
	tag, _ := language.Parse(lang) // und where it is unknown
	c := collate.New(tag, collate.Numeric)
	var buf collate.Buffer
	entries := make([]entry, len(items))
	for i, item := range items {
		entries[i] = entry{item, c.KeyFromString(&buf, text(item)), code(item)}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.code, b.code))
	})
	for i, e := range entries {
		items[i] = e.item
	}
}
