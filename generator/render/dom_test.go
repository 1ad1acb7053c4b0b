package render

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"bongsu/generator/site"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rendered holds every file of a site, by path.
type rendered map[string][]byte

func renderAll(t testing.TB, set *Set, s *site.Site) rendered {
	t.Helper()
	out, twice := rendered{}, map[string]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, f := range set.Files(s) {
		if twice[f.Path] {
			t.Errorf("%s is made twice", f.Path)
		}
		twice[f.Path] = true
		if f.Modified().After(s.Now) {
			t.Errorf("%s is modified in the future: %v", f.Path, f.Modified())
		}
		wg.Go(func() {
			var b bytes.Buffer
			if err := f.Render(&b); err != nil {
				t.Errorf("%s: %s", f.Path, Fault(err).Error())
			}
			mu.Lock()
			out[f.Path] = b.Bytes()
			mu.Unlock()
		})
	}
	wg.Wait()
	return out
}

func (r rendered) page(t testing.TB, name string) *html.Node {
	t.Helper()
	data, ok := r[name]
	if !ok {
		t.Fatalf("no file %s", name)
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// find gives the elements for which match holds, in order.
func find(n *html.Node, match func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && match(d) {
			out = append(out, d)
		}
	}
	return out
}

// byClass finds elements that carry a class.
func byClass(n *html.Node, class string) []*html.Node {
	return find(n, func(d *html.Node) bool { return slices.Contains(strings.Fields(attr(d, "class")), class) })
}

func byTag(n *html.Node, a atom.Atom) []*html.Node {
	return find(n, func(d *html.Node) bool { return d.DataAtom == a })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf gives the text of an element with white space collapsed.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// sampleOnce keeps the repository's own site for the tests that only read it.
var sampleOnce struct {
	sync.Once
	site  *site.Site
	files rendered
}

func sample(t *testing.T) (*site.Site, rendered) {
	t.Helper()
	sampleOnce.Do(func() {
		s := sampleSite(t, "")
		sampleOnce.site, sampleOnce.files = s, renderAll(t, loadSet(t, s), s)
	})
	if sampleOnce.files == nil {
		t.Skip("the sample cannot be rendered; another test says why")
	}
	return sampleOnce.site, sampleOnce.files
}
