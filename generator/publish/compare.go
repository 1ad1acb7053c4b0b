package publish

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"bongsu/generator/disk"

	"golang.org/x/sync/errgroup"
)

// job is one wanted file and what is known of it on disk.
type job struct {
	File
	n            int         // its number in files; -1 where it is not of them
	folder, name string      // of Path; folder is "." at the top
	old          *entry      // the regular file at Path now; nil where there is none
	same         bool        // old holds Data
	mtime        time.Time   // to be set when written
	looked       bool        // at the file that was written,
	mark         fingerprint // which has this one
}

// plan lists the jobs and the folders they need. The deepest folders come
// first: what lists other files stands above them, and large pieces of work,
// such as an index, begin before the many small ones. The top, which has a site
// map, comes before the folders in it, of which most files are made on their own.
func (s *session) plan() {
	s.jobs, s.lines = make([]job, len(s.files)), make([]line, len(s.files))
	s.newest = time.Unix(0, 0)
	s.folders = make(map[string]bool)
	in := make(map[string][]*job)
	for i, f := range s.files {
		s.jobs[i] = newJob(f, i)
		j := &s.jobs[i]
		in[j.folder] = append(in[j.folder], j)
		if f.Modified.After(s.newest) {
			s.newest = f.Modified
		}
	}
	depth := func(folder string) int {
		if folder == "." {
			return 1
		}
		return strings.Count(folder, "/")
	}
	byDepth := func(a, b string) int { return cmp.Or(depth(b)-depth(a), strings.Compare(a, b)) }
	s.order = make([]*job, 0, len(s.jobs))
	for _, folder := range slices.SortedFunc(maps.Keys(in), byDepth) {
		slices.SortFunc(in[folder], func(a, b *job) int { return strings.Compare(a.name, b.name) })
		s.order = append(s.order, in[folder]...)
		for d := folder; d != "." && !s.folders[d]; d = path.Dir(d) {
			s.folders[d] = true
		}
	}
}

func newJob(f File, n int) job {
	folder, name := splitPath(f.Path)
	return job{File: f, n: n, folder: folder, name: name}
}

// splitPath gives the folder of a clean path, "." at the top, and the name.
func splitPath(p string) (folder, name string) {
	i := strings.LastIndexByte(p, '/')
	if i < 0 {
		return ".", p
	}
	return p[:i], p[i+1:]
}

// compare makes the wanted bytes, fills in the jobs and makes the manifest's.
// What differs goes to the target. Files that are not held are read and compared,
// not trusted by size and time: that costs the same as hashing
// the wanted bytes (5 µs for 10 kB) and finds every edit and every rotten byte.
func (s *session) compare(ctx context.Context, to target) error {
	buffers := &sync.Pool{New: func() any { return new([32 << 10]byte) }}
	made := &sync.Pool{New: func() any { return new(bytes.Buffer) }}
	examine := func(folder *disk.Folder, j *job, data []byte) {
		l := line{sum: sha256.Sum256(data), size: int64(len(data)), path: j.Path}
		s.lines[j.n] = l
		if j.Summed != nil {
			j.Summed(hex.EncodeToString(l.sum[:]))
		}
		if now := &s.tree.wanted[j.n]; folder != nil && now.isFile() {
			j.old, j.same = now, holds(folder, j.name, now.size, data, buffers)
		}
		j.mtime = mtime(j.Modified, j.old)
	}
	one := func(at *place, j *job) error {
		data := j.Data
		if data == nil && j.Make != nil {
			b := made.Get().(*bytes.Buffer)
			defer made.Put(b)
			b.Reset()
			if err := j.Make(b); err != nil {
				return err
			}
			j.Make = nil // with all that it holds
			data = b.Bytes()
		}
		examine(at.present, j, data)
		if j.same {
			return nil
		}
		return to.put(at, j, data)
	}
	enter := func(folder string) (*place, error) {
		at := &place{folder: folder}
		if s.root == nil || !s.tree.hasFolder(folder) {
			return at, nil
		}
		var err error
		at.present, err = disk.Open(s.root, filepath.FromSlash(folder))
		return at, err
	}
	todo, err := s.hold()
	if err != nil {
		return err
	}
	if err := each(ctx, todo, s.dir, enter, one); err != nil {
		return err
	}
	if s.opts.Ready != nil {
		if err := s.opts.Ready(); err != nil {
			return err
		}
	}
	if s.opts.Meanwhile != nil {
		s.meanwhile.Go(s.opts.Meanwhile)
	}
	s.list = newJob(File{Path: Manifest, Data: encodeManifest(s.lines), Modified: s.newest}, -1)
	if now := s.tree.others[Manifest]; now.isFile() {
		s.list.old, s.list.same = &now, bytes.Equal(s.manifest.data, s.list.Data)
	}
	s.list.mtime = mtime(s.newest, s.list.old)
	s.result = s.count()
	s.result.Made = len(todo)
	return nil
}

