package card

import "math/bits"

// codeSizes gives the lengths, in bits, of the shortest codes for signs that
// occur so often (Huffman); 0 for those that do not occur. At least two must.
func codeSizes(count []int) []uint8 {
	type node struct{ count, parent int }
	var tree []node // the signs that occur, then pairs; children before parents
	var leaves []int
	for sign, n := range count {
		if n > 0 {
			tree, leaves = append(tree, node{count: n}), append(leaves, sign)
		}
	}
	rarest := func(parent int) int { // of the nodes without a parent
		best := -1
		for i, n := range tree {
			if n.parent == 0 && (best < 0 || n.count < tree[best].count) {
				best = i
			}
		}
		tree[best].parent = parent
		return tree[best].count
	}
	for root := 2*len(leaves) - 2; len(tree) <= root; {
		parent := len(tree)
		tree = append(tree, node{count: rarest(parent) + rarest(parent)})
	}
	depth := make([]int, len(tree))
	sizes := make([]uint8, len(count))
	for i := len(tree) - 2; i >= 0; i-- {
		depth[i] = depth[tree[i].parent] + 1
		if i >= len(leaves) {
			continue
		}
		if depth[i] > maxBits { // rare signs among very many: make them less rare
			flat := make([]int, len(count))
			for sign, n := range count {
				flat[sign] = (n + 1) / 2
			}
			return codeSizes(flat)
		}
		sizes[leaves[i]] = uint8(depth[i])
	}
	return sizes
}

// canonical gives the codes that deflate gives to signs by their sizes, with
// the first bit lowest.
func canonical(sizes []uint8) []uint16 {
	codes := make([]uint16, len(sizes))
	next := uint16(0)
	for size := uint8(1); size <= maxBits; size++ {
		for sign, n := range sizes {
			if n == size {
				codes[sign] = bits.Reverse16(next) >> (16 - size)
				next++
			}
		}
		next <<= 1
	}
	return codes
}
