package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"path"
	"slices"
)

// errImage says that a file is not the image that its name promises.
var errImage = errors.New("not a valid image of its kind")

// StripMetadata removes from an image what tells who took it, where and when:
// Exif, XMP, comments (SEC-31). Pixels, colour profile and size stay as they
// are. An error means that the file is no image of the kind of its name.
func StripMetadata(name string, data []byte) ([]byte, error) {
	switch path.Ext(name) {
	case ".jpg", ".jpeg":
		return stripJPEG(data)
	case ".png":
		return stripPNG(data)
	case ".webp":
		return stripWebP(data)
	}
	return nil, errImage
}

// stripJPEG keeps the segments that decoding needs: of the application
// segments only JFIF (APP0), the colour profile (APP2) and Adobe's colour
// transform (APP14).
func stripJPEG(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		return nil, errImage
	}
	out := append(make([]byte, 0, len(data)), data[:2]...)
	for i := 2; ; {
		if i+4 > len(data) || data[i] != 0xff {
			return nil, errImage
		}
		marker := data[i+1]
		if marker == 0xda { // the pixels follow
			return append(out, data[i:]...), nil
		}
		end := i + 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if end > len(data) || end < i+4 {
			return nil, errImage
		}
		application := marker >= 0xe0 && marker <= 0xef
		if !(application && marker != 0xe0 && marker != 0xe2 && marker != 0xee) && marker != 0xfe {
			out = append(out, data[i:end]...)
		}
		i = end
	}
}

// pngChunks are the chunks of a PNG that are dropped.
var pngChunks = []string{"tEXt", "zTXt", "iTXt", "eXIf", "tIME"}

func stripPNG(data []byte) ([]byte, error) {
	const magic = "\x89PNG\r\n\x1a\n"
	if !bytes.HasPrefix(data, []byte(magic)) {
		return nil, errImage
	}
	out := append(make([]byte, 0, len(data)), magic...)
	for i := len(magic); ; {
		if i+12 > len(data) {
			return nil, errImage
		}
		size := int(binary.BigEndian.Uint32(data[i:]))
		end := i + 12 + size
		if size < 0 || end > len(data) || end < i {
			return nil, errImage
		}
		kind := string(data[i+4 : i+8])
		if !slices.Contains(pngChunks, kind) {
			out = append(out, data[i:end]...)
		}
		if kind == "IEND" {
			return out, nil
		}
		i = end
	}
}

// webpMeta are the flags of the extended header that announce Exif and XMP.
const webpMeta = 0x08 | 0x04

func stripWebP(data []byte) ([]byte, error) {
	if len(data) < 20 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil, errImage
	}
	out := append(make([]byte, 0, len(data)), data[:12]...)
	for i := 12; i < len(data); {
		if i+8 > len(data) {
			return nil, errImage
		}
		size := int(binary.LittleEndian.Uint32(data[i+4:]))
		end := i + 8 + size + size%2
		if size < 0 || end > len(data) || end < i {
			return nil, errImage
		}
		switch kind := string(data[i : i+4]); kind {
		case "EXIF", "XMP ":
		case "VP8X":
			at := len(out) + 8
			out = append(out, data[i:end]...)
			if at < len(out) {
				out[at] &^= webpMeta
			}
		default:
			out = append(out, data[i:end]...)
		}
		i = end
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}
