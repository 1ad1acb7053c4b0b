package build

import (
	"crypto/sha256"
	"strings"

	"bongsu/generator/diag"
	"bongsu/generator/source"
)

// cleanImage is an image as it was read last, without its metadata.
type cleanImage struct {
	sum  [sha256.Size]byte
	path string // in the output
	data []byte
}

// images reads the images of content/media/ and returns their names below it.
func (l *loader) images(entries []source.Entry) []string {
	var names []string
	for _, e := range entries {
		name := strings.TrimPrefix(e.Path, Content+"/media/")
		names = append(names, name)
		if img, ok := l.image(e, name); ok {
			l.result.media = append(l.result.media, img)
		}
	}
	return names
}

func (l *loader) image(e source.Entry, name string) (cleanImage, bool) {
	old, known := l.memory.images[e.Path]
	if known && l.changed != nil && !l.changed[e.Path] {
		return old, true
	}
	raw, diags := source.Read(l.root, e)
	l.result.Diags.Add(diags...)
	if diags.HasErrors() {
		delete(l.memory.images, e.Path)
		return cleanImage{}, false
	}
	sum := sha256.Sum256(raw.Data)
	if known && old.sum == sum {
		return old, true
	}
	data, err := source.StripMetadata(name, raw.Data)
	if err != nil {
		delete(l.memory.images, e.Path)
		l.result.Diags.Add(diag.BadValue.At(diag.Position{File: raw.Path}, "file %q is not an image of the kind that its name says", name).
			WithHint("save it again as PNG, JPEG or WebP"))
		return cleanImage{}, false
	}
	img := cleanImage{sum: sum, path: "media/" + name, data: data}
	l.memory.images[e.Path] = img
	return img, true
}
