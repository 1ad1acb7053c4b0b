package watch

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// change is something that happens to a site, and the paths that must be
// reported for it.
type change struct {
	name string
	do   func(*scene)
	want []string
}

const (
	a = "content/advisories/2025/a.ko.md"
	b = "content/advisories/2025/b.ko.md"
)

// saves are ways in which editors, tools and people change files.
var saves = []change{
	{"write", func(s *scene) { s.write(a, "other") }, []string{a}},
	{"write of the same size", func(s *scene) { s.write(a, "alphA") }, []string{a}},
	{"write of the same bytes", func(s *scene) { s.write(a, "alpha") }, nil},
	{"temporary file and rename", func(s *scene) {
		s.write("content/advisories/2025/sedXyz1", "other")
		s.rename("content/advisories/2025/sedXyz1", a)
	}, []string{a}},
	{"vim", func(s *scene) {
		s.write("content/advisories/2025/.a.ko.md.swp", "b0VIM")
		s.write("content/advisories/2025/4913", "")
		s.remove("content/advisories/2025/4913")
		s.rename(a, a+"~")
		s.write(a, "other")
		s.remove(a + "~")
		s.remove("content/advisories/2025/.a.ko.md.swp")
	}, []string{a}},
	{"emacs, helix, gedit, JetBrains, Finder", func(s *scene) {
		s.must(os.Symlink("editor@host.1:2", s.full("content/advisories/2025/.#a.ko.md")))
		for _, junk := range []string{"#a.ko.md#", "a.ko.md.bck", ".goutputstream-AB12", "a.ko.md___jb_tmp___", ".DS_Store"} {
			s.write("content/advisories/2025/"+junk, "junk")
		}
		s.remove("content/advisories/2025/.#a.ko.md")
	}, nil},
	{"delete and create", func(s *scene) { s.remove(a); s.write(a, "other") }, []string{a}},
	{"delete and create the same", func(s *scene) { s.remove(a); s.write(a, "alpha") }, nil},
	{"create and delete", func(s *scene) { s.write("content/c.md", "x"); s.remove("content/c.md") }, nil},
	{"change and change back", func(s *scene) { s.write(a, "other"); s.write(a, "alpha") }, nil},
	{"several files of a folder", func(s *scene) { s.write(a, "1"); s.write(b, "2") }, []string{a, b}},
	{"times going backwards, same size", func(s *scene) {
		s.write(a, "ALPHA")
		s.must(os.Chtimes(s.full(a), time.Time{}, time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)))
	}, []string{a}},
	{"nested folders at once", func(s *scene) { s.write("content/x/y/z/new.md", "x") }, []string{"content/x/y/z/new.md"}},
	{"empty folders", func(s *scene) { s.must(os.MkdirAll(s.full("content/x/y"), 0o755)) }, nil},
	{"tree moved in", func(s *scene) {
		s.write("elsewhere/p/q/new.md", "x")
		s.rename("elsewhere", "content/moved")
	}, []string{"content/moved/p/q/new.md"}},
	{"tree moved out", func(s *scene) { s.rename("content/advisories", "old") }, []string{a, b}},
	{"folder renamed", func(s *scene) { s.rename("content/advisories/2025", "content/advisories/2026") },
		[]string{a, b, "content/advisories/2026/a.ko.md", "content/advisories/2026/b.ko.md"}},
	{"file renamed", func(s *scene) { s.rename(a, "content/advisories/2025/c.ko.md") }, []string{a, "content/advisories/2025/c.ko.md"}},
	{"file removed", func(s *scene) { s.remove(a) }, []string{a}},
	{"folder emptied", func(s *scene) { s.remove(a); s.remove(b) }, []string{a, b}},
	{"file emptied", func(s *scene) { s.write("content/provinces/cambodia/country.yaml", "") }, []string{"content/provinces/cambodia/country.yaml"}},
	{"file becomes a folder", func(s *scene) { s.remove(a); s.write(a+"/in.md", "x") }, []string{a, a + "/in.md"}},
	{"folder becomes a file", func(s *scene) { s.remove("content/advisories/2025"); s.write("content/advisories/2025", "x") },
		[]string{a, b, "content/advisories/2025"}},
	{"touch", func(s *scene) { s.must(os.Chtimes(s.full(a), time.Now(), time.Now().Add(time.Hour))) }, nil},
	{"chmod", func(s *scene) { s.must(os.Chmod(s.full(a), 0o600)) }, nil},
	{"time in the future, then written", func(s *scene) {
		s.must(os.Chtimes(s.full(a), time.Time{}, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)))
		s.write(a, "ALPHA")
	}, []string{a}},
	{"written with size and time kept", func(s *scene) {
		info, err := os.Stat(s.full(a))
		s.must(err)
		s.write(a, "ALPHA")
		s.must(os.Chtimes(s.full(a), time.Time{}, info.ModTime()))
	}, []string{a}},
	{"decomposed name", func(s *scene) { s.write("content/\u1112\u1161\u11ab.md", "x") }, []string{"content/\ud55c.md"}},
	{"decomposed and composed name", func(s *scene) {
		s.write("content/\u1112\u1161\u11ab.md", "x")
		s.write("content/\ud55c.md", "x")
	}, []string{"content/\ud55c.md"}},
	{"case of a name", func(s *scene) { s.rename(a, "content/advisories/2025/A.ko.md") }, []string{a, "content/advisories/2025/A.ko.md"}},
	{"output, Git's folder, and other folders", func(s *scene) {
		s.write("public/index.html", "x")
		s.rename("public", "public.old")
		s.write("public/index.html", "y")
		s.write(".git/index", "x")
		s.write("generator/main.go", "x")
	}, nil},
	{"root removed", func(s *scene) { s.remove("content/advisories"); s.remove("content") },
		[]string{a, b, "content/provinces/cambodia/country.yaml", "content/site.yaml"}},
	{"root removed and put back", func(s *scene) {
		s.rename("content", "away")
		s.rename("away", "content")
		s.write(a, "other")
	}, []string{a}},
	{"root replaced by another", func(s *scene) {
		s.write("new/site.yaml", "languages: [ko, en]")
		s.write("new/advisories/2025/a.ko.md", "other")
		s.rename("content", "old")
		s.rename("new", "content")
	}, []string{a, b, "content/provinces/cambodia/country.yaml"}},
}

