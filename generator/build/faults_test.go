package build

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/site"
	"bongsu/generator/style"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata/faults")

const faults = "testdata/faults"

// faultNow is the time of a case that sets none.
const faultNow = "2026-01-31T00:00:00+09:00"

// A fault is an archive of testdata/faults: files of content laid over the base
// site, what must be found, and how it is put right. The file "now" may set the
// time, "remove" list files of the base that are left out. In the files of content <U+202E> stands
// for a character and <0xFF> for a byte, so that the archives stay readable.
type fault struct {
	name    string
	archive *txtar.Archive
	now     time.Time
	files   fstest.MapFS
	want    string
}

// escape is a character or byte that an archive names.
var escape = regexp.MustCompile(`<(?:U\+([0-9A-F]{4,6})|0x([0-9A-F]{2}))>`)

func unescape(data []byte) []byte {
	return escape.ReplaceAllFunc(data, func(m []byte) []byte {
		sub := escape.FindSubmatch(m)
		if len(sub[1]) > 0 {
			r, _ := strconv.ParseUint(string(sub[1]), 16, 32)
			return []byte(string(rune(r)))
		}
		b, _ := strconv.ParseUint(string(sub[2]), 16, 8)
		return []byte{byte(b)}
	})
}

// readFault reads an archive and lays it over the base.
func readFault(t testing.TB, name string) fault {
	t.Helper()
	f := fault{name: name, files: fstest.MapFS{}}
	for _, n := range slices.Compact([]string{"_base", name}) {
		a, err := txtar.ParseFile(filepath.Join(faults, n+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		f.archive = a
		for _, file := range a.Files {
			if strings.HasPrefix(file.Name, "content/") {
				f.files[file.Name] = &fstest.MapFile{Data: unescape(file.Data)}
			}
		}
	}
	now := faultNow
	for _, file := range f.archive.Files {
		switch text := string(file.Data); file.Name {
		case "now":
			now = strings.TrimSpace(text)
		case "remove":
			for _, name := range strings.Fields(text) {
				if f.files[name] == nil {
					t.Fatalf("%s: base has no %s", f.name, name)
				}
				delete(f.files, name)
			}
		case "want":
			f.want = text
		case "mend": // see mender
		default:
			if !strings.HasPrefix(file.Name, "content/") {
				t.Fatalf("%s: what is %q for?", f.name, file.Name)
			}
		}
	}
	var err error
	if f.now, err = time.Parse(time.RFC3339, now); err != nil {
		t.Fatal(err)
	}
	return f
}

// findings runs the stages over a content folder, up to the join. Anchors are
// looked up in pages that hold nothing but the texts.
func findings(t testing.TB, root fs.FS, now time.Time) diag.List {
	t.Helper()
	r, err := NewBuilder().join(context.Background(), Options{Root: root, Now: now, Texts: true})
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Site; s != nil {
		found, err := anchors(context.Background(), s, bodies(s), r.Diags.HasErrors())
		if err != nil {
			t.Fatal(err)
		}
		r.Diags.Add(found...)
		r.Diags.Add(style.Check(s)...)
	}
	r.Diags.AddLines(r.text)
	return r.Diags.Sort()
}

// bodies gives for each page of a record a file that holds its text.
func bodies(s *site.Site) []File {
	var out []File
	for _, r := range s.All() {
		for _, l := range s.Langs() {
			html := r.In(l).Body.HTML()
			out = append(out, File{Path: site.File(l, r.Path), Render: func(b *bytes.Buffer) error {
				_, err := b.WriteString(html)
				return err
			}})
		}
	}
	slices.SortFunc(out, byPath)
	return out
}

func printed(t testing.TB, l diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := diag.Print(&b, l, diag.Human, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// cases lists the archives.
func cases(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(faults + "/[^_]*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no cases")
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), ".txtar")
	}
	return files
}

// TestFaults holds the corpus of bad content: what is found, where, in which
// words, and with which remedy.
func TestFaults(t *testing.T) {
	for _, name := range cases(t) {
		t.Run(name, func(t *testing.T) {
			f := readFault(t, name)
			got := printed(t, findings(t, f.files, f.now))
			if *update {
				f.save(t, got)
				return
			}
			if diff := cmp.Diff(f.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// save rewrites the archive with what was found.
func (f fault) save(t *testing.T, got string) {
	t.Helper()
	f.archive.Files = slices.DeleteFunc(f.archive.Files, func(x txtar.File) bool { return x.Name == "want" })
	f.archive.Files = append(f.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(filepath.Join(faults, f.name+".txtar"), txtar.Format(f.archive), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestBase holds that the base has no fault of its own, so that every finding
// of a case comes from the case.
func TestBase(t *testing.T) {
	f := readFault(t, "_base")
	if found := findings(t, f.files, f.now); len(found) > 0 {
		t.Error(printed(t, found))
	}
}

// codeOf finds the code at the end of the first line of a finding.
var codeOf = regexp.MustCompile(`(?m)^content\S*: (error|warning|note): .* \[([a-z0-9-]+)\]$`)

// elsewhere are the codes of packages render, check and reach, which have tests
// of their own: render.TestLoadFaults, feed.TestCheckerFinds, check.TestBudgets,
// cli.TestLinks.
var elsewhere = []diag.Code{diag.BadTemplate, diag.MissingString, diag.UnsafeTemplate, diag.BadAlert, diag.OverBudget,
	diag.ExternalDead, diag.ExternalMoved, diag.ExternalUnsure}

// TestEveryCode holds that each code has a case, and that no case is of a code
// that is not in the table.
func TestEveryCode(t *testing.T) {
	proved := map[diag.Code]bool{}
	note := func(where, want string) {
		for _, m := range codeOf.FindAllStringSubmatch(want, -1) {
			code := diag.Code(m[2])
			if diag.Codes[code].Severity.String() != m[1] {
				t.Errorf("%s: %q is no %s of the table", where, code, m[1])
			}
			proved[code] = true
		}
	}
	for _, name := range cases(t) {
		note(name, readFault(t, name).want)
	}
	for _, c := range folders {
		note(c.name, c.want)
	}
	for code := range diag.Codes {
		if !proved[code] && !slices.Contains(elsewhere, code) {
			t.Errorf("code %q has no case", code)
		}
	}
}

// plain are the codes of package markup whose message says what is allowed and
// so what to do.
var plain = []diag.Code{diag.DuplicateID, diag.LoneFootnote, diag.UnknownCallout, diag.UnsafeLink}

// TestRemedies holds that every error of the corpus says what to do.
func TestRemedies(t *testing.T) {
	for _, name := range cases(t) {
		f := readFault(t, name)
		for _, d := range findings(t, f.files, f.now) {
			if d.Hint == "" && !slices.Contains(plain, d.Code) {
				t.Errorf("%s: %v has no hint", name, d)
			}
			if d.Pos.Line > 0 && d.Line == "" {
				t.Errorf("%s: %v shows no line", name, d)
			}
			if strings.HasSuffix(d.Message, ".") || strings.HasSuffix(d.Hint, ".") {
				t.Errorf("%s: %v ends in a full stop", name, d)
			}
		}
	}
}

// TestOneRun holds that faults of many files are found together and in the
// order of files and lines; which they are, its archive says.
func TestOneRun(t *testing.T) {
	f := readFault(t, "many-faults")
	found := findings(t, f.files, f.now)
	if n, _ := found.Count(); n < 12 {
		t.Errorf("%d errors, too few to show anything", n)
	}
	if !slices.IsSortedFunc(found, func(a, b diag.Diagnostic) int {
		if c := strings.Compare(a.Pos.File, b.Pos.File); c != 0 {
			return c
		}
		return a.Pos.Line - b.Pos.Line
	}) {
		t.Error("not in order")
	}
	var files []string
	for _, d := range found {
		files = append(files, d.Pos.File)
	}
	if files = slices.Compact(files); len(files) < 8 {
		t.Errorf("faults in %d files only", len(files))
	}
}

// folders are faults that need a real file system. Each makes one in dir, and
// mends it.
var folders = []struct {
	name string
	make func(dir string) error
	want string
	mend func(dir string) error
}{
	{"no content folder", func(dir string) error {
		return os.RemoveAll(filepath.Join(dir, "content"))
	}, `content: error: cannot read "content": no such file or directory [unreadable]
    hint: check that it exists and its permissions
content/levels.yaml: error: levels.yaml is missing [missing-file]
    hint: it defines the levels, lowest first
content/site.yaml: error: site.yaml is missing [missing-file]
    hint: run bongsu in the folder that holds content/, or name it with -C
`, func(dir string) error {
		a, err := txtar.ParseFile(filepath.Join(faults, "_base.txtar"))
		if err != nil {
			return err
		}
		files, err := txtar.FS(a)
		if err != nil {
			return err
		}
		return os.CopyFS(dir, files)
	}},
	{"link to a file outside", func(dir string) error {
		out := filepath.Join(filepath.Dir(dir), "secret.md")
		if err := os.WriteFile(out, []byte("---\ntitle: x\n---\n"), 0o666); err != nil {
			return err
		}
		return os.Symlink(out, filepath.Join(dir, "content/pages/secret.ko.md"))
	}, `content/pages/secret.ko.md: error: symbolic link "content/pages/secret.ko.md" leads out of the folder or nowhere [outside-tree]
    hint: put the file itself here
`, func(dir string) error {
		link := filepath.Join(dir, "content/pages/secret.ko.md")
		return errors.Join(os.Remove(link),
			os.WriteFile(link, []byte("---\ntitle: x\nsummary: x\nissued: 2026-01-01\n---\n"), 0o666),
			os.WriteFile(strings.Replace(link, ".ko.", ".en.", 1), []byte("---\ntitle: x\nsummary: x\n---\n"), 0o666))
	}},
	{"link to a folder outside", func(dir string) error {
		return os.Symlink("../../..", filepath.Join(dir, "content/advisories/2025"))
	}, `content/advisories/2025: error: symbolic link "content/advisories/2025" leads out of the folder or nowhere [outside-tree]
    hint: put the file itself here
`, func(dir string) error { return os.Remove(filepath.Join(dir, "content/advisories/2025")) }},
	{"link in a circle", func(dir string) error {
		return os.Symlink("..", filepath.Join(dir, "content/pages/loop"))
	}, `content/pages/loop: error: symbolic link "content/pages/loop" leads in a circle [outside-tree]
    hint: remove it
`, func(dir string) error { return os.Remove(filepath.Join(dir, "content/pages/loop")) }},
	{"file over the limit", func(dir string) error {
		text := "---\ntitle: x\nsummary: y\nissued: 2026-01-01\n---\n" + strings.Repeat("가나다라 마바사.\n", 1<<16)
		return os.WriteFile(filepath.Join(dir, "content/pages/about.ko.md"), []byte(text), 0o666)
	}, `content/pages/about.ko.md: error: file is over 1024 KiB [too-large]
    hint: split it, or make it smaller
`, func(dir string) error {
		name := filepath.Join(dir, "content/pages/about.ko.md")
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, text[:bytes.Index(text, []byte("마바사"))], 0o666)
	}},
}

// TestFolders runs the stages over folders of the disk, as the program does.
func TestFolders(t *testing.T) {
	base := readFault(t, "_base")
	for _, c := range folders {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			if err := os.CopyFS(dir, base.files); err != nil {
				t.Fatal(err)
			}
			if err := c.make(dir); err != nil {
				if errors.Is(err, fs.ErrPermission) {
					t.Skip(err) // links need a right that not every system gives
				}
				t.Fatal(err)
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			if diff := cmp.Diff(c.want, printed(t, findings(t, root.FS(), base.now))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if err := c.mend(dir); err != nil {
				t.Fatal(err)
			}
			if found := findings(t, os.DirFS(dir), base.now); len(found) > 0 {
				t.Error("mended:", printed(t, found))
			}
		})
	}
}

// TestForbiddenFile holds that a file that may not be read is named.
func TestForbiddenFile(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("this user may read everything, or the system has no such bits")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, readFault(t, "_base").files); err != nil {
		t.Fatal(err)
	}
	name := "content/advisories/2026/border.ko.md"
	if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
		t.Fatal(err)
	}
	found := findings(t, os.DirFS(dir), readFault(t, "_base").now)
	if len(found) != 1 || found[0].Code != diag.Unreadable || found[0].Pos.File != name {
		t.Errorf("found %v", found)
	}
}

// TestWarmFindings holds that a Builder that has seen the base finds the same in
// a changed site as one that has seen nothing, so that nothing stays behind.
func TestWarmFindings(t *testing.T) {
	base := readFault(t, "_base")
	warm := NewBuilder()
	for _, name := range cases(t) {
		f := readFault(t, name)
		for _, files := range []fstest.MapFS{base.files, f.files} {
			r, err := warm.join(context.Background(), Options{Root: files, Now: f.now, Texts: true})
			if err != nil {
				t.Fatal(err)
			}
			cold, err := NewBuilder().join(context.Background(), Options{Root: files, Now: f.now, Texts: true})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(printed(t, cold.Diags.Sort()), printed(t, r.Diags.Sort())); diff != "" {
				t.Errorf("%s (-cold +warm):\n%s", path.Base(name), diff)
			}
		}
	}
}
