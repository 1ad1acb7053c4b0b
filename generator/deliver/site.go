package deliver

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bongsu/generator/host"
	"bongsu/generator/pack"
	"bongsu/generator/proof"
	"bongsu/generator/publish"
)

// Site is what shall be in the store.
type Site struct {
	files []file
	read  func(path string) ([]byte, error)
	extra map[string][]byte
	pack  *pack.Format // how texts are stored; nil: as they are
}

// file is a file of the site.
type file struct {
	proof.File
	headers Headers
}

// Encodings names the ways in which texts can be stored.
var Encodings = []string{"", "gzip", "br"}

// Folder makes a Site of an output folder that "bongsu build" wrote. extra are
// files beside those of the folder, by path. encoding is one of Encodings:
// packed texts are stored under their own names and are sent packed to
// everybody; else the folder is stored as it is, with the packed copies that
// stand in it.
func Folder(root *os.Root, extra map[string][]byte, encoding string) (*Site, error) {
	listed, err := publish.List(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no site: run \"bongsu build\" first", root.Name())
	}
	if err != nil {
		return nil, err
	}
	s := &Site{extra: extra}
	s.read = func(p string) ([]byte, error) { return root.ReadFile(filepath.FromSlash(p)) }
	for _, f := range pack.Formats() {
		if f.Encoding == encoding {
			s.pack = &f
		}
	}
	known := make(map[string]bool, len(listed))
	for _, l := range listed {
		known[l.Path] = true
	}
	for _, l := range listed {
		switch {
		case l.Path == proof.Name || l.Path == proof.SignatureName: // made anew
		case strings.HasPrefix(l.Path, private): // ours
		case s.pack != nil && isCopy(l.Path, known): // stored packed already
		default:
			s.add(proof.File{Path: l.Path, Size: l.Size, SHA256: l.SHA256})
		}
	}
	for p, data := range extra {
		s.add(proof.Sum(p, data))
	}
	slices.SortFunc(s.files, func(a, b file) int { return cmp.Compare(a.Path, b.Path) })
	return s, nil
}

func (s *Site) add(f proof.File) {
	h := Headers{ContentType: host.MediaType(f.Path), CacheControl: host.CacheControl(f.Path)}
	for _, format := range pack.Formats() { // a packed copy is asked for by a server, as the file itself
		if base, ok := strings.CutSuffix(f.Path, format.Suffix); ok {
			h.ContentType, h.CacheControl = host.MediaType(base), host.CacheControl(base)
			h.ContentEncoding = format.Encoding
		}
	}
	if s.pack != nil && f.Size >= pack.Smallest && host.Packable(f.Path) {
		h.ContentEncoding = s.pack.Encoding
	}
	s.files = append(s.files, file{f, h})
}

// isCopy reports whether a file is the packed copy of another.
func isCopy(p string, known map[string]bool) bool {
	for _, f := range pack.Formats() {
		if base, ok := strings.CutSuffix(p, f.Suffix); ok && known[base] {
			return true
		}
	}
	return false
}

// plain gives the bytes of a file, and makes sure that they are those that
// were listed.
func (s *Site) plain(f proof.File) ([]byte, error) {
	data, ok := s.extra[f.Path]
	if !ok {
		var err error
		if data, err = s.read(f.Path); err != nil {
			return nil, fmt.Errorf("%w; was the site built again meanwhile? run this once more", err)
		}
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, fmt.Errorf("%s in the output folder is not what was built: build again, then run this once more", f.Path)
	}
	return data, nil
}

// stored gives the bytes of a file as they are stored.
func (s *Site) stored(f file) ([]byte, error) {
	data, err := s.plain(f.File)
	if err != nil || s.pack == nil || f.headers.ContentEncoding != s.pack.Encoding {
		return data, err
	}
	if copied, err := s.read(f.Path + s.pack.Suffix); err == nil && s.pack.Holds(copied, data) {
		return copied, nil
	}
	return s.pack.Pack(data, pack.Page)
}

// sums lists the files for the manifest.
func (s *Site) sums() []proof.File {
	out := make([]proof.File, len(s.files))
	for i, f := range s.files {
		out[i] = f.File
	}
	return out
}
