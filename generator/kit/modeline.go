package kit

import (
	"path"
	"strings"

	"bongsu/generator/model"
)

// Modeline gives the comment that tells an editor the schema of a file of the
// content; "" for a file that has none. The path is from the site's folder.
func Modeline(file string) string {
	under := strings.TrimPrefix(file, "content/")
	for _, f := range model.FileForms() {
		hit := f.Kind != nil && path.Ext(file) == ".md" && strings.HasPrefix(under, f.Kind.ID+"/")
		if f.Kind == nil {
			hit, _ = path.Match(f.Files, under)
		}
		if hit {
			return "# yaml-language-server: $schema=" + strings.Repeat("../", strings.Count(file, "/")) + SchemaPath(f.ID)
		}
	}
	return ""
}

// WithModeline puts the comment into a file: before YAML, inside front matter.
func WithModeline(file, text string) string {
	line := Modeline(file)
	if line == "" {
		return text
	}
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		return "---\n" + line + "\n" + rest
	}
	return line + "\n" + text
}
