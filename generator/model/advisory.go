package model

import "bongsu/generator/diag"

// Advisory holds the fields of an advisory.
type Advisory struct {
	Categories []Ref
	Legal      *Legal // translations carry it too, texts only
	Effective  Time   // Issued where not written
	Until      Time
	AtEnd      string // "", lift or hold
	Urgent     bool
	Levels     []Measure
	Places     []Ref
	Supersedes []Ref // ids of advisories
}

// Legal says what the law asks where a level has legal force.
type Legal struct{ Basis, Penalty, Exemption string }

// Measure sets a level for places.
type Measure struct {
	Level  Ref
	Places []Ref
	Except []Ref
	Pos    diag.Position
}

var legalFields = []field[Legal]{
	{key: "basis", need: required, set: one("basis", func(l *Legal) *string { return &l.Basis }, asString)},
	{key: "penalty", set: one("penalty", func(l *Legal) *string { return &l.Penalty }, asString)},
	{key: "exemption", set: one("exemption", func(l *Legal) *string { return &l.Exemption }, asString)},
}

var measureFields = []field[Measure]{
	{key: "level", need: required, set: one("level", func(m *Measure) *Ref { return &m.Level }, refTo(LevelIDs))},
	{key: "places", need: required, set: many("place", func(m *Measure) *[]Ref { return &m.Places }, asPlace)},
	{key: "except", set: many("exception", func(m *Measure) *[]Ref { return &m.Except }, asPlace)},
}

var advisoryFields = []field[Doc]{
	{key: "categories", need: requiredInSource, shared: true, set: many("category", func(d *Doc) *[]Ref { return &d.Advisory.Categories }, refTo(CategoryIDs))},
	{key: "legal", set: one("legal", func(d *Doc) **Legal { return &d.Advisory.Legal }, pointer(object("legal", legalFields, nil)))},
	{key: "effective", shared: true, set: one("effective", func(d *Doc) *Time { return &d.Advisory.Effective }, asTime)},
	{key: "until", shared: true, set: one("until", func(d *Doc) *Time { return &d.Advisory.Until }, asTime)},
	{key: "at_end", shared: true, set: one("at_end", func(d *Doc) *string { return &d.Advisory.AtEnd }, oneOf("lift", "hold"))},
	{key: "urgent", shared: true, set: one("urgent", func(d *Doc) *bool { return &d.Advisory.Urgent }, asBool)},
	{key: "levels", shared: true, set: many("measure", func(d *Doc) *[]Measure { return &d.Advisory.Levels }, object("measure", measureFields, func(m *Measure, p diag.Position) { m.Pos = p }))},
	{key: "places", shared: true, set: many("place", func(d *Doc) *[]Ref { return &d.Advisory.Places }, asPlace)},
	{key: "supersedes", shared: true, set: many("advisory", func(d *Doc) *[]Ref { return &d.Advisory.Supersedes }, refTo(AdvisoryIDs))},
}
