// Package publish brings an output folder to a wanted set of files.
//
// In: a folder and every file it shall hold. Out: the folder holding exactly
// those, as a whole (Replace) or file by file in an order safe for readers
// (Update). It must not know what the files mean, follow or write through a
// symbolic link inside the output, write outside the output and its siblings,
// change a file in place, or touch a folder that holds files it did not write.
//
// Beside an output folder named public stand these, which belong in
// .gitignore and must not be served:
//
//	.public.lock  one run at a time; names the owner's process
//	.public.next  the staging tree; after a swap, the tree swapped out
//	.public.old   for moments only, where the system cannot exchange folders
//	.public.built what the last build saw and made; see Remember
//	.public.known what input files became, and
//	.public.words the words of it; see Notes
//
// The swapped-out tree is kept: the next Replace brings it up to date, sharing
// unchanged files by hard link, which costs less than half of linking into a
// fresh tree and deleting the old one. It also leaves readers that already
// stand in the old tree, such as a running rsync, a whole tree until the next
// Replace. A server must resolve the folder's path on each request, as common
// servers do; what holds the folder itself (a container's bind mount of
// public) stays in the old tree: mount its parent, or use Update.
package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// Manifest is the name of the list, inside the output folder, of the files
// written by this package.
const Manifest = ".bongsu-manifest"

// reserved begins the names that this package uses inside the output folder.
const reserved = ".bongsu-"

// tempPrefix begins the names of files that Update has not renamed yet.
const tempPrefix = reserved + "tmp-"

// Errors to be told apart with errors.Is; the message says more.
var (
	// ErrPath marks a wanted path that cannot be published.
	ErrPath = errors.New("path cannot be published")
	// ErrForeign marks an output folder holding what this package did not write.
	ErrForeign = errors.New("not written by bongsu")
	// ErrMoved marks an output folder that is not as Options.As says.
	ErrMoved = errors.New("output folder was changed meanwhile")
	// ErrLocked marks an output folder that another run holds.
	ErrLocked = errors.New("output folder is in use")
)

// File is one wanted file. Path is relative to the output folder, clean and
// slash-separated. Modified is the content time, the newest revision inside;
// it is published in UTC whole seconds, the precision of Last-Modified, and
// must not be zero. Data is read, never copied or changed; where it is nil,
// Make appends the bytes when they are needed, so that a large site need not be
// held in memory. Makes may run at once. Held says that the file is
// there already with the wanted bytes, in the folder that Options.As tells of.
type File struct {
	Path     string
	Data     []byte
	Modified time.Time
	Make     func(*bytes.Buffer) error
	Held     bool

	// Summed, if set, takes the SHA-256 of the bytes, in hex, once they were
	// made; of a held file before any is made. Files of a folder are made after
	// those of the folders in it.
	Summed func(sum string)
}

// Made gives the files with their bytes, made on every processor.
func Made(ctx context.Context, files []File) ([]File, error) {
	out := slices.Clone(files)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range out {
		f := &out[i]
		if f.Data != nil || f.Make == nil {
			continue
		}
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			var b bytes.Buffer
			if err := f.Make(&b); err != nil {
				return fmt.Errorf("publish: make %s: %w", f.Path, err)
			}
			f.Data, f.Make = bytes.Clone(b.Bytes()), nil
			return nil
		})
	}
	return out, g.Wait()
}

// Result counts what a run did. The manifest and the kept files are not
// counted. Made are the files whose bytes were made, and not held; Bytes is the
// size of the written ones.
type Result struct {
	Written, Unchanged, Removed int
	Made                        int
	Bytes                       int64
}

// Changed reports whether the run altered any published file.
func (r Result) Changed() bool { return r.Written+r.Removed > 0 }

// Options changes how a run works; the zero value is right for builds.
type Options struct {
	// Keep names top-level regular files that belong to somebody else and stay
	// as they are; nil means .gitignore and .gitkeep.
	Keep []string
	// LockWait is how long to wait for another run; 0 means 10 s, negative not
	// at all.
	LockWait time.Duration
	// Waiting, if set, is called once when another run holds the folder; owner
	// is its process number, 0 if unknown.
	Waiting func(owner int)
	// As is the Fingerprint of the folder for which files are Held. In a folder
	// with another one nothing is published, with ErrMoved.
	As string
	// Ready, if set, is called when all bytes were made, before any published
	// file is touched; with an error nothing is published, and it is returned.
	Ready func() error
	// Meanwhile, if set, runs from then on, while the disk is waited for; no other
	// run can change the output before it returned.
	Meanwhile func()
	// Done, if set, is called once dir holds what is wanted, while no other run
	// can change it; fingerprint gives its Fingerprint.
	Done func(fingerprint func() (string, error))
	// NoSync leaves out flushing to disk: a power cut may then lose or empty
	// files. A killed process never can.
	NoSync bool

	// For tests: the system's exchange of two folders and its flush of a tree,
	// and a call before each step of Update.
	exchange func(a, b string) error
	syncTree func(dir string) error
	step     func(path string)
}

// Replace makes dir hold exactly files and the kept names. A reader sees the
// whole old or the whole new tree, also when the run is killed or the power
// fails; the next run repairs what is left over. Files whose bytes are on disk
// already keep bytes and modification time; if all are, nothing is touched.
//
// Errors: ErrPath, ErrForeign, ErrMoved, ErrLocked, the context's, and those of the file
// system with the path concerned. On any error dir is as it was, except an
// error that says "published, but".
//
// One fsync policy: syncfs before the swap, because a file system may write the
// swap before the data of new files (ext4 with delayed allocation) and an fsync
// per file costs 1 to 2 ms each; of much data now and then before that (see
// flusher); then an fsync of the parent folder, so that success means published
// for good.
func Replace(ctx context.Context, dir string, files []File, o Options) (Result, error) {
	s, err := open(ctx, dir, files, o)
	if err != nil {
		return Result{}, err
	}
	defer s.close()
	st := &staging{session: s}
	defer st.close()
	if err := s.compare(ctx, st); err != nil {
		return Result{}, err
	}
	if s.upToDate() {
		return s.finish(), nil
	}
	if err := st.complete(ctx); err != nil {
		return Result{}, err
	}
	if err := st.flush(); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("publish %s: %w", s.dir, err)
	}
	if err := s.swap(); err != nil {
		return Result{}, err
	}
	if !s.opts.NoSync {
		if err := syncFolder(s.parent); err != nil {
			return s.result, fmt.Errorf("publish %s: published, but flushing the swap failed: %w", s.dir, err)
		}
	}
	return s.finish(), nil
}

func (s *session) finish() Result {
	s.meanwhile.Wait()
	if s.opts.Done != nil {
		s.opts.Done(s.fingerprint)
	}
	return s.result
}

// Update makes dir hold exactly files and the kept names, writing only what
// differs, each file by rename: a reader never sees half a file, nor a link
// before its target. It is for watching, where one edit changes few files and
// the tree as a whole need not change at once. A killed or failed run leaves
// some files old and some new; the next Update or Replace completes it. Only
// the manifest is flushed to disk. Errors are those of Replace.
func Update(ctx context.Context, dir string, files []File, o Options) (Result, error) {
	s, err := open(ctx, dir, files, o)
	if err != nil {
		return Result{}, err
	}
	defer s.close()
	if err := s.compare(ctx, memory{}); err != nil {
		return Result{}, err
	}
	if s.upToDate() {
		return s.finish(), nil
	}
	if err := s.update(ctx); err != nil {
		return Result{}, err
	}
	return s.finish(), nil
}
