package render

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bongsu/templates"
)

var token = regexp.MustCompile(`(--[a-z0-9-]+):\s*([^;}]+);`)

// tokens gives the colours of both themes.
func tokens(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	data, err := templates.FS.ReadFile("css/2-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	day, night, ok := strings.Cut(string(data), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark theme")
	}
	light, dark = map[string]string{}, map[string]string{}
	for _, m := range token.FindAllStringSubmatch(day, -1) {
		light[m[1]], dark[m[1]] = m[2], m[2]
	}
	for _, m := range token.FindAllStringSubmatch(night, -1) {
		dark[m[1]] = m[2]
	}
	return light, dark
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, theme map[string]string, name string) float64 {
	t.Helper()
	v := strings.TrimSpace(theme[name])
	for strings.HasPrefix(v, "var(") {
		v = strings.TrimSpace(theme[strings.TrimSuffix(strings.TrimPrefix(v, "var("), ")")])
	}
	if len(v) != 7 || v[0] != '#' {
		t.Fatalf("%s is no colour: %q", name, v)
	}
	var l float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(v[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l
}

// TestContrast checks text and marks in both themes (A11Y-03, A11Y-04).
func TestContrast(t *testing.T) {
	light, dark := tokens(t)
	for name, theme := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, c := range []struct {
			on  string
			fg  []string
			min float64
		}{
			{"--page", []string{"--text", "--text-soft", "--link", "--link-visited", "--link-hover", "--danger", "--notice"}, 4.5},
			{"--panel", []string{"--text", "--text-soft", "--link", "--link-visited", "--danger"}, 4.5},
			{"--danger-wash", []string{"--text", "--text-soft", "--link", "--link-visited", "--danger"}, 4.5},
			{"--notice-wash", []string{"--text", "--text-soft", "--link", "--link-visited"}, 4.5},
			{"--added-wash", []string{"--added", "--text"}, 4.5},
			{"--button", []string{"--button-ink"}, 4.5},
			{"--danger", []string{"--page"}, 4.5},
			{"--page", []string{"--line-strong", "--mark-edge"}, 3},
			{"--panel", []string{"--line-strong"}, 3},
			{"--focus-edge", []string{"--focus"}, 3},
		} {
			for _, fg := range c.fg {
				a, b := luminance(t, theme, c.on), luminance(t, theme, fg)
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < c.min {
					t.Errorf("%s: %s on %s has %.2f:1, less than %v:1", name, fg, c.on, ratio, c.min)
				}
			}
		}
	}
}
