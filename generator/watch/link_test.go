//go:build unix

package watch

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Case 7: what Git does to a working tree is one change, however many files.
func TestGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	s := site(t)
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", args...)
		c.Dir = s.dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=n", "GIT_AUTHOR_EMAIL=e@example.org", "GIT_COMMITTER_NAME=n", "GIT_COMMITTER_EMAIL=e@example.org")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	fill := func(text string) (names []string) {
		for i := range 300 {
			names = append(names, fmt.Sprintf("content/many/%d/%d.md", i%20, i))
			s.write(names[i], text)
		}
		return names
	}
	git("init", "-q", "-b", "main")
	names := fill("one")
	git("add", "content")
	git("commit", "-q", "-m", "one")
	git("checkout", "-q", "-b", "other")
	fill("two") // the same size
	git("commit", "-q", "-a", "-m", "two")
	git("checkout", "-q", "main")
	s.watching()
	git("checkout", "-q", "other")
	if c := s.next(); len(c.Paths) != len(names) {
		t.Errorf("the first change of a checkout has %d of %d paths", len(c.Paths), len(names))
	}
	s.want()
	time.Sleep(300 * time.Millisecond) // the new contents get summed up
	git("rm", "-q", "-r", "content/many")
	git("reset", "-q", "--hard")
	s.want()
	time.Sleep(300 * time.Millisecond)
	s.remove("content/many")
	git("checkout", "-q", "--", "content/many")
	s.want()
	s.write(names[7], "after")
	s.want(names[7])
	git("stash", "-q")
	s.want(names[7])
	git("stash", "pop", "-q")
	s.want(names[7])
}

// Case 7: while the lock is there, nothing is reported; then all at once.
func TestGitLock(t *testing.T) {
	linked := func(s *scene) string {
		s.write("main/.git/worktrees/site/HEAD", "ref: refs/heads/site")
		s.write(".git", "gitdir: main/.git/worktrees/site\n")
		return "main/.git/worktrees/site/index.lock"
	}
	for name, lock := range map[string]func(*scene) string{
		"working tree": func(*scene) string { return ".git/index.lock" },
		"linked tree":  linked,
	} {
		t.Run(name, func(t *testing.T) {
			s := site(t)
			lock := lock(s)
			s.write(lock, "")
			s.watching()
			s.write(a, "other")
			select {
			case c := <-s.w.Changes():
				t.Fatalf("%q reported while Git is at work", c.Paths)
			case <-time.After(400 * time.Millisecond): // over the cap
			}
			s.write(b, "other")
			s.remove(lock)
			if c := s.next(); len(c.Paths) != 2 {
				t.Errorf("reported %q", c.Paths)
			}
			s.want()
		})
	}
}

// Case 23: Kubernetes replaces a mounted folder by swapping the link ..data.
func TestDataLinkSwap(t *testing.T) {
	s := site(t)
	s.remove("content")
	s.write("content/..one/site.yaml", "1")
	s.write("content/..one/advisories/a.md", "1")
	s.link("..one", "content/..data")
	s.link("..data/site.yaml", "content/site.yaml")
	s.link("..data/advisories", "content/advisories")
	s.watching()
	for i, version := range []string{"..two", "..three", "..four"} {
		s.write("content/"+version+"/site.yaml", version)
		s.write("content/"+version+"/advisories/a.md", version)
		if i == 1 {
			s.write("content/"+version+"/advisories/b.md", version)
		}
		s.link(version, "content/..data")
		want := []string{"content/advisories/a.md", "content/site.yaml"}
		if i > 0 {
			want = append(want, "content/advisories/b.md")
		}
		s.want(want...)
	}
	s.write("content/..four/advisories/a.md", "edited behind the link")
	s.write("content/..four/site.yaml", "edited behind the link")
	s.want("content/advisories/a.md", "content/site.yaml")
	s.write("content/..three/site.yaml", "of no interest")
	s.want()
}

// Case 23: a root that is a link, of one or two steps, each step replaced.
func TestRootLinkSwap(t *testing.T) {
	s := site(t)
	s.rename("content", "v1")
	s.write("elsewhere/v2/advisories/2025/a.ko.md", "second")
	s.link("v1", "current")
	s.link("current", "content")
	s.watching()
	rest := []string{b, "content/provinces/cambodia/country.yaml", "content/site.yaml"}
	s.link("elsewhere/v2", "current")
	s.want(append(rest, a)...)
	s.write("elsewhere/v2/advisories/2025/a.ko.md", "edited")
	s.want(a)
	s.remove("content")
	s.want(a)
	s.link("v1", "content")
	s.want(append(rest, a)...)
	s.write("v1/advisories/2025/b.ko.md", "edited")
	s.want(b)
}

