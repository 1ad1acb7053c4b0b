package publish

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold gives the form under which two paths are one file on a disk that
// ignores case or normalises names (macOS, Windows, most USB sticks).
func fold(p string) string {
	if plain(p) {
		return p
	}
	return norm.NFC.String(strings.ToLower(p))
}

// plain reports whether a path has only characters that are themselves on every
// disk, as most have.
func plain(p string) bool {
	for i := range len(p) {
		if !plainBytes[p[i]] {
			return false
		}
	}
	return true
}

// plainBytes are small letters, digits and - . / _
var plainBytes = func() (is [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyz0123456789-./_") {
		is[c] = true
	}
	return is
}()

// checkPaths refuses a set of files that cannot stand side by side in one
// folder on every system; it gives their numbers by path. The error is an
// ErrPath.
func checkPaths(files []File, keep []string) (map[string]int, error) {
	index := make(map[string]int, len(files))
	folded := make(map[string]string) // the paths that are other ones folded
	folders := make(map[string]string)
	kept := make([]string, len(keep))
	for i, k := range keep {
		kept[i] = fold(k)
	}
	last := "."
	for i := range files {
		f := &files[i]
		if err := checkPath(f.Path, kept); err != nil {
			return nil, err
		}
		if f.Modified.IsZero() {
			return nil, fmt.Errorf("publish %q: %w: it has no modification time", f.Path, ErrPath)
		}
		key := fold(f.Path)
		other, ok := folded[key]
		if j, same := index[key]; same {
			other, ok = files[j].Path, true
		}
		if ok {
			return nil, fmt.Errorf("publish %q: %w: %q is the same file%s", f.Path, ErrPath, other, whySame(f.Path, other))
		}
		index[f.Path] = i
		if key != f.Path {
			folded[key] = f.Path
		}
		folder, _ := splitPath(f.Path)
		if folder == last {
			continue
		}
		last = folder
		for d := folder; d != "."; d = path.Dir(d) {
			k := fold(d)
			other, ok := folders[k]
			if ok && other != d {
				return nil, fmt.Errorf("publish %q: %w: folder %q is also written %q", f.Path, ErrPath, d, other)
			}
			if ok {
				break // its parents are known too
			}
			folders[k] = d
		}
	}
	for k := range folders {
		_, whole := index[k]
		_, other := folded[k]
		if whole || other {
			if err := alsoFolder(files, folders); err != nil {
				return nil, err
			}
		}
	}
	return index, nil
}

// alsoFolder tells of the first file that is also a folder.
func alsoFolder(files []File, folders map[string]string) error {
	for _, f := range files {
		if d, ok := folders[fold(f.Path)]; ok {
			return fmt.Errorf("publish %q: %w: %q is also a folder that holds files", f.Path, ErrPath, d)
		}
	}
	return nil
}

func whySame(a, b string) string {
	if a == b {
		return ""
	}
	return " on disks that ignore case or normalise names"
}

// checkPath refuses a path that is not relative, clean and portable, or that
// is reserved. kept are folded names.
func checkPath(p string, kept []string) error {
	easy := plain(p)
	refuse := func(why string) error { return fmt.Errorf("publish %q: %w: %s", p, ErrPath, why) }
	switch {
	case p == "":
		return refuse("it is empty")
	case !easy && !utf8.ValidString(p):
		return refuse("it is not UTF-8")
	case strings.HasPrefix(p, "/"):
		return refuse("it is absolute")
	case !easy && strings.ContainsFunc(p, func(r rune) bool { return r == '\\' || unicode.IsControl(r) }):
		return refuse("it has a backslash or a control character")
	}
	for segment := range strings.SplitSeq(p, "/") {
		switch {
		case segment == "" || segment == "." || segment == "..":
			return refuse(`it has an empty, "." or ".." segment`)
		case easy && strings.HasPrefix(segment, reserved), !easy && strings.HasPrefix(fold(segment), reserved):
			return refuse("names beginning with " + reserved + " are reserved")
		}
	}
	if first, _, _ := strings.Cut(p, "/"); len(kept) > 0 && slices.Contains(kept, fold(first)) {
		return refuse("that name is kept for a file of yours")
	}
	if len(p) > 1 && p[1] == ':' {
		return refuse("it begins with a drive letter")
	}
	return nil
}
