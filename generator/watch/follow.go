package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// maxLinks is how many symbolic links one path may lead through, as in Linux.
const maxLinks = 40

// follow finds what path, below the real folder base, stands for in the end.
// The folders it returns are those in which a change can make the path lead
// somewhere else: each that holds a link on the way, the one that holds the end,
// or the last that exists if there is no end, and all on the way in the folder
// site. (Above that, a folder is hardly ever moved, and busy ones are many.)
func follow(base, path, site string) (real string, through []string, err error) {
	note := func(dir string) {
		if !slices.Contains(through, dir) {
			through = append(through, dir)
		}
	}
	real = base
	rest := components(path)
	for links := 0; len(rest) > 0; {
		name := rest[0]
		rest = rest[1:]
		if name == ".." {
			real = filepath.Dir(real)
			continue
		}
		next := filepath.Join(real, name)
		info, err := os.Lstat(next)
		if err != nil {
			note(real)
			return next, through, err
		}
		if info.Mode()&os.ModeSymlink == 0 {
			if len(rest) == 0 || site != "" && within(real, site) {
				note(real)
			}
			real = next
			continue
		}
		note(real)
		if links++; links > maxLinks {
			return next, through, &os.PathError{Op: "follow", Path: next, Err: syscall.ELOOP}
		}
		target, err := os.Readlink(next)
		if err != nil {
			return next, through, err
		}
		if filepath.IsAbs(target) {
			real, target = anchor(target)
		}
		rest = append(components(target), rest...)
	}
	return real, through, nil
}

// anchor splits an absolute path into its root and the rest.
func anchor(path string) (root, rest string) {
	root = filepath.VolumeName(path) + string(filepath.Separator)
	return root, path[len(root):]
}

func components(path string) []string {
	return slices.DeleteFunc(strings.Split(filepath.ToSlash(path), "/"), func(s string) bool {
		return s == "" || s == "."
	})
}
