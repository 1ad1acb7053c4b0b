package data

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bongsu/generator/site"
)

// freshFiles writes the sums of the files of the API, and what a mirror asks
// first. It puts a meter into the Render of each of the files.
func (a *api) freshFiles(files []File) []File {
	sums := make([]sum, 0, len(files))
	times := make([]func() time.Time, len(files))
	for i, f := range files {
		times[i] = f.Modified
	}
	newest := sync.OnceValue(func() time.Time {
		t := a.site.Start()
		for _, modified := range times {
			t = later(t, modified())
		}
		return t
	})
	for i := range files {
		f := &files[i]
		if strings.HasPrefix(f.Path, site.API) {
			sums = append(sums, meter(f))
		}
	}
	manifest := sync.OnceValues(func() ([]byte, error) {
		slices.SortFunc(sums, func(x, y sum) int { return cmp.Compare(x.path, y.path) })
		var out, scratch bytes.Buffer
		for _, s := range sums {
			digest, err := s.get(&scratch)
			if err != nil {
				return nil, err
			}
			out.WriteString(digest + "  " + string(inAPI(s.path)) + "\n")
		}
		return out.Bytes(), nil
	})
	return []File{
		{Path: site.DataFileOf("checksums").Path, Modified: newest, Render: func(b *bytes.Buffer) error {
			data, err := manifest()
			b.Write(data)
			return err
		}},
		{Path: site.DataFileOf("freshness").Path, Modified: newest, Render: func(b *bytes.Buffer) error {
			data, err := manifest()
			if err != nil {
				return err
			}
			return encode(b, a.freshness(newest(), len(sums), data))
		}},
	}
}

func (a *api) freshness(newest time.Time, files int, manifest []byte) Freshness {
	log, digest := a.log(), sha256.Sum256(manifest)
	out := Freshness{
		Head: a.head(site.DataFileOf("freshness"), newest), Changes: len(log.lines), Head256: log.head, NextChange: a.moment(a.site.NextPublic()),
		Tool: a.tool, Files: files, Manifest: Digest(hex.EncodeToString(digest[:])),
	}
	if n := len(log.lines); n > 0 {
		out.NewestChange = log.lines[n-1].Time
	}
	return out
}

// sum is the SHA-256 of a file, known once the file was written.
type sum struct {
	path  string
	known *atomic.Pointer[string]
	made  *atomic.Pointer[[]byte] // the file, where it was written for its sum alone and may be wanted soon
	write func(*bytes.Buffer) error
}

// meter makes a file take its sum from who publishes it, so that it need not be
// written twice where it comes before the list of sums. Those of the list's own
// folder come after it, and are kept for then.
func meter(f *File) sum {
	s := sum{f.Path, new(atomic.Pointer[string]), new(atomic.Pointer[[]byte]), f.Render}
	f.Told = func(digest string) { s.known.Store(&digest) }
	if strings.Contains(f.Path[len(site.API):], "/") {
		return s
	}
	f.Render = func(b *bytes.Buffer) error {
		data := s.made.Swap(nil)
		if data == nil {
			return s.write(b)
		}
		b.Write(*data)
		return nil
	}
	return s
}

func (s sum) get(scratch *bytes.Buffer) (string, error) {
	if text := s.known.Load(); text != nil {
		return *text, nil
	}
	scratch.Reset()
	if err := s.write(scratch); err != nil {
		return "", err
	}
	sha := sha256.Sum256(scratch.Bytes())
	text := hex.EncodeToString(sha[:])
	s.known.Store(&text)
	if !strings.Contains(s.path[len(site.API):], "/") {
		data := bytes.Clone(scratch.Bytes())
		s.made.Store(&data)
	}
	return text, nil
}
