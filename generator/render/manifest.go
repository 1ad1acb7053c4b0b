package render

import (
	"bytes"
	"encoding/json"

	"bongsu/generator/output"
)

// icons are the pictures that stand for the site on a device: file of the
// assets folder, measures and purpose. Phones cut a maskable one to a form of
// theirs.
var icons = []struct{ name, sizes, kind, purpose string }{
	{"favicon.svg", "any", "image/svg+xml", "any"},
	{"icon-192.png", "192x192", "image/png", "any"},
	{"icon-512.png", "512x512", "image/png", "any"},
	{"icon-maskable-512.png", "512x512", "image/png", "maskable"},
}

// webManifest is a Web Application Manifest (W3C). Its keys are in the order in
// which people read it.
type webManifest struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	ShortName  string     `json:"short_name"`
	Lang       string     `json:"lang"`
	StartURL   string     `json:"start_url"`
	Scope      string     `json:"scope"`
	Display    string     `json:"display"`
	Background string     `json:"background_color"`
	Theme      string     `json:"theme_color"`
	Icons      []webIcon  `json:"icons"`
	Shortcuts  []shortcut `json:"shortcuts"`
}

type webIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

// shortcut is an entry of the menu of an installed site: whom to call comes
// first there too.
type shortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// manifestPath is the output file of a language's manifest.
func manifestPath(lang string) string { return lang + "/site.webmanifest" }

// manifestFiles makes what devices read when a site is kept on them: a manifest
// in each language (META-12) and the icon that is asked for without a link.
func manifestFiles(b *builder) []File {
	var out []File
	for _, e := range b.editions {
		out = append(out, File{File: output.File{Path: manifestPath(e.lang), Modified: b.site.Start, Shows: output.NoBody, Render: func(buf *bytes.Buffer) error {
			enc := json.NewEncoder(buf)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			return enc.Encode(e.manifest())
		}}})
	}
	if data := b.set.icon; len(data) > 0 {
		out = append(out, fixed(iconFile, b.site.Start(), string(data)))
	}
	return out
}

// iconFile is the icon that browsers ask for without a link to it.
const iconFile = "favicon.ico"

func (e *edition) manifest() webManifest {
	name := e.text(e.site.Config.Title)
	m := webManifest{
		ID: e.url(""), Name: name, ShortName: name, Lang: e.lang, StartURL: e.url(""), Scope: e.site.Links.Prefix,
		Display: "minimal-ui", Background: "#ffffff", Theme: "#ffffff",
		Shortcuts: []shortcut{{e.t("site.help"), e.url("help/")}, {e.t("nav.check"), e.url("scams/check/")}},
	}
	for _, i := range icons {
		if src := e.asset(i.name); src != "" {
			m.Icons = append(m.Icons, webIcon{src, i.sizes, i.kind, i.purpose})
		}
	}
	return m
}
