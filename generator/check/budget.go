package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	quick "github.com/klauspost/compress/gzip"

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
	c := NewScale(s, assets)
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
	assets map[string]*asset // by path

	mu    sync.Mutex
	diags diag.List
}

// asset is a file that pages load: its compressed size, as hosts send it and as
// it is found quickly.
type asset struct{ size, quick func() int }

// NewScale makes a scale for the pages of a site with these assets.
func NewScale(s Site, assets []File) *Scale {
	c := &Scale{prefix: s.Prefix, assets: map[string]*asset{}}
	for _, f := range assets {
		c.assets[f.Path] = &asset{
			sync.OnceValue(func() int { return packed(f.Data) }),
			sync.OnceValue(func() int { return quickly(f.Data) }),
		}
	}
	return c
}

// Weigh notes whether a file is too large; its bytes are not kept.
func (c *Scale) Weigh(f File) {
	switch path.Ext(f.Path) {
	case ".html":
		c.page(f)
	case ".js":
		n := 0
		if a := c.assets[f.Path]; a == nil {
			n = packed(f.Data)
		} else if n = a.quick(); n > maxScript {
			n = a.size()
		}
		if n > maxScript {
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
	var room [4]*asset
	loaded, rest := c.loaded(room[:0], f.Data), 0
	for _, a := range loaded {
		rest += a.quick()
	}
	if len(f.Data)+rest <= b.bytes || coded(f.Data)+rest <= b.bytes || quickly(f.Data)+rest <= b.bytes {
		return
	}
	total := packed(f.Data)
	for _, a := range loaded {
		total += a.size()
	}
	if total <= b.bytes {
		return
	}
	c.note(diag.OverBudget.At(diag.Position{File: f.Path}, "page takes %s compressed with style and script, more than %s", kilo(total), kilo(b.bytes)).
		WithHint("%s; shorten it, or move a part to a page of its own", b.why))
}

// loaded appends what a page loads.
func (c *Scale) loaded(out []*asset, page []byte) []*asset {
	head, _, _ := bytes.Cut(page, []byte("</head>"))
	for _, before := range loads {
		for from := head; ; {
			i := bytes.Index(from, []byte(before))
			if i < 0 {
				break
			}
			from = from[i+len(before):]
			name, _, _ := bytes.Cut(from, []byte{'"'})
			if a := c.assets[strings.TrimPrefix(string(name), c.prefix)]; a != nil {
				out = append(out, a)
			}
		}
	}
	return out
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

// coded bounds the compressed size of data from above: what codes by the
// frequency of each byte alone would take, and an eighth more. Compressors
// write such codes after leaving out what repeats, which in pages is most; so
// counting bytes, far quicker than compressing, settles all but the largest.
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
	return int(bits/8*9/8) + 512 // and the table of codes
}

// packed gives the size of data as hosts send it.
func packed(data []byte) int {
	return through(&packers, data, func() packer {
		w, _ := gzip.NewWriterLevel(io.Discard, 6) // a valid level
		return w
	})
}

// quickly is packed in a fraction of the time; what it gives is hardly ever
// smaller, and not by much.
func quickly(data []byte) int {
	return through(&quickPackers, data, func() packer {
		w, _ := quick.NewWriterLevel(io.Discard, quick.BestSpeed) // a valid level
		return w
	})
}

// packer is a compressor.
type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// packers and quickPackers keep compressors, which take up to 800 KB each.
var packers, quickPackers sync.Pool

func through(pool *sync.Pool, data []byte, fresh func() packer) int {
	var n counter
	w, _ := pool.Get().(packer)
	if w == nil {
		w = fresh()
	}
	defer pool.Put(w)
	w.Reset(&n)
	_, _ = w.Write(data)
	_ = w.Close()
	return int(n)
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func kilo(n int) string { return fmt.Sprintf("%.1f KB", float64(n)/1024) }
