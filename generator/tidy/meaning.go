package tidy

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bongsu/generator/markup"
	"bongsu/generator/source"
)

// unordered are the fields that are lists whose order means nothing.
var unordered = []string{"except", "supersedes"}

// meaning sums up everything that a file says: its values, and its body as
// readers see it.
func (t *Tidier) meaning(name string, data []byte) (string, bool) {
	f, ok := parse(name, data)
	if !ok {
		return "", false
	}
	var b strings.Builder
	write(&b, "", f.Matter)
	if f.BodyLine > 0 {
		doc, diags := t.markup.Render([]byte(f.Body), markup.Options{Line: f.BodyLine})
		fmt.Fprintf(&b, "%q %q\n", doc.HTML, doc.Text)
		for _, l := range doc.Links {
			fmt.Fprintf(&b, "%q %v\n", l.Dest, l.Pos)
		}
		for _, d := range diags {
			fmt.Fprintf(&b, "%v\n", d)
		}
	}
	return b.String(), true
}

// write writes a value without its place.
func write(b *strings.Builder, key string, v source.Value) {
	items := v.Items
	if slices.Contains(unordered, key) {
		items = slices.Clone(items)
		slices.SortStableFunc(items, func(x, y source.Value) int { return natural(x.Text, y.Text) })
	}
	fmt.Fprintf(b, "%d %q %v [", v.Kind, v.Text, v.Quoted)
	for _, item := range items {
		write(b, "", item)
	}
	for _, p := range v.Pairs {
		fmt.Fprintf(b, "%q: ", p.Key)
		write(b, p.Key, p.Value)
	}
	b.WriteString("]\n")
}

// lists sorts the lists whose order means nothing, where they stand in brackets
// on one line.
func lists(f file) ([]byte, string) {
	parsed, ok := parse(f.path, f.data)
	if !ok || !strings.HasPrefix(f.path, "content/advisories/") {
		return f.data, ""
	}
	text := strings.Split(string(f.data), "\n")
	n := 0
	var visit func(v source.Value)
	visit = func(v source.Value) {
		for _, item := range v.Items {
			visit(item)
		}
		for _, p := range v.Pairs {
			if slices.Contains(unordered, p.Key) && sortLine(text, p.Value) {
				n++
			}
			visit(p.Value)
		}
	}
	visit(parsed.Matter)
	if n == 0 {
		return f.data, ""
	}
	return []byte(strings.Join(text, "\n")), fmt.Sprintf("sorted %s", map[bool]string{true: "a list", false: fmt.Sprintf("%d lists", n)}[n == 1])
}

// plain is an item that can be moved as it stands.
var plain = regexp.MustCompile(`^[A-Za-z0-9/_-]+$`)

// sortLine sorts a list that stands in brackets on one line of a text.
func sortLine(text []string, v source.Value) bool {
	var items []string
	for _, item := range v.Items {
		if item.Kind != source.Scalar || item.Quoted || item.Pos.Line != v.Pos.Line || !plain.MatchString(item.Text) {
			return false
		}
		items = append(items, item.Text)
	}
	if len(items) < 2 || slices.IsSortedFunc(items, natural) {
		return false
	}
	line := text[v.Pos.Line-1]
	from := 0
	for range v.Pos.Col - 1 {
		_, size := utf8.DecodeRuneInString(line[from:])
		from += size
	}
	to := strings.IndexByte(line[from:], ']')
	if !strings.HasPrefix(line[from:], "[") || to < 0 {
		return false
	}
	slices.SortStableFunc(items, natural)
	text[v.Pos.Line-1] = line[:from] + "[" + strings.Join(items, ", ") + line[from+to:]
	return true
}

var digits = regexp.MustCompile(`[0-9]+|[^0-9]+`)

// natural orders names with the numbers in them, KH-2 before KH-10, and parts
// after what they are parts of, KH-10 before KH-2/x.
func natural(a, b string) int {
	if c := cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")); c != 0 {
		return c
	}
	x, y := digits.FindAllString(a, -1), digits.FindAllString(b, -1)
	for i := range min(len(x), len(y)) {
		m, err1 := strconv.Atoi(x[i])
		n, err2 := strconv.Atoi(y[i])
		if err1 == nil && err2 == nil {
			if c := cmp.Compare(m, n); c != 0 {
				return c
			}
		} else if c := strings.Compare(x[i], y[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
}
