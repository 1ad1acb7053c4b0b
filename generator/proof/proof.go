// Package proof writes and checks the manifest of a published site: the list
// of all its files with their sums, when it was issued and until when it
// holds, signed with a minisign key.
//
// In: files, a stamp and a key; or a copy of a site, reached through Copy. Out:
// the bytes of manifest.json and manifest.json.minisig; or what is wrong with
// the copy. It must not read the clock, and holds no key.
//
// The manifest is no part of what content decides: it tells when somebody put
// their name to it. So it is made by the step that publishes, not by the
// stages, and everything else in the output stays a function of the content.
package proof

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// Names of the files in the root of the site.
const (
	Name          = "manifest.json"
	SignatureName = Name + ".minisig"
)

// DefaultValid is how long a manifest holds where nothing else is said.
const DefaultValid = 7 * 24 * time.Hour

// Places of the open data that the manifest speaks of.
const (
	changesPath   = "api/v1/changes.jsonl"
	freshnessPath = "api/v1/freshness.json"
)

// MaxManifest is the size in bytes beyond which a manifest is not read.
const MaxManifest = 64 << 20

// File is a file of the site: its path, size in bytes and SHA-256 in hex.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Manifest says what a site is. Times are in UTC, whole seconds.
type Manifest struct {
	Format      int       `json:"format"`  // 1
	Site        string    `json:"site"`    // address of the site
	Program     string    `json:"program"` // name and version
	Issued      time.Time `json:"issued"`
	Expires     time.Time `json:"expires"`
	AsOf        time.Time `json:"as_of"`        // newest change of what the open data shows; zero: unknown
	Changes     int       `json:"changes"`      // lines of the log of changes
	ChangesHead string    `json:"changes_head"` // sum of its newest line
	Content     string    `json:"content"`      // version of the content: the sum of the list of files
	Files       []File    `json:"files"`        // by path; all but the manifest and its signature
}

// Stamp is what the publisher says, beside the files.
type Stamp struct {
	Site, Program string
	Issued        time.Time
	Valid         time.Duration // 0: DefaultValid
}

// Sum makes the File of some bytes.
func Sum(path string, data []byte) File {
	s := sha256.Sum256(data)
	return File{path, int64(len(data)), hex.EncodeToString(s[:])}
}

// New makes the manifest of files. read gives the bytes of a file, for the two
// of the open data that say how new the content is.
func New(files []File, read func(path string) ([]byte, error), stamp Stamp) (*Manifest, error) {
	m := &Manifest{
		Format: 1, Site: stamp.Site, Program: stamp.Program,
		Issued:  stamp.Issued.UTC().Truncate(time.Second),
		Expires: stamp.Issued.UTC().Truncate(time.Second).Add(cmp.Or(stamp.Valid, DefaultValid)),
		Files:   slices.Clone(files),
	}
	slices.SortFunc(m.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	m.Content = m.contentSum()
	if _, ok := m.Find(freshnessPath); !ok {
		return m, nil
	}
	data, err := read(freshnessPath)
	if err != nil {
		return nil, err
	}
	var fresh struct {
		AsOf    time.Time `json:"as_of"`
		Changes int       `json:"changes"`
		Head    string    `json:"changes_head"`
	}
	if err := json.Unmarshal(data, &fresh); err != nil {
		return nil, fmt.Errorf("%s: %w", freshnessPath, err)
	}
	m.AsOf, m.Changes, m.ChangesHead = fresh.AsOf.UTC(), fresh.Changes, fresh.Head
	return m, nil
}

// contentSum sums the list of files.
func (m *Manifest) contentSum() string {
	h := sha256.New()
	for _, f := range m.Files {
		fmt.Fprintf(h, "%s %d %s\n", f.SHA256, f.Size, f.Path)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Find gives the file of a path.
func (m *Manifest) Find(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(m.Files, path, func(f File, p string) int { return strings.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return m.Files[i], true
}

// Standing reports whether the manifest can stand in for newer at the time now:
// it says the same of the same content, and more than half of its time is left.
// A publisher then keeps it, so that publishing the same again changes nothing.
func (m *Manifest) Standing(newer *Manifest, now time.Time) bool {
	return m != nil && m.Content == newer.Content && m.Site == newer.Site && m.Program == newer.Program &&
		!m.Issued.After(now) && now.Before(m.Issued.Add(m.Expires.Sub(m.Issued)/2)) &&
		m.Expires.Sub(m.Issued) == newer.Expires.Sub(newer.Issued)
}

// Encode writes the manifest, a file on each line. Equal manifests have equal
// bytes.
func (m *Manifest) Encode() []byte {
	head := *m
	head.Files = nil
	var b bytes.Buffer
	encode := func(v any) []byte {
		b.Reset()
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(v) // never fails: texts, numbers and times
		return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	}
	out := bytes.TrimSuffix(bytes.Clone(encode(head)), []byte("null}"))
	out = append(out, '[')
	for i, f := range m.Files {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, '\n'), encode(f)...)
	}
	return append(out, "\n]}\n"...)
}

// Decode reads a manifest and checks that it is one: its form, its paths and
// the sum of its list.
func Decode(data []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s is not a manifest: %w", Name, err)
	}
	switch {
	case m.Format != 1:
		return nil, fmt.Errorf("%s has format %d; this program knows format 1", Name, m.Format)
	case m.Issued.IsZero() || !m.Expires.After(m.Issued):
		return nil, fmt.Errorf("%s does not say when it was issued and until when it holds", Name)
	}
	for i, f := range m.Files {
		if !cleanPath(f.Path) {
			return nil, fmt.Errorf("%s names the path %q, which no site has", Name, f.Path)
		}
		if i > 0 && m.Files[i-1].Path >= f.Path {
			return nil, fmt.Errorf("%s is not in order at %q", Name, f.Path)
		}
		if f.Size < 0 || len(f.SHA256) != 2*sha256.Size {
			return nil, fmt.Errorf("%s has no sum for %q", Name, f.Path)
		}
	}
	if m.Content != m.contentSum() {
		return nil, errors.New(Name + " does not fit its own list of files: somebody changed it")
	}
	return &m, nil
}

// cleanPath reports whether a path stays below the root of the site.
func cleanPath(p string) bool {
	return p != "" && path.Clean("/" + p)[1:] == p && p != Name && p != SignatureName && !strings.ContainsAny(p, "\\\x00")
}
