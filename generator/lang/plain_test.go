package lang

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// nodes writes down what Load looks at of a tree of nodes; of keys it does not
// look at the type.
func nodes(b *strings.Builder, n *yaml.Node, depth int, key bool) {
	if n == nil {
		b.WriteString("nothing")
		return
	}
	tag := n.ShortTag()
	if key && n.Kind == yaml.ScalarNode {
		tag = "key"
	}
	fmt.Fprintf(b, "%*d %d %q %t %s %d:%d\n", depth, depth, n.Kind, n.Value, n.Style&yaml.DoubleQuotedStyle != 0, tag, n.Line, n.Column)
	for i, c := range n.Content {
		nodes(b, c, depth+1, n.Kind == yaml.MappingNode && i%2 == 0)
	}
}

func dump(n *yaml.Node) string {
	var b strings.Builder
	nodes(&b, n, 0, false)
	return b.String()
}

// TestPlain: what is read without the YAML library is what it reads. The files
// of the built-in templates are read so.
func TestPlain(t *testing.T) {
	var all []string
	for _, tag := range []string{"ko", "en"} {
		data, err := os.ReadFile("../../templates/strings/" + tag + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		all = append(all, lines...)
		l := loader{Catalog: &Catalog{}}
		if got, want := dump(readPlain(lines)), dump(l.parse(data)); got != want || got == "nothing" {
			t.Errorf("%s.yaml is read otherwise", tag)
		}
	}
	odd := strings.Split(`: |"|'|#|-|  |{|}|[|]|&a|*a|!|%|@|?|,|\|~|<<: x|true|null|1.5|0x1f|.inf|+1|---|...|- a|a: b: c|a:b|"a": b|"a: b|'a': b|a : b|>| #c|#|`+"\t|\r|é|\"\"|2026-01-01|yes: no|x: >-|=|12:30|1_000|, |{a: b}|{1: 가, b: \"c, d\"}|{a: b, }|{a: {b: c}}|{a: b: c}|{a: [}|{\"a\": b , c:  d }|{a: b} |{a: \"b\"c}", "|")
	rng := rand.New(rand.NewPCG(1, 2))
	read := 0
	for range 20000 {
		lines := make([]string, 1+rng.IntN(5))
		from := rng.IntN(len(all) - len(lines))
		for i := range lines {
			line := all[from+i]
			if rng.IntN(3) == 0 {
				piece, at := odd[rng.IntN(len(odd))], rng.IntN(len(line)+1)
				switch rng.IntN(4) {
				case 0:
					line = line[:at] + piece + line[at:]
				case 1:
					key, _, _ := strings.Cut(line, ":")
					line = key + ": " + piece
				case 2:
					line = strings.Repeat(" ", rng.IntN(4)) + strings.TrimLeft(line, " ")
				default:
					line += piece
				}
			}
			lines[i] = line
		}
		for strings.HasPrefix(lines[0], " ") { // as the first ones of a file
			for i := range lines {
				lines[i] = strings.TrimPrefix(lines[i], " ")
			}
		}
		text := strings.Join(lines, "\n")
		data := []byte(text)
		l := loader{Catalog: &Catalog{}}
		if bytes.ContainsRune(data, '\ufffd') || !l.readable(data) {
			continue
		}
		got := readPlain(strings.Split(text, "\n"))
		if got == nil {
			continue
		}
		read++
		want := l.parse(data)
		if dump(got) != dump(want) || len(l.list) > 0 {
			t.Fatalf("%q is read as\n%s\nnot\n%s%v", text, dump(got), dump(want), l.list)
		}
	}
	if read < 1000 {
		t.Errorf("only %d texts were read", read)
	}
}
