package source

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
)

var secret = []byte("37.5665N 126.9780E")

func pngWith(t *testing.T, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(secret)))
	chunk = append(append(chunk, kind...), secret...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	at := 8 + 25 // after IHDR
	return append(append(append([]byte{}, b.Bytes()[:at]...), chunk...), b.Bytes()[at:]...)
}

func jpegWith(t *testing.T, marker byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		t.Fatal(err)
	}
	segment := append([]byte{0xff, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(secret)+2))...)
	return append(append(append([]byte{}, b.Bytes()[:2]...), append(segment, secret...)...), b.Bytes()[2:]...)
}

func webpWith() []byte {
	chunk := func(kind string, body []byte) []byte {
		c := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
		c = append(c, body...)
		if len(body)%2 == 1 {
			c = append(c, 0)
		}
		return c
	}
	body := append([]byte("WEBP"), chunk("VP8X", []byte{0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0})...)
	body = append(body, chunk("VP8 ", []byte("pixel"))...)
	body = append(body, chunk("EXIF", secret)...)
	body = append(body, chunk("XMP ", secret)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func TestStripMetadata(t *testing.T) {
	for name, data := range map[string][]byte{
		"exif.png": pngWith(t, "eXIf"), "text.png": pngWith(t, "tEXt"), "exif.jpg": jpegWith(t, 0xe1), "comment.jpeg": jpegWith(t, 0xfe), "x.webp": webpWith(),
	} {
		out, err := StripMetadata(name, data)
		if err != nil || bytes.Contains(out, secret) || !bytes.Contains(data, secret) {
			t.Errorf("%s: %v, still there: %v", name, err, bytes.Contains(out, secret))
		}
		if name[len(name)-4:] != "webp" {
			if _, _, err := image.Decode(bytes.NewReader(out)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		} else if n := binary.LittleEndian.Uint32(out[4:]); int(n) != len(out)-8 || out[20]&webpMeta != 0 || !bytes.Contains(out, []byte("pixel")) {
			t.Errorf("%s: size %d of %d, flags %x", name, n, len(out), out[20])
		}
		again, err := StripMetadata(name, out)
		if err != nil || !bytes.Equal(again, out) {
			t.Errorf("%s: a clean image changes", name)
		}
		for cut := range data {
			_, _ = StripMetadata(name, data[:cut]) // must not panic
		}
	}
	for _, name := range []string{"x.png", "x.jpg", "x.webp", "x.svg"} {
		if _, err := StripMetadata(name, []byte("<svg onload=alert(1)>")); err == nil {
			t.Errorf("%s: a file that is no image passes", name)
		}
	}
}
