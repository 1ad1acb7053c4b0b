// Package pack makes the packed copies of files that web servers send instead
// of the files: X.gz (gzip) and X.br (brotli) beside X.
//
// In: the bytes of a file, and a packed copy that was made before, where there
// is one. Out: the packed copies; the same bytes for the same file and version
// of the program. It must not read or write files, and must not know which
// files are worth packing.
package pack

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// Smallest is the size in bytes below which a file is not worth packing: it
// goes in one packet anyhow.
const Smallest = 256

// Effort is how hard a file is packed.
type Effort int

// Efforts. Pages change often and are many; assets are few, stand for a year,
// and are loaded by everybody.
const (
	Page  Effort = iota // brotli 9
	Asset               // brotli 11: 45 times the work for 7 % less
)

// Format is a way of packing. Suffix is added to the name of the file; Encoding
// is its name in the header Content-Encoding.
type Format struct {
	Suffix, Encoding string
	pack             func(w io.Writer, e Effort) (io.WriteCloser, error)
	unpack           func(r io.Reader) (io.Reader, error)
}

// Formats. gzip carries neither time nor name, so that its bytes depend on the
// file alone.
var (
	Gzip = Format{".gz", "gzip",
		func(w io.Writer, _ Effort) (io.WriteCloser, error) {
			z, err := gzip.NewWriterLevel(w, 6)
			if z != nil {
				z.ModTime = time.Unix(0, 0) // written as 0, which means none; the zero time is not
			}
			return z, err
		},
		func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }}
	Brotli = Format{".br", "br",
		func(w io.Writer, e Effort) (io.WriteCloser, error) {
			return brotli.NewWriterLevel(w, map[Effort]int{Page: 9, Asset: 11}[e]), nil
		},
		func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }}
)

// Formats lists them.
func Formats() []Format { return []Format{Gzip, Brotli} }

// Pack packs data.
func (f Format) Pack(data []byte, e Effort) ([]byte, error) {
	var b bytes.Buffer
	w, err := f.pack(&b, e)
	if err != nil {
		return nil, fmt.Errorf("pack with %s: %w", f.Encoding, err)
	}
	if _, err := w.Write(data); err != nil {
		return nil, fmt.Errorf("pack with %s: %w", f.Encoding, err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack with %s: %w", f.Encoding, err)
	}
	return b.Bytes(), nil
}

// Unpack gives the bytes that were packed, or an error where they are more
// than limit: a small packed copy can hold far more than memory does.
func (f Format) Unpack(packed []byte, limit int64) ([]byte, error) {
	r, err := f.unpack(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", f.Encoding, err)
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", f.Encoding, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("unpack %s: more than %d bytes", f.Encoding, limit)
	}
	return data, nil
}

// Holds reports whether packed is a packed copy of data. Unpacking costs a
// tenth of packing, so a copy made before is kept where it holds, and nothing
// but its own bytes is trusted for that.
func (f Format) Holds(packed, data []byte) bool {
	got, err := f.Unpack(packed, int64(len(data)))
	return err == nil && bytes.Equal(got, data)
}

// Copy gives the packed copy of data: old where it holds, else a new one. It is
// nil where packing does not make the file smaller.
func (f Format) Copy(data, old []byte, e Effort) ([]byte, error) {
	if len(data) < Smallest {
		return nil, nil
	}
	if old != nil && len(old) < len(data) && f.Holds(old, data) {
		return old, nil
	}
	packed, err := f.Pack(data, e)
	if err != nil || len(packed) >= len(data) {
		return nil, err
	}
	return packed, nil
}
