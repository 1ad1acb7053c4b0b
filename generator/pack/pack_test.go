package pack

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	stdgzip "compress/gzip"
)

var page = []byte(strings.Repeat("<li>여행경보 3단계(출국권고) 캄보디아 전역 Cambodia</li>\n", 200))

func TestCopyHoldsAndIsStable(t *testing.T) {
	for _, f := range Formats() {
		for _, e := range []Effort{Page, Asset} {
			first, err := f.Copy(page, nil, e)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := f.Copy(page, nil, e)
			if !bytes.Equal(first, again) {
				t.Errorf("%s: two copies of one file differ", f.Encoding)
			}
			if !f.Holds(first, page) || len(first) > len(page)/5 {
				t.Errorf("%s: %d bytes, holds %v", f.Encoding, len(first), f.Holds(first, page))
			}
		}
	}
}

// gzip must be readable by others, and carry no time.
func TestGzipForOthers(t *testing.T) {
	packed, err := Gzip.Pack(page, Page)
	if err != nil {
		t.Fatal(err)
	}
	r, err := stdgzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, page) || packed[4]|packed[5]|packed[6]|packed[7] != 0 || r.Name != "" {
		t.Errorf("%d bytes, time %v, name %q, %v", len(got), r.ModTime, r.Name, err)
	}
}

// An old copy is kept where it holds the file, whatever packed it, and is made
// anew where it was spoilt or is of another file.
func TestOldCopies(t *testing.T) {
	for _, f := range Formats() {
		old, err := f.Pack(page, Asset)
		if err != nil {
			t.Fatal(err)
		}
		spoilt := bytes.Clone(old)
		spoilt[len(spoilt)/2] ^= 1
		other, _ := f.Pack(append(bytes.Clone(page), 'x'), Page)
		if got, _ := f.Copy(page, old, Page); !bytes.Equal(got, old) {
			t.Errorf("%s: a good copy was not kept", f.Encoding)
		}
		for _, bad := range [][]byte{spoilt, other, old[:len(old)-1], {}, []byte("no")} {
			if got, err := f.Copy(page, bad, Page); err != nil || !f.Holds(got, page) {
				t.Errorf("%s: %d bytes kept, %v", f.Encoding, len(got), err)
			}
		}
	}
}

func TestNotWorthIt(t *testing.T) {
	noise := make([]byte, 4000)
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	for _, f := range Formats() {
		for _, data := range [][]byte{nil, []byte("short"), noise} {
			if got, err := f.Copy(data, nil, Page); got != nil || err != nil {
				t.Errorf("%s: %d bytes for %d, %v", f.Encoding, len(got), len(data), err)
			}
		}
	}
}

func TestUnpackLimit(t *testing.T) {
	for _, f := range Formats() {
		bomb, err := f.Pack(make([]byte, 1<<20), Page)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Unpack(bomb, 1<<10); err == nil {
			t.Errorf("%s: unpacked more than the limit", f.Encoding)
		}
	}
}
