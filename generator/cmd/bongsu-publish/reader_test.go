package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// reader polls the bucket as readers do: it comes in at the entry pages and the
// feeds and follows every link, style and feed entry. Where one leads to
// nothing, the page that holds it is read again: a reader may hold a page for a
// moment longer than it stands.
type reader struct {
	store  *store
	stop   chan struct{}
	done   sync.WaitGroup
	rounds int
	pages  int
	broken []string
}

func startReader(t *testing.T, s *storage) *reader {
	t.Helper()
	for k, v := range map[string]string{"AWS_ACCESS_KEY_ID": "access", "AWS_SECRET_ACCESS_KEY": "secretsecret", "AWS_EC2_METADATA_DISABLED": "true"} {
		t.Setenv(k, v)
	}
	b, err := openStore(t.Context(), s3Address(s.direct))
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{store: b, stop: make(chan struct{})}
	r.done.Go(func() {
		for {
			select {
			case <-r.stop:
				return
			default:
				r.round()
			}
		}
	})
	return r
}

// end stops the reader and reports what it found.
func (r *reader) end(t *testing.T) {
	t.Helper()
	close(r.stop)
	r.done.Wait()
	r.store.close()
	for _, b := range r.broken {
		t.Error(b)
	}
	if r.rounds < 10 || r.pages < 20*r.rounds {
		t.Errorf("the reader came round %d times and read %d pages: that proves nothing", r.rounds, r.pages)
	}
	t.Logf("the reader came round %d times and followed %d links", r.rounds, r.pages)
}

var (
	linked  = regexp.MustCompile(`(?:href|src)="(/[^"#?]*)`)
	entered = regexp.MustCompile(`https://warn\.example(/[^"<#?&\\\\]*)`)
)

// targets lists what a file leads to.
func targets(key string, data []byte) []string {
	pattern := linked
	if strings.Contains(key, "/feeds/") {
		pattern = entered
	} else if !strings.HasSuffix(key, ".html") {
		return nil
	}
	var out []string
	for _, m := range pattern.FindAllSubmatch(data, -1) {
		p := strings.TrimPrefix(string(m[1]), "/")
		if p == "" || strings.HasSuffix(p, "/") {
			p += "index.html"
		}
		out = append(out, p)
	}
	return out
}

func (r *reader) read(key string) ([]byte, bool) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	data, _, err := r.store.Get(ctx, key)
	return data, err == nil || !errors.Is(err, fs.ErrNotExist)
}

// round follows everything once, from the page of the host and the feeds.
func (r *reader) round() {
	if _, ok := r.read("index.html"); !ok { // nothing is published yet
		return
	}
	from := map[string]string{}
	queue := []string{"index.html", "ko/feeds/all.rss", "en/feeds/alerts.atom", "ko/feeds/scams.json"}
	for _, e := range queue {
		from[e] = ""
	}
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		data, ok := r.read(key)
		r.pages++
		if !ok && r.stands(key, from) {
			r.broken = append(r.broken, from[key]+" leads to "+key+", which is not there")
		}
		for _, t := range targets(key, data) {
			if _, seen := from[t]; !seen {
				from[t] = key
				queue = append(queue, t)
			}
		}
	}
	r.rounds++
}

// stands reports whether the whole way to a file that is missing still stands,
// and the file is missing at its end: a reader may come by a page that was
// changed or deleted since.
func (r *reader) stands(key string, from map[string]string) bool {
	var way []string
	for k := key; k != ""; k = from[k] {
		way = append(way, k)
	}
	for i := len(way) - 1; i > 0; i-- {
		data, ok := r.read(way[i])
		if !ok || !slices.Contains(targets(way[i], data), way[i-1]) {
			return false
		}
	}
	_, ok := r.read(key)
	return !ok
}

// siteCopy copies the small site of the command line's tests.
func siteCopy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../cli/testdata/site")); err != nil {
		t.Fatal(err)
	}
	return dir
}
