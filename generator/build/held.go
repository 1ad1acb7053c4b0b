package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"bongsu/generator/model"
)

// shared sums up everything that output depends on but the time, the program
// and the bodies of advisories and scam warnings: those are most of what
// editors write, and what most files do not show (output.File.Shows). It is
// empty where that cannot be told.
func (b *Builder) shared(o Options) string {
	if b.setSalt == "" {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%v\n%s\n%x\n%x\n", o.BaseURL, o.Drafts, o.Tool, b.salt, b.setSalt)
	var line []byte
	for _, e := range b.entries {
		var sum [sha256.Size]byte
		if p, ok := b.parsed[e.Path]; ok {
			if kind, _, _ := p.of(); kind == nil || !slices.Contains(bodied, kind.ID) {
				sum = p.sum
			} else {
				copy(sum[:], p.front[:])
			}
		} else if y := b.yaml[e.Path]; y != nil {
			sum = y.sum
		} else if m, ok := b.maps[e.Path]; ok {
			sum = m.sum
		} else if i, ok := b.images[e.Path]; ok {
			sum = i.sum
		}
		line = append(append(line[:0], sum[:]...), e.Path...)
		h.Write(append(line, 0))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// bodied are the kinds of record of which Shows tells. The bodies of the others
// stand on many pages.
var bodied = []string{"advisories", "scams"}

// bodyID names the texts of a record in a language.
type bodyID struct{ record, lang string }

// of gives what the file is a text of; nil where it could not be told.
func (p parsed) of() (kind *model.Kind, slug, lang string) {
	switch {
	case p.doc != nil:
		return p.doc.Kind, p.doc.Slug, p.doc.Lang
	case p.old != nil:
		return p.old.Kind, p.old.Slug, p.old.Lang
	}
	return nil, "", ""
}

// edited lists the texts of which a body is not what it was in the run that
// left the memos, and tells search what they were.
func (b *Builder) edited() []bodyID {
	var out []bodyID
	for _, e := range b.entries {
		p, ok := b.parsed[e.Path]
		if !ok {
			continue
		}
		if m, known := b.kept.files[e.Path]; known && m.sum == p.sum {
			continue
		}
		if was, ok := b.before(e.Path); ok && p.doc != nil && was.doc != nil {
			b.search.Was(p.doc, was.doc)
		}
		if kind, slug, lang := p.of(); kind != nil && slices.Contains(bodied, kind.ID) {
			out = append(out, bodyID{kind.ID + "/" + slug, lang})
		}
	}
	return out
}

// Before tells of an earlier run of the same program, in the output folder.
type Before struct {
	Shared      string    // Result.Shared of that run
	Mark        string    // of what it left for Restore
	From, Until time.Time // what it made is good from then until before; zero: for ever
}

// Holds reports whether the site as of a time shows the same as the output.
func (b *Before) Holds(now time.Time) bool {
	return !now.Before(b.From) && (b.Until.IsZero() || now.Before(b.Until))
}

// fits reports whether a result is of the same site, but for bodies.
func (b *Before) fits(r *Result) bool {
	return b != nil && b.Shared != "" && b.Shared == r.Shared() && b.Mark != "" && b.Mark == r.mark && b.Holds(r.Site.Now)
}

// Hold marks the output files that are as the run of Options.Last left them.
// The folder must still be as it was then, which the caller sees to. It reports
// whether there are any.
func (r *Result) Hold() bool {
	if !r.fits {
		return false
	}
	edited := r.edited()
	r.held = make([]bool, len(r.Files))
	for i, f := range r.Files {
		r.held[i] = f.Shows != nil && !slices.ContainsFunc(edited, func(id bodyID) bool { return f.Shows(id.record, id.lang) })
	}
	return true
}