// hold takes the held files as they are, and tells their sums before any other
// file is made; it gives the jobs that are left.
func (s *session) hold() ([]*job, error) {
	if s.opts.As == "" {
		return s.order, nil
	}
	var todo []*job
	for _, j := range s.order {
		if !j.Held {
			todo = append(todo, j)
			continue
		}
		l, now := s.manifest.wanted[j.n], &s.tree.wanted[j.n]
		if l.path == "" || !now.isFile() || now.size != l.size {
			return nil, fmt.Errorf("publish: write %s: %w", filepath.Join(s.dir, j.Path), ErrMoved)
		}
		s.lines[j.n], j.old, j.same, j.Make = l, now, true, nil
		if j.Summed != nil {
			j.Summed(hex.EncodeToString(l.sum[:]))
		}
	}
	return todo, nil
}

// target takes the bytes of files that differ; they are good until put returns.
type target interface {
	put(at *place, j *job, data []byte) error
}

// place is a folder as it is, and the same folder where it is made anew.
type place struct {
	folder  string
	present *disk.Folder // nil where there is none
	next    *os.Root     // opened when first needed,
	dir     *os.File     // and next itself
}

func (p *place) Close() error {
	var err error
	if p.present != nil {
		err = p.present.Close()
	}
	if p.next != nil {
		err = errors.Join(err, p.next.Close())
	}
	if p.dir != nil {
		err = errors.Join(err, p.dir.Close())
	}
	return err
}

// memory is a target that holds the bytes for later.
type memory struct{}

func (memory) put(_ *place, j *job, data []byte) error {
	if j.Data == nil {
		j.Data = bytes.Clone(data)
	}
	return nil
}

// holds reads the named regular file and says whether its bytes are data. What
// cannot be read does not hold them and will be written anew.
func holds(folder *disk.Folder, name string, size int64, data []byte, buffers *sync.Pool) bool {
	if size != int64(len(data)) {
		return false
	}
	f, err := folder.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	buffer := buffers.Get().(*[32 << 10]byte)
	defer buffers.Put(buffer)
	for len(data) > 0 {
		n, err := io.ReadFull(f, buffer[:min(len(data), len(buffer))])
		if err != nil || !bytes.Equal(buffer[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

// A worker gets at most largeChunk files of a folder at once, so that opening the
// folder is cheap, and towards the end fewer, down to one, so that all workers
// end together.
const largeChunk = 128

func chunkOf(left int) int {
	return min(max(left/(16*runtime.GOMAXPROCS(0)), 1), largeChunk)
}

// each calls do for every job, in parallel; jobs must be sorted by folder. The
// folder is opened through enter once for a chunk, so that the system resolves
// one name instead of a path for each file. at is the base of paths in errors.
func each[F io.Closer](caller context.Context, jobs []*job, at string, enter func(folder string) (F, error), do func(F, *job) error) error {
	g, ctx := errgroup.WithContext(caller)
	g.SetLimit(2 * runtime.GOMAXPROCS(0)) // some wait for the disk
	for len(jobs) > 0 && ctx.Err() == nil {
		n, most := 1, chunkOf(len(jobs))
		for n < len(jobs) && n < most && jobs[n].folder == jobs[0].folder {
			n++
		}
		part := jobs[:n]
		jobs = jobs[n:]
		g.Go(func() error {
			folder, err := enter(part[0].folder)
			if err != nil {
				return fmt.Errorf("publish: open folder %s: %w", filepath.Join(at, part[0].folder), err)
			}
			defer folder.Close()
			for i := range part {
				if err := ctx.Err(); err != nil {
					return fmt.Errorf("publish to %s: %w", at, err)
				}
				if err := do(folder, part[i]); err != nil {
					return fmt.Errorf("publish: write %s: %w", filepath.Join(at, part[i].Path), err)
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := caller.Err(); err != nil {
		return fmt.Errorf("publish to %s: %w", at, err)
	}
	return nil
}
