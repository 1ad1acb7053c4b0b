package model

import (
	"bongsu/generator/diag"
)

// Scam holds the fields of a recruitment-scam warning.
type Scam struct {
	Offer      Offer
	Channels   []string
	Places     []Ref
	RedFlags   []Ref
	AsksFor    []string
	Indicators []Indicator
	Reports    *Reports
}

// Offer is what the advertisement says.
type Offer struct {
	Roles        []Text
	Pay          Text
	Benefits     []Text
	ClaimedPlace Text
}

// Indicator is an account, address or name used by scammers. Value is as
// written by the editor and must never leave the program unless defanged.
type Indicator struct {
	Type, Value   string
	Seen          Time
	Status        string // alleged or confirmed
	Basis, Source string
	Pos           diag.Position
}

// Reports counts known cases at a date.
type Reports struct {
	Count int
	AsOf  Time
}

// Channels and Asks are the words that the fields channels and asks_for take;
// the site's strings give each its name (channel.X, asks.X).
var (
	Channels = []string{
		"telegram", "kakaotalk", "open-chat", "facebook", "instagram", "threads", "x", "tiktok", "youtube",
		"line", "wechat", "whatsapp", "job-board", "community", "acquaintance", "phone", "sms", "email", "website", "other",
	}
	Asks = []string{
		"passport", "bank-account", "bank-card", "sim-card", "id-photo", "id-card", "fee", "phone", "personal-data", "password", "other",
	}
)

var offerFields = []field[Offer]{
	{key: "roles", set: many("role", func(o *Offer) *[]Text { return &o.Roles }, asText)},
	{key: "pay", set: one("pay", func(o *Offer) *Text { return &o.Pay }, asText)},
	{key: "benefits", set: many("benefit", func(o *Offer) *[]Text { return &o.Benefits }, asText)},
	{key: "claimed_place", set: one("claimed_place", func(o *Offer) *Text { return &o.ClaimedPlace }, asText)},
}

var indicatorFields = []field[Indicator]{
	{key: "type", need: required, set: one("type", func(i *Indicator) *string { return &i.Type }, oneOf("handle", "domain", "url", "phone", "company"))},
	{key: "value", need: required, set: one("value", func(i *Indicator) *string { return &i.Value }, asString)},
	{key: "seen", set: one("seen", func(i *Indicator) *Time { return &i.Seen }, asTime)},
	{key: "status", need: required, set: one("status", func(i *Indicator) *string { return &i.Status }, oneOf("alleged", "confirmed"))},
	{key: "basis", need: required, set: one("basis", func(i *Indicator) *string { return &i.Basis }, asString)},
	{key: "source", need: required, set: one("source", func(i *Indicator) *string { return &i.Source }, asURL)},
}

var reportsFields = []field[Reports]{
	{key: "count", need: required, set: one("count", func(r *Reports) *int { return &r.Count }, asInt)},
	{key: "as_of", need: required, set: one("as_of", func(r *Reports) *Time { return &r.AsOf }, asTime)},
}

var scamFields = []field[Doc]{
	{key: "offer", shared: true, set: one("offer", func(d *Doc) *Offer { return &d.Scam.Offer }, object("offer", offerFields, nil))},
	{key: "channels", shared: true, set: many("channel", func(d *Doc) *[]string { return &d.Scam.Channels }, oneOf(Channels...))},
	{key: "places", shared: true, set: many("place", func(d *Doc) *[]Ref { return &d.Scam.Places }, asPlace)},
	{key: "red_flags", shared: true, set: many("red flag", func(d *Doc) *[]Ref { return &d.Scam.RedFlags }, refTo(RedFlagIDs))},
	{key: "asks_for", shared: true, set: many("asks_for", func(d *Doc) *[]string { return &d.Scam.AsksFor }, oneOf(Asks...))},
	{key: "indicators", shared: true, set: many("indicator", func(d *Doc) *[]Indicator { return &d.Scam.Indicators }, object("indicator", indicatorFields, func(i *Indicator, p diag.Position) { i.Pos = p }))},
	{key: "reports", shared: true, set: one("reports", func(d *Doc) **Reports { return &d.Scam.Reports }, pointer(object("reports", reportsFields, nil)))},
}
