package build

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bongsu/templates"
)

// TestMedia: an image of a text is published without its metadata; a file that
// is no image, or a missing one, is a fault.
func TestMedia(t *testing.T) {
	e := newEditor(t, 0)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	end := bytes.Index(b.Bytes(), []byte("IEND")) - 4
	text := append([]byte("\x00\x00\x00\x06tEXtsecret"), 0, 0, 0, 0)
	data := append(append(append([]byte{}, b.Bytes()[:end]...), text...), b.Bytes()[end:]...)
	e.files["content/media/2025/map.png"] = &fstest.MapFile{Data: data, Mode: 0o644}
	page := "content/pages/help.ko.md"
	e.put(page, e.read(page)+"\n![지도](/media/2025/map.png)\n")
	o := Options{Root: e.files, Templates: templates.FS, Now: time.Date(2025, 10, 15, 0, 0, 0, 0, time.UTC)}
	builder := NewBuilder()
	r, err := builder.Build(context.Background(), o)
	if err != nil || r.Diags.HasErrors() {
		t.Fatal(err, r.Diags)
	}
	files, err := r.Render(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]byte{}
	for _, f := range files {
		found[f.Path] = f.Data
	}
	if img := found["media/2025/map.png"]; img == nil || bytes.Contains(img, []byte("secret")) {
		t.Errorf("image of %d bytes, metadata %v", len(img), bytes.Contains(img, []byte("secret")))
	}
	if !strings.Contains(string(found["ko/help/index.html"]), `src="/media/2025/map.png"`) {
		t.Error("the page does not show the image")
	}
	for name, data := range map[string]string{"bad-value": "<svg>", "dead-link": ""} {
		e.put("content/media/2025/map.png", data)
		o.Changed = map[string]bool{"content/media/2025/map.png": true}
		r, err := builder.Build(context.Background(), o)
		if err != nil || len(r.Diags) == 0 || string(r.Diags[0].Code) != name {
			t.Errorf("want %s, got %v %v", name, err, r.Diags)
		}
	}
}
