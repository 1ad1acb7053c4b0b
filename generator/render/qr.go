package render

import (
	"fmt"
	"html/template"
	"strconv"

	"rsc.io/qr"
)

// quiet is the light frame that a reader needs around a code, in modules (ISO
// 18004).
const quiet = 4

// qrCode draws an address as a QR code that survives a stain (level M), as an
// image with a name. Runs of dark modules are one piece of one path.
func qrCode(address, name string) (template.HTML, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return "", fmt.Errorf("address %q does not fit a QR code: %w", address, err)
	}
	var d []byte
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			d = fmt.Appendf(d, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
		}
	}
	size := strconv.Itoa(code.Size + 2*quiet)
	return template.HTML(`<svg class="qr" viewBox="0 0 ` + size + ` ` + size + `" role="img" aria-label="` + template.HTMLEscapeString(name) +
		`"><path fill="#fff" d="M0 0h` + size + `v` + size + `H0z"/><path fill="#000" d="` + string(d) + `"/></svg>`), nil
}
