// Package templates holds the templates, styles, words and assets that every
// site begins with. A site's own templates folder overlays it file by file.
package templates

import "embed"

// FS is the templates folder: base.html, parts, pages, css, strings, assets.
//
//go:embed base.html assets css pages parts strings
var FS embed.FS
