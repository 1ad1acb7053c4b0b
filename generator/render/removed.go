package render

import (
	"html/template"
	"time"

	"bongsu/generator/model"
	"bongsu/generator/output"
	"bongsu/generator/site"
)

// Removed is the dot of pages/removed: what stands at the address of a record
// that is gone for good.
type Removed struct{ Title, Text, Why, Note string }

// Removals is a list of removals, newest first, on the page of changes.
type Removals struct {
	Title string
	Rows  []RemovalRow
}

// RemovalRow is a removal: when, and the class of its reason.
type RemovalRow struct {
	At   template.HTML
	Text string
}

// removedPages makes a notice at each address of a removed record. Nothing of
// the record is shown, and search engines are told to forget it.
func removedPages(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		for _, r := range b.site.Removals {
			f := e.file(site.RemovedPath(r), output.At(r.At.Time), "removed", func() (*Page, any) { return e.removed(r) })
			f.langs = nil
			out = append(out, f)
		}
	}
	return out
}

func (e *edition) removed(r model.Removal) (*Page, any) {
	v := Removed{
		Title: e.t("removed.title"), Text: e.t("removed.text", "time", e.format.DateTime(r.At.Time)),
		Why: e.t("removed.why", "reason", e.t("removed.reason."+r.Reason)), Note: e.text(r.Note),
	}
	p := e.page("removed", site.RemovedPath(r), v.Title, v.Text)
	p.Robots, p.Alternates, p.Changed = "noindex", nil, r.At.Time
	p.crumbs(e)
	return p, v
}

// maxRemovals is how many removals the page of changes lists.
const maxRemovals = 100

// removals lists the newest removals; nil where there are none.
func (e *edition) removals() *Removals {
	all := e.site.Removals
	if len(all) == 0 {
		return nil
	}
	v := &Removals{Title: e.t("removed.list")}
	for _, r := range all[:min(len(all), maxRemovals)] {
		v.Rows = append(v.Rows, RemovalRow{e.instant(r.At.Time), e.t("removed.line", "reason", e.t("removed.reason."+r.Reason))})
	}
	return v
}

// newestRemoval gives the time of the newest removal, or zero.
func (b *builder) newestRemoval() time.Time {
	if len(b.site.Removals) == 0 {
		return time.Time{}
	}
	return b.site.Removals[0].At.Time
}
