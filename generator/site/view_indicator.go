package site

import (
	"strings"

	"bongsu/generator/model"
)

// Defang gives an indicator so that no program makes a live link of it:
// hxxps://bad[.]example, name[@]bad[.]example. What is defanged already stays
// as it is. Every output shows indicators only so (standards SEC-04).
func Defang(i model.Indicator) string {
	switch i.Type {
	case "phone", "company":
		return i.Value
	}
	v := i.Value
	if scheme, rest, ok := strings.Cut(v, "://"); ok {
		v = strings.Replace(strings.ToLower(scheme), "http", "hxxp", 1) + "://" + rest
	}
	v = strings.ReplaceAll(strings.ReplaceAll(v, "[.]", "."), ".", "[.]")
	if at := strings.IndexByte(v, '@'); at > 0 && v[at-1] != '[' {
		v = v[:at] + "[@]" + v[at+1:]
	}
	return v
}
