// Package output is what the stages that make output hand over: files, by
// path, of which nothing is made before it is asked for.
//
// In: a path, and how to make the rest. Out: a File. It must not know sites,
// formats or the disk.
package output

import (
	"bytes"
	"time"
)

// File is one output file. Path is slash-separated, relative to the output
// folder. Modified gives the newest time in the content at which what the file
// shows changed. Render appends its bytes. Both may be called by goroutines at
// once, more than once, and not at all: a site has tens of thousands of files,
// of which an edit concerns few.
type File struct {
	Path     string
	Modified func() time.Time
	Render   func(*bytes.Buffer) error

	// Shows, if not nil, says of the texts of a record in a language, by its id
	// and the tag, whether a body of them is among what the file is made of: what
	// stands below the fields, now or in an earlier text, beyond the headings,
	// links and ids. nil means that any may be. Where it is known what a body was
	// in the build before, it may say no of one that makes the same of the file.
	Shows func(record, lang string) bool
	// Told, if not nil, takes the SHA-256 of the file, in hex, from who knows it.
	Told func(sum string)
}

// NoBody is Shows of a file that no body is part of.
func NoBody(record, lang string) bool { return false }

// BodyOf is Shows of a file that bodies of one record are part of, in whatever
// language.
func BodyOf(id string) func(record, lang string) bool {
	return func(record, _ string) bool { return record == id }
}

// At is the time of a file that is known already.
func At(t time.Time) func() time.Time { return func() time.Time { return t } }

// Fixed is a file whose bytes are known already.
func Fixed(path string, modified time.Time, data []byte) File {
	return File{Path: path, Modified: At(modified), Shows: NoBody, Render: func(b *bytes.Buffer) error {
		b.Write(data)
		return nil
	}}
}
