package model

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// Site is site.yaml: what holds for the whole site.
type Site struct {
	Title     Text
	BaseURL   string   // absolute, with a final slash
	Languages []string // the first is the source language
	Zone      *time.Location
	Publisher Party
	Official  Party   // where the real thing is
	Licence   Party   // of texts and data; without a name: none is stated
	Sample    *Sample // set: the site is a demonstration
	URLs      string  // "html" (addresses end in .html) or "clean"
	Authority string  // authority and date of tag: URIs (RFC 4151), never changed once published
	Hub       string  // address of a WebSub hub that the feeds name; empty: none
	Alerting  Alerting
	Security  *Security // nil: no security.txt
}

// Alerting is who sends the alerts of the Common Alerting Protocol. An empty
// Status means Test, an empty Sender the domain of Authority.
type Alerting struct{ Status, Sender string }

// Party is somebody with a name and an address on the web.
type Party struct {
	Name Text
	URL  string
	Mail string // may be empty
}

// Sample marks a demonstration.
type Sample struct{ AsOf Time }

// Host gives the scheme and host of the site, and Prefix its path ("/" or
// "/sub/").
func (s Site) Host() string {
	u, _ := url.Parse(s.BaseURL)
	return u.Scheme + "://" + u.Host
}

// Prefix is the path under which the site stands, with both slashes.
func (s Site) Prefix() string {
	u, _ := url.Parse(s.BaseURL)
	return u.EscapedPath()
}

var partyFields = []field[Party]{
	{key: "name", need: required, set: one("name", func(p *Party) *Text { return &p.Name }, asText)},
	{key: "url", need: required, set: one("url", func(p *Party) *string { return &p.URL }, asURL)},
	{key: "mail", set: one("mail", func(p *Party) *string { return &p.Mail }, asMail)},
}

func decodeMail(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && (!senderPattern.MatchString(s) || !strings.Contains(s, "@")) {
		d.badValue(v, what, "is not a mail address", "write it like data@example.org")
		return ""
	}
	return s
}

var sampleFields = []field[Sample]{
	{key: "as_of", need: required, set: one("as_of", func(s *Sample) *Time { return &s.AsOf }, asTime)},
}

var alertingFields = []field[Alerting]{
	{key: "status", set: one("status", func(a *Alerting) *string { return &a.Status }, oneOf("Actual", "Exercise", "System", "Test"))},
	{key: "sender", set: one("sender", func(a *Alerting) *string { return &a.Sender }, asSender)},
}

// senderPattern is a domain or a mail address: what CAP 1.2 section 3.2.1
// allows of a sender, and no more.
var senderPattern = regexp.MustCompile(`^([A-Za-z0-9._+-]+@)?[a-z0-9-]+(\.[a-z0-9-]+)+$`)

func decodeSender(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !senderPattern.MatchString(s) {
		d.badValue(v, what, "is not a domain or a mail address", "write it like warnings@example.org")
		return ""
	}
	return s
}

var siteFields = []field[Site]{
	{key: "title", need: required, set: one("title", func(s *Site) *Text { return &s.Title }, asText)},
	{key: "base_url", need: required, set: one("base_url", func(s *Site) *string { return &s.BaseURL }, asBase)},
	{key: "languages", need: required, set: many("language", func(s *Site) *[]string { return &s.Languages }, asTag)},
	{key: "time_zone", need: required, set: setter[Site]{func(*decoder, *Site, source.Value) {}, asString.form, false}}, // read before the rest: times depend on it
	{key: "publisher", need: required, set: one("publisher", func(s *Site) *Party { return &s.Publisher }, object("party", partyFields, nil))},
	{key: "official", set: one("official", func(s *Site) *Party { return &s.Official }, object("party", partyFields, nil))},
	{key: "licence", set: one("licence", func(s *Site) *Party { return &s.Licence }, object("party", partyFields, nil))},
	{key: "sample", set: one("sample", func(s *Site) **Sample { return &s.Sample }, pointer(object("sample", sampleFields, nil)))},
	{key: "urls", set: one("urls", func(s *Site) *string { return &s.URLs }, oneOf("html", "clean"))},
	{key: "tag_authority", set: one("tag_authority", func(s *Site) *string { return &s.Authority }, asAuthority)},
	{key: "hub", set: one("hub", func(s *Site) *string { return &s.Hub }, asURL)},
	{key: "security", set: one("security", func(s *Site) **Security { return &s.Security }, pointer(object("security", securityFields, nil)))},
	{key: "cap", set: one("cap", func(s *Site) *Alerting { return &s.Alerting }, object("alerting", alertingFields, nil))},
}

// authorityPattern is the authorityName and date of RFC 4151 section 2.1.
var authorityPattern = regexp.MustCompile(`^[a-z0-9.-]+\.[a-z]+,[0-9]{4}(-[0-9]{2}){0,2}$`)

func decodeAuthority(d *decoder, v source.Value, what string) string {
	s, ok := d.scalar(v, what)
	if ok && !authorityPattern.MatchString(s) {
		d.badValue(v, what, "is not a domain and a date", "write it like example.org,2025, with a domain that was yours then")
		return ""
	}
	return s
}

func decodeBase(d *decoder, v source.Value, what string) string {
	s := decodeURL(d, v, what)
	if s == "" {
		return ""
	}
	base, ok := CleanBase(s)
	if !ok {
		d.badValue(v, what, "must not carry a query or a fragment", "write the address of the home page, such as https://example.org/")
	}
	return base
}

// CleanBase gives a base address its final slash; ok is false where it cannot
// serve as one.
func CleanBase(s string) (base string, ok bool) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	u.Host = strings.ToLower(u.Host)
	return u.String(), true
}

// DecodeSite reads site.yaml.
func DecodeSite(f source.File) (Site, diag.List) {
	d := &decoder{zone: time.UTC}
	s := Site{Zone: time.UTC, URLs: "html"}
	if v, ok := f.Matter.Get("time_zone"); ok && v.Kind != source.Null {
		name := decodeString(d, v, "time_zone")
		zone, err := time.LoadLocation(name)
		if err != nil || name == "" || name == "Local" {
			d.badValue(v, "time_zone", "is not the name of a time zone", "write a name such as Asia/Seoul")
		} else {
			s.Zone, d.zone = zone, zone
		}
	}
	if v, ok := f.Matter.Get("languages"); ok {
		for _, l := range v.Items {
			d.langs = append(d.langs, strings.ToLower(l.Text))
		}
		if v.Kind == source.Sequence && len(v.Items) == 0 {
			d.report(diag.MissingField.At(v.Pos, "languages is empty").WithHint("write the source language first: [ko, en]"))
		}
		for i, l := range v.Items {
			if slices.Contains(d.langs[:i], d.langs[i]) {
				d.report(diag.DuplicateID.At(l.Pos, "language %q is listed twice", l.Text).Wide(l.Width()).WithHint("delete one"))
			}
		}
	}
	decodeMap(d, f.Matter, "site.yaml", siteFields, &s, nil)
	if s.Authority == "" && s.BaseURL != "" {
		u, _ := url.Parse(s.BaseURL)
		s.Authority = u.Hostname() + ",2025"
	}
	return s, d.diags
}
