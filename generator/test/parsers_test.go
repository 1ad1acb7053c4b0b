package test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
)

// seen is what a reader sees of an item.
type seen struct {
	ID, Title, HTML string
	Date            int64 // seconds since 1970
}

// TestThreeReaders reads every feed of the sample site with three programs that
// know nothing of each other: a Go library, a JavaScript library, and a reader
// for the command line (sfeed; jq for JSON Feed, which sfeed does not read).
// All see the same ids, titles, dates and texts.
func TestThreeReaders(t *testing.T) {
	for _, tool := range []string{"sfeed", "jq", "node"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: run generator/test/setup.sh", tool)
		}
	}
	if _, err := os.Stat("node_modules/feedsmith"); err != nil {
		t.Skip("feedsmith is not installed: run generator/test/setup.sh")
	}
	out := build(t, copySite(t))
	var files []string
	for path := range hashes(t, out) {
		if strings.Contains(path, "/feeds/") && filepath.Ext(path) != ".opml" {
			files = append(files, filepath.Join(out, path))
		}
	}
	slices.Sort(files)
	if len(files) < 240 {
		t.Fatalf("only %d feeds", len(files))
	}
	script := javaScript(t, "feeds", files)
	items := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(out, file)
		a, b, c := goLibrary(t, name, data), script[file], commandLine(t, file, data)
		if !slices.Equal(a, b) {
			t.Errorf("%s: gofeed and feedsmith differ:\n%v", name, firstDifference(a, b))
		}
		if !slices.Equal(a, c) {
			t.Errorf("%s: gofeed and the command line differ:\n%v", name, firstDifference(a, c))
		}
		items += len(a)
	}
	if items < 1000 {
		t.Errorf("only %d items were compared", items)
	}
}

func firstDifference(a, b []seen) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("item %d:\n%+v\n%+v", i, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d and %d items", len(a), len(b))
}

func goLibrary(t *testing.T, name string, data []byte) []seen {
	t.Helper()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return nil
	}
	var out []seen
	for _, i := range f.Items {
		s := seen{ID: i.GUID, Title: i.Title, HTML: strings.TrimSpace(i.Content)}
		if i.PublishedParsed != nil {
			s.Date = i.PublishedParsed.Unix()
		}
		if s.ID == "" || s.Title == "" || s.HTML == "" || s.Date == 0 {
			t.Errorf("%s: item lacks something: %+v", name, s)
		}
		out = append(out, s)
	}
	return out
}

// javaScript reads files with parsers.mjs.
func javaScript(t *testing.T, mode string, files []string) map[string][]seen {
	t.Helper()
	out := map[string][]seen{}
	for file, saw := range runParsers(t, mode, files) {
		var items []struct{ ID, Title, Date, HTML string }
		if err := json.Unmarshal(saw, &items); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, i := range items {
			at, err := time.Parse(time.RFC1123Z, i.Date)
			if err != nil {
				at, err = time.Parse(time.RFC3339, i.Date)
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
			out[file] = append(out[file], seen{i.ID, i.Title, strings.TrimSpace(i.HTML), at.Unix()})
		}
	}
	return out
}

// runParsers runs parsers.mjs over files and gives what it saw of each.
func runParsers(t *testing.T, mode string, files []string) map[string]json.RawMessage {
	t.Helper()
	cmd := exec.Command("node", "parsers.mjs", mode)
	cmd.Stdin = strings.NewReader(strings.Join(files, "\n"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	raw, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	out := map[string]json.RawMessage{}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var line struct {
			File, Error string
			Saw         json.RawMessage
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if line.Error != "" {
			t.Errorf("%s: %s", line.File, line.Error)
		}
		out[line.File] = line.Saw
	}
	if len(out) != len(files) {
		t.Errorf("%d of %d files were read", len(out), len(files))
	}
	return out
}

// commandLine reads a feed with sfeed, or jq.
func commandLine(t *testing.T, file string, data []byte) []seen {
	t.Helper()
	args := []string{"sfeed"}
	if filepath.Ext(file) == ".json" {
		args = []string{"jq", "-r", `.items[] | [(.date_published | sub("(?<h>[+-]\\d\\d):(?<m>\\d\\d)$"; "\(.h)\(.m)") | strptime("%Y-%m-%dT%H:%M:%S%z") | mktime | tostring),
			.title, .url, .content_html, "html", .id] | map(gsub("\\\\"; "\\\\") | gsub("\n"; "\\n") | gsub("\t"; "\\t")) | join("\t")`}
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = bytes.NewReader(data)
	raw, err := cmd.Output()
	if err != nil {
		t.Errorf("%s: %s: %v", file, args[0], err)
		return nil
	}
	var out []seen
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) < 6 {
			t.Errorf("%s: %s wrote %q", file, args[0], line)
			continue
		}
		at, _ := strconv.ParseInt(f[0], 10, 64)
		if args[0] == "jq" { // its mktime forgets the offset
			at -= 9 * 3600
		}
		out = append(out, seen{f[5], f[1], strings.TrimSpace(strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(f[3])), at})
	}
	return out
}

// TestRaiseIsOneAlert: on the sample site, a new advisory that raises a place
// from 2 to 3 is one new item in the feed of alerts of each language, and a
// mended typo is none.
func TestRaiseIsOneAlert(t *testing.T) {
	dir := copySite(t)
	ids := func() map[string][]string {
		out := build(t, dir)
		all := map[string][]string{}
		for _, l := range []string{"ko", "en"} {
			data, err := os.ReadFile(filepath.Join(out, l, "feeds/alerts.atom"))
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range goLibrary(t, l, data) {
				all[l] = append(all[l], s.ID+" "+s.Title)
			}
		}
		return all
	}
	before := ids()
	edit := func(name, old, now string) {
		path := filepath.Join(dir, "content", name)
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, []byte(old)) {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(now), 1), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	edit("advisories/2025/phnom-penh-lowered.ko.md", "summary: ", "summary: 고침 ")
	if got := ids(); !maps.EqualFunc(got, before, slices.Equal[[]string]) {
		t.Errorf("a typo is an alert: %v", got)
	}
	raise := "---\ntitle: 프놈펜시 3단계\nsummary: 프놈펜시는 출국권고입니다.\nissued: 2026-01-20T09:00\ncategories: [crime]\nlevels: [{level: 3, places: [KH-12]}]\n---\n\n본문\n"
	if err := os.WriteFile(filepath.Join(dir, "content/advisories/2026/raise.ko.md"), []byte(raise), 0o644); err != nil {
		t.Fatal(err)
	}
	after := ids()
	for l, want := range map[string]string{
		"ko": "tag:example.org,2025:advisories/raise/rev/1:ko [상향 2→3단계] 프놈펜시 출국권고",
		"en": "tag:example.org,2025:advisories/raise/rev/1:en [Raised 2→3] Phnom Penh: Departure recommended",
	} {
		if got := after[l]; len(got) != len(before[l])+1 || got[0] != want || !slices.Equal(got[1:], before[l]) {
			t.Errorf("%s: first is %q, want %q", l, got[0], want)
		}
	}
}
