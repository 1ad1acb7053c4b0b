package test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// order is the order of the stages: a package imports only what stands before
// it (generator/README.md).
var order = []string{
	"diag", "diff", "schema", "quote", "output", "disk", "lang", "source", "markup", "model", "stash", "level", "tidy", "reach", "site", "style", "card", "stencil", "render", "feed", "data", "search", "host", "check", "pack", "proof", "publish", "deliver", "push", "kit", "desk", "build", "watch", "serve", "cli",
}

// apart lists pairs that must not import each other although the order would
// let them.
var apart = map[string][]string{
	"feed":    {"render"},
	"data":    {"render", "feed"},
	"search":  {"render", "feed"},
	"check":   {"render", "feed", "site"},
	"publish": {"check", "feed", "render", "site", "model"},
	"kit":     {"render", "feed", "data", "check"},
	"watch":   {"build", "publish", "site"},
}

// owners names the packages that may import a module; tests are not counted.
var owners = map[string][]string{
	"github.com/yuin/goldmark":      {"markup"},
	"github.com/alecthomas/chroma":  {"markup"},
	"github.com/fsnotify/fsnotify":  {"watch"},
	"go.yaml.in/yaml":               {"source", "lang"},
	"github.com/alecthomas/kong":    {"cli"},
	"github.com/mattn/go-isatty":    {"cli"},
	"golang.org/x/net":              {"check", "feed"},
	"golang.org/x/sys":              {"publish"},
	"golang.org/x/image":            {"card"},
	"rsc.io/qr":                     {"render"},
	"html/template":                 {"stencil", "render"},
	"github.com/mmcdole/gofeed":     {},
	"github.com/chromedp/chromedp":  {},
	"github.com/rogpeppe":           {},
	"github.com/santhosh-tekuri":    {},
	"github.com/google/go-cmp":      {},
	"golang.org/x/sync":             {"build", "publish", "cli", "proof", "deliver", "push"},
	"aead.dev/minisign":             {"proof"},
	"github.com/andybalholm/brotli": {"pack"},
	"github.com/klauspost/compress": {"card", "check", "pack"},
	"github.com/evanw/esbuild":      {},
	"text/template":                 {"stencil", "render"},
	"net/http":                      {"serve", "cli", "reach", "push"},
	"os/exec":                       {"cli"},
	"github.com/dlclark/regexp2/v2": {},
}

// TestImports holds the order of the stages and the owners of modules.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "bongsu/generator/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		name, ok := strings.CutPrefix(words[0], "bongsu/generator/")
		if !ok || strings.HasPrefix(name, "cmd/") || strings.HasPrefix(name, "bench/") || name == "test" {
			continue
		}
		at := slices.Index(order, name)
		if at < 0 {
			t.Errorf("package %s is not in the order of the stages", name)
			continue
		}
		seen++
		for _, imported := range words[1:] {
			if other, ok := strings.CutPrefix(imported, "bongsu/generator/"); ok {
				if i := slices.Index(order, other); i < 0 || i >= at || slices.Contains(apart[name], other) {
					t.Errorf("%s must not import %s", name, other)
				}
			}
			for module, who := range owners {
				if (imported == module || strings.HasPrefix(imported, module+"/")) && !slices.Contains(who, name) {
					t.Errorf("%s must not import %s; it belongs to %v", name, imported, who)
				}
			}
		}
	}
	if seen < 12 {
		t.Errorf("only %d packages were looked at", seen)
	}
}
