package render

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/generator/diag"
	"bongsu/templates"
)

// patched is the built-in templates folder with one file replaced.
func patched(t *testing.T, name, text string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates.FS, p)
		out[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out[name] = &fstest.MapFile{Data: []byte(text)}
	return out
}

// TestLoadFaults puts one bad file at a time into the built-in templates, which
// have no fault themselves: they are the mended half of each.
func TestLoadFaults(t *testing.T) {
	if _, diags := Load(templates.FS, []string{"ko", "en"}, time.UTC); len(diags) > 0 {
		t.Fatal(diags)
	}
	const item = "parts/item/item.html"
	for _, c := range []struct {
		name, file, text, want string
		code                   diag.Code
	}{
		{"syntax", item, "<p>\n{{if}}\n", "templates/" + item + ":2", diag.BadTemplate},
		{"unknown function", item, "{{nothing .}}", "templates/" + item + ":1", diag.BadTemplate},
		{"escaping", item, "<p>\n<a href={{.URL", "templates/" + item, diag.BadTemplate},
		{"broken tag", item, "<p>\n<a href=\"{{if .URL}}x\">{{end}}", "templates/" + item, diag.BadTemplate},
		{"unknown text", item, "<p>\n {{t \"item.revisd\"}}", "templates/" + item + ":2:4", diag.BadTemplate},
		{"computed key", item, "{{t .Title}}", "templates/" + item + ":1:3", diag.BadTemplate},
		{"style attribute", item, "<p>\n<b style=\"color:red\">", "templates/" + item + ":2:3", diag.UnsafeTemplate},
		{"handler", item, "<p onclick=\"x\">", "templates/" + item + ":1:3", diag.UnsafeTemplate},
		{"target", item, "<a target=\"_blank\">", "templates/" + item, diag.UnsafeTemplate},
		{"third party", item, "<img src=\"https://tracker.example/x\">", "templates/" + item, diag.UnsafeTemplate},
		{"import", "css/3-base.css", "a{}\n@import url(x);", "templates/css/3-base.css:2:1", diag.UnsafeTemplate},
		{"strings", "strings/en.yaml", "a: [", "templates/strings/en.yaml", diag.BadYAML},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags := Load(patched(t, c.file, c.text), []string{"ko", "en"}, time.UTC)
			i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool {
				return d.Code == c.code && strings.HasPrefix(d.Pos.String(), c.want)
			})
			if i < 0 {
				t.Fatalf("no %s at %s in:\n%v", c.code, c.want, diags)
			}
			set, later := LoadLazily(patched(t, c.file, c.text), []string{"ko", "en"}, time.UTC)
			later.Add(set.Judge()...)
			if got, want := fmt.Sprint(later.Sort()), fmt.Sprint(diags); got != want {
				t.Errorf("lazily %s, at once %s", got, want)
			}
			if n := len(diags); n > 1 && c.code != diag.BadYAML && strings.Count(diags[0].Pos.String(), c.file) != 1 {
				t.Errorf("%d findings: %v", n, diags)
			}
		})
	}
}

func TestMissingLanguage(t *testing.T) {
	_, diags := Load(templates.FS, []string{"ko", "xx"}, time.UTC)
	if !diags.HasErrors() || !strings.Contains(diags[0].Error(), "strings/xx.yaml") {
		t.Errorf("a language without words gave %v", diags)
	}
}

// TestFault checks that an error while rendering names the template.
func TestFault(t *testing.T) {
	s := loadSite(t, fixture(nil), "2026-01-01T00:00:00Z")
	set, diags := Load(patched(t, "parts/footer/footer.html", "<p>\n{{.Nothing}}"), s.Langs(), s.Config.Zone)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var b bytes.Buffer
	err := set.Files(s)[0].Render(&b)
	if err == nil {
		t.Fatal("no error")
	}
	if d := Fault(err); d.Pos.File != "templates/parts/footer/footer.html" || d.Pos.Line != 2 {
		t.Errorf("error %q is placed at %s", err, d.Pos)
	}
	if d := Fault(errors.New("other")); d.Code != diag.BadTemplate {
		t.Errorf("code %s", d.Code)
	}
}

var goString = regexp.MustCompile("\"([a-z_]+(?:\\.[A-Za-z0-9_-]+)*\\.?)\"")

