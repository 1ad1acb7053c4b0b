package diff

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// show writes pieces as [-removed-] and {+added+}.
func show(list []Piece) string {
	var b strings.Builder
	for _, p := range list {
		switch p.Kind {
		case Removed:
			b.WriteString("[-" + p.Text + "-]")
		case Added:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
		if p.Space {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"equal", "가지 마십시오.", "가지 마십시오.", "가지 마십시오."},
		{"all new", "", "새 글", "{+새 글+}"},
		{"all gone", "옛 글", "", "[-옛 글-]"},
		{"a word with its particle", "포이펫시에는 가지 마십시오.", "바벳시에는 가지 마십시오.", "[-포이펫시에는-] {+바벳시에는+} 가지 마십시오."},
		{"a number with its counter", "3단계로 올립니다.", "4단계로 올립니다.", "[-3단계로-] {+4단계로+} 올립니다."},
		{"the full stop is not part of the word", "떠나십시오", "떠나십시오.", "떠나십시오{+.+}"},
		{"a mark only", "위험, 대피", "위험. 대피", "위험[-,-] {+.+} 대피"},
		{"a telephone number is one word", "call +82-2-3210-0404 now", "call +82-2-3210-0405 now", "call +[-82-2-3210-0404-] {+82-2-3210-0405+} now"},
		{"a time is one word", "at 00:00, KST", "at 09:30, KST", "at [-00:00-]{+09:30+}, KST"},
		{"an insertion within a sentence", "The penalty is up to 1 year.", "The penalty is up to 1 year in prison.", "The penalty is up to 1 year {+in prison+}."},
		{"letters of scripts without spaces", "旅行警告", "旅游警告", "旅[-行-]{+游+}警告"},
		{"Khmer letters keep their marks", "កាំ", "កិ", "[-កាំ-]{+កិ+}"},
		{"spaces do not count", "가  나", "가 나", "가 나"},
		{"a short word between changes is not left standing", "aa bb cc of dd ee ff", "gg hh ii of jj kk ll", "[-aa bb cc of dd ee ff-]{+gg hh ii of jj kk ll+}"},
		{"a short word between small changes is", "aa of bb", "cc of dd", "[-aa-] {+cc+} of [-bb-]{+dd+}"},
	} {
		if got := show(Words(c.before, c.after)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	before := []string{"해야 할 일", "여행을 취소하십시오.", "곧바로 나오십시오.", "연락할 곳", "영사콜센터에 전화하십시오."}
	after := []string{"해야 할 일", "여행을 미루거나 취소하십시오.", "경유는 따로 안내합니다.", "연락할 곳", "영사콜센터에 전화하십시오."}
	var got []string
	for _, l := range Lines(before, after) {
		got = append(got, fmt.Sprintf("%d %v %d/%d %s", l.Kind, l.Changed, l.Old, l.New, show(l.Pieces)))
	}
	want := []string{
		"0 false 0/0 해야 할 일",
		"0 true 1/1 여행을 {+미루거나+} 취소하십시오.",
		"1 true 2/-1 [-곧바로 나오십시오.-]",
		"2 true -1/2 {+경유는 따로 안내합니다.+}",
		"0 false 3/3 연락할 곳",
		"0 false 4/4 영사콜센터에 전화하십시오.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestProperties holds on random texts that both texts can be read back from
// the pieces, and that the lists of lines are told completely and in order.
func TestProperties(t *testing.T) {
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 3))
		words := strings.Fields("가 나 다 라. 3단계 (마) 바, a b c 旅 行 00:00")
		text := func() string {
			var b strings.Builder
			for range rng.IntN(14) {
				b.WriteString(words[rng.IntN(len(words))])
				if rng.IntN(4) > 0 {
					b.WriteByte(' ')
				}
			}
			return b.String()
		}
		before, after := text(), text()
		checkPieces(t, before, after, Words(before, after))
		var a, b []string
		for range rng.IntN(9) {
			a = append(a, text())
		}
		for _, l := range a {
			switch rng.IntN(4) {
			case 0:
			case 1:
				b = append(b, text())
			default:
				b = append(b, l)
			}
		}
		checkLines(t, a, b)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// bare is a text without spaces.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

func checkPieces(t *testing.T, before, after string, list []Piece) {
	t.Helper()
	var a, b strings.Builder
	for i, p := range list {
		if p.Text == "" || strings.TrimSpace(p.Text) != p.Text {
			t.Errorf("piece %q", p.Text)
		}
		if i > 0 && p.Kind == list[i-1].Kind {
			t.Errorf("two pieces of kind %d follow each other", p.Kind)
		}
		if p.Kind != Added {
			a.WriteString(p.Text)
		}
		if p.Kind != Removed {
			b.WriteString(p.Text)
		}
	}
	if bare(a.String()) != bare(before) || bare(b.String()) != bare(after) {
		t.Errorf("%q -> %q: %s", before, after, show(list))
	}
}

func checkLines(t *testing.T, a, b []string) {
	t.Helper()
	i, j := 0, 0
	for _, l := range Lines(a, b) {
		if l.Old >= 0 {
			if l.Old != i {
				t.Errorf("old line %d at %d", l.Old, i)
			}
			i++
		}
		if l.New >= 0 {
			if l.New != j {
				t.Errorf("new line %d at %d", l.New, j)
			}
			j++
		}
		if !l.Changed && a[l.Old] != b[l.New] {
			t.Errorf("%q and %q are not the same", a[l.Old], b[l.New])
		}
		if l.Changed && l.Old >= 0 && l.New >= 0 {
			checkPieces(t, a[l.Old], b[l.New], l.Pieces)
		}
	}
	if i != len(a) || j != len(b) {
		t.Errorf("told %d of %d old and %d of %d new lines", i, len(a), j, len(b))
	}
}

// TestFewest compares the number of edits with that of the longest common
// subsequence, found by a table.
func TestFewest(t *testing.T) {
	for seed := range uint64(2000) {
		rng := rand.New(rand.NewPCG(seed, 4))
		list := func() []string {
			out := make([]string, rng.IntN(12))
			for i := range out {
				out[i] = string(rune('a' + rng.IntN(4)))
			}
			return out
		}
		a, b := list(), list()
		table := make([][]int, len(a)+1)
		for i := range table {
			table[i] = make([]int, len(b)+1)
		}
		for i := range a {
			for j := range b {
				table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
				if a[i] == b[j] {
					table[i+1][j+1] = table[i][j] + 1
				}
			}
		}
		n := 0
		for _, r := range edits(a, b) {
			if !r.same {
				n += r.size()
			}
		}
		if want := len(a) + len(b) - 2*table[len(a)][len(b)]; n != want {
			t.Fatalf("seed %d: %d edits from %v to %v, want %d", seed, n, a, b, want)
		}
	}
}

// TestBounded holds that texts with nothing in common, as long as a file may
// be, are compared in bounded time, and that all of both is told.
func TestBounded(t *testing.T) {
	long := func(word string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s%d ", word, i)
		}
		return b.String()
	}
	start := time.Now()
	before, after := long("가", 60_000), long("나", 60_000)
	checkPieces(t, before, after, Words(before, after))
	checkLines(t, strings.Fields(before), strings.Fields(after))
	var a, b []string
	for i := range 30 {
		a, b = append(a, long(fmt.Sprint("가", i, "x"), 2000)), append(b, long(fmt.Sprint("가", i, "y"), 2000))
	}
	checkLines(t, a, b)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("3단계로 올립니다.", "4단계로 올립니다")
	f.Add("\xff a", "a\u3000b")
	f.Fuzz(func(t *testing.T, before, after string) {
		checkPieces(t, before, after, Words(before, after))
	})
}
