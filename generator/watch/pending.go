package watch

import (
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// pending is what has happened since the last Change was handed over. Paths are
// slash-separated from the site's folder, as the disk has them.
type pending struct {
	base map[string]entry // the state of each touched path then
	now  map[string]entry // and at the last look
	seen map[string]bool  // paths that may have been read in a state between
}

func (p *pending) clear() {
	p.base, p.now, p.seen = map[string]entry{}, map[string]entry{}, map[string]bool{}
}

// set notes that a path has gone from one state to another.
func (p *pending) set(path string, old, cur entry) {
	if _, ok := p.base[path]; !ok {
		p.base[path] = old
	}
	p.now[path] = cur
}

// paths returns what differs in the end: what was made and removed again, or
// changed and changed back, is not in it unless it may have been read.
func (p *pending) paths(dir string, r *reader) []string {
	var out []string
	for path, old := range p.base {
		cur := p.now[path]
		if old.known && old.stamp.size == cur.stamp.size {
			r.fill(filepath.Join(dir, filepath.FromSlash(path)), &cur)
			p.now[path] = cur
		}
		if !same(old, cur) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	net := out
	for path := range p.seen {
		if !holds(net, path) {
			out = append(out, path)
		}
	}
	for i, path := range out {
		out[i] = norm.NFC.String(path)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// holds reports whether sorted paths have one that lies below dir.
func holds(paths []string, dir string) bool {
	i, _ := slices.BinarySearch(paths, dir+"/")
	return i < len(paths) && strings.HasPrefix(paths[i], dir+"/")
}

// emptied reports whether a file has become empty that was not: most likely
// half of a save that truncates first.
func (p *pending) emptied() bool {
	for path, cur := range p.now {
		if cur.kind == regular && cur.stamp.size == 0 && p.base[path].stamp.size > 0 {
			return true
		}
	}
	return false
}