// TestEveryTextIsUsed finds texts that nothing shows: neither a template nor a
// string of the packages that have the words.
func TestEveryTextIsUsed(t *testing.T) {
	used := map[string]bool{}
	l := &loader{fsys: templates.FS}
	l.templates()
	set, diags := Load(templates.FS, []string{"ko", "en"}, time.UTC)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, p := range l.pages {
		for _, m := range regexp.MustCompile(`\bt "([^"]+)"`).FindAllStringSubmatch(p.text, -1) {
			used[m[1]] = true
		}
	}
	var prefixes []string
	for _, pkg := range []string{"render", "feed", "data", "search", "serve", "check"} {
		files, _ := filepath.Glob(filepath.Join("..", pkg, "*.go"))
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range goString.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
				if strings.HasSuffix(m[1], ".") {
					prefixes = append(prefixes, m[1])
				}
			}
			prefixes = append(prefixes, suffixed(string(text))...)
		}
	}
	for _, key := range set.Catalog("en").Keys() {
		if used[key] || strings.HasPrefix(key, "format.") || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			continue
		}
		if _, last := path.Split(strings.ReplaceAll(key, ".", "/")); strings.HasPrefix(key, "section.") || (last == "title" || last == "lead") {
			continue // composed from the name of a section
		}
		t.Errorf("%s: text %q is not used", set.Catalog("en").Pos(key), key)
	}
}

// suffixed finds keys that are put together: "status." + x.
func suffixed(text string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`"([a-z_.]+\.)"\s*\+`).FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// TestShrink checks that smaller styles mean the same.
func TestShrink(t *testing.T) {
	for in, want := range map[string]string{
		"/* gone */\na { color: red; }\n":                 "a{color:red}\n",
		"a:hover > b { margin: 0 1px; }":                  "a:hover > b{margin:0 1px}\n",
		"@media (min-width: 60rem) {\n  a { top: 0; }\n}": "@media (min-width: 60rem){a{top:0}}\n",
		".a { width: calc(1em + 2px); }":                  ".a{width:calc(1em + 2px)}\n",
		".a::before { content: \"· \"; }":                 ".a::before{content:\"· \"}\n",
	} {
		if got := shrink(in); got != want {
			t.Errorf("shrink(%q) = %q, want %q", in, got, want)
		}
	}
}

var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	around   = regexp.MustCompile(`[ \t]*([{};,])[ \t]*`)
	colons   = regexp.MustCompile(`(^|[{;])(-{0,2}[a-z0-9-]+):[ \t]+`)
)

// shrinkSlowly is what shrink does, in other words.
func shrinkSlowly(css string) string {
	css = comments.ReplaceAllString(css, "")
	var b strings.Builder
	for line := range strings.SplitSeq(css, "\n") {
		line = around.ReplaceAllString(strings.TrimSpace(line), "$1")
		if line == "" {
			continue
		}
		b.WriteString(colons.ReplaceAllString(line, "$1$2:"))
		if !strings.ContainsAny(line[len(line)-1:], "{};,") {
			b.WriteByte('\n')
		}
	}
	b.WriteByte('\n')
	return strings.ReplaceAll(b.String(), ";}", "}")
}

// FuzzShrink begins with the style sheets of the site and looks for one that is
// shrunk otherwise.
func FuzzShrink(f *testing.F) {
	for _, pattern := range []string{"css/*.css", "*/*/*.css"} {
		names, _ := fs.Glob(templates.FS, pattern)
		for _, name := range names {
			data, _ := fs.ReadFile(templates.FS, name)
			f.Add(string(data))
		}
	}
	f.Add("a : b; c: d: e ,\tf:  g}h: i{ --j-k: l; }/*/ */ m: /* n")
	f.Fuzz(func(t *testing.T, css string) {
		if got, want := shrink(css), shrinkSlowly(css); got != want {
			t.Errorf("%q gives %q, want %q", css, got, want)
		}
	})
}

// TestAssets checks that an asset's path changes with its content.
func TestAssets(t *testing.T) {
	s := loadSite(t, fixture(nil), "2026-01-01T00:00:00Z")
	paths := map[string]bool{}
	for _, a := range loadSet(t, s).Assets(s) {
		paths[a.Path] = true
	}
	other := loadSite(t, fixture(map[string]string{"levels.yaml": strings.ReplaceAll(string(fixture(nil)["content/levels.yaml"].Data), "#F08A00", "#F08A01")}), "2026-01-01T00:00:00Z")
	for _, a := range loadSet(t, other).Assets(other) {
		if style := path.Ext(a.Name) == ".css"; paths[a.Path] == style {
			t.Errorf("%s: changed with a colour of a level: %v, want %v", a.Path, !paths[a.Path], style)
		}
	}
}
