package render

import "sort"

// sortBy orders items in place, keeping the order of equals.
func sortBy[T any](items []T, less func(a, b T) bool) {
	sort.SliceStable(items, func(i, j int) bool { return less(items[i], items[j]) })
}
