package check

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"

	"bongsu/generator/diag"
)

// budget is how many bytes a page may take on first view, compressed, with its
// style sheet and script (standards OFF-02). pattern is matched against the
// output path without its language; the first that fits holds.
type budget struct {
	pattern string
	bytes   int
	why     string
}

// budgets is the table of them. A person in trouble has the weakest line; a map
// is large by nature.
var budgets = []budget{
	{"help/index.html", 14 << 10, "it must arrive in the first packets of the weakest line"},
	{"provinces/*/index.html", 70 << 10, "60 KB for the map and its page, and the style"},
	{"index.html", 70 << 10, "60 KB for the map and its page, and the style"},
	{"*", 50 << 10, "pages are read on phones abroad"},
}

// maxScript is how many bytes a script may take, compressed.
const maxScript = 10 << 10

// Budgets reports pages and scripts that have grown too large.
func Budgets(s Site, files []File) diag.List {
	var assets []File
	for _, f := range files {
		if Asset(f.Path) {
			assets = append(assets, f)
		}
	}
	c := NewScale(s, assets, nil)
	for _, f := range files {
		c.Weigh(f)
	}
	return c.Over()
}

// Asset reports whether pages load a file: a style sheet or a script.
func Asset(path string) bool { return strings.HasPrefix(path, "assets/") }

// Scale weighs pages, with what they load, one by one and by goroutines at
// once. Most pages are smaller than their budget before compression, or plainly
// smaller after it, which settles it.
type Scale struct {
	prefix string
	assets map[string]asset // by path
	most   func() int       // that a page can load: all style sheets and scripts

	mu    sync.Mutex
	sizes map[string]int // of the assets so far, by path
	diags diag.List
}

// asset gives the compressed size of what pages load: by a quick compressor,
// never smaller by much than by the one of hosts, and by that.
type asset struct{ quick, packed func() int }

// NewScale makes a scale for the pages of a site with these assets. known may
// have Sizes of an earlier one: the path of an asset tells its content.
func NewScale(s Site, assets []File, known map[string]int) *Scale {
	c := &Scale{prefix: s.Prefix, assets: map[string]asset{}, sizes: map[string]int{}}
	for _, f := range assets {
		a := newAsset(f.Data)
		if size, ok := known[f.Path]; ok {
			c.sizes[f.Path] = size
			a.quick = func() int { return size }
		} else {
			quick := a.quick
			a.quick = sync.OnceValue(func() int {
				size := quick()
				c.mu.Lock()
				defer c.mu.Unlock()
				c.sizes[f.Path] = size
				return size
			})
		}
		c.assets[f.Path] = a
	}
	c.most = sync.OnceValue(func() (most int) {
		for name, a := range c.assets {
			if ext := path.Ext(name); ext == ".css" || ext == ".js" {
				most += a.quick()
			}
		}
		return most
	})
	return c
}

func newAsset(data []byte) asset {
	return asset{
		quick:  func() int { return packedAt(gzip.BestSpeed, data) },
		packed: sync.OnceValue(func() int { return packed(data) }),
	}
}

// Sizes gives the quick sizes of the assets that were asked for, by path.
func (c *Scale) Sizes() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.sizes)
}

// Weigh notes whether a file is too large; its bytes are not kept.
func (c *Scale) Weigh(f File) {
	switch path.Ext(f.Path) {
	case ".html":
		c.page(f)
	case ".js":
		a, ok := c.assets[f.Path]
		if !ok {
			a = newAsset(f.Data)
		}
		if a.quick() <= maxScript {
			return
		}
		if n := a.packed(); n > maxScript {
			c.note(diag.OverBudget.At(diag.Position{File: f.Path}, "script takes %s compressed, more than %s", kilo(n), kilo(maxScript)).
				WithHint("load less at first, or write less"))
		}
	}
}

// Over lists what was too large so far.
func (c *Scale) Over() diag.List {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.diags).Sort()
}

func (c *Scale) note(d diag.Diagnostic) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.diags.Add(d)
}

// loads are how a page names, in its head, what it loads at first.
var loads = []string{`<link rel="stylesheet" href="`, `<script src="`}

func (c *Scale) page(f File) {
	b := budgetOf(f.Path)
	if len(f.Data)+c.most() <= b.bytes {
		return
	}
	loaded, rest := c.loaded(f.Data), 0
	for _, a := range loaded {
		rest += a.quick()
	}
	if len(f.Data)+rest <= b.bytes {
		return
	}
	bound := coded(f.Data)
	if bound+rest <= b.bytes {
		return
	}
	rest = 0
	for _, a := range loaded {
		rest += a.packed()
	}
	if bound+rest <= b.bytes || packedAt(gzip.BestSpeed, f.Data)+rest <= b.bytes {
		return
	}
	total := packed(f.Data) + rest
	if total <= b.bytes {
		return
	}
	c.note(diag.OverBudget.At(diag.Position{File: f.Path}, "page takes %s compressed with style and script, more than %s", kilo(total), kilo(b.bytes)).
		WithHint("%s; shorten it, or move a part to a page of its own", b.why))
}

// loaded gives what a page loads.
func (c *Scale) loaded(page []byte) (loaded []asset) {
	head, _, _ := bytes.Cut(page, []byte("</head>"))
	for _, before := range loads {
		for from := head; ; {
			i := bytes.Index(from, []byte(before))
			if i < 0 {
				break
			}
			from = from[i+len(before):]
			name, _, _ := bytes.Cut(from, []byte{'"'})
			if a, ok := c.assets[strings.TrimPrefix(string(name), c.prefix)]; ok {
				loaded = append(loaded, a)
			}
		}
	}
	return loaded
}

// budgetOf finds the budget of a page by its path.
func budgetOf(file string) budget {
	if _, rest, ok := strings.Cut(file, "/"); ok {
		for _, b := range budgets {
			if ok, _ := path.Match(b.pattern, rest); ok { // the patterns are constants
				return b
			}
		}
	}
	return budgets[len(budgets)-1]
}

// coded bounds the compressed size of a page from above: what codes by the
// frequency of each byte alone would take, and a thirty-second more. Compressors
// write such codes after leaving out what repeats, which in pages is most; so
// counting bytes, far quicker than compressing, settles all but the largest. Of
// noise, where they look for what repeats in vain, they make a little more.
func coded(data []byte) int {
	var count [256]int
	for _, b := range data {
		count[b]++
	}
	bits := 0.0
	for _, n := range count {
		if n > 0 {
			bits += float64(n) * math.Log2(float64(len(data))/float64(n))
		}
	}
	return int(bits/8*33/32) + 512 // and the table of codes
}

// packed gives the size of data as hosts send it.
func packed(data []byte) int { return packedAt(6, data) }

func packedAt(level int, data []byte) int {
	var n counter
	w, _ := packers[level].Get().(*gzip.Writer)
	if w == nil {
		w, _ = gzip.NewWriterLevel(&n, level) // a valid level
	}
	defer packers[level].Put(w)
	w.Reset(&n)
	_, _ = w.Write(data)
	_ = w.Close()
	return int(n)
}

// packers keeps compressors, which take 800 KB each, by level.
var packers [10]sync.Pool

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func kilo(n int) string { return fmt.Sprintf("%.1f KB", float64(n)/1024) }
