package build

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"bongsu/generator/diag"
	"bongsu/generator/model"
	"bongsu/generator/render"
	"bongsu/generator/source"
)

// list lists the content folder, or brings the list of the last build up to
// date where it is known which files changed.
func (b *Builder) list(o Options) ([]source.Entry, diag.List) {
	if o.Changed != nil && b.entries != nil {
		if entries, ok := refresh(o.Root, b.entries, o.Changed); ok {
			b.entries = entries
			return entries, nil
		}
	}
	entries, diags := o.Listed, diag.List(nil)
	if entries == nil {
		entries, diags = source.List(o.Root, Content)
	}
	b.entries = entries
	if len(diags) > 0 { // to be found again next time
		b.entries = nil
	}
	return entries, diags
}

// refresh applies changes to a list of entries. ok is false where that takes
// more than looking at single files: folders and links that came or went.
func refresh(root fs.FS, old []source.Entry, changed map[string]bool) (entries []source.Entry, ok bool) {
	entries = slices.Clone(old)
	for _, name := range sortedKeys(changed) {
		if !strings.HasPrefix(name, Content+"/") || source.Ignored(path.Base(name)) {
			continue
		}
		i, known := slices.BinarySearchFunc(entries, name, func(e source.Entry, n string) int { return strings.Compare(e.Path, n) })
		info, err := fs.Lstat(root, name)
		switch {
		case err == nil && info.Mode().IsRegular() && known:
			entries[i].Info = info
		case err == nil && info.Mode().IsRegular() && beside(entries, name):
			entries = slices.Insert(entries, i, source.Entry{Path: name, Info: info})
		case err != nil && known:
			entries = slices.Delete(entries, i, i+1)
		default:
			return nil, false
		}
	}
	return entries, true
}

// beside reports whether a file of the same folder is in the list, so that the
// folder is known to be read.
func beside(entries []source.Entry, name string) bool {
	dir := path.Dir(name) + "/"
	i, _ := slices.BinarySearchFunc(entries, dir, func(e source.Entry, n string) int { return strings.Compare(e.Path, n) })
	for ; i < len(entries) && strings.HasPrefix(entries[i].Path, dir); i++ {
		if path.Dir(entries[i].Path)+"/" == dir {
			return true
		}
	}
	return false
}

func sortedKeys(m map[string]bool) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// templates loads the templates, or keeps those of the last build where
// nothing that they depend on changed. After a run of the program that is likely
// to have judged them, Build is left to see whether it has.
func (b *Builder) templates(o Options, c model.Site) (*render.Set, diag.List) {
	salt, err := templateSalt(o, c.Languages, c.Zone)
	if err != nil {
		salt = ""
	}
	if salt != "" && b.set != nil && b.setSalt == salt {
		return b.set, nil
	}
	load := render.Load
	if o.Last != nil {
		load = render.LoadLazily
	}
	set, diags := load(overlayOf(o), c.Languages, c.Zone)
	b.set, b.setSalt = nil, salt
	if len(diags) == 0 {
		b.set = set
	}
	return set, diags
}

// Prepare begins to load the templates before Build is called with the same
// options, while its caller does other things.
func (b *Builder) Prepare(o Options) {
	done := make(chan struct{})
	b.prepared = func() { <-done }
	go func() {
		defer close(done)
		if c := Peek(o.Root); len(c.Languages) > 0 {
			b.templates(o, c)
		}
	}()
}

// loading loads the templates while other things are done; what it gives waits
// for them.
func (b *Builder) loading(o Options, c model.Site) func() (*render.Set, diag.List) {
	var set *render.Set
	var diags diag.List
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.prepared()
		set, diags = b.templates(o, c)
	}()
	return func() (*render.Set, diag.List) {
		<-done
		return set, diags
	}
}

// templateSalt sums up the site's own templates and what else Load depends on.
func templateSalt(o Options, langs []string, zone *time.Location) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%v %v\n", langs, zone)
	err := fs.WalkDir(o.Root, "templates", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == "templates" {
				return fs.SkipAll
			}
			return err
		}
		if d.IsDir() || source.Ignored(d.Name()) {
			return nil
		}
		data, err := fs.ReadFile(o.Root, name)
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
		return err
	})
	return string(h.Sum(nil)), err
}
