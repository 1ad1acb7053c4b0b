package publish

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// linked makes a site of these pages: entry page and feed link to every page,
// a page to the one before it and to its own style sheet. Text is the links.
func linked(pages []int, edition int) []File {
	var all []string
	var set []File
	for i, n := range pages {
		page, style := fmt.Sprintf("ko/%d.html", n), fmt.Sprintf("assets/%d-%d.css", n, edition)
		links := []string{style, "ko/index.html"}
		if i > 0 {
			links = append(links, all[i-1])
		}
		all = append(all, page)
		set = append(set, files(style, "", page, strings.Join(links, "\n"))...)
	}
	text := strings.Join(all, "\n")
	return append(set, files("ko/index.html", text, "ko/feed.xml", text)...)
}

// At no moment of an update does a link fail that can be followed from the
// entry page or the feed, nor one from a list to a page or a page to an asset.
func TestUpdateNeverBreaksALink(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	pick := rand.New(rand.NewPCG(1, 2))
	choose := func() []int { return pick.Perm(30)[:5+pick.IntN(20)] }
	publisher(Replace).must(t, dir, linked(choose(), 0), quick)
	var lock sync.Mutex
	steps := 0
	check := func(before string) {
		lock.Lock()
		defer lock.Unlock()
		steps++
		seen := map[string]bool{}
		next := []string{"ko/index.html", "ko/feed.xml"}
		for len(next) > 0 {
			p := next[0]
			next = next[1:]
			if p == "" || seen[p] {
				continue
			}
			seen[p] = true
			links, err := os.ReadFile(filepath.Join(dir, p))
			if err != nil {
				t.Errorf("before %s: %v", before, err)
			}
			next = append(next, strings.Split(string(links), "\n")...)
		}
		for p, links := range contentBut(t, dir, isTemp) { // reached or not
			for to := range strings.SplitSeq(links, "\n") {
				if to == "" || rank(to) >= rank(p) {
					continue
				}
				if !exists(filepath.Join(dir, to)) {
					t.Errorf("before %s: %s links to %s", before, p, to)
				}
			}
		}
	}
	for edition := 1; edition <= 8 && !t.Failed(); edition++ {
		set := linked(choose(), edition)
		publisher(Update).must(t, dir, set, Options{NoSync: true, step: check})
		wantTree(t, dir, set)
	}
	if steps < 100 {
		t.Errorf("only %d steps seen", steps)
	}
}

func TestRank(t *testing.T) {
	for p, want := range map[string]int{
		"assets/site.0a1b.css": rankAsset, "assets/map.svg": rankAsset, "favicon.ico": rankAsset,
		"ko/advisories/x.html": rankPage, "404.html": rankPage,
		"index.html": rankList, "ko/provinces/index.html": rankList, "ko/feed.xml": rankList,
		"api/v1/levels.json": rankList, "api/v1/levels.csv": rankList, "sitemap.xml": rankList,
	} {
		if got := rank(p); got != want {
			t.Errorf("%s has rank %d, want %d", p, got, want)
		}
	}
}

// A file takes a folder's place and the other way round, and a name changes
// its case.
func TestFileAndFolderChangePlaces(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		for _, set := range [][]File{
			files("a", "file", "x", "x"), files("a/b/c", "deep", "a/d", "d", "X", "x"),
			files("a/b", "file"), files("a", "again"), files("a/b/c/d", "deep"), files("A/b/c", "case"),
		} {
			run.must(t, dir, set, quick)
			wantTree(t, dir, set)
		}
	})
}

func TestTemporaryFilesGo(t *testing.T) {
	both(t, func(t *testing.T, run publisher) {
		dir := filepath.Join(t.TempDir(), "public")
		set := files("ko/a", "1")
		run.must(t, dir, set, quick)
		put(t, "half", dir, "ko", tempPrefix+"1")
		put(t, "half", dir, "en", tempPrefix+"2")
		put(t, "half", dir, tempPrefix+"manifest")
		if r := run.must(t, dir, set, quick); r.Changed() {
			t.Errorf("%+v", r)
		}
		wantTree(t, dir, set)
	})
}