// Case 23: links inside the tree count as what they lead to; their targets may
// lie outside the roots, or come later.
func TestLinks(t *testing.T) {
	s := site(t)
	s.write("shared/x/one.md", "1")
	s.link("../shared/x", "content/dir")
	s.link("../shared/late.md", "content/late.md")
	s.watching()
	s.write("shared/x/one.md", "2")
	s.want("content/dir/one.md")
	s.write("shared/x/sub/two.md", "2")
	s.want("content/dir/sub/two.md")
	s.write("shared/late.md", "2")
	s.want("content/late.md")
	s.write("shared/late.md", "3")
	s.want("content/late.md")
	s.remove("shared/late.md")
	s.want("content/late.md")
	s.write("shared/y/three.md", "3")
	s.link("../shared/y", "content/dir")
	s.want("content/dir/one.md", "content/dir/sub/two.md", "content/dir/three.md")
	s.write("shared/y/three.md", "4")
	s.want("content/dir/three.md")
	s.rename("shared", "away") // now a link to nowhere
	s.want("content/dir", "content/dir/three.md")
	s.rename("away", "shared")
	s.want("content/dir", "content/dir/three.md")
	s.write("shared/p/q/f.md", "1")
	s.link("../shared/p/q/f.md", "content/deep.md")
	s.want("content/deep.md")
	s.rename("shared/p", "shared/other")
	s.want("content/deep.md")
	s.rename("shared/other", "shared/p")
	s.want("content/deep.md")
	s.link("advisories", "content/alias") // two paths to one folder
	s.want("content/alias/2025/a.ko.md", "content/alias/2025/b.ko.md")
	s.write(a, "other")
	s.want(a, "content/alias/2025/a.ko.md")
	s.rename("content/advisories", "content/renamed")
	s.want(a, b, "content/alias/2025/a.ko.md", "content/alias/2025/b.ko.md", "content/alias",
		"content/renamed/2025/a.ko.md", "content/renamed/2025/b.ko.md")
	s.write("content/renamed/2025/a.ko.md", "last")
	s.want("content/renamed/2025/a.ko.md")
}

// Case 23 with 11: the folder that a link leads to is removed and made again;
// mostly it gets the identity of the old one.
func TestLinkedFolderMadeAgain(t *testing.T) {
	s := site(t)
	s.write("shared/x/one.md", "1")
	s.link("../shared/x", "content/dir")
	s.link("dir", "content/second")
	s.watching()
	for i := range 20 {
		s.batch(func(s *scene) {
			s.remove("shared/x")
			s.write("shared/x/two.md", fmt.Sprint("edit ", i))
		})
		s.settled()
		s.write("shared/x/two.md", fmt.Sprint("again ", i))
		s.want("content/dir/two.md", "content/second/two.md")
	}
}

// Case 23: links in a circle, or out of the site's folder, are not followed.
func TestLinksThatAreNotFollowed(t *testing.T) {
	outside := t.TempDir()
	s := site(t)
	s.link("..", "content/circle")
	s.link("self", "content/self")
	s.link(outside, "content/outside")
	s.link(outside+"/f", "content/outside.md")
	s.watching()
	s.must(os.WriteFile(outside+"/f", []byte("x"), 0o644))
	s.write(a, "other")
	s.want(a)
	s.link("advisories/2025/b.ko.md", "content/self")
	s.want("content/self")
}

// Case 26: what is no regular file is never opened, and huge files are not read.
func TestSpecialAndHugeFiles(t *testing.T) {
	s := site(t)
	s.must(syscall.Mkfifo(s.full("content/pipe.md"), 0o644))
	s.write("content/huge.md", "")
	s.must(os.Truncate(s.full("content/huge.md"), 1<<40)) // sparse
	s.watching()
	s.must(syscall.Mkfifo(s.full("content/pipe2.md"), 0o644))
	s.must(os.Truncate(s.full("content/huge.md"), 1<<40+1))
	s.want("content/huge.md", "content/pipe2.md")
	s.remove("content/pipe.md")
	s.write("content/pipe.md", "now a file")
	s.want("content/pipe.md")
}

// unprivileged runs a test again as a user to whom permissions apply, if this
// one is root.
func unprivileged(t *testing.T) (is bool) {
	if os.Getuid() != 0 {
		return true
	}
	dir, err := os.MkdirTemp("", "watch")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chown(dir, 65534, 65534); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
	c.Dir = "/"
	c.Env = append(os.Environ(), "TMPDIR="+dir)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("as another user: %v\n%s", err, out)
	} else if !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as another user the test did not run:\n%s", out)
	}
	return false
}

// Case 26: a folder that cannot be read is said once, counts as unchanged, and
// is seen again when it can be.
func TestUnreadableFolder(t *testing.T) {
	if !unprivileged(t) {
		return
	}
	for _, mode := range []os.FileMode{0, 0o444, 0o111} {
		s := site(t).watching()
		dir := s.full("content/advisories/2025")
		t.Cleanup(func() { os.Chmod(dir, 0o755) })
		s.must(os.Chmod(dir, mode))
		s.want()
		s.write(a[:10]+"c.md", "x")
		s.want(a[:10] + "c.md")
		if n := strings.Count(s.noticed(), "\n"); n != 1 || !strings.Contains(s.noticed(), "advisories/2025") {
			t.Errorf("mode %o: notices %q", mode, s.noticed())
		}
		s.must(os.Chmod(dir, 0o755))
		s.write(a, "other")
		s.want(a)
		s.write(a, "more")
		s.want(a)
	}
}

// Case 26: whether a file can be read counts like its content.
func TestUnreadableFile(t *testing.T) {
	if !unprivileged(t) {
		return
	}
	s := site(t).watching()
	s.must(os.Chmod(s.full(a), 0))
	s.want(a)
	s.must(os.Chmod(s.full(a), 0o600))
	s.want(a)
	s.must(os.Chmod(s.full(a), 0o644))
	s.want()
}
