package diff

// maxEdits bounds the number of removed and added items that are told apart;
// time and memory grow with its square. Beyond it two lists are taken to have
// nothing in common but their ends.
const maxEdits = 600

// run is a part of two lists: a0 to a1 of the old became b0 to b1 of the new.
// Where same, both are equal item by item.
type run struct {
	same           bool
	a0, a1, b0, b1 int
}

// size is how many items a run has in both lists together.
func (r run) size() int { return r.a1 - r.a0 + r.b1 - r.b0 }

// join makes one changed run of two that follow each other.
func (r run) join(next run) run { return run{false, r.a0, next.a1, r.b0, next.b1} }

// edits finds the fewest removals and additions that turn a into b (E. W.
// Myers, An O(ND) Difference Algorithm, 1986), as runs in order.
func edits(a, b []string) []run {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	m := matcher{a: a[head : len(a)-tail], b: b[head : len(b)-tail]}
	var out []run
	out = add(out, run{true, 0, head, 0, head})
	for _, r := range m.runs() {
		out = add(out, run{r.same, r.a0 + head, r.a1 + head, r.b0 + head, r.b1 + head})
	}
	return add(out, run{true, len(a) - tail, len(a), len(b) - tail, len(b)})
}

// add appends a run that is not empty, joined with the last where both are
// changes or both the same.
func add(out []run, r run) []run {
	if r.size() == 0 {
		return out
	}
	if n := len(out); n > 0 && out[n-1].same == r.same {
		out[n-1].a1, out[n-1].b1 = r.a1, r.b1
		return out
	}
	return append(out, r)
}

// matcher walks the edit graph of two lists that differ at both ends.
type matcher struct {
	a, b []string
	far  [][]int32 // by number of edits: the furthest x on each diagonal
}

func (m *matcher) runs() []run {
	if len(m.a) == 0 || len(m.b) == 0 || !m.search() {
		return []run{{false, 0, len(m.a), 0, len(m.b)}}
	}
	return m.walk()
}

// search finds the shortest way through the graph and keeps, for every number
// of edits, how far each diagonal was reached. It fails where the way is too
// long.
func (m *matcher) search() bool {
	n, o := len(m.a), len(m.b)
	for d := 0; d <= min(n+o, maxEdits); d++ {
		row := make([]int32, 2*d+1)
		m.far = append(m.far, row)
		for k := -d; k <= d; k += 2 {
			x := m.step(d, k)
			y := x - k
			for x < n && y < o && y >= 0 && m.a[x] == m.b[y] {
				x++
				y++
			}
			row[k+d] = int32(x)
			if x >= n && y >= o {
				return true
			}
		}
	}
	return false
}

// step gives where diagonal k begins with d edits, before equal items are
// followed: after a removal from the diagonal below or an addition from that
// above, whichever reached further.
func (m *matcher) step(d, k int) int {
	switch {
	case d == 0:
		return 0
	case k == -d || k != d && m.at(d-1, k-1) < m.at(d-1, k+1):
		return m.at(d-1, k+1)
	}
	return m.at(d-1, k-1) + 1
}

func (m *matcher) at(d, k int) int { return int(m.far[d][k+d]) }

// walk goes the way back from the end and gives its runs from the beginning.
func (m *matcher) walk() []run {
	var back []run
	x, y := len(m.a), len(m.b)
	for d := len(m.far) - 1; d >= 0; d-- {
		k := x - y
		start := m.step(d, k)
		back = append(back, run{true, start, x, start - k, y})
		x, y = start, start-k
		if d == 0 {
			break
		}
		if k == -d || k != d && m.at(d-1, k-1) < m.at(d-1, k+1) {
			back = append(back, run{false, x, x, y - 1, y})
			y--
		} else {
			back = append(back, run{false, x - 1, x, y, y})
			x--
		}
	}
	var out []run
	for i := len(back) - 1; i >= 0; i-- {
		out = add(out, back[i])
	}
	return out
}
