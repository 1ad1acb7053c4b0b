//go:build !unix

package watch

import "io/fs"

const nonblock = 0

// attributes of a file beyond fs.FileInfo: none are used here.
func attributes(fs.FileInfo) (ident, int64) { return ident{}, 0 }

// eventless would name a file system without events; here none is known.
func eventless(string) string { return "" }
