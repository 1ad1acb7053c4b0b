package desk

import (
	"slices"
	"strings"
)

// quote writes a text as a YAML scalar.
func quote(s string) string {
	if plain(s) {
		return s
	}
	r := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\t", " ")
	return `"` + r.Replace(s) + `"`
}

// plain reports whether a text can stand in YAML without quotes; words of YAML
// and numbers cannot.
func plain(s string) bool {
	if strings.ContainsAny(s, "\n\t\"'\\#:{}[]&*!|>%@`,") || strings.TrimSpace(s) != s {
		return false
	}
	if c := s[0]; c == '-' || c == '?' || c == '=' || c == '~' || c == '<' || c >= '0' && c <= '9' || c == '.' || c == '+' {
		return false
	}
	return !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
}
