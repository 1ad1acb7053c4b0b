package render

import (
	"html/template"
	"text/template/parse"

	"bongsu/generator/lang"
)

// fold writes the words of a language into a template: {{t "key"}} without
// arguments becomes text, because a call costs a hundred times as much. The
// text is escaped for HTML and for quoted attributes; html/template still
// checks the context around it. Unknown keys stay calls.
func fold(n parse.Node, cat *lang.Catalog) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for i, c := range n.Nodes {
			if key, ok := plainWord(c); ok && cat.Has(key) && len(cat.Args(key)) == 0 {
				n.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: c.Position(), Text: []byte(template.HTMLEscapeString(cat.T(key)))}
				continue
			}
			fold(c, cat)
		}
	case *parse.IfNode:
		foldBranch(&n.BranchNode, cat)
	case *parse.RangeNode:
		foldBranch(&n.BranchNode, cat)
	case *parse.WithNode:
		foldBranch(&n.BranchNode, cat)
	}
}

func foldBranch(n *parse.BranchNode, cat *lang.Catalog) {
	fold(n.List, cat)
	fold(n.ElseList, cat)
}

// plainWord gives the key of an action that is {{t "key"}} and nothing else.
func plainWord(n parse.Node) (key string, ok bool) {
	action, ok := n.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	args := action.Pipe.Cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); !ok || id.Ident != "t" {
		return "", false
	}
	s, ok := args[1].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return s.Text, true
}
