// Package diff compares two texts word by word, for people.
//
// In: two texts, or two lists of lines. Out: pieces that are the same, removed
// or added, in reading order. Its cost is bounded: where two texts have too
// little in common, the whole of one is removed and the whole of the other
// added. It must not know what the texts are, nor write HTML.
package diff

import "strings"

// Kind says what became of a piece of text.
type Kind int

// The kinds.
const (
	Same Kind = iota
	Removed
	Added
)

// Piece is a run of words of one kind. Text keeps the spaces between its words,
// but not those at its ends; Space says that one follows.
type Piece struct {
	Kind  Kind
	Text  string
	Space bool
}

// Words compares two texts of one line. The pieces of Same and Added joined are
// the new text, those of Same and Removed the old one, but for spaces.
func Words(before, after string) []Piece {
	a, b := tokens(before), tokens(after)
	return pieces(calm(edits(texts(a), texts(b))), a, b)
}

// pieces joins the words of each run.
func pieces(runs []run, a, b []token) []Piece {
	var out []Piece
	add := func(k Kind, words []token) {
		if len(words) == 0 {
			return
		}
		var t strings.Builder
		for i, w := range words {
			t.WriteString(w.text)
			if w.space && i < len(words)-1 {
				t.WriteByte(' ')
			}
		}
		out = append(out, Piece{k, t.String(), words[len(words)-1].space})
	}
	for _, r := range runs {
		if r.same {
			add(Same, b[r.b0:r.b1])
			continue
		}
		add(Removed, a[r.a0:r.a1])
		add(Added, b[r.b0:r.b1])
	}
	return out
}

// calm joins changes with only a mark or a short word between them, because
// single words left standing in a rewritten sentence are hard to read.
func calm(runs []run) []run {
	var out []run
	for i, r := range runs {
		last := len(out) - 1
		between := r.same && last >= 0 && i+1 < len(runs)
		switch {
		case between && r.b1-r.b0 <= 2 && out[last].size() >= 3*(r.b1-r.b0) && runs[i+1].size() >= 3*(r.b1-r.b0):
			r.same = false
			out[last] = out[last].join(r)
		case last >= 0 && !r.same && !out[last].same:
			out[last] = out[last].join(r)
		default:
			out = append(out, r)
		}
	}
	return out
}
