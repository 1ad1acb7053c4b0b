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

// manifest is what a folder's list tells, as tree is what the folder holds.
type manifest struct {
	index  map[string]int  // the numbers of the wanted files
	wanted []line          // of them; one without a path is not listed
	others map[string]line // the rest
	files  []File
	data   []byte // as it was read
}

func newManifest(files []File, index map[string]int) manifest {
	return manifest{files: files, index: index, wanted: make([]line, len(files)), others: make(map[string]line)}
}

// encodeManifest gives the bytes of a manifest: the header, then a line
// "sha256 size path" for each file, sorted by path. They depend on nothing but
// the lines, so the same site has the same manifest everywhere.
func encodeManifest(lines []line) []byte {
	byPath := func(a, b line) int { return strings.Compare(a.path, b.path) }
	if !slices.IsSortedFunc(lines, byPath) {
		lines = slices.Clone(lines)
		slices.SortFunc(lines, byPath)
	}
	size := len(manifestHeader) + 1
	for i := range lines {
		size += 2*sha256.Size + len(lines[i].path) + len("  \n") + 19 // digits at most
	}
	b := append(append(make([]byte, 0, size), manifestHeader...), '\n')
	for i := range lines {
		l := &lines[i]
		b = append(hex.AppendEncode(b, l.sum[:]), ' ')
		b = append(strconv.AppendInt(b, l.size, 10), ' ')
		b = append(append(b, l.path...), '\n')
	}
	return b
}

// decodeManifest reads what encodeManifest wrote, by path.
func decodeManifest(data []byte) (map[string]line, error) {
	m := newManifest(nil, nil)
	err := m.decode(data)
	return m.others, err
}

func (m *manifest) decode(data []byte) error {
	text, complete := bytes.CutSuffix(data, []byte("\n"))
	header, rest, _ := bytes.Cut(text, []byte("\n"))
	if string(header) != manifestHeader || !complete {
		return fmt.Errorf("first line %.40q is not %q", header, manifestHeader)
	}
	if len(rest) == 0 {
		return nil
	}
	n := 1
	for text := range bytes.SplitSeq(rest, []byte("\n")) {
		n++
		if err := m.add(text); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

// add takes in a line.
func (m *manifest) add(text []byte) error {
	sum, rest, _ := bytes.Cut(text, []byte(" "))
	size, p, ok := bytes.Cut(rest, []byte(" "))
	var l line
	if !ok || len(sum) != 2*len(l.sum) {
		return fmt.Errorf("%.40q is not a hash, a size and a path", text)
	}
	if _, err := hex.Decode(l.sum[:], sum); err != nil {
		return fmt.Errorf("hash %q: %w", sum, err)
	}
	var err error
	if l.size, err = strconv.ParseInt(string(size), 10, 64); err != nil {
		return fmt.Errorf("size %.40q: %w", size, err)
	}
	if i, ok := m.index[string(p)]; ok { // which was checked
		l.path = m.files[i].Path
		m.wanted[i] = l
		return nil
	}
	l.path = string(p)
	if err := checkPath(l.path, nil); err != nil {
		return err
	}
	m.others[l.path] = l
	return nil
}

// read reads the manifest of a folder; there is none in a new one.
func (m *manifest) read(root *os.Root) error {
	if info, err := root.Lstat(Manifest); err == nil && !info.Mode().IsRegular() {
		return nil
	}
	data, err := root.ReadFile(Manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("publish: read the manifest in %s: %w", root.Name(), err)
	}
	m.data = data
	if err := m.decode(data); err != nil {
		return fmt.Errorf("publish: %s in %s: %w: %w; move the folder away or delete it, then build again",
			Manifest, root.Name(), ErrForeign, err)
	}
	return nil
}
