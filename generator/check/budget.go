package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path"
	"regexp"
	"strings"

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

// Budgets reports pages and scripts that have grown too large. Most pages are
// smaller than their budget before compression, which settles it.
func Budgets(s Site, files []File) diag.List {
	c := weigher{prefix: s.Prefix, files: make(map[string][]byte, len(files)), packed: map[string]int{}}
	for _, f := range files {
		if strings.HasPrefix(f.Path, "assets/") {
			c.files[f.Path] = f.Data
		}
	}
	var diags diag.List
	for _, f := range files {
		switch path.Ext(f.Path) {
		case ".html":
			diags.Add(c.page(f)...)
		case ".js":
			if n := packed(f.Data); n > maxScript {
				diags.Add(diag.OverBudget.At(diag.Position{File: f.Path}, "script takes %s compressed, more than %s", kilo(n), kilo(maxScript)).
					WithHint("load less at first, or write less"))
			}
		}
	}
	return diags.Sort()
}

// weigher weighs pages with what they load.
type weigher struct {
	prefix string
	files  map[string][]byte // assets
	packed map[string]int    // their sizes, by path
}

var loaded = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"`)

func (c *weigher) page(f File) diag.List {
	b := budgetOf(f.Path)
	head, _, _ := bytes.Cut(f.Data, []byte("</head>"))
	rest := 0
	for _, m := range loaded.FindAllSubmatch(head, -1) {
		rest += c.asset(strings.TrimPrefix(string(m[1])+string(m[2]), c.prefix))
	}
	if len(f.Data)+rest <= b.bytes {
		return nil
	}
	total := packed(f.Data) + rest
	if total <= b.bytes {
		return nil
	}
	return diag.List{diag.OverBudget.At(diag.Position{File: f.Path}, "page takes %s compressed with style and script, more than %s", kilo(total), kilo(b.bytes)).
		WithHint("%s; shorten it, or move a part to a page of its own", b.why)}
}

func (c *weigher) asset(name string) int {
	n, ok := c.packed[name]
	if !ok {
		if data, exists := c.files[name]; exists {
			n = packed(data)
		}
		c.packed[name] = n
	}
	return n
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

// packed gives the size of data as hosts send it.
func packed(data []byte) int {
	var n counter
	w, _ := gzip.NewWriterLevel(&n, 6) // a valid level
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
