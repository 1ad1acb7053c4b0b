package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"bongsu/generator/host"
	"bongsu/generator/pack"
	"bongsu/generator/publish"

	"golang.org/x/sync/errgroup"
)

// compress adds the packed copies of the files that are worth it. Those that
// stand in the folder out and still hold their files are kept as they are, so
// that only what changed is packed. The copies are wanted files like others:
// they come, change and go with theirs, in the same step.
func compress(ctx context.Context, files []publish.File, out string) ([]publish.File, error) {
	kept := func(string) []byte { return nil }
	if root, err := os.OpenRoot(out); err == nil {
		defer root.Close()
		kept = func(name string) []byte {
			data, err := root.ReadFile(filepath.FromSlash(name))
			if err != nil {
				return nil
			}
			return data
		}
	}
	formats := pack.Formats()
	copies := make([]publish.File, len(files)*len(formats))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range files {
		if !host.Packable(f.Path) {
			continue
		}
		g.Go(func() error {
			for j, format := range formats {
				if err := ctx.Err(); err != nil {
					return err
				}
				name := f.Path + format.Suffix
				data, err := format.Copy(f.Data, kept(name), effort(f.Path))
				if err != nil {
					return err
				}
				if data != nil {
					copies[i*len(formats)+j] = publish.File{Path: name, Data: data, Modified: f.Modified}
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	copies = slices.DeleteFunc(copies, func(f publish.File) bool { return f.Data == nil })
	all := slices.Concat(files, copies)
	slices.SortFunc(all, func(a, b publish.File) int { return cmp.Compare(a.Path, b.Path) })
	return all, nil
}

func effort(name string) pack.Effort {
	if strings.HasPrefix(name, "assets/") {
		return pack.Asset
	}
	return pack.Page
}
