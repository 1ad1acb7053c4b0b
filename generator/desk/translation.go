package desk

import (
	"path"

	"bongsu/generator/site"
)

// Translation writes the beginning of a translation of a record: the texts of
// the source as comments, and a field for each text. The fields are empty, so
// that the check names them until they are filled in.
func Translation(s *site.Site, r *site.Record, tag string) File {
	w := &writer{site: s, lang: tag, words: wordsOf(tag)}
	src := r.Source
	w.line("---")
	w.remark(w.words.sourceTitle + src.Title)
	w.line("title:")
	w.remark(w.words.sourceSummary + src.Summary)
	w.line("summary:")
	w.remark(w.words.translates)
	w.line("translates: %d", src.Revision())
	if l := src.Advisory.Legal; l != nil {
		w.line("legal:")
		for _, f := range []struct{ key, text string }{{"basis", l.Basis}, {"penalty", l.Penalty}, {"exemption", l.Exemption}} {
			if f.text != "" {
				w.remark(w.words.sourceNote + f.text)
				w.line("  %s:", f.key)
			}
		}
	}
	if len(src.Changes) > 0 {
		w.line("changes:")
		for _, c := range src.Changes {
			w.remark(w.words.sourceNote + c.Note)
			w.line("  - note:")
		}
	}
	if src.Withdrawn != nil {
		w.remark(w.words.sourceNote + src.Withdrawn.Reason)
		w.line("withdrawn: {reason: }")
	}
	if len(src.Body.Headings) > 0 {
		w.remark(w.words.headingsKept)
		for _, h := range src.Body.Headings {
			w.remark("  " + hashes[min(max(h.Level, 1), len(hashes))-1] + " " + h.Text + " {#" + h.ID + "}")
		}
	}
	w.line("---")
	return File{path.Join(path.Dir(src.Path), path.Base(r.Slug)+"."+tag+".md"), w.b.String()}
}

var hashes = []string{"#", "##", "###", "####", "#####", "######"}
