package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bongsu/generator/diag"
)

// element is an element of an alert.
type element struct {
	name string
	text string
	kids []*element
}

// all lists the texts of the children of a name.
func (e *element) all(name string) (out []string) {
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k.text)
		}
	}
	return out
}

// get gives the text of the only child of a name, or nothing.
func (e *element) get(name string) string {
	if all := e.all(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

// elements lists the children of a name.
func (e *element) elements(name string) (out []*element) {
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// rule is what the schema of CAP 1.2 says of a child: its place in the order is
// that in the table.
type rule struct {
	name      string
	must, any bool     // must be there; may be there more than once
	values    []string // allowed; nil: any
	is        func(string) bool
}

const capSpace = "urn:oasis:names:tc:emergency:cap:1.2"

var (
	capTimePattern = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$`)
	capNamePattern = regexp.MustCompile(`^[^\s,<&]+$`)
	markupPattern  = regexp.MustCompile(`</?[a-zA-Z][^>]*>|&[a-zA-Z]+;|&#`)
	isTime         = capTimePattern.MatchString
	isName         = capNamePattern.MatchString
	isWeb          = func(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }
)

// capRules is the table of elements by their parent. It is read only.
var capRules = map[string][]rule{
	"alert": {
		{name: "identifier", must: true, is: isName}, {name: "sender", must: true, is: isName}, {name: "sent", must: true, is: isTime},
		{name: "status", must: true, values: []string{"Actual", "Exercise", "System", "Test", "Draft"}},
		{name: "msgType", must: true, values: []string{"Alert", "Update", "Cancel"}},
		{name: "source"}, {name: "scope", must: true, values: []string{"Public"}},
		{name: "code", any: true}, {name: "note"}, {name: "references"}, {name: "incidents"}, {name: "info", must: true, any: true},
	},
	"info": {
		{name: "language", must: true},
		{name: "category", must: true, any: true, values: []string{"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"}},
		{name: "event", must: true},
		{name: "responseType", any: true, values: []string{"Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"}},
		{name: "urgency", must: true, values: []string{"Immediate", "Expected", "Future", "Past"}},
		{name: "severity", must: true, values: []string{"Extreme", "Severe", "Moderate", "Minor"}},
		{name: "certainty", must: true, values: []string{"Observed", "Likely", "Possible", "Unlikely"}},
		{name: "eventCode", must: true, any: true},
		{name: "effective", must: true, is: isTime}, {name: "onset", is: isTime}, {name: "expires", must: true, is: isTime},
		{name: "senderName", must: true}, {name: "headline", must: true}, {name: "description", must: true}, {name: "instruction", must: true},
		{name: "web", must: true, is: isWeb}, {name: "contact"}, {name: "parameter", any: true}, {name: "area", any: true},
	},
	"area": {
		{name: "areaDesc", must: true}, {name: "polygon", any: true, is: isPolygon}, {name: "circle", any: true}, {name: "geocode", must: true, any: true},
	},
	"eventCode": {{name: "valueName", must: true}, {name: "value", must: true}},
	"parameter": {{name: "valueName", must: true}, {name: "value", must: true}},
	"geocode":   {{name: "valueName", must: true}, {name: "value", must: true}},
}

// shared lists what all info blocks of an alert must say alike, and spoken what
// each must say in its own words (CAP-08).
var (
	shared = []string{"category", "responseType", "urgency", "severity", "certainty", "effective", "onset", "expires"}
	spoken = []string{"event", "headline", "description", "instruction"}
)

// Alerts checks every alert of the Common Alerting Protocol below cap/: by its
// schema, by the rules that go beyond it (standards section 2), and against the
// alerts that it refers to.
func Alerts(files []File) diag.List {
	c := &alertChecker{sent: map[string]string{}}
	alerts := map[string]*element{}
	var names []string
	for _, f := range files {
		if path.Dir(f.Path) != "cap" || path.Ext(f.Path) != ".xml" {
			continue
		}
		root, err := parseAlert(f.Data)
		if err != nil {
			c.report(f.Path, "alert cannot be read: %v", err)
			continue
		}
		alerts[f.Path] = root
		names = append(names, f.Path)
		c.sent[root.get("sender")+","+root.get("identifier")] = root.get("sent")
		if want := "cap/" + root.get("identifier") + ".xml"; want != f.Path {
			c.report(f.Path, "identifier %q is not the name of the file", root.get("identifier"))
		}
	}
	for _, name := range names {
		c.alert(name, alerts[name])
	}
	return c.diags.Sort()
}

type alertChecker struct {
	sent  map[string]string // "sender,identifier" to sent
	diags diag.List
}

func (c *alertChecker) report(file, format string, args ...any) {
	c.diags.Add(diag.BadAlert.At(diag.Position{File: file}, format, args...))
}

// parseAlert reads an alert into its elements.
func parseAlert(data []byte) (*element, error) {
	if !bytes.HasPrefix(data, []byte(`<?xml version="1.0" encoding="UTF-8"?>`)) {
		return nil, errors.New("it does not begin with an XML declaration")
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	top := &element{}
	stack := []*element{top}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		last := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			if tok.Name.Space != capSpace {
				return nil, fmt.Errorf("element %q is not of CAP 1.2", tok.Name.Local)
			}
			e := &element{name: tok.Name.Local}
			last.kids = append(last.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(tok)
		}
	}
	if len(top.kids) != 1 || top.kids[0].name != "alert" {
		return nil, errors.New("it is no alert")
	}
	return top.kids[0], nil
}

// children checks the children of an element by the table, and theirs.
func (c *alertChecker) children(file string, e *element) {
	rules, last := capRules[e.name], -1
	seen := map[string]int{}
	for _, k := range e.kids {
		i := slices.IndexFunc(rules, func(r rule) bool { return r.name == k.name })
		if i < 0 {
			c.report(file, "%s has no element %q", e.name, k.name)
			continue
		}
		r := rules[i]
		if i < last {
			c.report(file, "element %q stands after %q", k.name, rules[last].name)
		}
		last = max(i, last)
		if seen[k.name]++; seen[k.name] > 1 && !r.any {
			c.report(file, "%s has two elements %q", e.name, k.name)
		}
		switch {
		case capRules[k.name] != nil:
			c.children(file, k)
		case strings.TrimSpace(k.text) == "":
			c.report(file, "element %q is empty", k.name)
		case markupPattern.MatchString(k.text):
			c.report(file, "element %q has markup: %q", k.name, k.text)
		case r.values != nil && !slices.Contains(r.values, k.text), r.is != nil && !r.is(k.text):
			c.report(file, "element %q must not be %q", k.name, k.text)
		}
	}
	for _, r := range rules {
		if r.must && seen[r.name] == 0 {
			c.report(file, "%s lacks the element %q", e.name, r.name)
		}
	}
}

func (c *alertChecker) alert(file string, a *element) {
	c.children(file, a)
	c.references(file, a)
	infos := a.elements("info")
	for i, info := range infos {
		c.info(file, info)
		for _, before := range infos[:i] {
			c.pair(file, before, info)
		}
	}
}

// references checks that an Update or Cancel names alerts that were sent before.
func (c *alertChecker) references(file string, a *element) {
	refs := strings.Fields(a.get("references"))
	if kind := a.get("msgType"); (kind == "Alert") != (len(refs) == 0) {
		c.report(file, "an alert of type %q has %d references", kind, len(refs))
	}
	for i, ref := range refs {
		at := strings.LastIndexByte(ref, ',')
		if at < 0 || slices.Contains(refs[:i], ref) {
			c.report(file, "reference %q cannot be read, or stands twice", ref)
			continue
		}
		sent, ok := c.sent[ref[:at]]
		old, err := time.Parse(time.RFC3339, ref[at+1:])
		now, err2 := time.Parse(time.RFC3339, a.get("sent"))
		switch {
		case !ok || sent != ref[at+1:]:
			c.report(file, "reference %q is to no alert", ref)
		case ref[:at] == a.get("sender")+","+a.get("identifier"):
			c.report(file, "alert refers to itself")
		case err == nil && err2 == nil && old.After(now):
			c.report(file, "reference %q is to a later alert", ref)
		}
	}
}

func (c *alertChecker) info(file string, info *element) {
	if n := len([]rune(info.get("headline"))); n >= 140 {
		c.report(file, "headline has %d characters, 139 are allowed", n)
	}
	if d := info.get("description"); d == info.get("headline") || d == info.get("instruction") {
		c.report(file, "description says the same as headline or instruction")
	}
	from, err := time.Parse(time.RFC3339, info.get("effective"))
	to, err2 := time.Parse(time.RFC3339, info.get("expires"))
	if err == nil && err2 == nil && to.Before(from) {
		c.report(file, "alert expires before it is effective")
	}
	for _, area := range info.elements("area") {
		if n := len([]rune(area.get("areaDesc"))); n >= 50 {
			c.report(file, "areaDesc has %d characters, 49 are allowed", n)
		}
	}
}

// pair compares two info blocks of an alert.
func (c *alertChecker) pair(file string, a, b *element) {
	if a.get("language") == b.get("language") {
		c.report(file, "two info blocks are in %q", a.get("language"))
	}
	for _, name := range shared {
		if !slices.Equal(a.all(name), b.all(name)) {
			c.report(file, "info blocks differ in %q", name)
		}
	}
	codes := func(e *element) (out []string) {
		for _, x := range slices.Concat(e.elements("eventCode"), e.elements("parameter")) {
			out = append(out, x.get("valueName")+"="+x.get("value"))
		}
		for _, area := range e.elements("area") {
			out = append(out, area.all("polygon")...)
			for _, g := range area.elements("geocode") {
				out = append(out, g.get("valueName")+"="+g.get("value"))
			}
		}
		return out
	}
	if !slices.Equal(codes(a), codes(b)) {
		c.report(file, "info blocks differ in codes or areas")
	}
	for _, name := range spoken {
		if a.get(name) == b.get(name) {
			c.report(file, "%s is the same in %q and %q", name, a.get("language"), b.get("language"))
		}
	}
}

// isPolygon reports whether a text is a closed ring of latitudes and longitudes
// that does not cross itself.
func isPolygon(text string) bool {
	var ring [][2]float64
	for _, pair := range strings.Split(text, " ") {
		lat, lon, ok := strings.Cut(pair, ",")
		y, err := degrees(lat, 90)
		x, err2 := degrees(lon, 180)
		if !ok || err != nil || err2 != nil {
			return false
		}
		ring = append(ring, [2]float64{x, y})
	}
	n := len(ring) - 1
	if n < 3 || ring[0] != ring[n] {
		return false
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			if between := j - i; between > 1 && between < n-1 && sidesMeet(ring[i], ring[i+1], ring[j], ring[j+1]) {
				return false
			}
		}
	}
	return true
}

func degrees(s string, most float64) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if _, decimals, _ := strings.Cut(s, "."); err == nil && (v < -most || v > most || len(decimals) > 6) {
		err = errors.New("out of range")
	}
	return v, err
}

// sidesMeet reports whether two sides of a ring cross or touch.
func sidesMeet(a, b, c, d [2]float64) bool {
	turn := func(p, q, r [2]float64) float64 { return (q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0]) }
	return turn(a, b, c)*turn(a, b, d) <= 0 && turn(c, d, a)*turn(c, d, b) <= 0 &&
		min(a[0], b[0]) <= max(c[0], d[0]) && min(c[0], d[0]) <= max(a[0], b[0]) &&
		min(a[1], b[1]) <= max(c[1], d[1]) && min(c[1], d[1]) <= max(a[1], b[1])
}
