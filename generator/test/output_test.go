// Package test looks at the sample site as readers, checkers and feed readers
// do: it builds content/ with the real program and reads what came out.
package test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
)

// root is the repository.
const root = "../.."

// bongsu builds the program once.
var bongsu = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "bongsu-test-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "bongsu")
	out, err := exec.Command("go", "build", "-o", bin, "bongsu/generator/cmd/bongsu").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return bin, nil
})

func TestMain(m *testing.M) {
	status := m.Run()
	if shared.stop != nil {
		shared.stop()
	}
	if bin, err := bongsu(); err == nil {
		os.RemoveAll(filepath.Dir(bin))
	}
	for _, dir := range temporary {
		os.RemoveAll(dir)
	}
	os.Exit(status)
}

func program(t testing.TB) string {
	t.Helper()
	bin, err := bongsu()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// copySite copies content/ into a new folder, so that a test can change it.
func copySite(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(filepath.Join(root, "content"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// build runs "bongsu build" in dir and returns the output folder.
func build(t testing.TB, dir string, env ...string) string {
	t.Helper()
	cmd := exec.Command(program(t), "-C", dir, "build")
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, "public")
}

// hashes gives the SHA-256 of every file below dir.
func hashes(t testing.TB, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		sum := sha256.Sum256(data)
		sums[path] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestSampleIsClean: the sample content has no error and no warning, in the
// content and in the finished pages.
func TestSampleIsClean(t *testing.T) {
	out, err := exec.Command(program(t), "-C", root, "check", "--strict").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestDeterminism: the folder, time zone, number of processors and locale
// change nothing.
func TestDeterminism(t *testing.T) {
	want := hashes(t, build(t, copySite(t), "TZ=Asia/Seoul", "GOMAXPROCS=1"))
	if len(want) < 100 {
		t.Fatalf("only %d files", len(want))
	}
	for _, env := range [][]string{
		{"TZ=America/New_York", "GOMAXPROCS=2", "LANG=ko_KR.UTF-8"},
		{"TZ=Pacific/Auckland", "GOMAXPROCS=7", "LC_ALL=C"},
	} {
		got := hashes(t, build(t, copySite(t), env...))
		for path, sum := range want {
			if got[path] != sum {
				t.Errorf("%v: %s differs", env, path)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v: %d files, want %d", env, len(got), len(want))
		}
	}
}

// TestRebuildTouchesNothing: a second build leaves bytes and times alone, and
// one edit changes only what shows it.
func TestRebuildTouchesNothing(t *testing.T) {
	dir := copySite(t)
	out := build(t, dir)
	times := func() map[string]time.Time {
		m := map[string]time.Time{}
		_ = filepath.WalkDir(out, func(p string, d fs.DirEntry, err error) error {
			if info, e := d.Info(); err == nil && e == nil && !d.IsDir() {
				m[p] = info.ModTime()
			}
			return nil
		})
		return m
	}
	before := times()
	build(t, dir)
	for p, now := range times() {
		if !now.Equal(before[p]) {
			t.Errorf("%s was touched", p)
		}
	}
	page := filepath.Join(dir, "content/pages/about.en.md")
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, append(data, []byte("\nOne more sentence.\n")...), 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, dir)
	var changed, index []string
	for p, now := range times() {
		if !now.Equal(before[p]) && !strings.HasSuffix(p, ".bongsu-manifest") {
			rel, _ := filepath.Rel(out, p)
			if strings.HasPrefix(rel, "en/search/") && rel != "en/search/index.html" {
				index = append(index, rel)
				continue
			}
			changed = append(changed, rel)
		}
	}
	if !slices.Contains(index, "en/search/index.json") || len(index) > 1+len(strings.Fields("one more sentence")) {
		t.Errorf("of the search index changed %v", index)
	}
	if want := []string{"en/about/index.html"}; !slices.Equal(changed, want) {
		t.Errorf("changed %v, want %v", changed, want)
	}
}

// ownAddress finds an address of the site itself in a message of the checker.
var ownAddress = regexp.MustCompile("“/[^/]")

// TestHTML runs the Nu HTML checker over every page.
func TestHTML(t *testing.T) {
	jar := "node_modules/vnu-jar/build/dist/vnu.jar"
	if _, err := os.Stat(jar); err != nil {
		t.Skip("the Nu HTML checker is not installed: run generator/test/setup.sh")
	}
	if _, err := exec.LookPath("java"); err != nil {
		t.Skip("java is not installed")
	}
	out := build(t, copySite(t))
	cmd := exec.Command("java", "-Xss4m", "-jar", jar, "--format", "json", "--skip-non-html", out)
	var report bytes.Buffer
	cmd.Stderr = &report
	_ = cmd.Run() // its status says what the report says
	var messages struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(report.Bytes(), &messages); err != nil {
		t.Fatalf("%v: %s", err, report.String())
	}
	shown := 0
	for _, m := range messages.Messages {
		// Read from disk, a page has no origin that 'self' could match; and a
		// block of JSON is data, which the policy lets stand.
		if m.SubType == "warning" && strings.Contains(m.Message, "violates Content Security Policy") &&
			(ownAddress.MatchString(m.Message) || strings.Contains(m.Extract, `type="application/`)) {
			continue
		}
		if m.Type == "info" && strings.HasPrefix(m.Message, "The first occurrence") {
			continue
		}
		if shown++; shown <= 20 {
			t.Errorf("%s:%d: %s %s: %s (%s)", m.URL, m.LastLine, m.Type, m.SubType, m.Message, m.Extract)
		}
	}
	if shown > 20 {
		t.Errorf("and %d more", shown-20)
	}
}

// TestFeeds reads every feed with an independent parser: the three formats of
// a feed carry the same items, and ids are unique.
func TestFeeds(t *testing.T) {
	out := build(t, copySite(t))
	type item struct{ id, title, link string }
	feeds := map[string]map[string][]item{} // feed without ending -> ending -> items
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "/feeds/") || strings.HasSuffix(path, ".opml") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if len(data) > 100_000 { // FEED-06
			t.Errorf("%s has %d bytes", path, len(data))
		}
		f, err := gofeed.NewParser().Parse(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		ext := filepath.Ext(path)
		name := strings.TrimSuffix(path, ext)
		if feeds[name] == nil {
			feeds[name] = map[string][]item{}
		}
		items := []item{}
		seen := map[string]bool{}
		for _, i := range f.Items {
			if seen[i.GUID] || i.GUID == "" || !strings.HasPrefix(i.GUID, "tag:") {
				t.Errorf("%s: id %q is missing, repeated or no tag: URI", path, i.GUID)
			}
			seen[i.GUID] = true
			if i.Title == "" || i.Content == "" || i.PublishedParsed == nil {
				t.Errorf("%s: item %q lacks title, full text or date", path, i.GUID)
			}
			items = append(items, item{i.GUID, i.Title, i.Link})
		}
		feeds[name][ext] = items
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(feeds) < 80 {
		t.Errorf("only %d feeds", len(feeds))
	}
	for name, formats := range feeds {
		if archive := strings.Contains(name, "/feeds/archive/"); len(formats) != 3 && !(archive && len(formats) == 2) { // archives have no JSON form
			t.Errorf("%s has %d formats", name, len(formats))
		}
		for ext, items := range formats {
			if !slices.Equal(items, formats[".rss"]) {
				t.Errorf("%s%s carries other items than the RSS feed", name, ext)
			}
		}
	}
}

// TestXML: every XML file is well-formed for an independent parser.
func TestXML(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed")
	}
	out := build(t, copySite(t))
	var files []string
	for path := range hashes(t, out) {
		switch filepath.Ext(path) {
		case ".rss", ".atom", ".xml", ".opml", ".svg":
			files = append(files, filepath.Join(out, path))
		}
	}
	if len(files) < 100 {
		t.Fatalf("only %d XML files", len(files))
	}
	if msg, err := exec.Command("xmllint", append([]string{"--noout", "--nonet"}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, msg)
	}
}

// TestKill kills builds at random moments: the output is always the whole old
// or the whole new site, and the next build repairs what is left.
func TestKill(t *testing.T) {
	bin := program(t)
	dirs := [2]string{copySite(t), copySite(t)}
	page := filepath.Join(dirs[1], "content/site.yaml") // a title that changes every page
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, bytes.Replace(data, []byte("title: {ko: "), []byte("title: {ko: 새 "), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "public")
	args := func(i int) []string { return []string{"-C", dirs[i], "build", "-o", out} }
	var whole [2]map[string]string
	start := time.Now()
	for i := range dirs {
		if msg, err := exec.Command(bin, args(i)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		whole[i] = hashes(t, out)
	}
	took := time.Since(start) / 2
	killed := 0
	for n := range 50 {
		cmd := exec.Command(bin, args(n%2)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(rand.Int64N(int64(took))), func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			killed++
		}
		timer.Stop()
		if got := hashes(t, out); !same(got, whole[0]) && !same(got, whole[1]) {
			t.Fatalf("round %d: the output is neither the old nor the new site (%d files)", n, len(got))
		}
	}
	if killed == 0 {
		t.Error("no build was killed")
	}
	if msg, err := exec.Command(bin, args(0)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	if !same(hashes(t, out), whole[0]) {
		t.Error("the next build did not repair the output")
	}
}

// same compares two outputs; the manifest follows the files' times.
func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for path, sum := range a {
		if b[path] != sum && path != ".bongsu-manifest" {
			return false
		}
	}
	return true
}
