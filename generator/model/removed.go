package model

import (
	"regexp"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Removal is a row of removed.yaml: a record that is gone for good because it
// had to go. Nothing of it is kept but that it was there.
type Removal struct {
	ID       string // of the record; the oldest slug where it had several
	At       Time
	Reason   string // a row of RemovalReasons
	Note     Text   // may be empty
	Revision int    // the last revision that readers saw; 0: not told
	Pos      diag.Position
}

// RemovalReasons lists the classes of reasons for a removal. It is read only.
var RemovalReasons = []string{"law", "privacy", "safety", "error"}

// removalPattern is the id of a record that has a page of its own.
var removalPattern = regexp.MustCompile(`^(advisories|scams|pages)/[a-z0-9]+(-[a-z0-9]+)*$`)

var removalFields = []field[Removal]{
	{key: "id", need: required, set: one("id", func(r *Removal) *string { return &r.ID }, asRemovedID)},
	{key: "at", need: required, set: one("at", func(r *Removal) *Time { return &r.At }, asTime)},
	{key: "reason", need: required, set: one("reason", func(r *Removal) *string { return &r.Reason }, oneOf(RemovalReasons...))},
	{key: "note", set: one("note", func(r *Removal) *Text { return &r.Note }, asText)},
	{key: "revision", set: one("revision", func(r *Removal) *int { return &r.Revision }, asRevision)},
}

func decodeRemovedID(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !removalPattern.MatchString(s) {
		d.badValue(v, what, "is not the id of a record", "write the folder and the name: scams/telegram-office")
		return ""
	}
	return s
}

// DecodeRemovals reads removed.yaml.
func DecodeRemovals(f source.File, c Context) ([]Removal, diag.List) {
	d := c.decoder()
	list := decodeItems(d, f.Matter, "removal", removalFields, func(r *Removal, p diag.Position) { r.Pos = p }, func(r Removal) string { return r.ID })
	return list, d.diags
}
