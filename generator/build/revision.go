package build

import (
	"path"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/model"
	"bongsu/generator/source"
)

// isRevision reports whether a Markdown file is an earlier text of a record.
func isRevision(file string) bool {
	return strings.Contains(path.Dir(file)+"/", "/revisions/")
}

// revision reads an earlier text of a record. It was checked when it was new,
// and nobody is to change it: only what keeps it from being read is reported,
// not what rules that came later would find. What the Markdown rules refuse
// today is left out, as everywhere.
func (p *parser) revision(f source.File, src []byte, diags diag.List) parsed {
	var out parsed
	old, d := model.LocateRevision(f.Path)
	if d != nil {
		out.diags.Add(*d)
		return out
	}
	out.old = &old
	out.diags.Add(diags...)
	if f.Matter.Kind != source.Map {
		return out
	}
	doc, _ := model.DecodeDoc(f, old.Kind, old.Slug, old.Lang, p.context)
	if f.BodyLine > 0 {
		body, _ := p.body(f, src, old.Lang)
		doc.Body = model.NewBody(body)
		out.front = frontOf(f, body)
	}
	if !p.texts && len(out.diags) == 0 {
		doc.Text = ""
	}
	old.Doc = doc
	return out
}