// Cases 1-6, 8-10, 16, 17, 19, 22, 24, 25, 28: each by events and by polling;
// and each is followed by an edit, which shows that watching goes on.
func TestSaves(t *testing.T) {
	for _, mode := range []struct {
		name    string
		options func(*Options, *system)
	}{{"events", func(*Options, *system) {}}, {"polling", polling}} {
		for _, c := range saves {
			t.Run(mode.name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				s := site(t).watching(mode.options)
				s.batch(c.do)
				s.want(c.want...)
				s.write("content/advisories/2025x/after.md", "x")
				s.write("content/provinces/after.md", "x")
				s.want("content/advisories/2025x/after.md", "content/provinces/after.md")
			})
		}
	}
}

// Case 1: a save that truncates, rests, and writes is one change.
func TestTruncateThenWrite(t *testing.T) {
	s := site(t).watching()
	f, err := os.OpenFile(s.full(a), os.O_WRONLY|os.O_TRUNC, 0)
	s.must(err)
	time.Sleep(100 * time.Millisecond) // longer than quiet, shorter than the cap
	_, err = f.WriteString("other")
	s.must(err)
	s.must(f.Close())
	if c := s.next(); !slices.Equal(c.Paths, []string{a}) {
		t.Errorf("reported %q", c.Paths)
	}
	if got, _ := os.ReadFile(s.full(a)); string(got) != "other" {
		t.Error("the change came while the file was empty")
	}
	s.want()
}

// Case 8, the race: files written into a folder while it is being added.
func TestNoFileOfANewFolderIsMissed(t *testing.T) {
	s := site(t).watching()
	for round := range 10 {
		var want []string
		for i := range 300 {
			name := fmt.Sprintf("content/new%d/%d/%d.md", round, i%7, i)
			s.write(name, "x")
			want = append(want, name)
		}
		s.want(want...)
	}
}

// Case 9: after a folder was renamed, edits are seen under its new name, in its
// folders too, and in a new folder under its old name.
func TestEditsAfterFolderRename(t *testing.T) {
	s := site(t).watching()
	s.write("content/one/sub/f.md", "x")
	s.want("content/one/sub/f.md")
	s.rename("content/one", "content/two")
	s.write("content/one/sub/g.md", "x")
	s.want("content/one/sub/f.md", "content/one/sub/g.md", "content/two/sub/f.md")
	for i := range 5 {
		text := fmt.Sprint("edit", i)
		s.write("content/one/sub/g.md", text)
		s.want("content/one/sub/g.md")
		s.write("content/two/sub/f.md", text)
		s.want("content/two/sub/f.md")
	}
}

// Case 11: a folder that was removed and made again is another folder to the
// kernel.
func TestFolderMadeAgain(t *testing.T) {
	s := site(t).watching()
	for i := range 20 {
		s.batch(func(s *scene) {
			s.remove("content/advisories")
			s.write(a, "alpha")
			s.write(b, "beta")
		})
		s.want()
		s.write(a, fmt.Sprint("edit ", i))
		s.want(a)
		s.write(a, "alpha")
		s.want(a)
	}
}

// Case 18: what is missing at the start is seen when it comes, whatever is
// missing of the way to it.
func TestMissingRoot(t *testing.T) {
	s := site(t)
	s.remove("templates")
	s.watching(func(o *Options, _ *system) { o.Roots = []string{"marks", "content", "templates", "deep/er/root"} })
	s.write("templates/base.html", "new")
	s.want("templates/base.html")
	s.write("deep/er/root/f.md", "x")
	s.want("deep/er/root/f.md")
	s.remove("deep")
	s.want("deep/er/root/f.md")
	s.write("deep/er/root/g.md", "x")
	s.want("deep/er/root/g.md")
	s.rename("deep", "away")
	s.want("deep/er/root/g.md")
	s.rename("away", "deep")
	s.want("deep/er/root/g.md")
	s.write("deep/er/root/g.md", "y")
	s.want("deep/er/root/g.md")
}
