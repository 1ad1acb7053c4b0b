package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// manifestHeader is the first line; the number rises when the lines change.
const manifestHeader = "bongsu-manifest 1"

// line is one file of a manifest.
type line struct {
	sum  [sha256.Size]byte
	size int64
	path string
}

// encodeManifest gives the bytes of a manifest: the header, then a line
// "sha256 size path" for each file, sorted by path. They depend on nothing but
// the lines, so the same site has the same manifest everywhere.
func encodeManifest(lines []line) []byte {
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b line) int { return strings.Compare(a.path, b.path) })
	var b bytes.Buffer
	b.Grow(len(lines) * 128)
	b.WriteString(manifestHeader + "\n")
	for _, l := range lines {
		b.Write(hex.AppendEncode(b.AvailableBuffer(), l.sum[:]))
		b.WriteByte(' ')
		b.Write(strconv.AppendInt(b.AvailableBuffer(), l.size, 10))
		b.WriteString(" " + l.path + "\n")
	}
	return b.Bytes()
}

// decodeManifest reads what encodeManifest wrote, by path.
func decodeManifest(data []byte) (map[string]line, error) {
	text, complete := strings.CutSuffix(string(data), "\n")
	header, rest, _ := strings.Cut(text, "\n")
	if header != manifestHeader || !complete {
		return nil, fmt.Errorf("first line %.40q is not %q", header, manifestHeader)
	}
	lines := make(map[string]line, strings.Count(rest, "\n")+1)
	n := 1
	for text := range strings.SplitSeq(rest, "\n") {
		n++
		if text == "" && rest == "" {
			break
		}
		l, err := decodeLine(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		lines[l.path] = l
	}
	return lines, nil
}

func decodeLine(text string) (line, error) {
	sum, rest, _ := strings.Cut(text, " ")
	size, p, ok := strings.Cut(rest, " ")
	var l line
	if !ok || len(sum) != 2*len(l.sum) {
		return line{}, fmt.Errorf("%.40q is not a hash, a size and a path", text)
	}
	if _, err := hex.Decode(l.sum[:], append(make([]byte, 0, 2*sha256.Size), sum...)); err != nil {
		return line{}, fmt.Errorf("hash %q: %w", sum, err)
	}
	var err error
	if l.size, err = strconv.ParseInt(size, 10, 64); err != nil {
		return line{}, fmt.Errorf("size %.40q: %w", size, err)
	}
	if err := checkPath(p, nil); err != nil {
		return line{}, err
	}
	l.path = p
	return l, nil
}

// readManifest reads the manifest of a folder; there is none in a new one.
func readManifest(root *os.Root) (map[string]line, error) {
	if info, err := root.Lstat(Manifest); err == nil && !info.Mode().IsRegular() {
		return nil, nil
	}
	data, err := root.ReadFile(Manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("publish: read the manifest in %s: %w", root.Name(), err)
	}
	lines, err := decodeManifest(data)
	if err != nil {
		return nil, fmt.Errorf("publish: %s in %s: %w: %w; move the folder away or delete it, then build again",
			Manifest, root.Name(), ErrForeign, err)
	}
	return lines, nil
}
