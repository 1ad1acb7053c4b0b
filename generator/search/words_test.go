package search

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// terms lists what is indexed of a text, sorted.
func terms(text string) []string {
	m := NewMemory()
	c := newCollector(m)
	c.add(text, inBody)
	return taken(m, c)
}

// taken lists the terms of the document at hand, sorted.
func taken(m *Memory, c *collector) []string {
	var out []string
	for _, e := range c.take() {
		out = append(out, m.terms[e>>2])
	}
	slices.Sort(out)
	return out
}

func TestTerms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"시하누크빌에서", "누크 빌에 시하 에서 크빌 하누"},
		{"한국 대사관", "국대 대사 사관 한국"},
		{"한국, 대사관", "대사 사관 한국"},
		{"한국\n대사관", "대사 사관 한국"},
		{"껩", "껩"},
		{"껩에서", "껩 껩에 에서"},
		{"Kampot 주", "kampot 주"},
		{"KRATIÉ Pursat’s", "kratie pursat s"},
		{"3단계 50km 112", "112 3 50 km 단계"},
		{"កំពត ភ្នំពេញ", "កំពត ភ្នំពេញ"},
		{norm.NFD.String("캄폿"), "캄폿"},
		{"ㅋㅋ 보코ㅅ", "보코"},
		{"hxxps://bad[.]example", "bad example hxxps"},
		{strings.Repeat("a", 30), strings.Repeat("a", maxWord)},
	} {
		if got := strings.Join(terms(c.text), " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestCollector compares the fields of grams and words with those of a map, past
// several growths and documents.
func TestCollector(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	m := NewMemory()
	c := newCollector(m)
	c.grams, c.short = newTable[uint32](4), newTable[uint64](4)
	letters := []string{"a", "B", "cd", "EF", "é"}
	for round := range 3 {
		want := map[string]field{}
		for range 5000 {
			g, f := pair('가'+rune(rng.IntN(60)), '가'+rune(rng.IntN(60))), field(rng.IntN(4))
			c.gram(g, f)
			want[g.String()] = max(want[g.String()], f)
			word := letters[rng.IntN(4)] + letters[rng.IntN(5)] + strings.Repeat(letters[rng.IntN(4)], rng.IntN(8))
			c.letters(word, f)
			word = strings.ToLower(word)
			want[word] = max(want[word], f)
		}
		list := c.take()
		if len(list) != len(want) {
			t.Fatalf("round %d: %d terms, want %d", round, len(list), len(want))
		}
		for _, e := range list {
			if name := m.terms[e>>2]; field(e&3) != want[name] {
				t.Fatalf("round %d: %v has field %d, want %d", round, name, e&3, want[name])
			}
		}
	}
}

func TestStrip(t *testing.T) {
	for word, want := range map[string]string{
		"시아누크빌에서": "시아누크빌", "시아누크빌으로": "시아누크빌", "캄보디아에서는": "캄보디아", "대사관에게": "대사관", "공항까지": "공항", "공항부터": "공항",
		"여권은": "여권", "회사는": "회사", "여권이": "여권", "회사가": "회사", "여권을": "여권", "회사를": "회사", "캄폿의": "캄폿", "캄폿에": "캄폿",
		"캄폿로": "캄폿", "캄폿와": "캄폿", "여권과": "여권", "여권도": "여권", "여권만": "여권", "껩에서": "껩", "에서": "에서", "은": "은", "바벳": "바벳",
	} {
		if got, _ := strip(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestParticlesLongestFirst(t *testing.T) {
	for i := 1; i < len(particles); i++ {
		if utf8.RuneCountInString(particles[i]) > utf8.RuneCountInString(particles[i-1]) {
			t.Errorf("%q stands after the shorter %q", particles[i], particles[i-1])
		}
	}
	if len(particles[0]) != longestParticle {
		t.Errorf("the longest has %d bytes", len(particles[0]))
	}
	if len(slices.Compact(slices.Sorted(slices.Values(particles)))) != len(particles) {
		t.Error("a particle stands twice")
	}
}

// samples are texts of many kinds, for the comparison with the script.
var samples = []string{
	"시아누크빌에서는 여권을 맡기지 마십시오.", "한국 대사관, 프놈펜\n+855-23-211-900", "껩으로 가는 길", "KRATIÉ Œuvre İstanbul ΟΔΟΣ Straße ẞ",
	"កំពត ខេត្តកំពង់ចាម\u200bភ្នំពេញ", norm.NFD.String("캄폿 Takéo"), "3단계(출국권고) 50km ½ ² Ⅳ", "ㅋㅋㅎ 보코ㅅ", "中国 日本語 カタカナ", "a\u0301b e\u0308",
	"@example_job_team hxxps://apply[.]example/kh", "‘통장 전달’·“고수익”…", "1,500만 원", "emoji 🙂 text", "İI\u0307 ǅ Ⱥ", "٣٤ १२", "abcdefghijklmnopqrstuvwxyzabcdef", "word\u00a0nbsp\u3000wide",
}

// node runs an expression in the search script and gives its value.
func node(t *testing.T, expression string, input, output any) {
	t.Helper()
	bin, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: run generator/test/setup.sh")
	}
	script, err := filepath.Abs("../../templates/pages/search/search.js")
	if err != nil {
		t.Fatal(err)
	}
	arg, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	program := `const fs = require("fs"), path = require("path");
const {fold, runs, strip, grams, shardOf, unpack, find, hitPattern, pieces, particles} = new Function(fs.readFileSync(process.argv[1], "utf8") + "; return {fold, runs, strip, grams, shardOf, unpack, find, hitPattern, pieces, particles}")();
const input = JSON.parse(fs.readFileSync(0, "utf8"));
(async () => process.stdout.write(JSON.stringify(await (` + expression + `)(input))))();`
	cmd := exec.Command(bin, "-e", program, script)
	cmd.Stdin = strings.NewReader(string(arg))
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, output); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
}

// TestScriptCutsAlike: the page's script folds, cuts, strips and shards as the
// index does.
func TestScriptCutsAlike(t *testing.T) {
	type pieces struct {
		Fold   string
		Runs   []string
		Stems  []string
		Shards []int
	}
	var got []pieces
	node(t, `texts => texts.map(t => ({fold: fold(t), runs: runs(t), stems: runs(t).map(strip), shards: runs(t).flatMap(r => /^[가-힣]/.test(r) ? grams(r) : [r]).map(g => shardOf(g, 64))}))`, samples, &got)
	for i, text := range samples {
		want := pieces{Fold: fold(text), Runs: []string{}, Stems: []string{}, Shards: []int{}}
		eachRun(want.Fold, func(r run) {
			word := r.text
			if r.script != hangul {
				word = cut(word)
			}
			want.Runs = append(want.Runs, word)
			stem := word
			if r.script == hangul {
				stem, _ = strip(word)
			}
			want.Stems = append(want.Stems, stem)
			list := []string{word}
			if letters := []rune(word); r.script == hangul && len(letters) > 1 {
				list = nil
				for j := range letters[1:] {
					list = append(list, string(letters[j:j+2]))
				}
			}
			for _, term := range list {
				want.Shards = append(want.Shards, shardOf(term, 64))
			}
		})
		if got[i].Fold != want.Fold || !slices.Equal(got[i].Runs, want.Runs) || !slices.Equal(got[i].Stems, want.Stems) || !slices.Equal(got[i].Shards, want.Shards) {
			t.Errorf("%q: script %+v, index %+v", text, got[i], want)
		}
	}
	var same []string
	node(t, `() => particles`, nil, &same)
	if !slices.Equal(same, particles) {
		t.Error("the script has other particles")
	}
}

// TestPostings: what pack writes, the script reads back.
func TestPostings(t *testing.T) {
	var posts []post
	want := map[string]int{}
	for i, doc := range []int{0, 1, 2, 9, 9, 40, 1000, 65000, 65001, 2000000} {
		posts = append(posts, postOf(doc, field(i%4)))
	}
	for doc, f := range map[string]int{"0": 0, "1": 1, "2": 2, "9": 3, "40": 1, "1000": 2, "65000": 3, "65001": 0, "2000000": 1} {
		want[doc] = f
	}
	var got map[string]int
	node(t, `text => Object.fromEntries(unpack(text))`, string(pack(nil, posts)), &got)
	for doc, f := range want {
		if have, ok := got[doc]; !ok || have != f {
			t.Errorf("document %s: field %d %t, want %d", doc, have, ok, f)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d documents, want %d: %v", len(got), len(want), got)
	}
}

// TestMarks: hits are marked in the text as it stands, with accents and spaces.
func TestMarks(t *testing.T) {
	type piece [2]any
	for _, c := range []struct{ query, text, want string }{
		{"시하누크빌에서", "시하누크빌의 시하누크빌에서", "[시하누크빌]의 [시하누크빌에서]"},
		{"한국대사관", "주캄보디아 한국 대사관", "주캄보디아 [한국 대사관]"},
		{"kratie", "In Kratié", "In [Kratié]"},
		{"ban", "Travel ban, urban", "Travel [ban], urban"},
		{"껩", "껩주", "[껩]주"},
		{"없음", "아무것도", "아무것도"},
	} {
		var pieces []piece
		node(t, `([q, text]) => pieces(text, hitPattern(runs(q)))`, []string{c.query, c.text}, &pieces)
		var b strings.Builder
		for _, p := range pieces {
			if p[1] == true {
				b.WriteString("[" + p[0].(string) + "]")
			} else {
				b.WriteString(p[0].(string))
			}
		}
		if b.String() != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, b.String(), c.want)
		}
	}
}

// FuzzFold: folding is settled after once, and cutting covers no separator.
func FuzzFold(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	f.Add("프놈펜에서는 프놈펜에서 프놈펜 프놈펜에서는 프 프놈펜주재한국대사관 프놈펜에서é 프놈펜에서· Embassy embassies EMBASSY embassy1 일.")
	f.Add("Kampot 주 껩에서 Sihanoukville의 3단계 ABC가 가나 — 다라 Aកំពត1")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		once := fold(s)
		eachRun(once, func(r run) {
			if r.text == "" || !strings.Contains(once, r.text) {
				t.Errorf("%q: run %q", s, r.text)
			}
			for _, c := range r.text {
				if scriptOf(c) != r.script {
					t.Errorf("%q: %q in a run of another script", s, c)
				}
			}
		})
		m := NewMemory()
		c := newCollector(m)
		met := func(f func()) []entry {
			f()
			return slices.Sorted(slices.Values(c.take()))
		}
		quickly := func() {
			c.add(s, inBody)
			c.add(s+" \n"+s, inTitle) // words that it had before, in a better field
		}
		slowly := func() {
			for _, f := range []field{inBody, inTitle} {
				for line := range strings.Lines(s) {
					c.folded(fold(line), f)
				}
			}
		}
		got, want := met(quickly), met(slowly)
		if again := met(quickly); !slices.Equal(got, want) || !slices.Equal(again, want) {
			t.Errorf("%q: quickly %v, again %v, slowly %v of %q", s, got, again, want, m.terms)
		}
		for _, term := range terms(s) {
			if n := shardOf(term, 64); n < 0 || n > 63 {
				t.Errorf("%q: shard %d", term, n)
			}
			if strings.ContainsAny(term, "\"\\<>&") {
				t.Errorf("term %q needs escaping", term)
			}
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	for _, path := range []string{"data.ko.md", "data.en.md"} {
		data, err := os.ReadFile("../../content/pages/" + path)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(path, func(b *testing.B) {
			c := newCollector(NewMemory())
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c.add(string(data), inBody)
				c.take()
			}
		})
	}
}
