package markup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tree writes down the tree of a body: every node, where it stands and what it
// says of itself.
func tree(p parser.Parser, src string) string {
	page := new(page)
	page.reset([]byte(src), Options{}, nil)
	pc := parser.NewContext()
	pc.Set(pageKey, page)
	var b strings.Builder
	depth := 0
	_ = ast.Walk(p.Parse(text.NewReader(page.src), parser.WithContext(pc)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&b, "%*s%s %d", depth, "", n.Kind(), n.Pos())
		if t, ok := n.(*ast.Text); ok {
			fmt.Fprint(&b, t.Segment, t.SoftLineBreak(), t.HardLineBreak(), t.IsRaw())
		}
		if l, ok := n.(*ast.Link); ok {
			fmt.Fprintf(&b, "%q %q %v %d", l.Destination, l.Title, l.Reference, page.dests[l])
		}
		b.WriteByte('\n')
		depth++
		return ast.WalkContinue, nil
	})
	return b.String() + fmt.Sprint(page.findings, len(page.dests))
}

// stockLinks leaves plain links to the stock parser too.
type stockLinks struct{ linkParser }

func (l stockLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	pageOf(pc).bracket = true
	return l.linkParser.Parse(parent, block, pc)
}

// TestLoop holds that our loop over text and our reading of plain links leave
// the tree that goldmark's leave.
func TestLoop(t *testing.T) {
	var one []util.PrioritizedValue
	for i, p := range inlineParsers() {
		if links, ok := p.(linkParser); ok {
			p = stockLinks{links}
		}
		one = append(one, util.Prioritized(p, i))
	}
	stock, ours := parserOf(parser.WithInlineParsers(one...)), newParser()
	same := func(src string) {
		if got, want := tree(ours, src), tree(stock, src); got != want {
			t.Fatalf("%q\n got %s\nwant %s", src, got, want)
		}
	}
	for _, src := range hostile {
		same(src)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"*", "**", "_", "~~", "~", "[", "]", "](", "(", ")", "![", "[a](b)", "[a](/b#c", "[나 다](", "<b c>", "\"d\"", "(e)", "`", "``", "<", ">", "<b>", "</b>", "<!--", "-->", "<a@b.c>", "&amp;", "\\", "\\\\", "\\\n", "  \n", " \n", "\n", "\n\n", " ", "\t", "    ", "a", "b c", "가", "나다", ".", "!", ":", "|", "\n|-|-|\n", "\n- ", "\n> ", "[^1]", "\n[^1]: ", "\n[a]: /b\n", "[a]", "## ", " {#x}", "\n---\n", "\n===\n", "\n: ", "[ ] ", "é", "\xff", "\x00"}
	for range 20000 {
		var src strings.Builder
		for range 1 + rng.IntN(16) {
			src.WriteString(pieces[rng.IntN(len(pieces))])
		}
		same(src.String())
	}
}
