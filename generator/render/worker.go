package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"slices"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/output"
)

// The service worker stands at the root of the site under its own name: its
// address decides what it may serve, and a changed name would leave the old one
// in charge. It is no asset for that reason.
const workerFile = "sw.js"

// keptPaths are the pages that work offline although nobody visited them.
var keptPaths = []string{"help/", "levels/"}

// workerSite is what the service worker is told: the constant SITE.
type workerSite struct {
	Version string                 `json:"version"` // of all that is kept from the start
	Prefix  string                 `json:"prefix"`
	Zone    string                 `json:"zone"` // name of the time zone
	Pages   []string               `json:"pages"`
	Assets  []string               `json:"assets"`
	Help    map[string]string      `json:"help"`  // address of the help page, by language
	Words   map[string]workerWords `json:"words"` // by language, escaped for HTML
}

// workerWords are the words of the bar on a saved copy; {at} stands for a time.
type workerWords struct {
	Label   string `json:"label"`
	Saved   string `json:"saved"`   // what it is: an old copy
	Missing string `json:"missing"` // the page asked for is not saved; this is another
	Zone    string `json:"zone"`
}

// worker reads the text of the service worker; a templates folder may go
// without.
func (l *loader) worker() string {
	data, err := fs.ReadFile(l.fsys, "assets/"+workerFile)
	if err != nil {
		return ""
	}
	if len(data) == 0 {
		l.diags.Add(diag.BadTemplate.At(diag.Position{File: folder + "assets/" + workerFile}, "the service worker is empty").
			WithHint("to take it off the readers' devices, copy sw-kill.js over it"))
	}
	return string(data)
}

// workerFiles makes the service worker. Its version is a hash of the pages and
// assets that it keeps from the start, so a browser takes a new one exactly
// when one of them changed.
func (b *builder) workerFiles(files []File) []File {
	if b.set.worker == "" || len(b.editions) == 0 {
		return nil
	}
	var out File
	out.Path, out.Shows = workerFile, output.NoBody // nor is one part of the pages that it keeps
	site := workerSite{Prefix: b.site.Links.Prefix, Zone: b.site.Config.Zone.String(), Help: map[string]string{}, Words: map[string]workerWords{}}
	var kept []File
	for _, f := range files {
		if slices.Contains(keptPaths, f.path) && f.lang != "" {
			kept = append(kept, f)
			site.Pages = append(site.Pages, b.site.Links.Page(f.lang, f.path))
		}
	}
	out.Modified = func() time.Time {
		var t time.Time
		for _, f := range kept {
			t = later(t, f.Modified())
		}
		return t
	}
	for _, e := range b.editions {
		site.Help[e.lang] = e.url("help/")
		site.Words[e.lang] = e.workerWords()
	}
	for _, kind := range []string{"style", "help", "levels"} {
		for _, a := range []string{b.style(kind), b.script(kind)} {
			if a != "" && !slices.Contains(site.Assets, a) {
				site.Assets = append(site.Assets, a)
			}
		}
	}
	out.Render = func(buf *bytes.Buffer) error { return b.writeWorker(buf, site, kept) }
	return []File{out}
}

func (e *edition) workerWords() workerWords {
	zone := e.format.Zone()
	text := func(key string) string { return html.EscapeString(e.t(key, "at", "{at}")) }
	return workerWords{html.EscapeString(e.t("saved.label")), text("saved.saved"), text("saved.missing"), html.EscapeString(zone)}
}

func (b *builder) writeWorker(buf *bytes.Buffer, site workerSite, kept []File) error {
	sum := sha256.New()
	var page bytes.Buffer
	for _, f := range kept {
		page.Reset()
		if err := f.Render(&page); err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n%s", f.Path, page.Len(), page.Bytes())
	}
	for _, a := range site.Assets { // their names carry hashes
		fmt.Fprintln(sum, a)
	}
	site.Version = hex.EncodeToString(sum.Sum(nil)[:6])
	data, err := json.Marshal(site)
	if err != nil {
		return err
	}
	fmt.Fprintf(buf, "\"use strict\";\nconst SITE = %s;\n%s", data, b.set.worker)
	return nil
}
