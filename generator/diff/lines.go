package diff

// Line is a line of two compared texts. A line that was changed has pieces of
// both texts.
type Line struct {
	Kind    Kind // Same also for a line that is there in both, with changes
	Pieces  []Piece
	Changed bool
	Old     int // index in the old list; -1: not there
	New     int // index in the new list; -1: not there
}

// maxPairs bounds the pairs of lines within one change that are compared by
// their words; beyond it lines are removed and added as a whole.
const maxPairs = 900

// alike is the share of common words, of all words of both lines, from which a
// removed and an added line are one line that was changed.
const alike = 0.5

// Lines compares two texts line by line, and lines that were changed word by
// word.
func Lines(before, after []string) []Line {
	var out []Line
	for _, r := range edits(before, after) {
		if r.same {
			for i := r.a0; i < r.a1; i++ {
				j := r.b0 + i - r.a0
				out = append(out, Line{Same, []Piece{{Kind: Same, Text: after[j]}}, false, i, j})
			}
			continue
		}
		out = append(out, changed(before, after, r)...)
	}
	return out
}

// changed lists the lines of a change: those that belong together are paired,
// the others removed or added.
func changed(before, after []string, r run) []Line {
	var out []Line
	whole := func(k Kind, text string, i, j int) {
		out = append(out, Line{k, []Piece{{Kind: k, Text: text}}, true, i, j})
	}
	i, j := r.a0, r.b0
	flush := func(a, b int) {
		for ; i < a; i++ {
			whole(Removed, before[i], i, -1)
		}
		for ; j < b; j++ {
			whole(Added, after[j], -1, j)
		}
	}
	for _, p := range pair(before[r.a0:r.a1], after[r.b0:r.b1]) {
		flush(r.a0+p[0], r.b0+p[1])
		out = append(out, Line{Same, Words(before[i], after[j]), true, i, j})
		i, j = i+1, j+1
	}
	flush(r.a1, r.b1)
	return out
}

// pair finds the pairs of alike lines, in order and without crossing, that
// have most in common together.
func pair(a, b []string) [][2]int {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > maxPairs {
		return nil
	}
	bagsA, bagsB := bags(a), bags(b)
	best := make([][]float64, len(a)+1) // of what follows i and j
	for i := range best {
		best[i] = make([]float64, len(b)+1)
	}
	score := func(i, j int) float64 {
		if s := bagsA[i].common(bagsB[j]); s >= alike {
			return s
		}
		return 0
	}
	scores := make([][]float64, len(a))
	for i := len(a) - 1; i >= 0; i-- {
		scores[i] = make([]float64, len(b))
		for j := len(b) - 1; j >= 0; j-- {
			scores[i][j] = score(i, j)
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := scores[i][j]; s > 0 {
				best[i][j] = max(best[i][j], s+best[i+1][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch s := scores[i][j]; {
		case s > 0 && best[i][j] == s+best[i+1][j+1]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return out
}

// bag counts the words of a line.
type bag struct {
	count map[string]int
	size  int
}

func bags(lines []string) []bag {
	out := make([]bag, len(lines))
	for i, l := range lines {
		words := tokens(l)
		out[i] = bag{make(map[string]int, len(words)), len(words)}
		for _, w := range words {
			out[i].count[w.text]++
		}
	}
	return out
}

// common gives the share of words that two lines have in common.
func (x bag) common(y bag) float64 {
	n := 0
	for w, c := range x.count {
		n += min(c, y.count[w])
	}
	return float64(2*n) / float64(max(x.size+y.size, 1))
}
