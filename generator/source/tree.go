// Package source reads what editors write: it lists the files of a content
// folder, reads them under limits, checks their characters, and splits them
// into front matter (a tree of values that keep their positions) and body.
//
// In: a file system. Out: Entry, Raw and File values, and diagnostics. It must
// not know any kind of record, render anything, or read the clock.
package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"bongsu/generator/diag"

	"golang.org/x/text/unicode/norm"
)

// Size limits, in bytes. A file over its limit is an error, never cut.
const (
	MaxText = 1 << 20  // a Markdown or YAML file
	MaxMap  = 16 << 20 // a GeoJSON file
	MaxFile = 16 << 20 // an image or another file that is passed through
)

// maxDepth bounds how deep folders may nest, links followed.
const maxDepth = 16

// Entry is a file of the tree, not read yet.
type Entry struct {
	Path string // slash-separated, from the site folder, as the disk has it
	Info fs.FileInfo
}

// List walks dir in fsys and returns its files in byte order of their paths.
// Names that editors and systems leave behind (Ignored) are passed over.
// Symbolic links are followed inside the tree; one that leads out of it, or in
// a circle, is a diagnostic. fsys must refuse to leave its root (os.Root.FS
// does).
func List(fsys fs.FS, dir string) ([]Entry, diag.List) {
	w := walker{fsys: fsys, room: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	all := w.walk(dir, nil)
	slices.SortFunc(all.entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return all.entries, all.diags
}

// walker lists folders at once.
type walker struct {
	fsys fs.FS
	room chan struct{} // folders that are read
}

// part is what was found in a part of the tree.
type part struct {
	entries []Entry
	diags   diag.List
}

// walk lists dir; above holds the folders it lies in, outermost first.
func (w *walker) walk(dir string, above []fs.FileInfo) part {
	var all part
	if len(above) > maxDepth {
		all.diags.Add(diag.OutsideTree.At(diag.Position{File: dir}, "folder %q nests deeper than %d levels", dir, maxDepth))
		return all
	}
	if above == nil {
		if info, err := fs.Stat(w.fsys, dir); err == nil {
			above = []fs.FileInfo{info}
		}
	}
	w.room <- struct{}{}
	list, err := fs.ReadDir(w.fsys, dir)
	<-w.room
	if err != nil {
		all.diags.Add(unreadable(dir, err))
		if !errors.Is(err, fs.ErrNotExist) && len(list) == 0 {
			return all
		}
	}
	var g sync.WaitGroup
	folders := []*part{} // in the order of their names, so that findings stand in the same order every time
	all.entries = make([]Entry, 0, len(list))
	for _, e := range list {
		if Ignored(e.Name()) {
			continue
		}
		name := dir + "/" + e.Name()
		if dir == "." {
			name = e.Name()
		}
		info, ok := w.entry(name, e, above, &all)
		if !ok {
			continue
		}
		folder := new(part)
		folders = append(folders, folder)
		g.Go(func() { *folder = w.walk(name, append(slices.Clip(above), info)) })
	}
	g.Wait()
	for _, f := range folders {
		all.entries, all.diags = append(all.entries, f.entries...), append(all.diags, f.diags...)
	}
	return all
}

// entry adds a file; it gives a folder that is to be listed.
func (w *walker) entry(name string, e fs.DirEntry, above []fs.FileInfo, to *part) (folder fs.FileInfo, ok bool) {
	info, err := e.Info()
	if err == nil && e.Type()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(w.fsys, name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && e.Type()&fs.ModeSymlink == 0:
		// Gone between the listing and now: as if it had never been there.
	case err != nil && e.Type()&fs.ModeSymlink != 0:
		to.diags.Add(diag.OutsideTree.At(diag.Position{File: name}, "symbolic link %q leads out of the folder or nowhere", name).
			WithHint("put the file itself here"))
	case err != nil:
		to.diags.Add(unreadable(name, err))
	case info.IsDir() && slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }):
		to.diags.Add(diag.OutsideTree.At(diag.Position{File: name}, "symbolic link %q leads in a circle", name).
			WithHint("remove it"))
	case info.IsDir():
		return info, true
	case !info.Mode().IsRegular():
		to.diags.Add(diag.Unreadable.At(diag.Position{File: name}, "%q is not a regular file", name))
	default:
		to.entries = append(to.entries, Entry{Path: name, Info: info})
	}
	return nil, false
}

func unreadable(name string, err error) diag.Diagnostic {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return diag.Unreadable.At(diag.Position{File: name}, "cannot read %q: %v", name, err).
		WithHint("check that it exists and its permissions")
}

// Ignored reports whether a file name is one that editors, file managers and
// version control leave behind and that never holds content.
func Ignored(name string) bool {
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "#"), strings.HasSuffix(name, "~"),
		name == "4913", name == "Thumbs.db", name == "desktop.ini",
		strings.Contains(name, "___jb_"):
		return true
	}
	switch path.Ext(name) {
	case ".swp", ".swo", ".swx", ".bck", ".bak", ".tmp", ".orig", ".rej":
		return true
	}
	return false
}

// Raw is a file as read. Path is NFC, so that a name written on a system that
// decomposes Hangul is the same name everywhere.
type Raw struct {
	Path string
	Data []byte
}

// Read reads one entry under its size limit.
func Read(fsys fs.FS, e Entry) (Raw, diag.List) { return ReadInto(nil, fsys, e) }

// ReadInto is Read into a buffer, or another one where that is too small.
func ReadInto(buf []byte, fsys fs.FS, e Entry) (Raw, diag.List) {
	raw := Raw{Path: norm.NFC.String(e.Path)}
	limit := limitOf(raw.Path)
	buf = slices.Grow(buf[:0], int(min(e.Info.Size(), limit))+512)
	if folders, ok := fsys.(*Folders); ok && e.Info.Size() <= limit {
		if data, ok := folders.read(e, buf); ok {
			raw.Data = data
			return raw, nil
		}
	}
	f, err := fsys.Open(e.Path)
	if err != nil {
		return raw, diag.List{unreadable(raw.Path, err)}
	}
	defer f.Close()
	raw.Data, err = readAll(io.LimitReader(f, limit+1), buf)
	if err != nil {
		return raw, diag.List{unreadable(raw.Path, err)}
	}
	if int64(len(raw.Data)) > limit {
		raw.Data = nil
		return raw, diag.List{diag.TooLarge.At(diag.Position{File: raw.Path}, "file is over %d KiB", limit>>10).
			WithHint("split it, or make it smaller")}
	}
	return raw, nil
}

func limitOf(name string) int64 {
	switch path.Ext(name) {
	case ".md", ".yaml", ".yml":
		return MaxText
	case ".geojson":
		return MaxMap
	}
	return MaxFile
}

// readAll is io.ReadAll into a buffer of known size.
func readAll(r io.Reader, buf []byte) ([]byte, error) {
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
	}
}
