package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRefusedPaths(t *testing.T) {
	for _, c := range []struct {
		words string
		paths []string
	}{
		{"empty", []string{""}},
		{"absolute", []string{"/a"}},
		{"segment", []string{"../a"}},
		{"segment", []string{"a/../../b"}},
		{"segment", []string{"a/.."}},
		{"segment", []string{"./a"}},
		{"segment", []string{"a//b"}},
		{"segment", []string{"a/"}},
		{"backslash", []string{`a\b`}},
		{"control", []string{"a\x00b"}},
		{"control", []string{"a\nb"}},
		{"UTF-8", []string{"a\xff"}},
		{"drive", []string{"c:/a"}},
		{"reserved", []string{Manifest}},
		{"reserved", []string{Manifest + ".old"}},
		{"reserved", []string{"ko/.Bongsu-x"}},
		{"kept", []string{".gitignore"}},
		{"kept", []string{".GitKeep/a"}},
		{"is the same file", []string{"a", "b", "a"}},
		{"ignore case", []string{"ko/A.html", "ko/a.html"}},
		{"ignore case", []string{"ko/\u00c9", "ko/e\u0301"}},
		{"ignore case", []string{"ko/\uac00", "ko/\u1100\u1161"}},
		{"is also a folder", []string{"a", "a/b"}},
		{"is also a folder", []string{"a/b/c", "A"}},
		{"also written", []string{"Ko/a", "ko/b"}},
		{"also written", []string{"x/ko/a", "x/KO/z/b"}},
	} {
		set := files("index.html", "x")
		for _, p := range c.paths {
			set = append(set, files(p, "data")...)
		}
		base := t.TempDir()
		publisher(Replace).wantRefusal(t, filepath.Join(base, "public"), set, ErrPath, c.words)
		if list, _ := os.ReadDir(base); len(list) > 0 {
			t.Errorf("%q: touched the disk", c.paths)
		}
	}
	if _, err := checkPaths([]File{{Path: "a"}}, nil); !errors.Is(err, ErrPath) {
		t.Errorf("no time: %v", err)
	}
	if _, err := checkPaths(files("a", "", "a.b", "", "a-/b", "", "b/a", "", "ko/b", "", "...", ""), nil); err != nil {
		t.Error(err)
	}
}

// What checkPath lets through stays inside the output folder and makes a
// manifest that reads back.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"a", "a/b.html", "../a", "a//b", `\`, "c:x", ".bongsu-x", "가/나", "e\u0301", "a b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if checkPath(p, nil) != nil {
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(p)) || filepath.ToSlash(filepath.Clean(p)) != p || strings.HasPrefix(p, reserved) {
			t.Errorf("accepted %q", p)
		}
		want := line{size: int64(len(p)), path: p}
		got, err := decodeManifest(encodeManifest([]line{want}))
		if err != nil || len(got) != 1 || got[p] != want {
			t.Errorf("%q reads back as %v, %v", p, got, err)
		}
	})
}

func TestManifest(t *testing.T) {
	text := string(encodeManifest([]line{{path: "b", size: 2}, {path: "a c", size: 1, sum: [32]byte{0xab}}}))
	zero := strings.Repeat("00", 31)
	if want := "bongsu-manifest 1\nab" + zero + " 1 a c\n00" + zero + " 2 b\n"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	if got, err := decodeManifest(encodeManifest(nil)); err != nil || len(got) != 0 {
		t.Errorf("empty: %v, %v", got, err)
	}
	for _, bad := range []string{
		"", "x", "bongsu-manifest 1", "bongsu-manifest 2\n", text[:len(text)-1], text + "\n",
		strings.Replace(text, " 1 ", " x ", 1), strings.Replace(text, "ab", "zz", 1),
		strings.Replace(text, "ab", "abab", 1), strings.Replace(text, "a c", "../c", 1), text + "00 1 x\n",
	} {
		if got, err := decodeManifest([]byte(bad)); err == nil {
			t.Errorf("accepted %q as %v", bad, got)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(encodeManifest([]line{{path: "a", size: 1}, {path: "b/c", size: 2}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, err := decodeManifest(data)
		if err != nil {
			return
		}
		for p := range lines {
			if !filepath.IsLocal(p) {
				t.Errorf("a manifest names %q", p)
			}
		}
	})
}
