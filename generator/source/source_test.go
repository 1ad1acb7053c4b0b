package source

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"bongsu/generator/diag"

	"golang.org/x/text/unicode/norm"
)

func raw(s string) Raw { return Raw{Path: "content/x.md", Data: []byte(s)} }

func TestParseMarkdown(t *testing.T) {
	f, diags := ParseMarkdown(raw("\ufeff---\r\ntitle: 제목\r\nplaces: [KH-18, KH-7/bokor]\r\nnumber: 0404\r\n---\r\n본문\r\n"))
	if len(diags) != 0 {
		t.Fatal(diags)
	}
	if f.Body != "본문\n" || f.BodyLine != 6 {
		t.Errorf("body %q at line %d", f.Body, f.BodyLine)
	}
	if v, _ := f.Matter.Get("number"); v.Text != "0404" || v.Pos != (diag.Position{File: "content/x.md", Line: 4, Col: 9}) {
		t.Errorf("number %q at %v", v.Text, v.Pos)
	}
	places, _ := f.Matter.Get("places")
	if len(places.Items) != 2 || places.Items[1].Text != "KH-7/bokor" || places.Items[1].Pos.Col != 17 {
		t.Errorf("places %+v", places)
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // line:col code
	}{
		{"no front matter", "본문\n", "1:1 missing-front-matter"},
		{"empty", "", "1:1 missing-front-matter"},
		{"not closed", "---\ntitle: x\n본문\n", "1:1 unclosed-front-matter"},
		{"closed by the last line", "---\ntitle: x\n---", ""},
		{"colon", "---\nsummary: x\ntitle: 속보: 캄보디아\n---\n", "3:10 bad-yaml"},
		{"tab", "---\na:\n\tb: 1\n---\n", "3:1 bad-yaml"},
		{"duplicate key", "---\ntitle: x\nsummary: y\ntitle: z\n---\n", "4:1 duplicate-key"},
		{"duplicate key below", "---\nlegal:\n  basis: x\n  basis: y\n---\n", "4:3 duplicate-key"},
		{"alias", "---\na: &x 1\nb: *x\n---\n", "2:4 bad-yaml"},
		{"merge", "---\n<<: {a: 1}\n---\n", "2:1 bad-yaml"},
		{"bidi", "---\ntitle: a\u202eb\n---\n", "2:9 bad-character"},
		{"bidi in the body", "---\ntitle: x\n---\n가나\u2066다\n", "4:3 bad-character"},
		{"vertical tab", "---\ntitle: x\n---\na\vb\n", "4:2 bad-character"},
		{"zero-width space", "---\ntitle: 가\u200b나\n---\n", "2:9 bad-character"},
		{"zero-width space in Khmer", "---\ntitle: កំ\u200bពត\n---\n", ""},
		{"joiner", "---\ntitle: a\u200db\n---\n", "2:9 bad-character"},
		{"joiner in an emoji", "---\ntitle: 👩\u200d🚒\n---\n", ""},
		{"Hangul filler", "---\ntitle: \u3164\n---\n", "2:8 bad-character"},
		{"tag character", "---\ntitle: x\U000e0041\n---\n", "2:9 bad-character"},
		{"byte order mark inside", "---\ntitle: x\ufeff\n---\n", "2:9 bad-character"},
		{"not UTF-8", "---\ntitle: \xff\n---\n", "2:8 not-utf8"},
		{"deep", "---\na: [[[[[[[[[[[[[[1]]]]]]]]]]]]]]\n---\n", "2:16 bad-yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := ParseMarkdown(raw(tt.text))
			got := ""
			if len(diags) > 0 {
				got = strings.TrimPrefix(diags[0].Pos.String(), "content/x.md:") + " " + string(diags[0].Code)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q (%v)", got, tt.want, diags)
			}
		})
	}
}

func TestNFC(t *testing.T) {
	nfd := norm.NFD.String("여행경보")
	f, diags := ParseMarkdown(Raw{Path: "content/x.md", Data: []byte("---\ntitle: " + nfd + "\n---\n" + nfd)})
	if v, _ := f.Matter.Get("title"); v.Text != "여행경보" || f.Body != "여행경보" || len(diags) > 0 {
		t.Errorf("title %q body %q %v", v.Text, f.Body, diags)
	}
}

