package proof

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"time"
)

var day = time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC)

// memory is a copy that cannot name its files, as one on the web.
func memory(files map[string]string) Copy {
	return Copy{Workers: 2, Read: func(_ context.Context, path string, limit int64) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
		}
		return []byte(text)[:min(int64(len(text)), limit)], nil
	}}
}

// site gives the files of a site with a log of n changes, and its manifest.
func site(t *testing.T, n int, issued time.Time, more ...string) (map[string]string, *Manifest) {
	t.Helper()
	log, err := ParseChain([]byte(logOf(n)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		changesPath:   logOf(n),
		freshnessPath: fmt.Sprintf(`{"as_of":"2025-10-15T00:00:00+09:00","changes":%d,"changes_head":%q}`, n, log.Head),
	}
	for _, p := range more {
		files[p] = "text of " + p
	}
	var sums []File
	for p, text := range files {
		sums = append(sums, Sum(p, []byte(text)))
	}
	m, err := New(sums, func(p string) ([]byte, error) { return []byte(files[p]), nil }, Stamp{Issued: issued})
	if err != nil {
		t.Fatal(err)
	}
	files[Name] = string(m.Encode())
	return files, m
}

// On the web, what was published before and is listed no more is asked for.
func TestStaleOnTheWeb(t *testing.T) {
	_, known := site(t, 3, day, "ko/a.html", "ko/b.html", "assets/old.css")
	files, _ := site(t, 4, day.Add(time.Hour), "ko/a.html")
	files["ko/b.html"], files["assets/old.css"] = "still there", "kept for old pages"
	r, err := Verify(t.Context(), memory(files), Expect{Now: day.Add(2 * time.Hour), Known: known})
	if err != nil || len(r.Findings) != 1 || r.Findings[0].Kind != Extra || r.Findings[0].Path != "ko/b.html" {
		t.Errorf("%+v, %v", r, err)
	}
}

// A log whose lines fit together, and which lacks what was known, was rewritten.
func TestRewrittenLog(t *testing.T) {
	_, known := site(t, 5, day)
	files, _ := site(t, 4, day.Add(time.Hour))
	r, err := Verify(t.Context(), memory(files), Expect{Now: day.Add(2 * time.Hour), Known: known})
	if err != nil || len(r.Findings) != 1 || r.Findings[0].Kind != Broken {
		t.Errorf("%+v, %v", r, err)
	}
}
