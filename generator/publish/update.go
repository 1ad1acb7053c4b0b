package publish

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
)

// The order of writing: what is linked to before what links to it.
const (
	rankAsset = iota // styles, scripts, pictures, fonts: linked to by all
	rankPage         // single pages
	rankList         // what lists pages: entry pages, feeds, open data
	ranks
)

// listTypes are the file types that list pages.
var listTypes = map[string]bool{
	".xml": true, ".atom": true, ".rss": true, ".opml": true,
	".json": true, ".geojson": true, ".csv": true, ".txt": true,
}

func rank(p string) int {
	switch ext := path.Ext(p); {
	case listTypes[ext], path.Base(p) == "index.html":
		return rankList
	case ext == ".html":
		return rankPage
	}
	return rankAsset
}

// update writes what differs. New files come first, all of them, since only
// they can be missing when a link is followed; then changed files, each group
// assets, pages, lists; then deletions the other way round.
func (s *session) update(ctx context.Context) error {
	if err := s.create(); err != nil {
		return err
	}
	if err := s.announce(); err != nil {
		return fmt.Errorf("publish: write %s: %w", filepath.Join(s.dir, Manifest), err)
	}
	if err := s.makeWay(); err != nil {
		return fmt.Errorf("publish: remove from %s: %w", s.dir, err)
	}
	if err := makeFolders(s.root, s.tree, s.folders); err != nil {
		return fmt.Errorf("publish: make a folder in %s: %w", s.dir, err)
	}
	groups := make([][]*job, 2*ranks)
	for _, j := range s.order {
		if j.same {
			continue
		}
		g := rank(j.Path)
		if j.old != nil {
			g += ranks
		}
		groups[g] = append(groups[g], j)
	}
	var temps atomic.Int64
	enter := func(folder string) (*os.Root, error) { return s.root.OpenRoot(filepath.FromSlash(folder)) }
	for _, jobs := range groups {
		err := each(ctx, jobs, s.dir, enter, func(folder *os.Root, j *job) error {
			s.opts.step(j.Path)
			return writeOver(folder, j.name, tempPrefix+strconv.FormatInt(temps.Add(1), 10), j.Data, j.mtime, false)
		})
		if err != nil {
			return err
		}
	}
	if err := s.removeExtras(); err != nil {
		return fmt.Errorf("publish: remove from %s: %w", s.dir, err)
	}
	if err := s.writeList(s.list.Data); err != nil {
		return fmt.Errorf("publish: write %s: %w", filepath.Join(s.dir, Manifest), err)
	}
	return nil
}

// create makes the output folder if there is none.
func (s *session) create() error {
	if s.root != nil {
		return nil
	}
	if err := os.Mkdir(s.dir, 0o755); err != nil {
		return fmt.Errorf("publish: make the output folder: %w", err)
	}
	var err error
	if s.root, err = os.OpenRoot(s.dir); err != nil {
		return fmt.Errorf("publish: open the output folder: %w", err)
	}
	return nil
}

// announce writes a manifest of the old and the new files together before any
// new name appears, so that a killed run leaves nothing that the next would
// take for somebody else's.
func (s *session) announce() error {
	all := slices.AppendSeq(slices.Clone(s.manifest.wanted), maps.Values(s.manifest.others))
	fresh := false
	for i := range s.jobs {
		if all[i].path == "" {
			all[i], fresh = s.lines[i], true
		}
	}
	if !fresh {
		return nil
	}
	return s.writeList(encodeManifest(all))
}

// writeList replaces the manifest unless it is there already.
func (s *session) writeList(data []byte) error {
	if s.list.same && bytes.Equal(data, s.list.Data) {
		return nil
	}
	s.list.same = false
	temp := tempPrefix + "manifest"
	if err := removeIfThere(s.root, temp); err != nil {
		return err
	}
	return writeOver(s.root, Manifest, temp, data, s.list.mtime, !s.opts.NoSync)
}

// makeWay deletes early what would stand in the way of a wanted file: left-over
// temporary files, a file where a folder must be or a folder where a file must
// be, and a name that a disk ignoring case takes for a wanted one (there, to
// delete it after writing would delete the new file).
func (s *session) makeWay() error {
	wanted := make(map[string]bool, len(s.jobs)+len(s.folders))
	for _, j := range s.jobs {
		wanted[fold(j.Path)] = true
		if s.tree.isFolder(j.Path) {
			if err := s.root.RemoveAll(j.Path); err != nil {
				return err
			}
			s.tree.forget(j.Path)
		}
	}
	for d := range s.folders {
		wanted[fold(d)] = true
	}
	for _, p := range s.extras {
		if s.tree.isFolder(p) || !isTemp(p) && !wanted[fold(p)] {
			continue
		}
		if err := removeIfThere(s.root, p); err != nil {
			return err
		}
		s.tree.forget(p)
	}
	return nil
}

// removeExtras deletes lists, pages, assets, then the folders left empty.
func (s *session) removeExtras() error {
	for r := ranks - 1; r >= 0; r-- {
		for _, p := range s.extras {
			if !s.tree.at(p).there || s.tree.isFolder(p) || rank(p) != r {
				continue
			}
			s.opts.step(p)
			if err := removeIfThere(s.root, p); err != nil {
				return err
			}
		}
	}
	folders := s.tree.sorted(func(p string, mode fs.FileMode) bool { return mode.IsDir() && !s.folders[p] })
	for _, p := range slices.Backward(folders) { // children first
		if err := removeIfThere(s.root, p); err != nil {
			return err
		}
	}
	return nil
}