// TestPlain: a text that passes as plain is clean and NFC.
func TestPlain(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		s := "가" + string(r) + "a"
		if !utf8.ValidRune(r) || !plain([]byte(s)) {
			continue
		}
		if found := forbidden("x", s); len(found) > 0 || norm.NFC.String(s) != s {
			t.Errorf("U+%04X is not plain: %v", r, found)
		}
		if norm.NFC.PropertiesString(string(r)).CCC() != 0 {
			t.Errorf("U+%04X combines", r)
		}
	}
	if plain([]byte("가\u0301")) || plain([]byte("한\u11ab")) || !plain([]byte("가나 ‘다’ → a…\n")) {
		t.Error("plain is wrong about combining characters")
	}
}

// TestUsual: what stands anywhere in a text counts as it does alone.
func TestUsual(t *testing.T) {
	edges := []byte("\x00\t\n\r\x1f ~\x7f\x80\x9d\x9e\x9f\xa3\xa4\xaf\xb0\xbf\xc2\xe2\xe9\xea\xeb\xed\xee\xff")
	for i := range len(edges) * len(edges) * len(edges) {
		piece := []byte{edges[i%len(edges)], edges[i/len(edges)%len(edges)], edges[i/len(edges)/len(edges)]}
		alone := plain(piece) // too short to be looked at eight bytes at a time
		for _, around := range []string{"\naaaaaaaaa", "가나다 라a마바"} {
			for from := range len(around) + 1 {
				if !utf8.ValidString(around[:from]) {
					continue
				}
				s := around[:from] + string(piece) + around[from:] + around
				if got := plain([]byte(s)); got != alone {
					t.Errorf("%q in %q: plain %v, alone %v", piece, s, got, alone)
				}
			}
		}
	}
	if n := usual([]byte("가나다 라마바.\n가나다")); n < 24 {
		t.Errorf("%d bytes of a plain text are usual", n)
	}
}

func TestList(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"a.md", "sub/b.md", ".hidden", "x.md~", "#x.md#", "4913", ".x.md.swp", "b.swp", ".git/config"} {
		fsys["content/"+name] = &fstest.MapFile{Data: []byte("x")}
	}
	entries, diags := List(fsys, "content")
	var got []string
	for _, e := range entries {
		got = append(got, e.Path)
	}
	if want := []string{"content/a.md", "content/sub/b.md"}; !slices.Equal(got, want) || len(diags) > 0 {
		t.Errorf("got %v %v, want %v", got, diags, want)
	}
}

// TestLinks: symbolic links work inside the tree and are refused out of it.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Join(site, "content", "real"), 0o755))
	must(os.WriteFile(filepath.Join(dir, "secret.md"), []byte("secret"), 0o644))
	must(os.WriteFile(filepath.Join(site, "content", "real", "a.md"), []byte("a"), 0o644))
	must(os.Symlink("real", filepath.Join(site, "content", "linked")))
	must(os.Symlink("../../secret.md", filepath.Join(site, "content", "out.md")))
	must(os.Symlink(filepath.Join(dir, "secret.md"), filepath.Join(site, "content", "absolute.md")))
	must(os.Symlink(".", filepath.Join(site, "content", "circle")))
	root, err := os.OpenRoot(site)
	must(err)
	defer root.Close()
	entries, diags := List(root.FS(), "content")
	var got []string
	for _, e := range entries {
		if !strings.Contains(e.Path, "circle") {
			got = append(got, e.Path)
		}
		r, _ := Read(root.FS(), e)
		if string(r.Data) == "secret" {
			t.Errorf("%s leads out of the tree and was read", e.Path)
		}
	}
	if want := []string{"content/linked/a.md", "content/real/a.md"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	codes := map[string]diag.Code{}
	for _, d := range diags {
		codes[d.Pos.File] = d.Code
	}
	for _, f := range []string{"content/out.md", "content/absolute.md"} {
		if codes[f] != diag.OutsideTree {
			t.Errorf("%s: %q, want %q", f, codes[f], diag.OutsideTree)
		}
	}
	if !slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return strings.Contains(d.Message, "leads in a circle") }) {
		t.Errorf("the circle was not reported: %v", diags)
	}
}

