package source

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"reflect"
	"strings"
	"testing"
)

// matters reads the front matter and YAML of the sample and of the bad content.
func matters(tb testing.TB) (sample, bad []string) {
	tb.Helper()
	for _, dir := range []string{"../../content", "../build/testdata", "../cli/testdata"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(os.DirFS(dir), name)
			switch text := string(data); {
			case dir == "../../content" && path.Ext(name) == ".yaml":
				sample = append(sample, text)
			case dir == "../../content" && path.Ext(name) == ".md":
				if matter, _, _, d := split(name, text); d == nil && matter != "" {
					sample = append(sample, matter)
				}
			case path.Ext(name) == ".txtar" || path.Ext(name) == ".txt":
				for part := range strings.SplitSeq(text, "---\n") {
					bad = append(bad, part)
				}
			}
			return err
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	return sample, bad
}

// agree holds that what parseSimple reads is what the library reads.
func agree(t *testing.T, text string) (simple bool) {
	t.Helper()
	got, ok := parseSimple("x", 2, text, new(room))
	if !ok {
		return false
	}
	want, diags := parseAny("x", 2, text)
	if len(diags) > 0 || !reflect.DeepEqual(got, want) {
		t.Fatalf("%q\n got %+v\nwant %+v\n%v", text, got, want, diags)
	}
	return true
}

// yamlPieces are what YAML is made of, and what spoils it.
var yamlPieces = []string{
	"a: b\n", "title: ", "places: [KH-1, KH-18]\n", "- ", "\n- ", "\n  - ", "  ", " ", "\n", "\n\n", "  ko: 가 나\n", "x:\n", "  y:\n", "{", "}", "[", "]", ", ", ",", ":", ": ",
	"\"", "'", "\"a b\"", "'가'", "\\", "#", " # c", "\n# c\n", "\n  # c\n", "&a ", "*a", "!!str ", "|\n", ">-\n", "null", "~", "yes", "2024-01-31T09:00:00+09:00", "12", "0x1f", "\t", "?", "? a", "<<: *a\n", "---\n", "...\n",
	"%", "@", "`", "{a: b, c: \"d\"}", "\u00a0", "\u0085", "\u2028", "\ufffd", "\ufeff", "é", "កំពត", "\r", "\x00", "-", "=", "a:b", "a :b", "a,b", "Null", "TRUE", "  \n", strings.Repeat("긴 말 ", 300),
}

// TestSimple holds that simple texts are read as the library reads them, and
// that most of what editors write is simple.
func TestSimple(t *testing.T) {
	sample, bad := matters(t)
	simple := 0
	for _, text := range sample {
		if agree(t, text) {
			simple++
		}
	}
	if simple < len(sample)*8/10 {
		t.Errorf("only %d of %d texts are simple", simple, len(sample))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, text := range bad {
		agree(t, text)
	}
	all := append(sample, bad...)
	for range 30000 {
		agree(t, spoilt(rng, all))
	}
}

// spoilt makes a text of another one, or of pieces.
func spoilt(rng *rand.Rand, all []string) string {
	piece := func() string { return yamlPieces[rng.IntN(len(yamlPieces))] }
	text := ""
	if rng.IntN(2) == 0 {
		text = all[rng.IntN(len(all))]
		text = text[:min(len(text), 400)]
	} else {
		for range 1 + rng.IntN(12) {
			text += piece()
		}
	}
	for range rng.IntN(3) {
		i := rng.IntN(len(text) + 1)
		j := min(len(text), i+rng.IntN(4))
		text = text[:i] + piece() + text[j:]
	}
	return text
}

func FuzzSimple(f *testing.F) {
	sample, _ := matters(f)
	for _, text := range append(sample, yamlPieces...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text, found := Text(Raw{Data: []byte(text)})
		agree(t, without(text, found))
	})
}
