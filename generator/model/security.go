package model

import (
	"strings"

	"bongsu/generator/source"
)

// Security is whom to tell of a weakness of the site (RFC 9116).
type Security struct {
	Contact string // https: or mailto: address
	Expires Time   // when the entry must have been looked at again
}

var securityFields = []field[Security]{
	{key: "contact", need: required, set: one("contact", func(s *Security) *string { return &s.Contact }, asReach)},
	{key: "expires", need: required, set: one("expires", func(s *Security) *Time { return &s.Expires }, asTime)},
}

// decodeReach reads an address on the web or of mail.
func decodeReach(d *decoder, v source.Value, what string) string {
	if mail, ok := strings.CutPrefix(v.Text, "mailto:"); ok && v.Kind == source.Scalar {
		if name, host, ok := strings.Cut(mail, "@"); !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(mail, " ?\"<>") {
			d.badValue(v, what, "is not a mail address", "write it like mailto:security@example.org")
			return ""
		}
		return v.Text
	}
	return decodeURL(d, v, what)
}
