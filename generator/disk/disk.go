// Package disk opens files with few calls of the system: of a site's folders
// thousands are read, and os looks at each three times more.
//
// In: an open root and names in it. Out: bytes. It must not leave the root, and
// a name that it opens is a single one.
package disk
