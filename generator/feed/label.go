package feed

import "bongsu/generator/quote"

// label is a tag as each format writes it. The codes of a site are few, and
// every entry has several.
type label struct{ rss, atom, json string }

// newLabel writes a tag; authority is the prefix of tag: URIs of the site.
func newLabel(authority string, t Tag) *label {
	scheme := attribute.append(nil, authority)
	scheme = append(append(scheme, "schemes/"...), t.Scheme...)
	var l label
	b := append(append([]byte(`<category domain="`), scheme...), `">`...)
	l.rss = string(append(plain.append(b, t.Code), "</category>\n"...))
	b = attribute.append([]byte(`<category term="`), t.Code)
	b = append(append(b, `" scheme="`...), scheme...)
	l.atom = string(append(b, "\"/>\n"...))
	b = append(append([]byte{'"'}, t.Scheme...), ':')
	l.json = string(append(quote.JSONText(b, t.Code), '"'))
	return &l
}

// labelsOf gives the labels of an entry.
func (e *edition) labelsOf(en *Entry) []*label {
	tags := en.Tags()
	out := make([]*label, len(tags))
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, t := range tags {
		l := e.labels[t]
		if l == nil {
			l = newLabel(authority(en.ID), t)
			e.labels[t] = l
		}
		out[i] = l
	}
	return out
}