func TestTooLarge(t *testing.T) {
	fsys := fstest.MapFS{"content/x.md": {Data: make([]byte, MaxText+1)}, "content/y.md": {Data: make([]byte, MaxText)}}
	entries, _ := List(fsys, "content")
	if _, diags := Read(fsys, entries[0]); len(diags) != 1 || diags[0].Code != diag.TooLarge {
		t.Errorf("got %v", diags)
	}
	if r, diags := Read(fsys, entries[1]); len(diags) != 0 || len(r.Data) != MaxText {
		t.Errorf("a file at the limit: %v", diags)
	}
}

// TestParseQuick compares files that are read quickly with the same files read
// in full, and tells which are not.
func TestParseQuick(t *testing.T) {
	for text, want := range map[string]bool{
		"---\ntitle: 제목\nplaces: [KH]\n---\n## 본문\n\n---\n끝": true,
		"\ufeff---\ntitle: x\n---\n":                         true,
		"---  \ntitle: x\n---\n\n":                           true,
		"---\ntitle: x\n--- \n본문\n---\n":                     false,
		"---\ntitle: x\n---":                                 false,
		"---\n---\n본문":                                       false,
		"title: x\n---\n":                                    false,
		"---\ntitle: |\n  x\n---\n본문":                        false,
		"---\r\ntitle: x\r\n---\r\n본문":                       false,
		"---\ntitle: x\n---\nប៉ុន្តែ":                        false,
		"---\ntitle: x\n---\n\u202e":                         false,
	} {
		if ok := quickAgrees(t, []byte(text)); ok != want {
			t.Errorf("%q: quick %v, want %v", text, ok, want)
		}
	}
}

func quickAgrees(t *testing.T, data []byte) (quick bool) {
	t.Helper()
	got, body, ok := ParseQuick(Raw{Path: "x.md", Data: data})
	if !ok {
		return false
	}
	defer got.Release() // what is read next finds what this leaves
	want, diags := ParseMarkdown(Raw{Path: "x.md", Data: data})
	if len(diags) > 0 || string(body) != want.Body || got.Text+string(body) != want.Text {
		t.Errorf("%q: body %q, want %q, %v", data, body, want.Body, diags)
	}
	read := got
	read.Text, read.Body, read.room = want.Text, want.Body, nil
	if !reflect.DeepEqual(read, want) {
		t.Errorf("%q: %v, want %v", data, got, want)
	}
	return true
}

// FuzzParseMarkdown: whatever the bytes, no panic, positions inside the file,
// and text that is clean when nothing was found.
func FuzzParseMarkdown(f *testing.F) {
	f.Add([]byte("---\ntitle: x\nlevels:\n  - {level: 4, places: [KH]}\n---\n본문\n"))
	f.Add([]byte("---\n- a\n- b: {c: [1, 'x"))
	f.Add([]byte("---\na: |\n  x\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		quickAgrees(t, data)
		file, diags := ParseMarkdown(Raw{Path: "x.md", Data: data})
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + strings.Count(string(data), "\u2028") + strings.Count(string(data), "\u2029") + strings.Count(string(data), "\u0085") + 2
		for _, d := range diags {
			if d.Pos.Line < 1 || d.Pos.Line > lines {
				t.Errorf("line %d of %d: %v", d.Pos.Line, lines, d)
			}
		}
		if len(diags) == 0 && (!utf8.ValidString(file.Text) || strings.ContainsAny(file.Text, "\x00\x0b\r\u202e")) {
			t.Errorf("unclean text passed: %q", file.Text)
		}
	})
}

func BenchmarkParseMarkdown(b *testing.B) {
	data, err := os.ReadFile("../../content/pages/data.ko.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		ParseMarkdown(Raw{Path: "data.ko.md", Data: data})
	}
}
