package deliver

import (
	"context"
	"crypto/md5"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bongsu/generator/publish"
)

// memory is a store in memory. before and after are called around each write
// and delete, after with what lies there.
type memory struct {
	mu     sync.Mutex
	files  map[string]stored
	ops    []string
	before func(op, key string) error
	after  func(op, key string) error
}

type stored struct {
	data []byte
	Headers
}

func newMemory() *memory {
	nothing := func(string, string) error { return nil }
	return &memory{files: map[string]stored{}, before: nothing, after: nothing}
}

func (m *memory) Get(ctx context.Context, key string) ([]byte, Headers, error) {
	if err := m.before("get", key); err != nil {
		return nil, Headers{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f, ok := m.files[key]
	if !ok {
		return nil, Headers{}, fmt.Errorf("%s: %w", key, fs.ErrNotExist)
	}
	return f.data, f.Headers, ctx.Err()
}

func (m *memory) Put(ctx context.Context, key string, data []byte, h Headers, absent bool) error {
	if err := m.before("put", key); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.files[key]; ok && absent {
		return ErrExists
	}
	m.files[key] = stored{data, h}
	m.ops = append(m.ops, "put "+key)
	return m.after("put", key)
}

func (m *memory) Delete(ctx context.Context, key string) error {
	if err := m.before("delete", key); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, key)
	m.ops = append(m.ops, "delete "+key)
	return m.after("delete", key)
}

func (m *memory) List(ctx context.Context, prefix string) ([]Object, error) {
	if err := m.before("list", prefix); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Object
	for _, k := range slices.Sorted(maps.Keys(m.files)) {
		if strings.HasPrefix(k, prefix) {
			sum := md5.Sum(m.files[k].data)
			out = append(out, Object{k, int64(len(m.files[k].data)), sum[:]})
		}
	}
	return out, nil
}

// moved lists the writes and deletes of files of the site since the last call.
func (m *memory) moved() []string {
	var out []string
	for _, op := range m.ops {
		if !strings.Contains(op, " "+private) && !strings.Contains(op, " manifest.json") {
			out = append(out, op)
		}
	}
	m.ops = nil
	return out
}

var links = regexp.MustCompile(`\[([^\]]+)\]`)

// broken follows every link from where readers come in and gives the first
// that leads to nothing. Texts name what they link to in brackets.
func (m *memory) broken() string {
	seen := map[string]bool{}
	var follow func(from, p string) string
	follow = func(from, p string) string {
		if seen[p] {
			return ""
		}
		seen[p] = true
		f, ok := m.files[p]
		if !ok {
			return from + " leads to " + p
		}
		for _, l := range links.FindAllSubmatch(f.data, -1) {
			if bad := follow(p, string(l[1])); bad != "" {
				return bad
			}
		}
		return ""
	}
	for _, p := range []string{"index.html", "ko/index.html", "ko/feeds/alerts.rss"} {
		if _, ok := m.files[p]; ok {
			if bad := follow("reader", p); bad != "" {
				return bad
			}
		}
	}
	return ""
}

// edition gives version n of a site whose pages, style, list and feed link to
// each other and change from version to version. Every version has a page and
// a style of its own.
func edition(n int) map[string]string {
	style := fmt.Sprintf("[assets/style.%d.css]", n)
	one, two := fmt.Sprintf("ko/advisories/only-%d.html", n), fmt.Sprintf("ko/advisories/also-%d.html", n)
	return map[string]string{
		fmt.Sprintf("assets/style.%d.css", n): fmt.Sprintf("style %d", n),
		"assets/font.woff2":                   "font",
		one:                                   style + "[" + two + "][ko/advisories/kept.html]",
		two:                                   style + "[" + one + "]",
		"ko/advisories/kept.html":             style + "[" + one + "]",
		"ko/advisories/index.html":            style + "[" + one + "][" + two + "][ko/advisories/kept.html]",
		"ko/about/index.html":                 "[assets/font.woff2]",
		"ko/feeds/alerts.rss":                 "[" + one + "][ko/advisories/kept.html]",
		"ko/index.html":                       style + "[ko/advisories/index.html][ko/feeds/alerts.rss][ko/about/index.html]",
		"index.html":                          "[ko/index.html]",
		"api/v1/freshness.json":               fmt.Sprintf(`{"as_of":"2025-10-%02dT00:00:00+09:00","changes":%d,"changes_head":"%064d"}`, n, n, n),
	}
}

// folder writes files into an output folder and makes a Site of it.
func folder(t testing.TB, files map[string]string, encoding string) *Site {
	t.Helper()
	dir := path.Join(t.TempDir(), "public")
	var list []publish.File
	for p, text := range files {
		list = append(list, publish.File{Path: p, Data: []byte(text), Modified: time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)})
	}
	if _, err := publish.Replace(t.Context(), dir, list, publish.Options{NoSync: true}); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	s, err := Folder(root, nil, encoding)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wantSite fails unless the store holds exactly the files, ours and none else.
func wantSite(t *testing.T, m *memory, files map[string]string, more ...string) {
	t.Helper()
	for p, text := range files {
		if got := string(m.files[p].data); got != text {
			t.Errorf("%s holds %.40q, want %.40q", p, got, text)
		}
	}
	for p := range m.files {
		if _, ok := files[p]; !ok && !strings.HasPrefix(p, private) && p != "manifest.json" && !slices.Contains(more, p) && !strings.HasPrefix(p, "assets/") {
			t.Errorf("%s is there and is not wanted", p)
		}
	}
	if bad := m.broken(); bad != "" {
		t.Error(bad)
	}
}
