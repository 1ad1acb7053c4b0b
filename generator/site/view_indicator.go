package site

import (
	"regexp"
	"strings"

	"bongsu/generator/model"
)

// webScheme is the scheme of an address of the web, or of one inside another.
var webScheme = regexp.MustCompile(`(?i)http(s?)://`)

// Defang gives an indicator so that no program makes a live link of it:
// hxxps://bad[.]example, name[@]bad[.]example. What is defanged already stays
// as it is. Every output shows indicators only so (standards SEC-04).
func Defang(i model.Indicator) string {
	switch i.Type {
	case "phone", "company":
		return i.Value
	}
	v := webScheme.ReplaceAllString(i.Value, "hxxp$1://")
	v = strings.ReplaceAll(strings.ReplaceAll(v, "[.]", "."), ".", "[.]")
	if at := strings.IndexByte(v, '@'); at > 0 && v[at-1] != '[' {
		v = v[:at] + "[@]" + v[at+1:]
	}
	return v
}
